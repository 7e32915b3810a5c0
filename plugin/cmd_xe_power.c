/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xe_power.c - xe's verbs that XAPI carries out at once and nothing takes back: starting and shutting down a VM, looking for USB devices. */

#include <ctype.h>
#include <stdio.h>

#include "plugin/cmd_xe.h"
#include "plugin/commands.h"
#include "xenhelpers/vmpci.h"

/* ---- the VM that is meant ------------------------------------------------------------------------------------------ */

#define VM_SELECTORS                                                                                                   \
	{ "uuid", "UUID", 0, "the VM" },                                                                               \
		{ "vm", "UUID|NAME", 0, "the VM: its uuid, or a name that no other VM has" },                          \
		{ "name-label", "NAME", 0, "the same by its name alone" }

static int selected_vm(struct run *r, const struct vm **ret, struct err *err)
{
	const char *uuid = args_get(r->args, "uuid"), *either = args_get(r->args, "vm"), *name = args_get(r->args, "name-label");
	struct err why = { 0 };
	int rc;

	if (!uuid + !either + !name != 2) {
		err_set(err, EINVAL, "give one of uuid=, vm= and name-label=; for several VMs at once use xe");
		return err_usage(err);
	}
	if (!name)
		name = uuid ? uuid : either;
	rc = run_vm_named(r, name, ret, &why);
	if (rc == -ENOENT)
		return err_set(err, ENOENT, "there is no VM with the uuid or name '%s'", name);
	if (rc < 0 && err)
		*err = why;
	return rc;
}

/* ---- its power ----------------------------------------------------------------------------------------------------- */

static char *lower(const char *s)
{
	char *text = xstrdup(s);

	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return text;
}

static int bad_state(const struct vm *vm, const char *expected, struct err *err)
{
	_cleanup_strbuf_ struct strbuf name = { 0 };
	_cleanup_free_ char *actual = lower(vm->power_state);

	strbuf_add_printable(&name, vm->name, strlen(vm->name));
	err_set(err, EBUSY, "The VM is %s, and for this it must be %s.", actual, expected);
	err_api(err, "VM_BAD_POWER_STATE");
	err_api_param(err, vm->uuid);
	err_api_param(err, expected);
	err_api_param(err, actual);
	if (err)
		snprintf(err->where, sizeof(err->where), "vm: %s (%.200s)\nexpected: %s\nactual: %s", vm->uuid, strbuf_str(&name), expected,
			 actual);
	return -EBUSY;
}

static void plan_power(struct run *r, const struct vm *vm, const char *method, json_t *params, const char *what, const char *to,
		       const char *why)
{
	_cleanup_free_ char *from = vm->power_state ? lower(vm->power_state) : NULL;

	plan_action(&r->res->plan, method, params, what, xasprintf("VM %s '%s'", vm->uuid, vm->name), from, to, why);
}

/* What vm-pci-check would refuse is refused; where the VM's devices are another host's, that one has the say. */
static void check_start(struct run *r, const struct vm *vm)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_(vmpci_done) struct vmpci items = { 0 };

	if (facts_vm_is_here(r->facts, vm) == TRI_NO) {
		if (vm->pci)
			strv_addf(&r->res->notes, "the devices of '%s' are another host's, and were not judged here", vm->name);
		run_checks(r, CHECK_VM, NULL, vm);
		return;
	}
	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &devices);
	if (devices.n)
		run_checks(r, CHECK_HIDE | CHECK_ATTACH | CHECK_VM | CHECK_ASK, &devices, vm);
	else
		run_checks(r, CHECK_VM, NULL, vm);
}

static const struct param start_params[] = {
	VM_SELECTORS,
	PARAM_FORCE,
	{ 0 },
};

static int run_start(struct run *r, struct err *err)
{
	const struct vm *vm;
	int rc = selected_vm(r, &vm, err);

	if (rc < 0)
		return rc;
	if (vm->power_state && !streq(vm->power_state, "Halted") && vm_is_guest(vm))
		return bad_state(vm, "halted", err);
	check_start(r, vm);
	plan_power(r, vm, "VM.start", json_pack("[sbb]", vm->ref, false, false), "power", "running", "asked for");
	return 0;
}

const struct command cmd_vm_start = {
	.name = "vm-start",
	.summary = "start a VM, when vm-pci-check does not refuse its devices",
	.params = start_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_start,
};

static const struct param shutdown_params[] = {
	VM_SELECTORS,
	{ "force", "true|false", 0, "true: switch it off, without asking the guest" },
	{ 0 },
};

static int run_shutdown(struct run *r, struct err *err)
{
	const char *word = args_get(r->args, "force");
	bool force = word && streq(word, "true");
	const struct vm *vm;
	int rc = selected_vm(r, &vm, err);

	if (rc < 0)
		return rc;
	if (vm->power_state && streq(vm->power_state, "Halted"))
		return bad_state(vm, "running", err);
	run_checks(r, CHECK_VM, NULL, vm);
	plan_power(r, vm, force ? "VM.hard_shutdown" : "VM.clean_shutdown", json_pack("[s]", vm->ref), "power", "halted",
		   force ? "asked for, without asking the guest" : "asked for");
	return 0;
}

const struct command cmd_vm_shutdown = {
	.name = "vm-shutdown",
	.summary = "shut a VM down, or with force=true switch it off",
	.params = shutdown_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_shutdown,
};

/* ---- USB devices ----------------------------------------------------------------------------------------------------- */

static const struct param scan_params[] = {
	{ "host-uuid", "UUID", P_REQUIRED, "the host" },
	{ 0 },
};

static int run_scan(struct run *r, struct err *err)
{
	const char *ref, *name, *uuid = args_get(r->args, "host-uuid");
	int rc = xe_find_host(r, uuid, &ref, &name, err);

	if (rc < 0)
		return rc;
	plan_action(&r->res->plan, "PUSB.scan", json_pack("[s]", ref), "USB devices", xasprintf("host %s '%s'", uuid, name), "as XAPI knows them",
		    "as they are plugged", "asked for");
	return 0;
}

const struct command cmd_pusb_scan = {
	.name = "pusb-scan",
	.summary = "let XAPI look again which USB devices a host has, by its policy of today",
	.params = scan_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_scan,
};
