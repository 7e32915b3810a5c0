/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_pool.c - what hosts tell of themselves, for all hosts of the pool; state-apply on all of them; and which VMs hold on to which host. */

#include "plugin/commands.h"
#include "plugin/pool.h"
#include "xenhelpers/vmpci.h"

static const struct param pool_params[] = {
	PARAM_TIMEOUT,
	{ 0 },
};

static void name_host(struct record *rec, unsigned host, unsigned uuid, const struct pool_host *h)
{
	record_text(rec, host, h->name);
	record_text(rec, uuid, *h->uuid ? h->uuid : NULL);
}

/* ---- pool-check --------------------------------------------------------------------------------------------------------- */

enum { C_HOST, C_UUID, C_CODE, C_SEVERITY, C_SUBJECT, C_TEXT, C_EVIDENCE, C_REMEDY };

static const struct field check_fields[] = {
	[C_HOST] = { "host", V_TEXT, true, "its name" },
	[C_UUID] = { "host-uuid", V_TEXT, false, "its uuid" },
	[C_CODE] = { "code", V_TEXT, true, "stable name of the finding; HOST_SILENT: the host gave no answer" },
	[C_SEVERITY] = { "severity", V_TEXT, true, "refuse, warn, info or unknown" },
	[C_SUBJECT] = { "subject", V_TEXT, true, "the device, VM or file it is about" },
	[C_TEXT] = { "text", V_TEXT, true, "what it is" },
	[C_EVIDENCE] = { "evidence", V_TEXT, true, "what shows it" },
	[C_REMEDY] = { "remedy", V_TEXT, true, "what to do" },
};
static const struct record_type check_type = RECORD_TYPE("finding", check_fields);

static void put_silent(struct run *r, const struct pool_host *h)
{
	struct record *rec = records_add(&r->res->records);

	name_host(rec, C_HOST, C_UUID, h);
	record_text(rec, C_CODE, "HOST_SILENT");
	record_text(rec, C_SEVERITY, severity_name(SEV_UNKNOWN));
	record_text(rec, C_SUBJECT, h->name);
	record_text(rec, C_TEXT, h->why);
	record_text(rec, C_EVIDENCE, h->code);
	if (h->remedy)
		record_text(rec, C_REMEDY, h->remedy);
	else
		record_none(rec, C_REMEDY, NULL);
}

static void put_findings(struct run *r, const struct pool_host *h)
{
	const json_t *from = pool_items(h, "records");

	if (!h->reply)
		put_silent(r, h);
	for (size_t i = 0; i < json_array_size(from); i++) {
		const json_t *item = json_array_get(from, i);
		const char *severity = json_string_value(json_object_get(item, "severity"));
		struct record *rec = records_add(&r->res->records);

		pool_put(rec, &check_type, C_CODE, item);
		name_host(rec, C_HOST, C_UUID, h);
		if (json_is_null(json_object_get(item, "evidence")))
			record_none(rec, C_EVIDENCE, NULL);
		if (json_is_null(json_object_get(item, "remedy")))
			record_none(rec, C_REMEDY, NULL);
		if (severity && streq(severity, severity_name(SEV_REFUSE)))
			r->res->status = 3;
	}
}

static int run_check(struct run *r, struct err *err)
{
	_cleanup_(pool_done) struct pool p = { 0 };
	json_auto_t *none = json_object();
	struct pool_question q = { .command = "host-check", .args = none, .seconds = POOL_SECONDS, .put = put_findings };
	int rc = pool_ask(r, &q, &p, err);

	if (rc < 0)
		return rc;
	strv_addf(&r->res->notes, "%zu of %zu hosts answered", pool_answers(&p), p.n);
	return 0;
}

const struct command cmd_pool_check = {
	.name = "pool-check",
	.summary = "host-check on every host of the pool at once; exit status 3 when something is broken on one of them",
	.params = pool_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI | CMD_POOL,
	.type = &check_type,
	.minimal = "code",
	.run = run_check,
};

/* ---- pool-pci-list ------------------------------------------------------------------------------------------------------ */

enum { D_HOST, D_UUID, D_FIRST };

static const struct field device_fields[] = {
	[D_HOST] = { "host", V_TEXT, true, "its name" },
	[D_UUID] = { "host-uuid", V_TEXT, false, "its uuid" },
	[D_FIRST] = { "pci-id", V_TEXT, true, "address, dddd:bb:dd.f, on that host" },
	{ "vendor-id", V_TEXT, false, "four hex digits", .hex = true },
	{ "device-id", V_TEXT, false, "four hex digits", .hex = true },
	{ "class-id", V_TEXT, false, "class and subclass, four hex digits", .hex = true },
	{ "vendor-name", V_TEXT, true, "from pci.ids" },
	{ "device-name", V_TEXT, true, "from pci.ids" },
	{ "class-name", V_TEXT, false, "from pci.ids" },
	{ "driver-name", V_TEXT, false, "dom0's driver; empty when none is bound" },
	{ "dom0-access", V_TEXT, true, "enabled, disable_on_reboot, disabled, enable_on_reboot" },
	{ "assignable", V_BOOL, false, "Xen can give it to a VM now" },
	{ "assigned-to", V_LIST, false, "uuids of the VMs whose key names it, and of a domain that holds it" },
	{ "assigned-to-names", V_LIST, true, "their names" },
	{ "numa-node", V_NUMBER, false, "nearest node, as Xen counts them" },
	{ "identity", V_TEXT, false, "topological path, ids and serial: stays when bus numbers change" },
	{ "aliases", V_LIST, false, "aliases of the pool that select it: they give no right to it" },
};
static const struct record_type device_type = RECORD_TYPE("device", device_fields);

/* Names cost each host more than all the rest together: only what is shown or filtered on is asked for. */
static json_t *wanted_params(const struct run *r)
{
	_cleanup_strbuf_ struct strbuf names = { 0 };

	for (unsigned i = D_FIRST; i < device_type.n; i++)
		if (i == D_FIRST || records_want(&r->res->records, i))
			strbuf_addf(&names, "%s%s", names.len ? "," : "", device_fields[i].name);
	return json_pack("{s:s}", "params", strbuf_str(&names));
}

static void put_devices(struct run *r, const struct pool_host *h)
{
	const json_t *from = pool_items(h, "records");

	for (size_t i = 0; i < json_array_size(from); i++) {
		struct record *rec = records_add(&r->res->records);

		pool_put(rec, &device_type, D_FIRST, json_array_get(from, i));
		name_host(rec, D_HOST, D_UUID, h);
	}
}

static int run_pci_list(struct run *r, struct err *err)
{
	_cleanup_(pool_done) struct pool p = { 0 };
	json_auto_t *args = wanted_params(r);
	struct pool_question q = { .command = "pci-device-list", .args = args, .seconds = POOL_SECONDS, .put = put_devices };
	int rc = pool_ask(r, &q, &p, err);

	if (rc < 0)
		return rc;
	pool_tell_silent(&p, &r->res->notes);
	return pool_need_answer(&p, err);
}

const struct command cmd_pool_pci_list = {
	.name = "pool-pci-list",
	.summary = "PCI functions of every host of the pool: names, drivers, hidden or not, and whose they are",
	.params = pool_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI | CMD_POOL,
	.type = &device_type,
	.minimal = "pci-id",
	.run = run_pci_list,
};

/* ---- pool-apply --------------------------------------------------------------------------------------------------------- */

enum { A_HOST, A_UUID, A_RESULT, A_CHANGES, A_TEXT, A_NEXT, A_HISTORY };

static const struct field apply_fields[] = {
	[A_HOST] = { "host", V_TEXT, true, "its name" },
	[A_UUID] = { "host-uuid", V_TEXT, false, "its uuid" },
	[A_RESULT] = { "result", V_TEXT, true, "done, nothing (all is as wanted), dry-run, partly (something is missing there), failed or silent" },
	[A_CHANGES] = { "changes", V_NUMBER, true, "of the plan there" },
	[A_TEXT] = { "text", V_LIST, true, "why it failed; what else the host has to say" },
	[A_NEXT] = { "next", V_LIST, true, "what is to be done there afterwards" },
	[A_HISTORY] = { "history-id", V_NUMBER, false, "entry of its state-history, which state-rollback there takes back" },
};
static const struct record_type apply_type = RECORD_TYPE("host", apply_fields);

/* PASSTHROUGH_* is the host's own word, and so is a plan that it could not carry out; the rest means that nobody knows. */
static bool has_refused(const struct pool_host *h)
{
	return str_after(h->code, "PASSTHROUGH_");
}

static void put_applied(struct run *r, const struct pool_host *h)
{
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv text = { 0 };
	const json_t *plan = pool_items(h, "plan");
	bool partly = json_integer_value(json_object_get(h->reply, "status")) != 0;
	const char *result;

	if (h->reply) {
		/* `next` as it is; `notes` of the host become the text. */
		pool_put(rec, &apply_type, A_NEXT, h->reply);
		for (size_t i = 0; i < json_array_size(pool_items(h, "notes")); i++) {
			const char *note = json_string_value(json_array_get(pool_items(h, "notes"), i));

			if (note)
				strv_add(&text, note);
		}
		result = partly ? "partly" : !json_array_size(plan) ? "nothing" : r->opt->dry_run ? "dry-run" : "done";
		record_number(rec, A_CHANGES, (long long)json_array_size(plan));
	} else {
		strv_addf(&text, "%s (%s)", h->why, h->code);
		if (h->remedy)
			strv_add(&text, h->remedy);
		if (streq(h->code, "TIMEOUT"))
			strv_add(&text, "it may still carry it out: ask for state-history there");
		result = has_refused(h) ? "failed" : "silent";
	}
	if (!h->reply || partly)
		r->res->status = 1;
	name_host(rec, A_HOST, A_UUID, h);
	record_text(rec, A_RESULT, result);
	record_list(rec, A_TEXT, &text);
}

static int run_apply(struct run *r, struct err *err)
{
	_cleanup_(pool_done) struct pool p = { 0 };
	json_auto_t *none = json_object();
	struct pool_question q = { .command = "state-apply", .args = none, .seconds = POOL_WRITE_SECONDS, .put = put_applied };

	return pool_ask(r, &q, &p, err);
}

const struct command cmd_pool_apply = {
	.name = "pool-apply",
	.summary = "state-apply on every host of the pool at once: each makes itself as it is wanted; exit status 1 when one did not",
	.params = pool_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI | CMD_POOL | CMD_SENDS_WRITES,
	.type = &apply_type,
	.run = run_apply,
};

/* ---- pool-report -------------------------------------------------------------------------------------------------------- */

enum { R_HOST, R_UUID, R_VM, R_VM_NAME, R_STATE, R_DEVICES, R_USB, R_VGPUS, R_PINNED_BY, R_TO_DO };

static const struct field report_fields[] = {
	[R_HOST] = { "host", V_TEXT, true, "that the VM holds on to; null: nothing says which" },
	[R_UUID] = { "host-uuid", V_TEXT, false, "its uuid" },
	[R_VM] = { "vm-uuid", V_TEXT, true, "the VM" },
	[R_VM_NAME] = { "vm-name-label", V_TEXT, true, "its name" },
	[R_STATE] = { "power-state", V_TEXT, true, "as XAPI has it" },
	[R_DEVICES] = { "devices", V_LIST, true, "PCI devices of its key" },
	[R_USB] = { "usb-devices", V_NUMBER, false, "that it has been given by a VUSB" },
	[R_VGPUS] = { "vgpus", V_NUMBER, false, "graphics cards, or parts of one, that XAPI gives it" },
	[R_PINNED_BY] = { "pinned-by", V_LIST, true, "devices, usb, vgpu (it starts where these are), running (it is there now), affinity (where it starts)" },
	[R_TO_DO] = { "to-do", V_TEXT, true, "before the host reboots or is upgraded: shut-down, keep-off (not to be started elsewhere), set-affinity, none" },
};
static const struct record_type report_type = RECORD_TYPE("VM that holds on to a host", report_fields);

static void put_pins(struct record *rec, const struct vm *vm, const struct bdfset *devices)
{
	_cleanup_strv_ struct strv by = { 0 }, list = { 0 };

	for (size_t i = 0; i < devices->n; i++)
		strv_add(&list, BDF_STR(devices->v[i]));
	if (devices->n)
		strv_add(&by, "devices");
	if (vm->n_vusbs)
		strv_add(&by, "usb");
	if (vm->n_vgpus)
		strv_add(&by, "vgpu");
	if (vm->resident_on)
		strv_add(&by, "running");
	if (vm->affinity)
		strv_add(&by, "affinity");
	record_list(rec, R_DEVICES, &list);
	record_number(rec, R_USB, (long long)vm->n_vusbs);
	record_number(rec, R_VGPUS, (long long)vm->n_vgpus);
	record_list(rec, R_PINNED_BY, &by);
}

/*
 * A VM with devices of any kind cannot be migrated or suspended (VM_HAS_PCI_ATTACHED, VM_HAS_VUSBS, VM_HAS_VGPU): what runs is shut down.
 * What is off stays off where its devices are addresses, which mean others elsewhere; of the other kinds XAPI knows where they are.
 */
static const char *what_to_do(const struct vm *vm, const struct bdfset *devices)
{
	if (!devices->n && !vm->n_vusbs && !vm->n_vgpus)
		return "none";
	if (!vm->power_state)
		return NULL;
	if (streq(vm->power_state, "Running") || streq(vm->power_state, "Paused"))
		return "shut-down";
	if (!devices->n)
		return "none";
	return vm->affinity ? "keep-off" : "set-affinity";
}

/* The host that has what XAPI's own objects give the VM, where that is only one. Caller frees; NULL: several, none, or unknown. */
static char *tied_host(struct facts *f, const struct vm *vm)
{
	_cleanup_strv_ struct strv hosts = { 0 };
	struct xapi *x = NULL;

	if ((!vm->n_vusbs && !vm->n_vgpus) || facts_xapi(f, &x, NULL) < 0)
		return NULL;
	if (vm->n_vusbs)
		xapi_pool_tied(x, XAPI_TIE_USB, vm->ref, &hosts, NULL);
	if (!hosts.n)
		xapi_pool_tied(x, XAPI_TIE_GPU, vm->ref, &hosts, NULL);
	return hosts.n == 1 ? xstrdup(hosts.v[0]) : NULL;
}

static bool is_put(const struct records *recs, const char *uuid)
{
	for (size_t i = 0; i < recs->n; i++)
		if (streq0(recs->v[i].v[R_VM].text, uuid))
			return true;
	return false;
}

static void put_vm(struct run *r, struct facts *f, const struct vm *vm)
{
	const char *at = vm->resident_on ? vm->resident_on : vm->affinity, *to_do;
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_free_ char *tied = NULL;
	const struct xapi_pool *pool = NULL;
	const struct xapi_host *host = NULL;
	const struct this_host *this;
	struct record *rec;

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &devices);
	if (!vm_is_guest(vm) || (!devices.n && !vm->n_vusbs && !vm->n_vgpus && !vm->affinity) || is_put(&r->res->records, vm->uuid))
		return;
	/* A USB device is on one host; and where there is but one host, it is that one. */
	if (!at)
		at = tied = tied_host(f, vm);
	if (!at && facts_vm_is_here(f, vm) == TRI_YES && facts_this_host(f, &this, NULL) == 0)
		at = this->ref;
	if (at && facts_pool(f, &pool, NULL) == 0)
		host = xapi_pool_host(pool, at);
	to_do = what_to_do(vm, &devices);
	if (to_do && streq(to_do, "set-affinity") && host)
		to_do = "keep-off";
	rec = records_add(&r->res->records);
	record_text(rec, R_HOST, host ? host->name : NULL);
	record_text(rec, R_UUID, host ? host->uuid : NULL);
	record_text(rec, R_VM, vm->uuid);
	record_text(rec, R_VM_NAME, vm->name);
	record_text(rec, R_STATE, vm->power_state);
	put_pins(rec, vm, &devices);
	record_text(rec, R_TO_DO, to_do);
}

static int put_vms(struct run *r, struct facts *f, void *ctx _unused_, struct err *err)
{
	struct vms *vms = NULL;
	int rc = facts_vms(f, &vms, err);

	for (size_t i = 0; rc == 0 && i < vms->n; i++)
		put_vm(r, f, &vms->v[i]);
	return rc;
}

/* By host, those that must go down first; then by name. */
static int cmp_report(const void *a, const void *b)
{
	static const unsigned keys[] = { R_HOST, R_TO_DO, R_VM_NAME, R_VM };
	const struct record *x = a, *y = b;

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const char *p = x->v[keys[i]].text ? x->v[keys[i]].text : "", *q = y->v[keys[i]].text ? y->v[keys[i]].text : "";
		int c = keys[i] == R_TO_DO ? strcmp(q, p) : strcmp(p, q);

		if (c)
			return c;
	}
	return 0;
}

static int run_report(struct run *r, struct err *err)
{
	struct records *recs = &r->res->records;
	int rc = pool_each_facts(r, put_vms, NULL, err);

	if (rc < 0)
		return rc;
	if (recs->n)
		qsort(recs->v, recs->n, sizeof(*recs->v), cmp_report);
	else
		strv_add(&r->res->notes, "no VM of the pool has a device or an affinity: each can be moved away from each host");
	return 0;
}

const struct command cmd_pool_report = {
	.name = "pool-report",
	.summary = "which VMs hold on to which host, and what is to be done with them before it reboots, as in a rolling upgrade",
	.flags = CMD_LIST | CMD_NEEDS_XAPI | CMD_POOL,
	.type = &report_type,
	.minimal = "vm-uuid",
	.run = run_report,
};
