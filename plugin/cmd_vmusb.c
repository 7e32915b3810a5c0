/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_vmusb.c - vm-usb-attach, -detach, -list, -repair: USB devices that a VM has through XAPI. */

#include "plugin/commands.h"
#include "plugin/restore.h"
#include "plugin/usbgive.h"

/* ---- vm-usb-attach ------------------------------------------------------------------------------------------------ */

static const struct param attach_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "device", "DEVICE", P_REQUIRED, "bus path (1-2.4), vendor:product, vendor:product:serial, or the uuid of its PUSB" },
	{ "when", "now|next-start", 0, "next-start: also while the VM runs; it has the device when it starts anew" },
	{ 0 },
};

static int run_attach(struct run *r, struct err *err)
{
	const struct usbdev *d = NULL;
	const struct vm *vm = NULL;
	int rc = run_vm(r, &vm, err);

	if (rc == 0)
		rc = usbgive_find(r, args_get(r->args, "device"), &d, err);
	if (rc == 0)
		rc = usbgive_attach(r, vm, d, streq0(args_get(r->args, "when"), "next-start"), err);
	if (rc == 0 && plan_needs(&r->res->plan, EFFECT_VM_START))
		strv_addf(&r->res->plan.next, "%s uuid=%s",
			  streq0(vm->power_state, "Running") ? "restart the VM: xe vm-reboot" : "start the VM: xe vm-start", vm->uuid);
	return rc;
}

const struct command cmd_vm_usb_attach = {
	.name = "vm-usb-attach",
	.summary = "give a USB device to a VM: policy, scan, group and VUSB in one plan",
	.params = attach_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_attach,
};

/* ---- what VMs have, and are wanted to have --------------------------------------------------------------------------- */

/* One USB device of one VM. */
struct given {
	const struct vm *vm;
	struct usbid id;
	const struct xapi_pusb *pusb; /* by which it has it; NULL: it does not, now */
	const struct usbid *wish;     /* of the desired state; NULL: it is not wanted by us */
};

struct givens {
	struct given *v;
	size_t n;
	struct state state;
};

static void givens_done(struct givens *g)
{
	for (size_t i = 0; i < g->n; i++)
		usbid_done(&g->v[i].id);
	free(g->v);
	state_done(&g->state);
}

static struct given *find(struct givens *g, const struct vm *vm, const struct usbid *id)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].vm == vm && usbid_eq(&g->v[i].id, id))
			return &g->v[i];
	return NULL;
}

static void add_vm(struct givens *g, const struct vm *vm, const struct xapi_usb *xapi)
{
	const struct state_vm *want = state_find_vm(&g->state, vm->uuid);

	for (size_t i = 0; i < xapi->n; i++) {
		if (!streq0(xapi->v[i].vm, vm->ref))
			continue;
		ARRAY_GROW(g->v, g->n);
		g->v[g->n] = (struct given){ .vm = vm, .pusb = &xapi->v[i] };
		g->n += xapi_pusb_id(&xapi->v[i], &g->v[g->n].id);
	}
	for (size_t i = 0; want && i < want->n_usb; i++) {
		const struct usbid *w = &want->usb[i];
		struct given *have = find(g, vm, w);

		if (!have) {
			ARRAY_GROW(g->v, g->n);
			have = &g->v[g->n++];
			*have = (struct given){ .vm = vm, .id = { xstrdup(w->path), w->vendor, w->product, xstrdup(w->serial) } };
		}
		have->wish = w;
	}
}

/* Of one VM, or of all. */
static int look(struct run *r, struct givens *g, struct err *err)
{
	const struct xapi_usb *xapi = NULL;
	struct usbdevs *set = NULL;
	const struct vm *vm = NULL;
	struct vms *vms = NULL;
	bool there;
	int rc = state_read(facts_host(r->facts), &g->state, NULL, &there, err);

	if (rc == 0)
		rc = facts_xapi_usb(r->facts, &xapi, err);
	if (rc == 0)
		rc = facts_vms(r->facts, &vms, err);
	if (rc == 0 && args_get(r->args, "uuid"))
		rc = run_vm(r, &vm, err);
	if (rc == 0 && facts_usb(r->facts, &set, NULL) == 0)
		usbdevs_details(facts_host(r->facts), set);
	for (size_t i = 0; rc == 0 && i < vms->n; i++)
		if (!vm || vm == &vms->v[i])
			add_vm(g, &vms->v[i], xapi);
	return rc;
}

/* ---- vm-usb-detach ---------------------------------------------------------------------------------------------------- */

static const struct param detach_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "device", "DEVICE or all", P_REQUIRED, "as vm-usb-list shows it: the device may be gone" },
	{ 0 },
};

static void plan_detach(struct run *r, const struct given *g)
{
	_cleanup_free_ char *text = usbid_format(&g->id);

	plan_vusb(&r->res->plan, g->vm, text, NULL, false, "the VM has it no more");
	if (!g->pusb || g->pusb->attached != TRI_YES)
		return;
	r->res->plan.v[r->res->plan.n - 1].effect = EFFECT_NOW;
	strv_addf(&r->res->notes, "VM '%s' runs with %s: it is unplugged from it first", g->vm->name, g->id.path);
}

static int run_detach(struct run *r, struct err *err)
{
	_cleanup_(givens_done) struct givens g = { 0 };
	const char *name = args_get(r->args, "device");
	const struct given *found = NULL;
	int rc = look(r, &g, err);
	size_t n = 0;

	for (size_t i = 0; rc == 0 && i < g.n; i++) {
		if (!streq(name, "all") && !usbgive_is_named(&g.v[i].id, g.v[i].pusb ? g.v[i].pusb->uuid : NULL, name))
			continue;
		found = &g.v[i];
		n++;
		plan_detach(r, found);
	}
	if (rc < 0)
		return rc;
	if (n > 1 && !streq(name, "all")) {
		err_set(err, ENOTUNIQ, "the VM has %zu USB devices that are '%s'", n, name);
		return err_hint(err, "vm-usb-list shows them: name one by its bus path");
	}
	if (!n)
		strv_addf(&r->res->notes, "the VM has no USB device '%s', and none is wanted for it: vm-usb-list shows what it has", name);
	if (found && found->pusb && n == 1)
		strv_addf(&r->res->plan.next, "the device stays offered to VMs; to give it back to dom0: xe pusb-param-set uuid=%s passthrough-enabled=false",
			  found->pusb->uuid);
	return 0;
}

const struct command cmd_vm_usb_detach = {
	.name = "vm-usb-detach",
	.summary = "take USB devices from a VM; they stay offered to VMs",
	.params = detach_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_detach,
};

/* ---- vm-usb-list -------------------------------------------------------------------------------------------------------- */

enum { L_VM, L_VM_NAME, L_DEVICE, L_VENDOR, L_PRODUCT, L_SERIAL, L_STATUS, L_CHOICE, L_WANTED, L_ATTACHED, L_PASSTHROUGH, L_PUSB, L_GROUP, L_VUSB };

static const struct field list_fields[] = {
	[L_VM] = { "vm-uuid", V_TEXT, true, "the VM" },
	[L_VM_NAME] = { "vm-name-label", V_TEXT, true, "its name" },
	[L_DEVICE] = { "device", V_TEXT, true, "bus path of the device that it has, or was given" },
	[L_VENDOR] = { "vendor-id", V_TEXT, true, "four digits", .hex = true },
	[L_PRODUCT] = { "product-id", V_TEXT, true, "four digits", .hex = true },
	[L_SERIAL] = { "serial", V_TEXT, true, "its serial number; empty: none" },
	[L_STATUS] = { "status", V_TEXT, true, "assigned; or lost, and where the device is: there, moved, gone, ambiguous" },
	[L_CHOICE] = { "now-at", V_LIST, false, "lost: where the device is now, or could be" },
	[L_WANTED] = { "wanted", V_BOOL, false, "it was given through this program, and vm-usb-repair restores it" },
	[L_ATTACHED] = { "currently-attached", V_BOOL, false, "the running VM has it" },
	[L_PASSTHROUGH] = { "passthrough-enabled", V_BOOL, false, "XAPI lets VMs have it" },
	[L_PUSB] = { "pusb-uuid", V_TEXT, false, "XAPI's record of the device" },
	[L_GROUP] = { "usb-group-uuid", V_TEXT, false, "its group" },
	[L_VUSB] = { "vusb-uuid", V_TEXT, false, "by which the VM has it" },
};
static const struct record_type list_type = RECORD_TYPE("USB device of a VM", list_fields);

static void put_lost(struct run *r, const struct givens *g, const struct given *v, struct record *rec)
{
	const struct usbdev *d = NULL;
	_cleanup_free_ char *choice = NULL;
	_cleanup_strv_ struct strv parts = { 0 }, at = { 0 };
	enum usb_fate fate = usbgive_resolve(r->facts, &g->state, v->wish, &d, &choice);

	record_text_take(rec, L_STATUS, xasprintf("lost, %s", usb_fate_name(fate)));
	if (d)
		strv_add(&at, d->name);
	if (choice)
		strv_split(&parts, choice, ',');
	for (size_t i = 0; i < parts.n; i++)
		strv_add(&at, parts.v[i] + strspn(parts.v[i], " "));
	record_list(rec, L_CHOICE, &at);
}

static void put(struct run *r, const struct givens *g, const struct given *v)
{
	struct record *rec = records_add(&r->res->records);
	const struct xapi_pusb *p = v->pusb;

	record_text(rec, L_VM, v->vm->uuid);
	record_text(rec, L_VM_NAME, v->vm->name);
	record_text(rec, L_DEVICE, v->id.path);
	record_text_take(rec, L_VENDOR, xasprintf("%04x", v->id.vendor));
	record_text_take(rec, L_PRODUCT, xasprintf("%04x", v->id.product));
	record_text(rec, L_SERIAL, v->id.serial);
	record_bool(rec, L_WANTED, v->wish ? TRI_YES : TRI_NO);
	if (!p) {
		put_lost(r, g, v, rec);
		return;
	}
	record_text(rec, L_STATUS, "assigned");
	record_bool(rec, L_ATTACHED, p->attached);
	record_bool(rec, L_PASSTHROUGH, p->passthrough);
	record_text(rec, L_PUSB, p->uuid);
	record_text(rec, L_GROUP, p->group);
	record_text(rec, L_VUSB, p->vusb);
}

static const struct param list_params[] = {
	{ "uuid", "UUID", 0, "only this VM" },
	{ 0 },
};

static int run_list(struct run *r, struct err *err)
{
	_cleanup_(givens_done) struct givens g = { 0 };
	int rc = look(r, &g, err);

	for (size_t i = 0; rc == 0 && i < g.n; i++)
		put(r, &g, &g.v[i]);
	return rc;
}

const struct command cmd_vm_usb_list = {
	.name = "vm-usb-list",
	.summary = "USB devices that VMs have, and those that they have lost",
	.params = list_params,
	.flags = CMD_LIST | CMD_NEEDS_XAPI,
	.type = &list_type,
	.run = run_list,
};

/* ---- vm-usb-repair ---------------------------------------------------------------------------------------------------------- */

static const struct param repair_params[] = {
	{ "uuid", "UUID", 0, "only this VM" },
	{ "message", "true|false", 0, "true: what was done stands in XAPI's list of messages, too, as for a service that nobody watches" },
	{ 0 },
};

/* One VM by its uuid is known without XAPI; by its name, or where it has no wish, XAPI tells which one is meant. */
static int find_wished(struct run *r, const struct state *s, const char **uuid, struct err *err)
{
	const struct state_vm *want = state_find_vm(s, *uuid);
	const struct vm *vm = NULL;
	int rc = want ? 0 : run_vm(r, &vm, err);

	if (rc < 0)
		return rc;
	if (vm)
		want = state_find_vm(s, *uuid = vm->uuid);
	if (!want || !want->n_usb)
		strv_addf(&r->res->notes, "no USB device is wanted for the VM %s: vm-usb-attach makes a wish of what it has", *uuid);
	return 0;
}

static int run_repair(struct run *r, struct err *err)
{
	_cleanup_(state_done) struct state s = { 0 };
	const char *uuid = args_get(r->args, "uuid");
	bool there, complete = true;
	int rc = state_read(facts_host(r->facts), &s, NULL, &there, err);

	if (rc == 0 && uuid)
		rc = find_wished(r, &s, &uuid, err);
	if (rc == 0)
		usbgive_restore(r, &s, uuid, &complete);
	if (rc == 0 && !complete)
		r->res->status = 1;
	if (rc == 0 && streq0(args_get(r->args, "message"), "true"))
		restore_tell(r->res, "");
	return rc;
}

const struct command cmd_vm_usb_repair = {
	.name = "vm-usb-repair",
	.summary = "give VMs the USB devices back that they have lost",
	.params = repair_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_repair,
};
