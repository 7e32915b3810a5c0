/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xe_power.c - xe's verbs that XAPI carries out at once and nothing takes back: starting and shutting down a VM, looking for USB devices. */

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "plugin/cmd_xe.h"
#include "plugin/commands.h"
#include "plugin/state_places.h"
#include "xenhelpers/vmpci.h"

/* ---- the VMs that are meant ---------------------------------------------------------------------------------------- */

#define VM_SELECTORS                                                                                                   \
	{ "uuid", "UUID", 0, "the VM" },                                                                               \
		{ "vm", "UUID|NAME", 0, "the VM: its uuid, or its name" },                                             \
		{ "name-label", "NAME", 0, "the VM that has this name" },                                              \
		{ "power-state", "STATE", 0, "of those, or of all VMs, the ones in this state" },                      \
		{ "resident-on", "HOST-UUID", 0, "the ones that run on this host" },                                   \
		{ "affinity", "HOST-UUID", 0, "the ones that prefer this host" },                                      \
		{ "multiple", "true|false", 0, "true: all that fit, one after the other; without it there must be but one" }

static const char *const selectors[] = { "uuid", "vm", "name-label", "power-state", "resident-on", "affinity" };

static bool is_host(struct run *r, const char *ref, const char *uuid)
{
	const char *wanted, *name;

	return ref && xe_find_host(r, uuid, &wanted, &name, NULL) == 0 && streq(ref, wanted);
}

static bool is_meant(struct run *r, const struct vm *vm)
{
	const char *uuid = args_get(r->args, "uuid"), *either = args_get(r->args, "vm"), *name = args_get(r->args, "name-label"),
		   *state = args_get(r->args, "power-state"), *at = args_get(r->args, "resident-on"), *near = args_get(r->args, "affinity");

	if (!vm_is_guest(vm) && !streq0(uuid, vm->uuid) && !streq0(either, vm->uuid))
		return false;
	return (!uuid || streq(uuid, vm->uuid)) && (!either || streq(either, vm->uuid) || streq(either, vm->name)) &&
	       (!name || streq(name, vm->name)) && (!state || (vm->power_state && !strcasecmp(state, vm->power_state))) &&
	       (!at || is_host(r, vm->resident_on, at)) && (!near || is_host(r, vm->affinity, near));
}

static bool asks_for_several(const struct run *r)
{
	const char *word = args_get(r->args, "multiple");

	return word && streq(word, "true");
}

/* What was asked for, as it was written. */
static char *asked_text(const struct run *r)
{
	_cleanup_strv_ struct strv words = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(selectors); i++)
		if (args_get(r->args, selectors[i]))
			strv_addf(&words, "%s=%s", selectors[i], args_get(r->args, selectors[i]));
	return strv_join(&words, " ");
}

static int too_many(const char *asked, const struct vm *const *found, size_t n, struct err *err)
{
	_cleanup_strv_ struct strv uuids = { 0 };
	_cleanup_free_ char *list = NULL;

	for (size_t i = 0; i < n; i++)
		strv_add(&uuids, found[i]->uuid);
	list = strv_join(&uuids, ", ");
	err_set(err, ENOTUNIQ, "%s fits %zu VMs: %s", asked, n, list);
	return err_hint(err, "name one of them by its uuid, or say --multiple for all of them");
}

/* The caller frees the list; the VMs are borrowed. */
static int selected_vms(struct run *r, const struct vm ***ret, size_t *n, struct err *err)
{
	_cleanup_free_ const struct vm **found = NULL;
	_cleanup_free_ char *asked = asked_text(r);
	struct vms *vms = NULL;
	int rc;

	if (!*asked) {
		err_set(err, EINVAL, "which VM? Give uuid=, vm= or name-label=; power-state=, resident-on= or affinity= for several");
		return err_usage(err);
	}
	rc = facts_vms(r->facts, &vms, err);
	*n = 0;
	for (size_t i = 0; rc == 0 && i < vms->n; i++)
		if (is_meant(r, &vms->v[i])) {
			ARRAY_GROW(found, *n);
			found[(*n)++] = &vms->v[i];
		}
	if (rc == 0 && !*n)
		rc = err_set(err, ENOENT, "there is no VM that fits %s", asked);
	if (rc == 0 && *n > 1 && !asks_for_several(r))
		rc = too_many(asked, found, *n, err);
	if (rc == 0)
		*ret = TAKE_PTR(found);
	return rc;
}

/* Each of them, and what does not go with one of several is told of that one alone. */
static int each_vm(struct run *r, int (*f)(struct run *r, const struct vm *vm, struct err *err), struct err *err)
{
	_cleanup_free_ const struct vm **vms = NULL;
	size_t n = 0;
	int rc = selected_vms(r, &vms, &n, err);

	if (rc < 0 || !asks_for_several(r))
		return rc < 0 ? rc : f(r, vms[0], err);
	for (size_t i = 0; i < n; i++) {
		struct err why = { 0 };

		if (f(r, vms[i], &why) < 0)
			result_failure(r->res, vms[i]->uuid, &why);
	}
	return 0;
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
	if (asks_for_several(r))
		r->res->plan.actions[r->res->plan.n_actions - 1].uuid = xstrdup(vm->uuid);
}

static void check_devices(struct run *r, const struct vm *vm, const struct bdfset *devices)
{
	_cleanup_strv_ struct strv force = { 0 };

	run_checks(r, CHECK_HIDE | CHECK_ATTACH | CHECK_VM | CHECK_ASK, devices, vm);
	state_check_vm(r->facts, vm, NULL, &r->res->findings);
	run_forced(r, &force);
	findings_force(&r->res->findings, &force);
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
		check_devices(r, vm, &devices);
	else
		run_checks(r, CHECK_VM, NULL, vm);
}

/* on=: a host's uuid, or its name. */
static int asked_host(struct run *r, const char **ref, const char **name, struct err *err)
{
	const char *text = args_get(r->args, "on");
	const struct xapi_pool *pool = NULL;
	size_t n = 0;

	if (!text || xe_find_host(r, text, ref, name, NULL) == 0)
		return 0;
	if (facts_pool(r->facts, &pool, err) < 0)
		return -ENODATA;
	for (size_t i = 0; i < pool->n_hosts; i++)
		if (streq(pool->hosts[i].name, text)) {
			*ref = pool->hosts[i].ref;
			*name = pool->hosts[i].name;
			n++;
		}
	if (n > 1)
		return err_set(err, ENOTUNIQ, "on=%s is the name of %zu hosts: give the uuid of one", text, n);
	return n ? 0 : err_set(err, ENOENT, "the pool has no host with the uuid or name '%s'", text);
}

/* An address means another device there. */
static int check_host(struct run *r, const struct vm *vm, const char *ref, const char *name, struct err *err)
{
	const struct xapi_pool *pool = NULL;
	const struct xapi_host *own;

	if (!vm->pci || !*vm->pci || !vm->affinity || streq(vm->affinity, ref))
		return 0;
	own = facts_pool(r->facts, &pool, NULL) == 0 ? xapi_pool_host(pool, vm->affinity) : NULL;
	err_set(err, EPERM, "'%s' has devices of the host '%s' (%s), and on '%s' these addresses mean other devices", vm->name,
		own ? own->name : vm->affinity, vm->pci, name);
	return err_hint(err, "pool-place vm-uuid=%s finds it devices on another host, once vm-pci-detach has taken these from it", vm->uuid);
}

/* Where it will run, for the checks. */
static struct vm placed(const struct vm *vm, const char *ref)
{
	struct vm then = *vm;

	if (ref)
		then.affinity = (char *)ref;
	return then;
}

static bool is_true(const struct run *r, const char *param)
{
	const char *word = args_get(r->args, param);

	return word && streq(word, "true");
}

static int start_one(struct run *r, const struct vm *vm, struct err *err)
{
	bool paused = is_true(r, "paused"), force = is_true(r, "force");
	const char *ref = NULL, *name = NULL;
	_cleanup_free_ char *why = NULL;
	struct vm then;
	int rc = asked_host(r, &ref, &name, err);

	if (rc == 0 && vm->power_state && !streq(vm->power_state, "Halted") && vm_is_guest(vm))
		rc = bad_state(vm, "halted", err);
	if (rc == 0 && ref)
		rc = check_host(r, vm, ref, name, err);
	if (rc < 0)
		return rc;
	then = placed(vm, ref);
	check_start(r, &then);
	why = ref ? xasprintf("asked for, on the host '%s'", name) : xstrdup("asked for");
	plan_power(r, vm, ref ? "VM.start_on" : "VM.start",
		   ref ? json_pack("[ssbb]", vm->ref, ref, paused, force) : json_pack("[sbb]", vm->ref, paused, force), "power",
		   paused ? "paused" : "running", why);
	return 0;
}

static const struct param start_params[] = {
	VM_SELECTORS,
	{ "on", "HOST", 0, "where: the host's uuid or name; without it XAPI chooses" },
	{ "paused", "true|false", 0, "true: do not let it run yet" },
	{ "force", "CODE@SUBJECT[,...]", 0, "override these refusals, for these subjects; true, as in xe, overrides XAPI's and none of these" },
	{ 0 },
};

static int run_start(struct run *r, struct err *err)
{
	return each_vm(r, start_one, err);
}

const struct command cmd_vm_start = {
	.name = "vm-start",
	.summary = "start a VM, when vm-pci-check does not refuse its devices",
	.params = start_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_start,
};

static int shut_down_one(struct run *r, const struct vm *vm, struct err *err)
{
	bool force = is_true(r, "force");

	if (vm->power_state && streq(vm->power_state, "Halted"))
		return bad_state(vm, "running", err);
	run_checks(r, CHECK_VM, NULL, vm);
	plan_power(r, vm, force ? "VM.hard_shutdown" : "VM.clean_shutdown", json_pack("[s]", vm->ref), "power", "halted",
		   force ? "asked for, without asking the guest" : "asked for");
	return 0;
}

static const struct param shutdown_params[] = {
	VM_SELECTORS,
	{ "force", "true|false", 0, "true: switch it off, without asking the guest" },
	{ 0 },
};

static int run_shutdown(struct run *r, struct err *err)
{
	return each_vm(r, shut_down_one, err);
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
