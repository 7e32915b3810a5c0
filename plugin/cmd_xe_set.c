/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xe_set.c - vm-param-set and vm-param-remove: what guides to passthrough write into a VM's record, in xe's own words.
 *
 * XAPI takes nearly any text for a key of a map, and ignores in silence what it cannot read when the VM starts (facts 3.1, 7.1).  So
 * values are judged here: put right where it is clear what is meant, refused where it is not.
 */

#include <ctype.h>
#include <strings.h>

#include "plugin/cmd_xe.h"
#include "plugin/commands.h"
#include "plugin/numaplan.h"
#include "xenhelpers/vmpci.h"

#define VALUE_MAX 65536

static const struct map {
	const char *xe, *xapi;
} maps[] = {
	{ "other-config", "other_config" },
	{ "VCPUs-params", "VCPUs_params" },
	{ "platform", "platform" },
	{ "HVM-boot-params", "HVM_boot_params" },
};

/* The keys that XAPI reads and that guides name: in another spelling they are somebody's mistake. */
static const struct {
	const char *map, *key;
} known_keys[] = {
	{ "other_config", "pci" },
	{ "other_config", "auto_poweron" },
	{ "VCPUs_params", "mask" },
	{ "VCPUs_params", "weight" },
	{ "VCPUs_params", "cap" },
	{ "HVM_boot_params", "firmware" },
	{ "HVM_boot_params", "order" },
	{ "platform", "usb" },
	{ "platform", "usb_tablet" },
	{ "platform", "device-model" },
	{ "platform", "cores-per-socket" },
	{ "platform", "secureboot" },
};

struct setting_vm {
	struct run *r;
	const struct vm *vm;
	struct vm then; /* as it is going to be, for the checks: texts are borrowed */
	struct strv texts;
	bool pci, mask;
};

static void setting_vm_done(struct setting_vm *s)
{
	strv_done(&s->texts);
}

/* Kept until the end. */
static char *keep(struct setting_vm *s, char *text)
{
	strv_add_take(&s->texts, text);
	return text;
}

static bool is(const struct map *map, const char *key, const char *field, const char *name)
{
	return streq(map->xapi, field) && streq(key, name);
}

/* ---- one value ------------------------------------------------------------------------------------------------------- */

static int check_key(const struct map *map, const char *key, struct err *err)
{
	if (!plan_vm_key_is_ours(map->xapi, key)) {
		if (streq(map->xapi, "VCPUs_params"))
			return err_set(err, EINVAL, "VCPUs-params has no key '%s': XAPI takes weight, cap and mask", key);
		return err_set(err, EINVAL, "%s: '%s' is no key that is written here: letters, digits and signs without blanks, and for hvm_serial use xe",
			       map->xe, key);
	}
	for (size_t i = 0; i < ARRAY_SIZE(known_keys); i++)
		if (streq(known_keys[i].map, map->xapi) && !strcasecmp(known_keys[i].key, key) && !streq(known_keys[i].key, key))
			return err_set(err, EINVAL, "%s: the key is '%s', and '%s' would be read by nobody", map->xe, known_keys[i].key, key);
	return 0;
}

static int check_text(const struct map *map, const char *key, const char *value, struct err *err)
{
	if (strlen(value) > VALUE_MAX)
		return err_set(err, E2BIG, "%s:%s: a value of more than %d bytes", map->xe, key, VALUE_MAX);
	for (const char *c = value; *c; c++)
		if (iscntrl((unsigned char)*c))
			return err_set(err, EINVAL, "%s:%s=%s: there is a control character in the value", map->xe, key, value);
	return 0;
}

/*
 * One item of other-config:pci as XAPI should have it.  What it reads stays as written; an address without a number, a short one, or one with
 * a blank is put right; and what it would read as something else than stands there is refused.
 */
static int right_item(const char *item, unsigned position, struct strbuf *out, struct err *err)
{
	_cleanup_(vmpci_done) struct vmpci read = { 0 };
	_cleanup_free_ char *text = xstrdup(item);
	const char *trimmed = text + strspn(text, " \t"), *slash = strchr(trimmed, '/'), *at = slash ? slash + 1 : trimmed;
	size_t len = strlen(trimmed);
	unsigned order = position;
	struct bdf bdf;
	bool ok;

	while (len && strchr(" \t", trimmed[len - 1]))
		text[(size_t)(trimmed - text) + --len] = '\0';
	ok = bdf_parse(at + strspn(at, " \t"), &bdf);
	if (ok && slash) {
		_cleanup_free_ char *number = xstrndup(trimmed, (size_t)(slash - trimmed));

		ok = str_to_uint(number, 65535, &order);
	}
	vmpci_parse(item, &read);
	if (!ok && read.n == 1 && !read.v[0].dropped)
		err_set(err, EINVAL, "other-config:pci: XAPI would read '%s' as %s", item, BDF_STR(read.v[0].bdf));
	else if (!ok)
		err_set(err, EINVAL, "other-config:pci: XAPI cannot read '%s' and would drop it", item);
	if (!ok)
		return err_hint(err, "write 0/0000:04:00.0, several separated by commas");
	if (read.n == 1 && !read.v[0].dropped && bdf_eq(read.v[0].bdf, bdf) && slash && bdf_parse(strchr(item, '/') + 1, &bdf))
		strbuf_add(out, item);
	else
		strbuf_addf(out, "%u/%s", order, BDF_STR(bdf));
	return 0;
}

static int right_pci(struct setting_vm *s, const char *value, const char **ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	_cleanup_strv_ struct strv items = { 0 };

	strv_split(&items, value, ',');
	for (size_t i = 0; *value && i < items.n; i++) {
		int rc;

		strbuf_add(&out, i ? "," : "");
		rc = right_item(items.v[i], (unsigned)i, &out, err);
		if (rc < 0)
			return rc;
	}
	if (!streq(strbuf_str(&out), value))
		strv_addf(&s->r->res->notes, "other-config:pci=%s would not be read by XAPI as it is meant: it is written as %s", value, strbuf_str(&out));
	*ret = keep(s, xstrdup(strbuf_str(&out)));
	s->then.pci = (char *)*ret;
	s->pci = true;
	return 0;
}

static int check_cpus(struct setting_vm *s, const struct cpumask *cpus, struct err *err)
{
	struct numa *numa = NULL;
	struct err why = { 0 };

	if (cpumask_is_empty(cpus))
		return err_set(err, EINVAL, "VCPUs-params:mask has no CPU: to let the VM run on all of them, take the key out with vm-param-remove");
	if (facts_vm_is_here(s->r->facts, s->vm) == TRI_NO)
		return 0;
	if (facts_numa(s->r->facts, &numa, &why) == 0)
		return numaplan_check_cpus(s->r, cpus, err);
	strv_addf(&s->r->res->notes, "whether the host has these CPUs is unknown: %s", why.text);
	return 0;
}

static int right_mask(struct setting_vm *s, const char *value, const char **ret, struct err *err)
{
	struct cpumask cpus = { 0 };
	bool reads = cpumask_parse_xapi(value, &cpus);
	int rc = reads ? 0 : cpumask_parse(value, &cpus, err);

	if (rc < 0)
		return err_wrap(err, "VCPUs-params:mask");
	rc = check_cpus(s, &cpus, err);
	if (rc < 0)
		return rc;
	*ret = reads ? value : keep(s, cpumask_format_list(&cpus));
	if (!reads)
		strv_addf(&s->r->res->notes, "VCPUs-params:mask=%s: XAPI would ignore it, for it reads single CPUs only; it is written as %s", value, *ret);
	s->then.mask = (char *)*ret;
	s->mask = true;
	return 0;
}

static int check_number(const char *key, const char *value, unsigned max, struct err *err)
{
	unsigned n;

	if (str_to_uint(value, max, &n))
		return 0;
	return err_set(err, EINVAL, "VCPUs-params:%s=%s: must be a number up to %u", key, value, max);
}

static int check_firmware(struct setting_vm *s, const char *value, struct err *err)
{
	if (!streq(value, "bios") && !streq(value, "uefi"))
		return err_set(err, EINVAL, "HVM-boot-params:firmware=%s: must be bios or uefi", value);
	s->then.firmware = (char *)value;
	if (s->vm->device_model && streq(value, "uefi") != !!strstr(s->vm->device_model, "uefi"))
		strv_addf(&s->r->res->notes, "platform:device-model of '%s' is %s, which goes with the other firmware: set platform:device-model=%s, too",
			  s->vm->name, s->vm->device_model, streq(value, "uefi") ? "qemu-upstream-uefi" : "qemu-upstream-compat");
	return 0;
}

static int right_value(struct setting_vm *s, const struct map *map, const char *key, const char *value, const char **ret, struct err *err)
{
	int rc = check_text(map, key, value, err);

	*ret = value;
	if (rc < 0)
		return rc;
	if (is(map, key, "other_config", "pci"))
		return right_pci(s, value, ret, err);
	if (is(map, key, "VCPUs_params", "mask"))
		return right_mask(s, value, ret, err);
	if (streq(map->xapi, "VCPUs_params"))
		return check_number(key, value, 65535, err);
	if (is(map, key, "HVM_boot_params", "firmware"))
		return check_firmware(s, value, err);
	return 0;
}

/* ---- the plan --------------------------------------------------------------------------------------------------------- */

static bool is_planned(const struct plan *p, const char *field, const char *key)
{
	for (size_t i = 0; i < p->n; i++)
		if (streq(p->v[i].field, field) && streq0(p->v[i].key, key))
			return true;
	return false;
}

static int set_key(struct setting_vm *s, const struct map *map, const char *key, const char *value, struct err *err)
{
	_cleanup_free_ char *now = NULL;
	const char *then;
	int rc = check_key(map, key, err);

	if (rc == 0 && is_planned(&s->r->res->plan, map->xapi, key))
		rc = err_set(err, EINVAL, "%s:%s is given twice", map->xe, key);
	if (rc == 0)
		rc = right_value(s, map, key, value, &then, err);
	if (rc == 0)
		rc = facts_vm_value(s->r->facts, s->vm, map->xapi, key, &now, err);
	if (rc == 0)
		plan_vm_key(&s->r->res->plan, s->vm, map->xapi, key, now, then, "asked for");
	return rc;
}

static int set_affinity(struct setting_vm *s, const char *uuid, struct err *err)
{
	const char *ref = NULL, *name = "";
	_cleanup_free_ char *shown = NULL;
	const struct this_host *here;
	int rc = *uuid ? xe_find_host(s->r, uuid, &ref, &name, err) : 0;

	if (rc < 0)
		return rc;
	shown = *uuid ? xasprintf("%s '%s'", uuid, name) : NULL;
	plan_vm_ref(&s->r->res->plan, s->vm, "affinity", s->vm->affinity, ref, s->vm->affinity, shown, "asked for");
	s->then.affinity = (char *)ref;
	if (s->then.pci && facts_this_host(s->r->facts, &here, NULL) == 0 && !streq0(ref, here->ref))
		strv_addf(&s->r->res->notes, "'%s' has devices of this host in its key, and prefers %s from now on", s->vm->name,
			  ref ? "another host" : "no host");
	return 0;
}

/* The map that a parameter names, "other-config:pci" or "other-config-pci", and its key. */
static const struct map *map_of(const char *param, const char **key)
{
	for (size_t i = 0; i < ARRAY_SIZE(maps); i++) {
		const char *rest = str_after(param, maps[i].xe);

		if (rest && (*rest == ':' || *rest == '-')) {
			*key = rest + 1;
			return &maps[i];
		}
	}
	return NULL;
}

/* Everything that is asked for, then the VM as it will be. */
static void check_vm(struct setting_vm *s)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset all = { 0 }, devices = { 0 };
	unsigned intent = CHECK_VM | (s->pci ? CHECK_ATTACH : 0) | (s->mask ? CHECK_MASK : 0);

	if (intent != CHECK_VM && facts_vm_is_here(s->r->facts, &s->then) == TRI_NO) {
		strv_addf(&s->r->res->notes, "'%s' prefers another host: what it has there was not judged here", s->vm->name);
		return;
	}
	vmpci_parse(s->pci ? s->then.pci : "", &items);
	vmpci_plug_order(&items, &all);
	for (size_t i = 0; i < all.n; i++) /* what it has already was judged when it came */
		if (!s->vm->pci || !vmpci_names(s->vm->pci, all.v[i]))
			bdfset_add(&devices, all.v[i]);
	plan_word(&s->r->res->plan, WORD_GIVE, &all, s->vm->uuid);
	run_checks(s->r, intent, &devices, &s->then);
}

static void tell_running(struct run *r, const struct vm *vm)
{
	if (r->res->plan.n && vm->power_state && !streq(vm->power_state, "Halted"))
		strv_addf(&r->res->notes, "'%s' is not halted: it has this when it starts anew", vm->name);
}

static const struct param set_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "affinity", "HOST-UUID", 0, "the host that it prefers; empty: none" },
	{ "VCPUs-params:", "KEY=VALUE", 0, "mask, weight, cap" },
	{ "platform:", "KEY=VALUE", 0, "usb, cores-per-socket, ..." },
	{ "HVM-boot-params:", "KEY=VALUE", 0, "firmware, order" },
	{ "other-config:", "KEY=VALUE", 0, "pci, ..." },
	PARAM_FORCE,
	{ 0 },
};

static int run_set(struct run *r, struct err *err)
{
	_cleanup_(setting_vm_done) struct setting_vm s = { .r = r };
	int rc = xe_find_vm(r, args_get(r->args, "uuid"), &s.vm, err);

	if (rc < 0)
		return rc;
	s.then = *s.vm;
	for (size_t i = 0; rc == 0 && i < r->args->names.n; i++) {
		const char *name = r->args->names.v[i], *value = r->args->values.v[i], *key = NULL;
		const struct map *map = map_of(name, &key);

		if (map)
			rc = set_key(&s, map, key, value, err);
		else if (streq(name, "affinity"))
			rc = set_affinity(&s, value, err);
	}
	if (rc < 0)
		return rc;
	check_vm(&s);
	tell_running(r, s.vm);
	return 0;
}

const struct command cmd_vm_param_set = {
	.name = "vm-param-set",
	.summary = "write a VM's devices, CPU mask, affinity and other keys of its maps, once the values are checked",
	.params = set_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_set,
};

/* ---- vm-param-remove ----------------------------------------------------------------------------------------------------- */

static const struct param remove_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VM" },
	{ "param-name", "NAME", P_REQUIRED, "other-config, VCPUs-params, platform or HVM-boot-params" },
	{ "param-key", "KEY", P_REQUIRED, "the key that goes" },
	{ 0 },
};

static int run_remove(struct run *r, struct err *err)
{
	const char *name = args_get(r->args, "param-name"), *key = args_get(r->args, "param-key");
	const struct map *map = NULL;
	_cleanup_free_ char *now = NULL;
	const struct vm *vm;
	int rc = xe_find_vm(r, args_get(r->args, "uuid"), &vm, err);

	for (size_t i = 0; i < ARRAY_SIZE(maps); i++)
		if (streq(maps[i].xe, name))
			map = &maps[i];
	if (rc == 0 && !map)
		rc = err_set(err, EINVAL, "keys of '%s' are not taken out here: use xe", name);
	if (rc == 0)
		rc = facts_vm_value(r->facts, vm, map->xapi, key, &now, err);
	if (rc == 0 && !now)
		rc = err_set(err, ENOENT, "%s has no key '%s'", name, key);
	/* A name that we do not write: the journal would not bring it back. */
	if (rc == 0 && !plan_vm_key_is_ours(map->xapi, key))
		rc = err_set(err, EINVAL, "%s: '%s' is no key that is written here: use xe", name, key);
	if (rc < 0)
		return rc;
	run_checks(r, CHECK_VM, NULL, vm);
	plan_vm_key(&r->res->plan, vm, map->xapi, key, now, NULL, "asked for");
	tell_running(r, vm);
	return 0;
}

const struct command cmd_vm_param_remove = {
	.name = "vm-param-remove",
	.summary = "take a key out of a VM's map",
	.params = remove_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_remove,
};
