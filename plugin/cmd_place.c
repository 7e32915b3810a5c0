/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_place.c - host-place: what this host has for a request, and how well it suits; and pool-place, which asks all hosts and ranks them.
 * Each host judges its own devices, with its own facts; what makes it better or worse than another one are numbers that it tells.
 */

#include "plugin/cmd_request.h"
#include "plugin/commands.h"
#include "plugin/pool.h"

/* ---- host-place -------------------------------------------------------------------------------------------------------- */

enum { P_HOST, P_UUID, P_SUITS, P_DEVICES, P_NODE, P_READY, P_REASONS, P_FUNCTIONS, P_MISSING, P_GOT, P_FRESH, P_FAR, P_UNREADY, P_ALONG };

#define PLACE_FIELDS                                                                                                   \
	[P_HOST] = { "host", V_TEXT, true, "its name" },                                                               \
	[P_UUID] = { "host-uuid", V_TEXT, false, "its uuid" },                                                         \
	[P_SUITS] = { "suits", V_BOOL, true, "the request can be filled there" },                                      \
	[P_DEVICES] = { "devices", V_LIST, true, "that the VM would get, or has" },                                    \
	[P_NODE] = { "numa-node", V_NUMBER, true, "of the guest there" },                                              \
	[P_READY] = { "ready", V_TEXT, true, "now, after-reboot (of the host), or after-hide (and a reboot)" },        \
	[P_REASONS] = { "reasons", V_LIST, true, "why not: what is missing, then the reasons, most frequent first" },  \
	[P_FUNCTIONS] = { "functions", V_LIST, false, "all that goes to the VM with the devices" },                    \
	[P_MISSING] = { "missing", V_NUMBER, false, "devices that the request lacks there" },                          \
	[P_GOT] = { "got", V_NUMBER, false, "devices that can be had there" },                                         \
	[P_FRESH] = { "new-devices", V_NUMBER, false, "that the VM does not have yet; fewer are better, and so below" }, \
	[P_FAR] = { "distance", V_NUMBER, false, "between the guest's node and its devices, all together" },           \
	[P_UNREADY] = { "waiting", V_NUMBER, false, "1 for each new device that waits for a reboot, 2 for each to hide" }, \
	[P_ALONG] = { "along", V_NUMBER, false, "functions that go along" }

static const struct field offer_fields[] = { PLACE_FIELDS };
static const struct record_type offer_type = RECORD_TYPE("host for the request", offer_fields);

/* Nobody's devices, halted, anywhere: what a request without a VM is for. */
static struct vm any_vm(void)
{
	return (struct vm){
		.ref = (char *)"", .uuid = (char *)"", .name = (char *)"a new VM", .power_state = (char *)"Halted", .is_template = TRI_NO,
		.is_snapshot = TRI_NO, .is_control_domain = TRI_NO, .is_hvm = TRI_YES, .vcpus_max = -1, .memory_max = -1,
	};
}

static int read_size(const struct run *r, const char *name, uint64_t *ret, struct err *err)
{
	static const struct {
		const char *suffix;
		unsigned shift;
	} units[] = { { "GiB", 30 }, { "MiB", 20 }, { "KiB", 10 }, { "", 0 } };
	const char *text = args_get(r->args, name);

	for (size_t i = 0; text && i < ARRAY_SIZE(units); i++) {
		_cleanup_free_ char *digits = NULL;

		if (!str_ends_with(text, units[i].suffix))
			continue;
		digits = xstrndup(text, strlen(text) - strlen(units[i].suffix));
		if (!str_to_u64(digits, 10, (1ull << 50) >> units[i].shift, ret))
			break;
		*ret <<= units[i].shift;
		return 0;
	}
	if (!text)
		return 0;
	err_set(err, EINVAL, "%s=%s: must be bytes, or a number with KiB, MiB or GiB behind it", name, text);
	return err_usage(err);
}

struct needs {
	uint64_t memory; /* bytes; 0: not told */
	unsigned vcpus;
};

static int read_needs(const struct run *r, const struct vm *vm, struct needs *n, struct err *err)
{
	const char *vcpus = args_get(r->args, "vcpus");

	n->memory = vm->memory_max > 0 ? (uint64_t)vm->memory_max : 0;
	n->vcpus = vm->vcpus_max > 0 ? (unsigned)vm->vcpus_max : 0;
	if (vcpus && !str_to_uint(vcpus, 4096, &n->vcpus)) {
		err_set(err, EINVAL, "vcpus=%s: must be a number", vcpus);
		return err_usage(err);
	}
	return read_size(r, "memory", &n->memory, err);
}

/* Memory and CPUs of the host. What Xen does not tell refuses nothing. */
static void judge_room(struct run *r, const struct needs *needs, struct strv *refused)
{
	_cleanup_free_ struct xen_cpu *cpus = NULL;
	struct xen_node *nodes = NULL;
	struct xen *x = NULL;
	size_t n = 0, n_cpus = 0;
	uint64_t free_bytes = 0;
	struct err why = { 0 };
	int rc = facts_xen(r->facts, &x, &why);

	if (rc == 0)
		rc = xen_nodes(x, &nodes, &n, &why);
	if (rc == 0)
		rc = xen_cpus(x, &cpus, &n_cpus, &why);
	if (rc < 0) {
		strv_addf(&r->res->notes, "whether memory and CPUs suffice is unknown: %s", why.text);
		return;
	}
	for (size_t i = 0; i < n; i++)
		free_bytes += nodes[i].there ? nodes[i].free : 0;
	if (needs->memory > free_bytes)
		strv_addf(refused, "%llu MiB of memory are asked for, and %llu MiB are free", (unsigned long long)(needs->memory >> 20),
			  (unsigned long long)(free_bytes >> 20));
	if (needs->vcpus > n_cpus)
		strv_addf(refused, "%u vCPUs are asked for, and it has %zu CPUs", needs->vcpus, n_cpus);
	xen_nodes_free(nodes, n);
}

static void judge_host(struct run *r, struct strv *refused)
{
	const struct xapi_pool *pool;
	const struct this_host *this;
	const struct xapi_host *h;

	if (facts_pool(r->facts, &pool, NULL) < 0 || facts_this_host(r->facts, &this, NULL) < 0)
		return;
	h = xapi_pool_host(pool, this->ref);
	if (h && h->enabled == TRI_NO)
		strv_addf(refused, "the host is disabled: no VM starts there until xe host-enable uuid=%s", h->uuid);
}

/* An address means a device of one host: a VM that has some belongs there. */
static void judge_vm(struct run *r, const struct vm *vm, struct strv *refused)
{
	struct findings found = { 0 };
	const struct finding *x;
	enum tristate here;

	checks_run(r->facts, &(struct check_request){ .intent = CHECK_VM | CHECK_VM_OFF, .vm = vm }, &found);
	x = findings_refusal(&found);
	if (x)
		strv_add(refused, x->text);
	findings_done(&found);
	if (!vm->pci || !*vm->pci)
		return;
	here = facts_vm_is_here(r->facts, vm);
	if (here == TRI_NO)
		strv_addf(refused, "'%s' has devices of another host (%s); vm-pci-detach takes them away there", vm->name, vm->pci);
	else if (here == TRI_UNKNOWN)
		strv_addf(refused, "'%s' has devices (%s), and no affinity says of which host", vm->name, vm->pci);
}

static int find_vm(struct run *r, const struct vm **ret, struct err *err)
{
	const char *uuid = args_get(r->args, "vm-uuid");

	return uuid ? run_vm_named(r, uuid, ret, err) : 0;
}

static void put_chosen(struct record *rec, const struct request *q, const struct place_outcome *o)
{
	static const char *const words[] = {
		[READY_NOW] = "now", [READY_AFTER_BOOT] = "after-reboot", [READY_AFTER_HIDE] = "after-hide",
	};
	_cleanup_strv_ struct strv devices = { 0 }, functions = { 0 };
	enum place_ready ready = READY_NOW;

	for (size_t w = 0; w < q->asks.n; w++)
		for (size_t i = 0; i < q->here.host.n; i++) {
			if (o->seen[i].want != (int)w)
				continue;
			strv_add(&devices, BDF_STR(q->here.host.v[i].bdf));
			ready = MAX(ready, q->here.host.v[i].ready);
			for (size_t m = 0; m < q->here.members[i].n; m++)
				strv_add(&functions, BDF_STR(q->here.members[i].v[m]));
		}
	record_list(rec, P_DEVICES, &devices);
	record_list(rec, P_FUNCTIONS, &functions);
	if (o->found)
		record_text(rec, P_READY, words[ready]);
	else
		record_none(rec, P_READY, NULL);
}

static void put_offer(struct run *r, const struct request *q, const struct place_outcome *o)
{
	struct place_cost cost = place_cost_parts(o->cost);
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv reasons = { 0 };
	const struct this_host *this;
	unsigned got = 0, asked = 0;

	for (size_t w = 0; w < q->asks.n; w++) {
		got += o->got[w];
		asked += q->wants[w].count;
	}
	if (!o->found)
		place_reasons(q->wants, q->asks.n, &q->here.host, o, &reasons);
	record_text(rec, P_HOST, q->here.host.name);
	record_text(rec, P_UUID, facts_this_host(r->facts, &this, NULL) == 0 ? this->uuid : NULL);
	record_bool(rec, P_SUITS, o->found ? TRI_YES : TRI_NO);
	put_chosen(rec, q, o);
	record_number(rec, P_NODE, o->node);
	record_list(rec, P_REASONS, &reasons);
	record_number(rec, P_MISSING, asked - got);
	record_number(rec, P_GOT, got);
	record_number(rec, P_FRESH, cost.fresh);
	record_number(rec, P_FAR, cost.far);
	record_number(rec, P_UNREADY, cost.unready);
	record_number(rec, P_ALONG, cost.along);
}

static int run_offer(struct run *r, struct err *err)
{
	_cleanup_(request_done) struct request q = { 0 };
	_cleanup_strv_ struct strv refused = { 0 };
	_cleanup_free_ char *why = NULL;
	const char *functions = args_get(r->args, "functions");
	struct vm any = any_vm();
	const struct vm *vm = &any;
	struct needs needs = { 0 };
	int rc = find_vm(r, &vm, err);

	if (rc == 0)
		rc = read_needs(r, vm, &needs, err);
	if (rc == 0)
		rc = request_read(r, &q, err);
	if (rc == 0)
		rc = place_here(r->facts, vm, q.alias, q.asks.n, !functions || streq(functions, "all"), &q.here, err);
	if (rc < 0)
		return rc;
	judge_host(r, &refused);
	if (vm != &any)
		judge_vm(r, vm, &refused);
	judge_room(r, &needs, &refused);
	why = strv_join(&refused, "; ");
	q.here.host.refused = refused.n ? why : NULL;
	for (size_t i = 0; i < q.here.notes.n; i++)
		strv_add(&r->res->notes, q.here.notes.v[i]);
	place(q.wants, q.asks.n, &q.here.host, 1, &q.result);
	put_offer(r, &q, &q.result.v[0]);
	return 0;
}

#define PARAMS_REQUEST                                                                                                 \
	{ "alias", "ALIAS[:N][,ALIAS[:N]...]", P_REQUIRED | P_REPEAT, "so many devices of each" },                     \
	{ "vm-uuid", "UUID", 0, "for this VM, by uuid or name: what it has counts, and so do its mask, memory and vCPUs" }, \
	{ "memory", "BYTES", 0, "that must be free, also with KiB, MiB or GiB; the VM's own unless given" },           \
	{ "vcpus", "N", 0, "that the host must have CPUs for; the VM's own unless given" },                            \
	{ "numa-policy", "POLICY", 0, "in place of the aliases' own: required, preferred, legacy or socket" },         \
	{ "functions", "all|one", 0, "all (the default): a device is a card with all its functions; one: a single function" }

static const struct param offer_params[] = { PARAMS_REQUEST, { 0 } };

const struct command cmd_host_place = {
	.name = "host-place",
	.summary = "which devices this host has for a request by alias, and how well it suits: what pool-place asks of each host",
	.params = offer_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI,
	.type = &offer_type,
	.run = run_offer,
};

/* ---- pool-place -------------------------------------------------------------------------------------------------------- */

#define P_WRITTEN (P_ALONG + 1)

static const struct field place_fields[] = {
	PLACE_FIELDS,
	[P_WRITTEN] = { "written", V_BOOL, false, "write=true: the VM's devices and affinity were written there" },
};
static const struct record_type place_type = RECORD_TYPE("host for the request", place_fields);

static json_t *request_args(const struct run *r, const char *const *names, const char *vm_param)
{
	json_t *all = json_object();
	const char *uuid = args_get(r->args, "vm-uuid");

	for (; *names; names++)
		if (args_get(r->args, *names))
			json_object_set_new(all, *names, json_string(args_get(r->args, *names)));
	if (uuid)
		json_object_set_new(all, vm_param, json_string(uuid));
	return all;
}

static unsigned number_of(const json_t *record, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(record, name));

	return n > 0 ? (unsigned)MIN(n, (json_int_t)UINT16_MAX << 4) : 0;
}

/* A host's word about itself, as place.h ranks it.  One that says nothing comes last. */
static struct place_outcome outcome_of(const struct pool_host *h, size_t i)
{
	const json_t *record = json_array_get(pool_items(h, "records"), 0);
	struct place_cost cost = {
		.fresh = number_of(record, place_fields[P_FRESH].name),
		.far = number_of(record, place_fields[P_FAR].name),
		.unready = number_of(record, place_fields[P_UNREADY].name),
		.along = number_of(record, place_fields[P_ALONG].name),
	};

	return (struct place_outcome){
		.found = json_is_true(json_object_get(record, place_fields[P_SUITS].name)),
		.host = i,
		.cost = record ? place_cost_of(&cost) : UINT64_MAX,
		.got = { number_of(record, place_fields[P_GOT].name) },
	};
}

static void put_silent(struct record *rec, const struct pool_host *h)
{
	_cleanup_strv_ struct strv reasons = { 0 };

	strv_addf(&reasons, "%s (%s)%s%s", h->why ? h->why : "its answer has no record", h->code ? h->code : "BAD_ANSWER",
		  h->remedy ? "; " : "", h->remedy ? h->remedy : "");
	record_bool(rec, P_SUITS, TRI_UNKNOWN);
	record_list(rec, P_REASONS, &reasons);
}

/* Hosts that reach the VM's disks and networks and have its CPU features, as XAPI tells; NULL: it does not. */
static json_t *possible_hosts(struct run *r)
{
	const char *uuid = args_get(r->args, "vm-uuid");
	const struct vm *vm;
	struct xapi *x = NULL;
	json_t *refs;
	struct err why = { 0 };

	if (!uuid || !host_is_live(facts_host(r->facts)))
		return NULL;
	if (run_vm_named(r, uuid, &vm, &why) == 0 && facts_xapi(r->facts, &x, &why) == 0 &&
	    xapi_call(x, "VM.get_possible_hosts", json_pack("[s]", vm->ref), &refs, &why) == 0)
		return refs;
	strv_addf(&r->res->notes, "whether each host reaches the VM's disks and networks is unknown: %s", why.text);
	return NULL;
}

static bool is_possible(struct run *r, const json_t *refs, const struct pool_host *h)
{
	const struct xapi_pool *pool;

	if (!json_is_array(refs) || facts_pool(r->facts, &pool, NULL) < 0)
		return true;
	for (size_t i = 0; i < json_array_size(refs); i++) {
		const char *ref = json_string_value(json_array_get(refs, i));
		const struct xapi_host *host = ref ? xapi_pool_host(pool, ref) : NULL;

		if (host && streq(host->uuid, h->uuid))
			return true;
	}
	return false;
}

/* Into the host's own answer, as one reason more. */
static void rule_out(struct pool_host *h)
{
	json_t *record = json_array_get(pool_items(h, "records"), 0), *reasons = json_object_get(record, place_fields[P_REASONS].name);

	json_object_set_new(record, place_fields[P_SUITS].name, json_false());
	json_array_insert_new(reasons, 0, json_string("XAPI can not start the VM there: a disk or network of it, or a feature of its CPU, is out of reach"));
}

static void put_places(struct run *r, const struct pool *p, const struct place_outcome *order)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct pool_host *h = &p->v[order[i].host];
		const json_t *from = json_array_get(pool_items(h, "records"), 0);
		struct record *rec = records_add(&r->res->records);

		if (from)
			pool_put(rec, &offer_type, P_SUITS, from);
		else
			put_silent(rec, h);
		if (from && !order[i].found)
			record_none(rec, P_READY, NULL);
		record_text(rec, P_HOST, h->name);
		record_text(rec, P_UUID, *h->uuid ? h->uuid : NULL);
		record_bool(rec, P_WRITTEN, TRI_NO);
	}
}

/* What the host's answer lists under this name, as notes. */
static void tell(struct run *r, const struct pool_host *h, const char *name, const char *label)
{
	const json_t *all = pool_items(h, name);

	for (size_t i = 0; i < json_array_size(all); i++)
		if (json_is_string(json_array_get(all, i)))
			strv_addf(&r->res->notes, "%s '%s': %s", label, h->name, json_string_value(json_array_get(all, i)));
}

/* The best host's own vm-pci-request does it: it chooses anew, under its own lock, with the facts as they are then. */
static int write_there(struct run *r, const struct pool_host *best, struct err *err)
{
	static const char *const names[] = { "alias", "numa-policy", "functions", "numa", "entries", NULL };
	_cleanup_(pool_done) struct pool p = { 0 };
	json_auto_t *args = request_args(r, names, "uuid");
	size_t n;
	struct pool_question q = { .command = "vm-pci-request", .args = args, .only = best->uuid, .seconds = POOL_WRITE_SECONDS };
	int rc = pool_ask(r, &q, &p, err);

	if (rc < 0)
		return rc;
	if (!p.v[0].reply) {
		err_set(err, EREMOTEIO, "host '%s' did not carry it out: %s (%s)", p.v[0].name, p.v[0].why, p.v[0].code);
		if (p.v[0].remedy)
			err_hint(err, "%s", p.v[0].remedy);
		return streq(p.v[0].code, "TIMEOUT") ? err_hint(err, "it may still do so: ask for state-history there") : -EREMOTEIO;
	}
	n = json_array_size(pool_items(&p.v[0], "plan"));
	if (n)
		strv_addf(&r->res->notes, "host '%s': %zu %s %s", p.v[0].name, n, n == 1 ? "change" : "changes",
			  r->opt->dry_run ? "would be made; nothing was touched" : "made and read back");
	else
		strv_addf(&r->res->notes, "host '%s': nothing to change", p.v[0].name);
	tell(r, &p.v[0], "notes", "on");
	tell(r, &p.v[0], "next", "next, on");
	record_bool(&r->res->records.v[0], P_WRITTEN, r->opt->dry_run ? TRI_NO : TRI_YES);
	return 0;
}

static int no_host(struct run *r, struct err *err)
{
	struct records *recs = &r->res->records;

	for (size_t i = 0; i < recs->n; i++)
		for (size_t k = 0; k < recs->v[i].v[P_REASONS].list.n; k++)
			strv_addf(&r->res->notes, "%s: %s", recs->v[i].v[P_HOST].text, recs->v[i].v[P_REASONS].list.v[k]);
	err_set(err, ENOSPC, "No valid host was found");
	return err_hint(err, "nothing was changed; the notes say for each host what is missing and why");
}

static int run_place(struct run *r, struct err *err)
{
	static const char *const names[] = { "alias", "memory", "vcpus", "numa-policy", "functions", NULL };
	_cleanup_(pool_done) struct pool p = { 0 };
	_cleanup_free_ struct place_outcome *order = NULL;
	json_auto_t *args = request_args(r, names, "vm-uuid"), *possible = NULL;
	const char *write = args_get(r->args, "write");
	bool writes = write && streq(write, "true");
	int rc;

	if (writes && !args_get(r->args, "vm-uuid")) {
		err_set(err, EINVAL, "write=true needs vm-uuid=, the VM to write to");
		return err_usage(err);
	}
	rc = pool_ask(r, &(struct pool_question){ .command = "host-place", .args = args, .seconds = POOL_SECONDS, .patient = writes }, &p, err);
	if (rc < 0)
		return rc;
	rc = pool_need_answer(&p, err);
	if (rc < 0) {
		pool_tell_silent(&p, &r->res->notes);
		return rc;
	}
	possible = possible_hosts(r);
	for (size_t i = 0; i < p.n; i++)
		if (!is_possible(r, possible, &p.v[i]))
			rule_out(&p.v[i]);
	order = xcalloc(p.n, sizeof(*order));
	for (size_t i = 0; i < p.n; i++)
		order[i] = outcome_of(&p.v[i], i);
	place_rank(order, p.n);
	put_places(r, &p, order);
	if (writes)
		return order[0].found ? write_there(r, &p.v[order[0].host], err) : no_host(r, err);
	if (!order[0].found) {
		strv_add(&r->res->notes, "No valid host was found: the reasons stand with each host");
		r->res->status = 3;
	}
	return 0;
}

static const struct param place_params[] = {
	PARAMS_REQUEST,
	{ "write", "true|false", 0, "true: give the devices to the VM on the best host, as vm-pci-request there" },
	{ "numa", "near", 0, "with write=true: pin the VM's vCPUs to the CPUs of the devices' node" },
	PARAM_ENTRIES,
	PARAM_TIMEOUT,
	{ 0 },
};

const struct command cmd_pool_place = {
	.name = "pool-place",
	.summary = "rank the hosts of the pool for a request by alias, best first, and say why not the others",
	.params = place_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI | CMD_POOL | CMD_SENDS_WRITES,
	.type = &place_type,
	.run = run_place,
};
