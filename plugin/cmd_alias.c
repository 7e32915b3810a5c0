/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_alias.c - names for devices of a kind, in pool.other_config: see alias.h. */

#include "plugin/commands.h"
#include "plugin/place_here.h"

/* ---- pci-alias-list ---------------------------------------------------------------------------------------- */

enum { A_NAME, A_SELECTS, A_POLICY, A_REFUSE, A_HIDDEN, A_NOT_HIDDEN, A_DEVICES, A_OVERLAPS, A_PROBLEM };

static const struct field alias_fields[] = {
	[A_NAME] = { "name", V_TEXT, true, "of the alias" },
	[A_SELECTS] = { "selects", V_TEXT, true, "as it is kept in pool.other-config" },
	[A_POLICY] = { "numa-policy", V_TEXT, false, "required, preferred, legacy or socket; null: preferred" },
	[A_REFUSE] = { "refuse", V_TEXT, false, "why no VM is to ask for it; null: VMs may" },
	[A_HIDDEN] = { "devices-hidden", V_LIST, true, "devices of this host that it selects and that are hidden from dom0 now" },
	[A_NOT_HIDDEN] = { "devices-not-hidden", V_LIST, true, "and those that dom0 has" },
	[A_DEVICES] = { "devices", V_LIST, false, "all of them" },
	[A_OVERLAPS] = { "overlaps", V_LIST, true, "other aliases that select one of them, too" },
	[A_PROBLEM] = { "problem", V_TEXT, true, "why it cannot be used; null: it can" },
};
static const struct record_type alias_type = RECORD_TYPE("alias", alias_fields);

struct selections {
	struct aliases aliases;
	struct bdfset *devices; /* by alias; empty where it cannot be used */
};

static void selections_done(struct selections *s)
{
	for (size_t i = 0; s->devices && i < s->aliases.n; i++)
		bdfset_done(&s->devices[i]);
	free(s->devices);
	aliases_done(&s->aliases);
}

/* Without devices (a host whose functions are not known) the aliases themselves are still there. */
static int read_selections(struct run *r, struct selections *s, struct err *err)
{
	struct err why = { 0 };
	int rc = aliases_read(r->facts, &s->aliases, err);

	if (rc < 0)
		return rc;
	s->devices = xcalloc(s->aliases.n + 1, sizeof(*s->devices));
	for (size_t i = 0; i < s->aliases.n; i++)
		if (!s->aliases.v[i].problem && alias_devices(r->facts, &s->aliases.v[i].alias, &s->devices[i], &why) < 0) {
			strv_addf(&r->res->notes, "what the aliases select here is unknown: %s", why.text);
			break;
		}
	if (s->aliases.more)
		strv_addf(&r->res->notes, "the pool has more keys " ALIAS_KEY "NAME than the %d that are read", ALIASES_MAX);
	return 0;
}

static bool overlap(const struct bdfset *a, const struct bdfset *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (bdfset_has(b, a->v[i]))
			return true;
	return false;
}

static void put_devices(struct run *r, const struct bdfset *devices, struct record *rec)
{
	_cleanup_strv_ struct strv all = { 0 }, hidden = { 0 }, not = { 0 };
	const struct bdfset *now;
	bool known = facts_hidden_now(r->facts, &now, NULL) == 0;

	for (size_t i = 0; i < devices->n; i++) {
		strv_add(&all, BDF_STR(devices->v[i]));
		if (known)
			strv_add(bdfset_has(now, devices->v[i]) ? &hidden : &not, BDF_STR(devices->v[i]));
	}
	if (facts_present(r->facts))
		record_list(rec, A_DEVICES, &all);
	if (!known || !facts_present(r->facts))
		return;
	record_list(rec, A_HIDDEN, &hidden);
	record_list(rec, A_NOT_HIDDEN, &not);
}

static void put_alias(struct run *r, const struct selections *s, size_t at)
{
	const struct alias_entry *e = &s->aliases.v[at];
	struct record *rec = records_add(&r->res->records);
	_cleanup_strv_ struct strv others = { 0 };

	record_text(rec, A_NAME, e->name);
	record_text_take(rec, A_SELECTS, xstrndup(e->text, ALIAS_TEXT_MAX));
	if (e->problem) {
		record_text(rec, A_PROBLEM, e->problem);
		return;
	}
	record_none(rec, A_PROBLEM, NULL);
	if (numa_policy_name(e->alias.policy))
		record_text(rec, A_POLICY, numa_policy_name(e->alias.policy));
	else
		record_none(rec, A_POLICY, NULL);
	if (e->alias.refuse)
		record_text(rec, A_REFUSE, e->alias.refuse);
	else
		record_none(rec, A_REFUSE, NULL);
	put_devices(r, &s->devices[at], rec);
	for (size_t i = 0; i < s->aliases.n; i++)
		if (i != at && overlap(&s->devices[at], &s->devices[i]))
			strv_add(&others, s->aliases.v[i].name);
	record_list(rec, A_OVERLAPS, &others);
}

/* The other half of the two facts: what is hidden and has no name. */
static void tell_nameless(struct run *r, const struct selections *s)
{
	_cleanup_bdfset_ struct bdfset nameless = { 0 };
	_cleanup_free_ char *names = NULL;
	const struct bdfset *now;

	if (facts_hidden_now(r->facts, &now, NULL) < 0)
		return;
	for (size_t i = 0; i < now->n; i++) {
		bool named = false;

		for (size_t a = 0; a < s->aliases.n; a++)
			named |= bdfset_has(&s->devices[a], now->v[i]);
		if (!named)
			bdfset_add(&nameless, now->v[i]);
	}
	names = bdfset_format(&nameless, ", ");
	if (nameless.n)
		strv_addf(&r->res->notes, "hidden from dom0, and selected by no alias: %s", names);
}

static int run_list(struct run *r, struct err *err)
{
	_cleanup_(selections_done) struct selections s = { 0 };
	int rc = read_selections(r, &s, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < s.aliases.n; i++)
		put_alias(r, &s, i);
	tell_nameless(r, &s);
	return 0;
}

const struct command cmd_pci_alias_list = {
	.name = "pci-alias-list",
	.summary = "aliases of the pool, and the devices of this host that they select: hidden, or not",
	.flags = CMD_LIST | CMD_NEEDS_XAPI,
	.type = &alias_type,
	.run = run_list,
};

/* ---- creating and changing ------------------------------------------------------------------------------------- */

#define PARTS                                                                                                          \
	{ "class", "CLASS", 0, "the first two, four or six digits of the class: 0302" },                                      \
	{ "subsystem", "VVVV:DDDD", 0, "subsystem vendor and device, with * and ?" },                                  \
	{ "type", "TYPE", 0, "pf: physical functions, vf: virtual ones, any (the default)" },                          \
	{ "numa-policy", "POLICY", 0, "required, preferred (the default), legacy or socket: see vm-pci-request" },     \
	{ "refuse", "REASON", 0, "no VM may ask for it, and why" }

static const char *const parts[] = { "spec", "class", "subsystem", "type", "numa-policy", "refuse" };

static char *key_of(const char *name)
{
	return xasprintf(ALIAS_KEY "%s", name);
}

/* What was given on the command line, upon what is there. */
static int take_parts(struct run *r, struct alias *a, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ARRAY_SIZE(parts); i++)
		if (args_get(r->args, parts[i]))
			rc = alias_set(a, parts[i], args_get(r->args, parts[i]), err);
	return rc;
}

/* Who else selects what it selects: not forbidden, but a request of two such aliases competes with itself. */
static void tell_overlaps(struct run *r, const struct alias *a)
{
	_cleanup_(selections_done) struct selections s = { 0 };
	_cleanup_bdfset_ struct bdfset mine = { 0 };

	if (read_selections(r, &s, NULL) < 0 || alias_devices(r->facts, a, &mine, NULL) < 0)
		return;
	if (!mine.n)
		strv_addf(&r->res->notes, "alias '%s' selects no device of this host", a->name);
	for (size_t i = 0; i < s.aliases.n; i++) {
		_cleanup_bdfset_ struct bdfset both = { 0 };
		_cleanup_free_ char *names = NULL;

		for (size_t d = 0; d < mine.n; d++)
			if (bdfset_has(&s.devices[i], mine.v[d]))
				bdfset_add(&both, mine.v[d]);
		names = bdfset_format(&both, ", ");
		if (both.n && !streq(s.aliases.v[i].name, a->name))
			strv_addf(&r->res->notes, "alias '%s' selects some of the same devices: %s", s.aliases.v[i].name, names);
	}
}

static int plan_alias(struct run *r, const struct alias *a, struct err *err)
{
	_cleanup_free_ char *key = key_of(a->name), *text = alias_format(a);
	const struct xapi_own *own;
	int rc = alias_check(a, err);

	if (rc == 0)
		rc = facts_own(r->facts, &own, err);
	if (rc == 0 && strlen(text) > ALIAS_TEXT_MAX)
		rc = err_set(err, E2BIG, "alias '%s' would have %zu bytes: more than %d", a->name, strlen(text), ALIAS_TEXT_MAX);
	if (rc < 0)
		return rc;
	plan_pool_key(&r->res->plan, own, key, text, "the alias selects devices; whether a VM may have one, the checks say then");
	tell_overlaps(r, a);
	return 0;
}

static int from_preset(struct run *r, const char *name, struct alias *ret, struct err *err)
{
	const char *word = args_get(r->args, "preset");
	const struct alias_preset *p = word ? alias_preset_find(word) : NULL;
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *all = NULL;

	if (!word) {
		ret->name = xstrdup(name);
		return 0;
	}
	if (p)
		return alias_parse(name, p->text, ret, err);
	for (p = alias_presets; p->name; p++)
		strv_add(&names, p->name);
	all = strv_join(&names, ", ");
	err_set(err, EINVAL, "preset=%s: there is no such preset", word);
	return err_hint(err, "there are %s", all);
}

static const struct param create_params[] = {
	{ "name", "NAME", P_REQUIRED, "letters, digits, '-', '_' and '.'" },
	{ "spec", "SPEC[,SPEC...]", P_REPEAT, "10de:2331, 10de:*, 10de:*:0302, 0000:af:00.*, name:PATTERN, or an identity; any of them" },
	PARTS,
	{ "preset", "PRESET", 0, "begin with a common family: gpu, nvidia-gpu, nvme, nic-vf, usb-controller and others" },
	{ 0 },
};

static int run_create(struct run *r, struct err *err)
{
	_cleanup_(alias_done) struct alias a = { 0 };
	const char *name = args_get(r->args, "name"), *now;
	_cleanup_free_ char *key = key_of(name), *text = NULL;
	const struct xapi_own *own;
	int rc = alias_check_name(name, err);

	if (rc == 0)
		rc = from_preset(r, name, &a, err);
	if (rc == 0)
		rc = take_parts(r, &a, err);
	if (rc == 0)
		rc = facts_own(r->facts, &own, err);
	if (rc < 0)
		return rc;
	now = xapi_own_get(own, key);
	text = alias_format(&a);
	if (now && !streq(now, text)) {
		err_set(err, EEXIST, "there is an alias '%s' already: %s", name, now);
		return err_hint(err, "pci-alias-set changes it, pci-alias-destroy removes it");
	}
	return plan_alias(r, &a, err);
}

const struct command cmd_pci_alias_create = {
	.name = "pci-alias-create",
	.summary = "give devices of a kind a name that VMs can ask for; it selects and never authorises",
	.params = create_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_create,
};

static const struct param set_params[] = {
	{ "name", "NAME", P_REQUIRED, "of the alias" },
	{ "spec", "SPEC[,SPEC...]", P_REPEAT, "these in place of those that are there; empty removes, as with the parts below" },
	{ "add-spec", "SPEC[,SPEC...]", P_REPEAT, "these, too" },
	{ "remove-spec", "SPEC[,SPEC...]", P_REPEAT, "without these" },
	PARTS,
	{ 0 },
};

static int each_spec(struct run *r, const char *param, struct alias *a,
		     int (*change)(struct alias *a, const char *spec, struct err *err), int fine, struct err *err)
{
	_cleanup_strv_ struct strv specs = { 0 };
	int rc = 0;

	if (args_get(r->args, param))
		strv_split(&specs, args_get(r->args, param), ',');
	for (size_t i = 0; rc == 0 && i < specs.n; i++) {
		rc = change(a, specs.v[i], err);
		rc = rc == fine ? 0 : rc;
	}
	return rc;
}

static const struct alias_entry *find_entry(const struct aliases *all, const char *name, struct err *err)
{
	const struct alias_entry *e = aliases_find(all, name);

	if (!e) {
		err_set(err, ENOENT, "there is no alias '%s'", name);
		err_hint(err, "pci-alias-list shows the aliases of the pool");
	}
	return e;
}

static int run_set(struct run *r, struct err *err)
{
	_cleanup_(alias_done) struct alias a = { 0 };
	_cleanup_(aliases_done) struct aliases all = { 0 };
	const char *name = args_get(r->args, "name");
	const struct alias_entry *e;
	int rc = aliases_read(r->facts, &all, err);

	if (rc < 0)
		return rc;
	e = find_entry(&all, name, err);
	if (!e)
		return -ENOENT;
	rc = alias_parse(name, e->text, &a, err);
	if (rc < 0) {
		err_wrap(err, "alias '%s' as it is kept", name);
		return err_hint(err, "pci-alias-destroy it, and create it anew");
	}
	rc = take_parts(r, &a, err);
	if (rc == 0)
		rc = each_spec(r, "add-spec", &a, alias_add_spec, -EEXIST, err);
	if (rc == 0)
		rc = each_spec(r, "remove-spec", &a, alias_remove_spec, -ENOENT, err);
	return rc < 0 ? rc : plan_alias(r, &a, err);
}

const struct command cmd_pci_alias_set = {
	.name = "pci-alias-set",
	.summary = "change parts of an alias; the rest stays",
	.params = set_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_set,
};

static const struct param destroy_params[] = {
	{ "name", "NAME", P_REQUIRED, "of the alias" },
	{ 0 },
};

static int check_known_name(const char *name, const char *key, const struct xapi_own *own, struct err *err)
{
	int rc = alias_check_name(name, err);

	if (rc < 0 && xapi_own_get(own, key))
		err_hint(err, "no command of this program made it: xe pool-param-remove uuid=%s param-name=other-config param-key=%s removes it",
			 own->uuid, key);
	return rc;
}

/* Also one that cannot be read.  One that is not there is removed already. */
static int run_destroy(struct run *r, struct err *err)
{
	_cleanup_free_ char *key = key_of(args_get(r->args, "name"));
	const struct xapi_own *own;
	int rc = facts_own(r->facts, &own, err);

	if (rc == 0)
		rc = check_known_name(args_get(r->args, "name"), key, own, err);
	if (rc == 0)
		plan_pool_key(&r->res->plan, own, key, NULL, "VMs keep the devices that they got by it");
	return rc;
}

const struct command cmd_pci_alias_destroy = {
	.name = "pci-alias-destroy",
	.summary = "remove an alias; VMs keep the devices that they got by it",
	.params = destroy_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_destroy,
};
