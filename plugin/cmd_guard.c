/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_guard.c - guard: would this VM's start with its PCI devices work, and do no harm?  Asked by xenopsd before every start, also inside a
 * reboot, through the door in guard.h; by people as any check.
 *
 * Besides the checks it compares the devices with the desired state, where they are kept by what they are: another card may have the
 * address by now, when bus numbers moved and reapply has not been through yet.
 *	START_OTHER, START_MISSING	state_places.h
 *	START_USB_LOST	a USB device that was given to the VM is not the VM's any more: XAPI has forgotten it.  Told, and never a reason to
 *			keep the VM from starting; vm-usb-repair restores it, not the guard
 *
 * It reads what it needs and no more, takes no lock and writes nothing.  XAPI waits for the start that asks, so it is left alone, but for the
 * one case in which its answer can save the host: a device that a driver of dom0 still has may carry storage or networks that only XAPI knows
 * of.  What pciback has carries nothing of dom0's.  It is asked, too, about a VM for which a USB device is wanted, which only XAPI knows of;
 * last of all, when nothing else keeps the VM from starting.
 */

#include "plugin/commands.h"
#include "plugin/settings.h"
#include "plugin/state_places.h"
#include "xenhelpers/xenopsd.h"

static const struct param guard_params[] = {
	{ "vm-uuid", "UUID", P_REQUIRED, "the VM that is about to start; its devices are those of xenopsd's records" },
	{ 0 },
};

static void ask(struct facts *f, unsigned intent, const struct bdfset *devices, const struct vm *vm, struct findings *ret)
{
	struct check_request req = { .intent = intent, .devices = devices, .vm = vm };

	checks_run(f, &req, ret);
}

/* Not pciback's, or unknown: dom0 may live on them. */
static void with_driver(struct facts *f, const struct bdfset *devices, struct bdfset *ret)
{
	for (size_t i = 0; i < devices->n; i++)
		if (facts_driver(f, devices->v[i]))
			bdfset_add(ret, devices->v[i]);
}

/* Are they the devices that the VM was given?  Of a VM that nobody set up through this program nothing is known. */
static void compare_wanted(struct run *r, const struct state *s, const struct state_vm *vm)
{
	struct resolution found = { 0 };
	struct pcidevs *set = NULL;
	struct err err = { 0 };

	if (facts_pci(r->facts, &set, &err) < 0) {
		strv_addf(&r->res->notes, "whether these are the devices that the VM was given is unknown: %s", err.text);
		return;
	}
	state_resolve(set, s, &found);
	state_compare_vm(s, &found, vm, set, NULL, &r->res->findings);
	resolution_done(&found);
}

static bool has_usb(const struct xapi_usb *usb, const char *vm, const struct usbid *wish)
{
	const struct xapi_pusb *p = xapi_usb_find_id(usb, wish);

	return p && streq0(p->vm, vm);
}

/* Has the VM the USB devices that it was given? */
static void compare_usb(struct run *r, const struct state_vm *want)
{
	struct facts *anew = facts_new(facts_host(r->facts), facts_session(r->facts));
	const struct xapi_usb *usb = NULL;
	const struct vm *vm = NULL;
	struct err err = { 0 };
	int rc = facts_find_vm(anew, want->uuid, &vm, &err);

	if (rc == 0)
		rc = facts_xapi_usb(anew, &usb, &err);
	if (rc == 0 && !usb->vusbs_known)
		rc = err_set(&err, ENODATA, "XAPI does not tell of VUSBs");
	if (rc < 0) {
		_cleanup_free_ char *text = xasprintf("whether the VM has the USB devices that it was given is unknown: %s", err.text);

		findings_add(&r->res->findings, "START_USB_LOST", SEV_UNKNOWN, "XAPI", text);
	}
	for (size_t i = 0; rc == 0 && i < want->n_usb; i++) {
		_cleanup_free_ char *id = usbid_format(&want->usb[i]), *text = NULL;
		struct finding *f;

		if (has_usb(usb, vm->ref, &want->usb[i]))
			continue;
		text = xasprintf("VM '%s' starts without the USB device %s, which it was given: XAPI has forgotten it since", vm->name, id);
		f = findings_add(&r->res->findings, "START_USB_LOST", SEV_WARN, want->usb[i].path, text);
		f->remedy = xasprintf("vm-usb-repair uuid=%s, and a restart of the VM", want->uuid);
	}
	facts_free(anew);
}

static void judge(struct run *r, const struct bdfset *devices, const struct vm *vm)
{
	struct findings *found = &r->res->findings;
	_cleanup_bdfset_ struct bdfset dom0s = { 0 };
	const struct xapi_pool *pool;
	struct err err = { 0 };
	struct facts *anew;

	facts_without_xapi(r->facts);
	ask(r->facts, CHECK_START, devices, vm, found);
	with_driver(r->facts, devices, &dom0s);
	if (dom0s.n)
		ask(r->facts, CHECK_DOM0, &dom0s, vm, found);
	if (!dom0s.n || findings_refusal(found))
		return;
	anew = facts_new(facts_host(r->facts), facts_session(r->facts));
	if (facts_pool(anew, &pool, &err) < 0)
		strv_addf(&r->res->notes, "whether storage or networks of XAPI's stand on a device is unknown: %s", err.text);
	else
		ask(anew, CHECK_DOM0, &dom0s, vm, found);
	facts_free(anew);
}

static void look(struct run *r, const struct bdfset *devices, const struct state *s, const struct state_vm *want)
{
	char *uuid = (char *)args_get(r->args, "vm-uuid");
	/* What xenopsd says of the VM is its uuid. */
	struct vm vm = { .ref = uuid, .uuid = uuid, .name = uuid, .is_template = TRI_UNKNOWN, .is_snapshot = TRI_UNKNOWN,
			 .is_control_domain = TRI_UNKNOWN, .vcpus_max = -1, .memory_max = -1 };

	if (devices->n)
		judge(r, devices, &vm);
	if (devices->n && want)
		compare_wanted(r, s, want);
	if (want && want->n_usb && !findings_refusal(&r->res->findings))
		compare_usb(r, want);
	findings_sort(&r->res->findings);
	/* A hook has nobody to ask: no force= here, but the setting. */
	for (size_t i = 0; i < r->res->findings.n; i++)
		r->res->findings.v[i].final |= r->res->findings.v[i].severity == SEV_REFUSE;
}

static int run_guard(struct run *r, struct err *err)
{
	_cleanup_(settings_done) struct settings settings = { 0 };
	const char *uuid = args_get(r->args, "vm-uuid");
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_(state_done) struct state s = { 0 };
	const struct state_vm *want;
	struct err why = { 0 };
	int rc = xenopsd_devices(facts_host(r->facts), uuid, &devices, err);

	if (rc < 0)
		return rc;
	if (state_read(facts_host(r->facts), &s, NULL, NULL, &why) < 0 && devices.n)
		strv_addf(&r->res->notes, "whether these are the devices that the VM was given is unknown: %s", why.text);
	want = state_find_vm(&s, uuid);
	if (!devices.n && !(want && want->n_usb)) {
		strv_add(&r->res->notes, "xenopsd has no record of a PCI device of this VM");
		return 0;
	}
	settings_read(facts_host(r->facts), &settings);
	for (size_t i = 0; i < settings.notes.n; i++)
		strv_add(&r->res->notes, settings.notes.v[i]);
	if (settings.guard == GUARD_OFF) {
		strv_add(&r->res->notes, "guard is off in " SETTINGS_FILE ": nothing was looked at");
		return 0;
	}
	look(r, &devices, &s, want);
	if (!findings_refusal(&r->res->findings))
		return 0;
	if (settings.guard == GUARD_REFUSE)
		r->res->status = 3;
	else
		strv_add(&r->res->notes, "guard is warn in " SETTINGS_FILE ": the VM starts all the same");
	return 0;
}

const struct command cmd_guard = {
	.name = "guard",
	.summary = "would a VM that is about to start get its PCI devices, without harm to the host; exit status 3 when not",
	.params = guard_params,
	.flags = CMD_CHECK | CMD_NO_PLUGIN,
	.run = run_guard,
};
