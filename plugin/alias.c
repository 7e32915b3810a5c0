/* SPDX-License-Identifier: GPL-2.0-or-later */
/* alias.c - see alias.h */

#include <ctype.h>
#include <stdio.h>

#include "plugin/alias.h"

/* ---- words ----------------------------------------------------------------------------------------------- */

static const char *const policy_names[] = {
	[POLICY_REQUIRED] = "required", [POLICY_PREFERRED] = "preferred", [POLICY_LEGACY] = "legacy", [POLICY_SOCKET] = "socket",
};

const char *numa_policy_name(enum numa_policy p)
{
	return policy_names[p];
}

int numa_policy_parse(const char *s, enum numa_policy *ret, struct err *err)
{
	for (size_t i = POLICY_REQUIRED; i < ARRAY_SIZE(policy_names); i++)
		if (streq(s, policy_names[i])) {
			*ret = (enum numa_policy)i;
			return 0;
		}
	return err_set(err, EINVAL, "numa-policy=%s: must be one of required, preferred, legacy, socket", s);
}

static const char *const type_names[] = { [ALIAS_ANY] = "any", [ALIAS_PF] = "pf", [ALIAS_VF] = "vf" };

static int parse_type(const char *s, enum alias_type *ret, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(type_names); i++)
		if (streq(s, type_names[i])) {
			*ret = (enum alias_type)i;
			return 0;
		}
	if (streq(s, "vdpa")) {
		err_set(err, EINVAL, "type=vdpa: a guest of Xen cannot have a vDPA device: that is a back end of KVM's QEMU, and dom0 would "
				     "have to be Linux 5.7 or later");
		return err_hint(err, "type=vf gives the virtual function itself, once its vDPA device is removed");
	}
	return err_set(err, EINVAL, "type=%s: must be one of pf, vf, any", s);
}

int alias_check_name(const char *name, struct err *err)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
	size_t len = strlen(name);

	if (!len || len > ALIAS_NAME_MAX || strspn(name, allowed) != len || !isalnum((unsigned char)*name))
		return err_set(err, EINVAL, "'%s' is no name of an alias: a letter or digit, then letters, digits, '-', '_' or '.', at most %d",
			       name, ALIAS_NAME_MAX);
	return 0;
}

const char *alias_key_name(const char *key)
{
	const char *name = str_after(key, ALIAS_KEY);

	return name && alias_check_name(name, NULL) == 0 ? name : NULL;
}

/* Valid UTF-8 without control characters: what can be kept, shown and sent as it is. */
static bool is_printable(const char *s)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };

	strbuf_add_printable(&safe, s, strlen(s));
	return streq(strbuf_str(&safe), s);
}

static char *lower(const char *s)
{
	char *copy = xstrdup(s);

	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

/* ---- specs ------------------------------------------------------------------------------------------------- */

static void spec_done(struct alias_spec *s)
{
	free(s->text);
	free(s->vendor);
	free(s->device);
	free(s->class);
	*s = (struct alias_spec){ 0 };
}

void alias_done(struct alias *a)
{
	for (size_t i = 0; i < a->n; i++)
		spec_done(&a->specs[i]);
	free(a->specs);
	free(a->name);
	free(a->class);
	free(a->subsystem);
	free(a->refuse);
	*a = (struct alias){ 0 };
}

/* Digits of a number of `width`, or a pattern of them. */
static bool is_hex_pattern(const char *s, size_t width)
{
	size_t len = strlen(s);

	if (!len || strspn(s, "0123456789abcdef?*") != len || len > 2 * width)
		return false;
	return strchr(s, '*') || len == width;
}

/* "03", "0302", "030200" */
static bool is_class(const char *s)
{
	size_t len = strlen(s);

	return (len == 2 || len == 4 || len == 6) && strspn(s, "0123456789abcdef") == len;
}

/* "V:D" or "V:D:C", in lower case. */
static bool parse_ids(const char *text, struct alias_spec *ret)
{
	_cleanup_strv_ struct strv part = { 0 };
	const char *vendor, *device;

	strv_split(&part, text, ':');
	if (part.n < 2 || part.n > 3)
		return false;
	vendor = *part.v[0] ? part.v[0] : "*";
	device = *part.v[1] ? part.v[1] : "*";
	if (!is_hex_pattern(vendor, 4) || !is_hex_pattern(device, 4) || (part.n == 3 && !is_class(part.v[2])))
		return false;
	*ret = (struct alias_spec){
		.kind = SPEC_IDS,
		.text = part.n == 3 ? xasprintf("%s:%s:%s", vendor, device, part.v[2]) : xasprintf("%s:%s", vendor, device),
		.vendor = xstrdup(vendor),
		.device = xstrdup(device),
		.class = part.n == 3 ? xstrdup(part.v[2]) : NULL,
	};
	return true;
}

/* One part of an address: what has no pattern is filled up with zeros. */
static bool add_part(struct strbuf *out, const char *s, size_t len, size_t width, const char *sep)
{
	_cleanup_free_ char *part = xstrndup(s, len);

	if (!len || strspn(part, "0123456789abcdef?*") != len || len > 8)
		return false;
	if (!strpbrk(part, "?*"))
		strbuf_pad(out, '0', width > len ? width - len : 0);
	strbuf_addf(out, "%s%s", part, sep);
	return true;
}

/* "[DDDD:]BB:DD.F", in lower case. */
static bool parse_address(const char *text, struct alias_spec *ret)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	const char *dot = strrchr(text, '.'), *colon = strchr(text, ':'), *second = colon ? strchr(colon + 1, ':') : NULL;
	const char *bus = second ? colon + 1 : text, *slot;

	if (!dot || !colon || colon > dot || (second && second > dot))
		return false;
	slot = (second ? second : colon) + 1;
	if (second && !add_part(&out, text, (size_t)(colon - text), 4, ":"))
		return false;
	if (!second)
		strbuf_add(&out, "0000:");
	if (!add_part(&out, bus, (size_t)(slot - 1 - bus), 2, ":") || !add_part(&out, slot, (size_t)(dot - slot), 2, ".") ||
	    !add_part(&out, dot + 1, strlen(dot + 1), 1, ""))
		return false;
	*ret = (struct alias_spec){ .kind = SPEC_ADDRESS, .text = strbuf_take(&out) };
	return true;
}

static int parse_spec(const char *text, struct alias_spec *ret, struct err *err)
{
	_cleanup_free_ char *low = lower(text);
	const char *name = str_after(text, "name:");

	if (!*text)
		return err_set(err, EINVAL, "a spec is empty");
	if (strlen(text) > ALIAS_WORD_MAX || strchr(text, ';') || !is_printable(text))
		return err_set(err, EINVAL, "spec '%s' has ';' or a control character, or more than %d bytes", text, ALIAS_WORD_MAX);
	if (name) {
		if (!name[strspn(name, "*? ")])
			return err_set(err, EINVAL, "spec '%s' would take every name", text);
		*ret = (struct alias_spec){ .kind = SPEC_NAME, .text = xstrdup(text) };
		return 0;
	}
	if (strchr(text, '@')) {
		*ret = (struct alias_spec){ .kind = SPEC_IDENTITY, .text = xstrdup(low) };
		return 0;
	}
	if (strchr(low, '.') ? parse_address(low, ret) : parse_ids(low, ret))
		return 0;
	err_set(err, EINVAL, "'%s' is no spec", text);
	return err_hint(err, "a spec is VENDOR:DEVICE or VENDOR:DEVICE:CLASS (10de:2331, 10de:*), an address (0000:af:00.*), name:PATTERN or an identity");
}

static bool spec_is_all(const struct alias_spec *s)
{
	const char *rest = s->kind == SPEC_ADDRESS ? strchr(s->text, ':') : s->text; /* whole domains are too much */

	if (s->kind == SPEC_IDS)
		return !s->class && !s->vendor[strspn(s->vendor, "*?")] && !s->device[strspn(s->device, "*?")];
	return !rest[strspn(rest, "*?:.@")];
}

static size_t find_spec(const struct alias *a, const char *text)
{
	size_t i = 0;

	while (i < a->n && !streq(a->specs[i].text, text))
		i++;
	return i;
}

int alias_add_spec(struct alias *a, const char *text, struct err *err)
{
	struct alias_spec s;
	int rc = parse_spec(text, &s, err);

	if (rc < 0)
		return rc;
	if (a->n == ALIAS_SPECS_MAX)
		rc = err_set(err, E2BIG, "more than %d specs: make two aliases", ALIAS_SPECS_MAX);
	else if (find_spec(a, s.text) < a->n)
		rc = err_set(err, EEXIST, "spec '%s' is there already", s.text);
	if (rc < 0) {
		spec_done(&s);
		return rc;
	}
	ARRAY_GROW(a->specs, a->n);
	a->specs[a->n++] = s;
	return 0;
}

int alias_remove_spec(struct alias *a, const char *text, struct err *err)
{
	struct alias_spec s;
	size_t i;
	int rc = parse_spec(text, &s, err);

	if (rc < 0)
		return rc;
	i = find_spec(a, s.text);
	spec_done(&s);
	if (i == a->n)
		return err_set(err, ENOENT, "there is no spec '%s'", text);
	spec_done(&a->specs[i]);
	memmove(&a->specs[i], &a->specs[i + 1], (a->n - i - 1) * sizeof(*a->specs));
	a->n--;
	return 0;
}

/* ---- parts --------------------------------------------------------------------------------------------------- */

/* "a, b" without the blanks around the items. */
static void split_trimmed(const char *text, struct strv *ret)
{
	while (*text) {
		size_t len = strcspn(text, ","), from = strspn(text, " "), to = len;

		while (to > from && text[to - 1] == ' ')
			to--;
		strv_add_take(ret, xstrndup(text + MIN(from, to), to - MIN(from, to)));
		text += len + (text[len] == ',');
	}
}

static int set_specs(struct alias *a, const char *value, struct err *err)
{
	_cleanup_strv_ struct strv items = { 0 };
	struct alias made = { 0 };
	int rc = 0;

	split_trimmed(value, &items);
	for (size_t i = 0; rc == 0 && i < items.n; i++) {
		rc = alias_add_spec(&made, items.v[i], err);
		rc = rc == -EEXIST ? 0 : rc;
	}
	if (rc == 0) {
		struct alias_spec *old = a->specs;
		size_t n = a->n;

		a->specs = made.specs;
		a->n = made.n;
		made.specs = old;
		made.n = n;
	}
	alias_done(&made);
	return rc;
}

static int set_class(struct alias *a, const char *value, struct err *err)
{
	_cleanup_free_ char *low = lower(value);

	if (*low && !is_class(low)) {
		err_set(err, EINVAL, "class=%s: must be two, four or six hex digits", value);
		return err_hint(err, "03 is every display, 0302 a 3D controller, 0108 NVMe: pci-device-list params=pci-id,class-id,class-name");
	}
	free(a->class);
	a->class = *low ? TAKE_PTR(low) : NULL;
	return 0;
}

static int set_subsystem(struct alias *a, const char *value, struct err *err)
{
	_cleanup_free_ char *low = lower(value);
	struct alias_spec ids = { 0 };

	if (*low && (!parse_ids(low, &ids) || ids.class)) {
		spec_done(&ids);
		return err_set(err, EINVAL, "subsystem=%s: must be VENDOR:DEVICE, four hex digits each, with * and ?", value);
	}
	free(a->subsystem);
	a->subsystem = *low ? TAKE_PTR(ids.text) : NULL;
	spec_done(&ids);
	return 0;
}

static int set_refuse(struct alias *a, const char *value, struct err *err)
{
	if (strlen(value) > ALIAS_WORD_MAX || !is_printable(value))
		return err_set(err, EINVAL, "refuse=%s: a control character, or more than %d bytes", value, ALIAS_WORD_MAX);
	free(a->refuse);
	a->refuse = *value ? xstrdup(value) : NULL;
	return 0;
}

int alias_set(struct alias *a, const char *part, const char *value, struct err *err)
{
	if (streq(part, "spec"))
		return set_specs(a, value, err);
	if (streq(part, "class"))
		return set_class(a, value, err);
	if (streq(part, "subsystem"))
		return set_subsystem(a, value, err);
	if (streq(part, "type"))
		return parse_type(*value ? value : "any", &a->type, err);
	if (streq(part, "refuse"))
		return set_refuse(a, value, err);
	if (!streq(part, "numa-policy"))
		return err_set(err, EINVAL, "'%s' is no part of an alias", part);
	if (*value)
		return numa_policy_parse(value, &a->policy, err);
	a->policy = POLICY_UNSET;
	return 0;
}

int alias_check(const struct alias *a, struct err *err)
{
	bool all = !a->n;

	for (size_t i = 0; i < a->n; i++)
		all |= spec_is_all(&a->specs[i]);
	if (!all || a->class || a->subsystem)
		return 0;
	err_set(err, EINVAL, "alias '%s' would select every device%s", a->name,
		a->type == ALIAS_VF ? " that is a virtual function" : a->type == ALIAS_PF ? " that is a physical function" : "");
	return err_hint(err, "give spec=, class= or subsystem=, or preset= for a common family");
}

/* ---- as it is kept ----------------------------------------------------------------------------------------------- */

static void add_value(struct strbuf *out, const char *part, const char *value)
{
	if (value)
		strbuf_addf(out, "%s%s=%s", out->len ? "; " : "", part, value);
}

char *alias_format(const struct alias *a)
{
	_cleanup_strbuf_ struct strbuf specs = { 0 };
	struct strbuf out = { 0 };

	for (size_t i = 0; i < a->n; i++)
		strbuf_addf(&specs, "%s%s", i ? "," : "", a->specs[i].text);
	add_value(&out, "spec", a->n ? strbuf_str(&specs) : NULL);
	add_value(&out, "class", a->class);
	add_value(&out, "subsystem", a->subsystem);
	add_value(&out, "type", a->type == ALIAS_ANY ? NULL : type_names[a->type]);
	add_value(&out, "numa-policy", numa_policy_name(a->policy));
	add_value(&out, "refuse", a->refuse); /* last: it may have ";" in it */
	return strbuf_take(&out);
}

static int parse_part(struct alias *a, const char *text, size_t len, struct strv *seen, struct err *err)
{
	_cleanup_free_ char *item = xstrndup(text, len);
	char *eq = strchr(item, '=');

	if (!eq)
		return err_set(err, EINVAL, "'%s' is not of the form PART=VALUE", item);
	*eq = '\0';
	if (strv_has(seen, item))
		return err_set(err, EINVAL, "'%s' stands there twice", item);
	if (!eq[1])
		return err_set(err, EINVAL, "'%s' has no value", item);
	strv_add(seen, item);
	return alias_set(a, item, eq + 1, err);
}

int alias_parse(const char *name, const char *text, struct alias *ret, struct err *err)
{
	_cleanup_strv_ struct strv seen = { 0 };
	struct alias a = { 0 };
	int rc = alias_check_name(name, err);

	if (rc == 0 && strlen(text) > ALIAS_TEXT_MAX)
		rc = err_set(err, E2BIG, "more than %d bytes", ALIAS_TEXT_MAX);
	if (rc < 0)
		return rc;
	a.name = xstrdup(name);
	while (rc == 0 && *(text += strspn(text, " "))) {
		size_t len = str_after(text, "refuse=") ? strlen(text) : strcspn(text, ";"), end = len;

		while (end && text[end - 1] == ' ')
			end--;
		rc = parse_part(&a, text, end, &seen, err);
		text += len + (text[len] == ';');
	}
	if (rc == 0)
		rc = alias_check(&a, err);
	if (rc < 0) {
		alias_done(&a);
		return rc;
	}
	*ret = a;
	return 0;
}

/* ---- what it selects ----------------------------------------------------------------------------------------------- */

bool alias_wants(const struct alias *a, enum alias_spec_kind kind)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->specs[i].kind == kind)
			return true;
	return false;
}

static bool number_matches(const char *pattern, unsigned n)
{
	char text[8];

	snprintf(text, sizeof(text), "%04x", n & 0xffff);
	return str_glob(pattern, text);
}

static bool class_matches(const char *class, const struct pcidev *dev)
{
	char text[8];

	snprintf(text, sizeof(text), "%06x", dev->class & 0xffffff);
	return dev->class_known && str_after(text, class);
}

static bool name_matches(const char *pattern, const char *name)
{
	_cleanup_free_ char *low = lower(name), *want = lower(pattern), *around = xasprintf("*%s*", want);

	return str_glob(around, low);
}

static bool spec_selects(const struct alias_spec *s, const struct pcidev *dev, const char *name, const char *identity)
{
	switch (s->kind) {
	case SPEC_IDS:
		return dev->ids_known && number_matches(s->vendor, dev->vendor) && number_matches(s->device, dev->device) &&
		       (!s->class || class_matches(s->class, dev));
	case SPEC_ADDRESS:
		return str_glob(s->text, BDF_STR(dev->bdf));
	case SPEC_NAME:
		return name && name_matches(str_after(s->text, "name:"), name);
	case SPEC_IDENTITY:
		return identity && str_glob(s->text, identity);
	}
	return false;
}

static bool subsystem_matches(const char *pattern, const struct pcidev *dev)
{
	char text[16];

	snprintf(text, sizeof(text), "%04x:%04x", dev->subvendor, dev->subdevice);
	return dev->ids_known && str_glob(pattern, text);
}

bool alias_selects(const struct alias *a, const struct pcidev *dev, const char *name, const char *identity)
{
	bool found = !a->n;

	if (pcidev_is_bridge(dev) || (a->type == ALIAS_VF && !dev->is_vf) || (a->type == ALIAS_PF && dev->is_vf) ||
	    (a->class && !class_matches(a->class, dev)) || (a->subsystem && !subsystem_matches(a->subsystem, dev)))
		return false;
	for (size_t i = 0; !found && i < a->n; i++)
		found = spec_selects(&a->specs[i], dev, name, identity);
	return found;
}

/* ---- families ------------------------------------------------------------------------------------------------------ */

const struct alias_preset alias_presets[] = {
	{ "nvidia-gpu", "spec=10de:*; class=03", "display and 3D controllers of NVIDIA" },
	{ "amd-gpu", "spec=1002:*; class=03", "display controllers of AMD" },
	{ "intel-gpu", "spec=8086:*; class=03", "display controllers of Intel" },
	{ "gpu", "class=03", "display and 3D controllers" },
	{ "nvme", "class=0108", "NVMe drives" },
	{ "sas-hba", "class=0107", "SAS controllers" },
	{ "raid", "class=0104", "RAID controllers" },
	{ "nic", "class=0200; type=pf", "Ethernet controllers" },
	{ "nic-vf", "class=0200; type=vf", "virtual functions of Ethernet controllers" },
	{ "infiniband", "class=0207", "InfiniBand controllers" },
	{ "usb-controller", "class=0c03", "USB controllers" },
	{ "accelerator", "class=12", "processing accelerators" },
	{ "qat-vf", "spec=8086:0443,8086:37c9,8086:19e3,8086:6f55,8086:4941; type=vf", "virtual functions of Intel QuickAssist" },
	{ 0 },
};

const struct alias_preset *alias_preset_find(const char *name)
{
	for (const struct alias_preset *p = alias_presets; p->name; p++)
		if (streq(p->name, name))
			return p;
	return NULL;
}

/* ---- requests ---------------------------------------------------------------------------------------------------------- */

void alias_asks_done(struct alias_asks *a)
{
	for (size_t i = 0; i < a->n; i++)
		free(a->v[i].name);
	free(a->v);
	*a = (struct alias_asks){ 0 };
}

static int parse_ask(const char *item, struct alias_asks *asks, struct err *err)
{
	const char *colon = strchr(item, ':');
	_cleanup_free_ char *name = xstrndup(item, colon ? (size_t)(colon - item) : strlen(item));
	unsigned count = 1;
	int rc = alias_check_name(name, err);

	if (rc < 0)
		return rc;
	if (colon && (!str_to_uint(colon + 1, ALIAS_DEVICES_MAX, &count) || !count))
		return err_set(err, EINVAL, "'%s': the number of devices must be 1 to %d", item, ALIAS_DEVICES_MAX);
	for (size_t i = 0; i < asks->n; i++)
		if (streq(asks->v[i].name, name))
			return err_set(err, EINVAL, "alias '%s' stands there twice: give one number", name);
	if (asks->n == ALIAS_ASKS_MAX)
		return err_set(err, E2BIG, "more than %d aliases", ALIAS_ASKS_MAX);
	ARRAY_GROW(asks->v, asks->n);
	asks->v[asks->n++] = (struct alias_ask){ .name = TAKE_PTR(name), .count = count };
	return 0;
}

int alias_asks_parse(const char *text, struct alias_asks *ret, struct err *err)
{
	_cleanup_strv_ struct strv items = { 0 };
	struct alias_asks asks = { 0 };
	int rc = 0;

	split_trimmed(text, &items);
	if (!items.n)
		rc = err_set(err, EINVAL, "no alias is named");
	for (size_t i = 0; rc == 0 && i < items.n; i++)
		rc = parse_ask(items.v[i], &asks, err);
	if (rc < 0) {
		alias_asks_done(&asks);
		return rc;
	}
	*ret = asks;
	return 0;
}
