/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_request.c - devices for a VM by alias: which ones, and why not the others. Choosing is place.h's, giving is vm-pci-attach's. */

#include "plugin/bootplan.h"
#include "plugin/cmd_request.h"
#include "plugin/cmd_vm.h"
#include "plugin/commands.h"

enum { Q_PCI_ID, Q_CHOSEN, Q_ALIAS, Q_REASON, Q_CODE, Q_NODE, Q_READY, Q_FUNCTIONS };

static const struct field request_fields[] = {
	[Q_PCI_ID] = { "pci-id", V_TEXT, true, "a device that an alias of the request selects" },
	[Q_CHOSEN] = { "chosen", V_BOOL, true, "the VM gets it, or has it" },
	[Q_ALIAS] = { "aliases", V_LIST, true, "the one that it is chosen for, or those that select it" },
	[Q_REASON] = { "reason", V_TEXT, true, "why, or why not" },
	[Q_CODE] = { "code", V_TEXT, false, "of the finding that speaks against it; null: none does" },
	[Q_NODE] = { "numa-node", V_NUMBER, true, "nearest node" },
	[Q_READY] = { "ready", V_TEXT, false, "now, after-reboot (it will be hidden then), or after-hide (and a reboot)" },
	[Q_FUNCTIONS] = { "functions", V_LIST, true, "what goes to the VM with it" },
};
static const struct record_type request_type = RECORD_TYPE("device for the request", request_fields);

void request_done(struct request *q)
{
	place_done(&q->result);
	place_here_done(&q->here);
	aliases_done(&q->aliases);
	alias_asks_done(&q->asks);
}

/* ---- what is asked for --------------------------------------------------------------------------------------- */

static int resolve(struct request *q, size_t i, enum numa_policy policy, struct err *err)
{
	const struct alias_ask *ask = &q->asks.v[i];
	const struct alias_entry *e = aliases_find(&q->aliases, ask->name);

	if (!e) {
		err_set(err, ENOENT, "there is no alias '%s'", ask->name);
		return err_hint(err, "pci-alias-list shows the aliases of the pool");
	}
	if (e->problem) {
		err_set(err, EINVAL, "alias '%s' cannot be used: %s", ask->name, e->problem);
		return err_hint(err, "pci-alias-destroy it, and create it anew");
	}
	if (e->alias.refuse)
		return err_set(err, EPERM, "alias '%s' is not for VMs: %s", ask->name, e->alias.refuse);
	q->alias[i] = &e->alias;
	q->wants[i] = (struct place_want){
		.alias = e->name,
		.count = ask->count,
		.policy = policy != POLICY_UNSET ? policy : e->alias.policy,
	};
	return 0;
}

int request_read(struct run *r, struct request *q, struct err *err)
{
	const char *word = args_get(r->args, "numa-policy");
	enum numa_policy policy = POLICY_UNSET;
	int rc = alias_asks_parse(args_get(r->args, "alias"), &q->asks, err);

	if (rc == 0 && word)
		rc = numa_policy_parse(word, &policy, err);
	if (rc < 0)
		return err_usage(err);
	rc = aliases_read(r->facts, &q->aliases, err);
	for (size_t i = 0; rc == 0 && i < q->asks.n; i++)
		rc = resolve(q, i, policy, err);
	return rc;
}

/* ---- what came of it ------------------------------------------------------------------------------------------- */

static void put_unit(struct run *r, const struct request *q, const struct place_outcome *o, size_t unit)
{
	static const char *const ready[] = {
		[READY_NOW] = "now", [READY_AFTER_BOOT] = "after-reboot", [READY_AFTER_HIDE] = "after-hide",
	};
	const struct place_unit *u = &q->here.host.v[unit];
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv aliases = { 0 }, functions = { 0 };

	for (size_t w = 0; w < q->asks.n; w++)
		if (o->seen[unit].want >= 0 ? o->seen[unit].want == (int)w : u->wants >> w & 1)
			strv_add(&aliases, q->wants[w].alias);
	for (size_t i = 0; i < q->here.members[unit].n; i++)
		strv_add(&functions, BDF_STR(q->here.members[unit].v[i]));
	record_text(rec, Q_PCI_ID, BDF_STR(u->bdf));
	record_bool(rec, Q_CHOSEN, o->found && o->seen[unit].verdict == PLACE_CHOSEN ? TRI_YES : TRI_NO);
	record_list(rec, Q_ALIAS, &aliases);
	record_text_take(rec, Q_REASON, place_why(q->wants, q->asks.n, &q->here.host, o, unit));
	if (u->code)
		record_text(rec, Q_CODE, u->code);
	else
		record_none(rec, Q_CODE, NULL);
	record_number(rec, Q_NODE, u->node);
	if (!u->code)
		record_text(rec, Q_READY, ready[u->ready]);
	else
		record_none(rec, Q_READY, NULL);
	record_list(rec, Q_FUNCTIONS, &functions);
}

/* What was chosen, in the order of the request; then the rest, by address. */
static void put_units(struct run *r, const struct request *q, const struct place_outcome *o)
{
	for (size_t w = 0; w < q->asks.n; w++)
		for (size_t i = 0; i < q->here.host.n; i++)
			if (o->seen[i].want == (int)w)
				put_unit(r, q, o, i);
	for (size_t i = 0; i < q->here.host.n; i++)
		if (o->seen[i].want < 0)
			put_unit(r, q, o, i);
}

static int no_host(struct run *r, const struct request *q, struct err *err)
{
	for (size_t i = 0; i < q->result.n; i++)
		place_reasons(q->wants, q->asks.n, &q->here.host, &q->result.v[i], &r->res->notes);
	err_set(err, ENOSPC, "No valid host was found");
	return err_hint(err, "nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device");
}

/* A guest has one node, whatever the host has: said where it decided something, and where nothing will hold it there. */
static void tell_node(struct run *r, const struct vm *vm, const struct request *q, const struct place_outcome *o)
{
	bool strict = false;

	for (size_t w = 0; w < q->asks.n; w++)
		strict |= q->wants[w].policy == POLICY_REQUIRED || q->wants[w].policy == POLICY_SOCKET;
	if (q->here.host.n_nodes < 2 || o->node < 0)
		return;
	if (strict)
		strv_addf(&r->res->notes, "a guest of Xen is one virtual node: the devices are chosen for node %d of the host", o->node);
	if (!vm->mask && !args_get(r->args, "numa"))
		strv_addf(&r->res->notes, "nothing keeps the VM's vCPUs and memory on node %d: numa=near, or vm-numa-set uuid=%s node=%d, does",
			  o->node, vm->uuid, o->node);
}

/* Those that the VM has already, or those that it is to be given. */
static void chosen_devices(const struct request *q, const struct place_outcome *o, bool own, struct bdfset *ret)
{
	for (size_t w = 0; w < q->asks.n; w++)
		for (size_t i = 0; i < q->here.host.n; i++)
			for (size_t m = 0; o->seen[i].want == (int)w && q->here.host.v[i].own == own && m < q->here.members[i].n; m++)
				bdfset_add(ret, q->here.members[i].v[m]);
}

static int choose(struct run *r, const struct vm *vm, struct request *q, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 }, has = { 0 };
	const char *functions = args_get(r->args, "functions");
	const struct place_outcome *o;
	int rc = place_here(r->facts, vm, q->alias, q->asks.n, !functions || streq(functions, "all"), &q->here, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < q->here.notes.n; i++)
		strv_add(&r->res->notes, q->here.notes.v[i]);
	place(q->wants, q->asks.n, &q->here.host, 1, &q->result);
	o = &q->result.v[0];
	put_units(r, q, o);
	if (!o->found)
		return no_host(r, q, err);
	chosen_devices(q, o, false, &devices);
	chosen_devices(q, o, true, &has);
	if (!devices.n) {
		bootplan_tell_reboot(r, &has);
		return 0;
	}
	tell_node(r, vm, q, o);
	return vm_give(r, vm, &devices, err);
}

static int run_request(struct run *r, struct err *err)
{
	_cleanup_(request_done) struct request q = { 0 };
	const struct vm *vm;
	int rc = run_vm(r, &vm, err);

	if (rc == 0)
		rc = request_read(r, &q, err);
	if (rc < 0)
		return rc;
	/* A VM that can take no device need not have one chosen for it. */
	run_checks(r, CHECK_VM | CHECK_VM_OFF, NULL, vm);
	return findings_refusal(&r->res->findings) ? 0 : choose(r, vm, &q, err);
}

static const struct param request_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "alias", "ALIAS[:N][,ALIAS[:N]...]", P_REQUIRED | P_REPEAT, "so many devices of each; those that the VM has already count" },
	{ "numa-policy", "POLICY", 0, "in place of the aliases' own: required, preferred, legacy or socket" },
	{ "functions", "all|one", 0, "all (the default): a device is a card with all its functions; one: a single function" },
	{ "numa", "near", 0, "near: pin the VM's vCPUs to the CPUs of the devices' node" },
	PARAM_ENTRIES,
	PARAM_REBOOT,
	{ 0 },
};

const struct command cmd_vm_pci_request = {
	.name = "vm-pci-request",
	.summary = "choose free devices by alias for a VM and give them to it, and say why not the others",
	.params = request_params,
	.flags = CMD_WRITES | CMD_LIST | CMD_NEEDS_XAPI,
	.type = &request_type,
	.plain = "pci-device-list shows the devices and their nodes; vm-pci-attach uuid=NAME device=... numa=near takes those that you choose",
	.run = run_request,
};
