/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state.c - the desired state as a file. */

#include <stdio.h>

#include "plugin/journal.h"
#include "plugin/state.h"
#include "usbpolicy/policy_merge.h"
#include "xenhelpers/vmpci.h"

#define STATE_MAX (4u << 20)
#define ITEMS_MAX 20000

/* ---- memory ------------------------------------------------------------------------------------------------ */

static void device_done(struct state_device *d)
{
	free(d->identity);
	state_stamp_done(&d->stamp);
}

static void devices_done(struct state_devices *d)
{
	for (size_t i = 0; i < d->n; i++)
		device_done(&d->v[i]);
	free(d->v);
	*d = (struct state_devices){ 0 };
}

void state_done(struct state *s)
{
	devices_done(&s->hidden);
	for (size_t i = 0; i < s->n_params; i++) {
		free(s->params[i].key);
		setting_done(&s->params[i].value);
		state_stamp_done(&s->params[i].stamp);
	}
	free(s->params);
	for (size_t i = 0; i < s->n_vms; i++) {
		struct state_vm *vm = &s->vms[i];

		free(vm->uuid);
		free(vm->name);
		free(vm->pci);
		free(vm->mask);
		for (size_t u = 0; u < vm->n_usb; u++)
			usbid_done(&vm->usb[u]);
		free(vm->usb);
		devices_done(&vm->devices);
		state_stamp_done(&vm->stamp);
	}
	free(s->vms);
	free(s->usb_policy);
	state_stamp_done(&s->usb_stamp);
	for (size_t i = 0; i < s->overrides.n; i++)
		state_stamp_done(&s->override_stamps[i]);
	free(s->override_stamps);
	strv_done(&s->overrides);
	*s = (struct state){ 0 };
}

void state_swap_devices(struct state *a, struct state *b)
{
	struct state was = *a;

	a->hidden = b->hidden;
	a->vms = b->vms;
	a->n_vms = b->n_vms;
	b->hidden = was.hidden;
	b->vms = was.vms;
	b->n_vms = was.n_vms;
}

bool state_is_empty(const struct state *s)
{
	return !s->hidden.n && !s->n_params && !s->n_vms && !s->usb_policy && !s->overrides.n;
}

char *state_summary(const struct state *s)
{
	struct strbuf out = { 0 };

	strbuf_add(&out, s->hidden.n ? "hidden " : "nothing hidden");
	for (size_t i = 0; i < s->hidden.n; i++)
		strbuf_addf(&out, "%s%s", i ? ", " : "", BDF_STR(s->hidden.v[i].bdf));
	if (s->n_params)
		strbuf_addf(&out, "; %zu boot parameter%s", s->n_params, s->n_params == 1 ? "" : "s");
	for (size_t i = 0; i < s->n_vms; i++)
		strbuf_addf(&out, "%s'%s'", i ? ", " : "; VM ", s->vms[i].name ? s->vms[i].name : s->vms[i].uuid);
	if (s->usb_policy)
		strbuf_add(&out, "; local rules of the USB policy");
	return strbuf_take(&out);
}

struct state_vm *state_find_vm(const struct state *s, const char *uuid)
{
	for (size_t i = 0; i < s->n_vms; i++)
		if (streq(s->vms[i].uuid, uuid))
			return &s->vms[i];
	return NULL;
}

struct state_device *state_devices_find(const struct state_devices *d, struct bdf bdf)
{
	for (size_t i = 0; i < d->n; i++)
		if (bdf_eq(d->v[i].bdf, bdf))
			return &d->v[i];
	return NULL;
}

/* ---- reading: every member has its place, its type and its rules ------------------------------------------------ */

/* Where in the file an error is: "vms[3].devices[0]". */
struct place {
	bool lenient; /* what is not known here is passed over */
	const char *name;
	char path[128];
};

/* What to do about the host's own.  Of another one the caller knows where it is from. */
static int hint(const char *name, struct err *err)
{
	if (streq(name, STATE_FILE))
		err_hint(err, "it is left as it is: put it right, or move it away and take over what is configured now with state-import");
	return -EINVAL;
}

static int bad(const struct place *at, const char *member, const char *what, struct err *err)
{
	const char *dot = *at->path && *member ? "." : "", *colon = *at->path || *member ? ": " : "";

	err_set(err, EINVAL, "%s: %s%s%s%s%s", at->name, at->path, dot, member, colon, what);
	return hint(at->name, err);
}

static int only(const struct place *at, const json_t *o, const char *const *known, struct err *err)
{
	const char *key;
	json_t *value;

	if (!json_is_object(o))
		return bad(at, "", "an object is expected", err);
	json_object_foreach((json_t *)o, key, value) {
		size_t i = 0;

		while (known[i] && !streq(known[i], key))
			i++;
		if (!known[i] && !at->lenient)
			return bad(at, key, "no member that is known here", err);
	}
	return 0;
}

/* A text that may be missing, or null. */
static int get_text(const struct place *at, const json_t *o, const char *member, char **ret, struct err *err)
{
	const json_t *value = json_object_get(o, member);

	if (value && !json_is_null(value) && !json_is_string(value))
		return bad(at, member, "a text is expected", err);
	*ret = json_is_string(value) ? xstrdup(json_string_value(value)) : NULL;
	return 0;
}

static int need_text(const struct place *at, const json_t *o, const char *member, char **ret, struct err *err)
{
	int rc = get_text(at, o, member, ret, err);

	return rc < 0 || *ret ? rc : bad(at, member, "it is missing", err);
}

static int read_stamp(const struct place *at, const json_t *o, struct state_stamp *ret, struct err *err)
{
	int rc = get_text(at, o, "since", &ret->since, err);

	if (rc == 0)
		rc = get_text(at, o, "door", &ret->door, err);
	return rc < 0 ? rc : get_text(at, o, "command", &ret->command, err);
}

static int read_device(const struct place *at, const json_t *o, struct state_device *ret, struct err *err)
{
	static const char *const known[] = { "device", "identity", "since", "door", "command", NULL };
	_cleanup_free_ char *bdf = NULL;
	int rc = only(at, o, known, err);

	if (rc == 0)
		rc = need_text(at, o, "device", &bdf, err);
	if (rc == 0 && !bdf_parse(bdf, &ret->bdf))
		rc = bad(at, "device", "no PCI address", err);
	if (rc == 0)
		rc = get_text(at, o, "identity", &ret->identity, err);
	return rc < 0 ? rc : read_stamp(at, o, &ret->stamp, err);
}

/* A list of objects; `one` reads one of them into the room that it makes. */
typedef int (*read_one_t)(const struct place *at, const json_t *o, void *into, struct err *err);

static int read_list(const struct place *at, const json_t *o, const char *member, read_one_t one, void *into, struct err *err)
{
	const json_t *list = json_object_get(o, member);
	json_t *item;
	size_t i;

	if (!list)
		return 0;
	if (!json_is_array(list) || json_array_size(list) > ITEMS_MAX)
		return bad(at, member, "a list is expected, of at most 20000", err);
	json_array_foreach(list, i, item) {
		struct place below = { .name = at->name, .lenient = at->lenient };
		int rc;

		snprintf(below.path, sizeof(below.path), "%.80s%s%s[%zu]", at->path, *at->path ? "." : "", member, i);
		rc = one(&below, item, into, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int read_devices_item(const struct place *at, const json_t *o, void *into, struct err *err)
{
	struct state_devices *d = into;

	ARRAY_GROW(d->v, d->n);
	d->v[d->n] = (struct state_device){ 0 };
	return read_device(at, o, &d->v[d->n++], err);
}

static int read_param(const struct place *at, const json_t *o, void *into, struct err *err)
{
	static const char *const known[] = { "target", "key", "value", "since", "door", "command", NULL };
	_cleanup_free_ char *target = NULL;
	struct state *s = into;
	struct state_param *p;
	int rc = only(at, o, known, err);

	ARRAY_GROW(s->params, s->n_params);
	p = &s->params[s->n_params++];
	*p = (struct state_param){ 0 };
	if (rc == 0)
		rc = need_text(at, o, "target", &target, err);
	if (rc == 0 && !streq(target, "xen") && !streq(target, "dom0"))
		rc = bad(at, "target", "neither xen nor dom0", err);
	if (rc == 0)
		rc = need_text(at, o, "key", &p->key, err);
	if (rc < 0)
		return rc;
	p->target = streq(target, "xen") ? GRUB_XEN : GRUB_DOM0;
	if (!setting_from_json(json_object_get(o, "value"), &p->value) || !p->value.there)
		return bad(at, "value", "no text, no true and no list of these", err);
	if (!setting_is_bootable(p->key, &p->value))
		return bad(at, "value", "no boot parameter can have this name or this value", err);
	return read_stamp(at, o, &p->stamp, err);
}

static int read_usb(const struct place *at, const json_t *o, void *into, struct err *err)
{
	static const char *const known[] = { "port", "vendor", "product", "serial", NULL };
	_cleanup_free_ char *port = NULL, *vendor = NULL, *product = NULL, *serial = NULL, *text = NULL;
	struct state_vm *vm = into;
	int rc = only(at, o, known, err);

	if (rc == 0)
		rc = need_text(at, o, "port", &port, err);
	if (rc == 0)
		rc = need_text(at, o, "vendor", &vendor, err);
	if (rc == 0)
		rc = need_text(at, o, "product", &product, err);
	if (rc == 0)
		rc = get_text(at, o, "serial", &serial, err);
	if (rc < 0)
		return rc;
	if (!usbid_is_path(port) || strlen(vendor) != 4 || strlen(product) != 4)
		return bad(at, "", "no port, or no four digits of vendor or product", err);
	text = xasprintf("%s %s:%s%s%s", port, vendor, product, serial && *serial ? " " : "", serial ? serial : "");
	ARRAY_GROW(vm->usb, vm->n_usb);
	if (!usbid_parse(text, &vm->usb[vm->n_usb]))
		return bad(at, "", "no four digits of vendor or product, or no serial number", err);
	vm->n_usb++;
	return 0;
}

/* Of what the key names but no device tells of, the address is all there is. */
static void add_named(struct state_vm *vm)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	for (size_t i = 0; i < items.n; i++) {
		if (items.v[i].dropped || state_devices_find(&vm->devices, items.v[i].bdf))
			continue;
		ARRAY_GROW(vm->devices.v, vm->devices.n);
		vm->devices.v[vm->devices.n++] = (struct state_device){ .bdf = items.v[i].bdf };
	}
}

static int read_vm(const struct place *at, const json_t *o, void *into, struct err *err)
{
	static const char *const known[] = { "uuid",  "name", "pci",  "devices", "usb", "mask",
					     "here", "since", "door", "command", NULL };
	struct state *s = into;
	struct state_vm *vm;
	int rc = only(at, o, known, err);

	ARRAY_GROW(s->vms, s->n_vms);
	vm = &s->vms[s->n_vms++];
	*vm = (struct state_vm){ .here = json_is_true(json_object_get(o, "here")) };
	if (rc == 0)
		rc = need_text(at, o, "uuid", &vm->uuid, err);
	if (rc == 0)
		rc = get_text(at, o, "name", &vm->name, err);
	if (rc == 0)
		rc = get_text(at, o, "pci", &vm->pci, err);
	if (rc == 0)
		rc = get_text(at, o, "mask", &vm->mask, err);
	if (rc == 0)
		rc = read_list(at, o, "devices", read_devices_item, &vm->devices, err);
	if (rc == 0)
		add_named(vm);
	if (rc == 0)
		rc = read_list(at, o, "usb", read_usb, vm, err);
	return rc < 0 ? rc : read_stamp(at, o, &vm->stamp, err);
}

/* Both texts are what the scanner reads: the second one is written to the policy again. */
static int read_usb_policy(const struct place *top, const json_t *all, struct state *s, struct err *err)
{
	static const char *const known[] = { "shipped", "local", "since", "door", "command", NULL };
	const struct place at = { top->lenient, top->name, "usb-policy" };
	_cleanup_(policy_done) struct policy shipped = { 0 }, ours = { 0 };
	_cleanup_free_ char *was = NULL, *is = NULL;
	const json_t *o = json_object_get(all, "usb-policy");
	_cleanup_strbuf_ struct strbuf record = { 0 };
	int rc = o ? only(&at, o, known, err) : 0;

	if (!o || rc < 0)
		return rc;
	rc = need_text(&at, o, "shipped", &was, err);
	if (rc == 0)
		rc = need_text(&at, o, "local", &is, err);
	if (rc < 0)
		return rc;
	if (strlen(was) > POLICY_MAX || strlen(is) > POLICY_MAX)
		return bad(&at, "", "a policy is not as large as that", err);
	policy_record_format(&(struct strbuf){ .s = was, .len = strlen(was) }, &(struct strbuf){ .s = is, .len = strlen(is) }, &record);
	if (!policy_record_parse(strbuf_str(&record), record.len, &shipped, &ours) || ours.n_bad)
		return bad(&at, "local", "no policy that the scanner reads", err);
	s->usb_policy = strbuf_take(&record);
	return read_stamp(&at, o, &s->usb_stamp, err);
}

static int read_override(const struct place *at, const json_t *o, void *into, struct err *err)
{
	static const char *const known[] = { "override", "since", "door", "command", NULL };
	struct state_stamp stamp = { 0 };
	_cleanup_free_ char *text = NULL;
	int rc;

	if (json_is_string(o)) {
		state_add_override(into, json_string_value(o), &stamp);
		return 0;
	}
	rc = only(at, o, known, err);
	if (rc == 0)
		rc = need_text(at, o, "override", &text, err);
	if (rc == 0)
		rc = read_stamp(at, o, &stamp, err);
	if (rc == 0)
		state_add_override(into, text, &stamp);
	state_stamp_done(&stamp);
	return rc;
}

static int read_all(struct place *at, const json_t *o, struct state *s, struct err *err)
{
	static const char *const known[] = { "format", "hidden", "boot", "vms", "usb-policy", "overrides", NULL };
	json_int_t format = json_integer_value(json_object_get(o, "format"));
	int rc;

	s->newer = at->lenient = format > STATE_FORMAT;
	if (format < STATE_FORMAT)
		return bad(at, "format", "1 is expected", err);
	rc = only(at, o, known, err);
	if (rc == 0)
		rc = read_list(at, o, "hidden", read_devices_item, &s->hidden, err);
	if (rc == 0)
		rc = read_list(at, o, "boot", read_param, s, err);
	if (rc == 0)
		rc = read_list(at, o, "vms", read_vm, s, err);
	if (rc == 0)
		rc = read_usb_policy(at, o, s, err);
	return rc < 0 ? rc : read_list(at, o, "overrides", read_override, s, err);
}

int state_from_json(const char *name, const json_t *o, struct state *ret, struct err *err)
{
	struct place top = { .name = name };
	struct state s = { 0 };
	int rc = json_is_object(o) ? read_all(&top, o, &s, err) : bad(&top, "", "an object is expected", err);

	if (rc < 0)
		state_done(&s);
	else
		*ret = s;
	return rc;
}

int state_parse(const char *name, const struct strbuf *text, struct state *ret, struct err *err)
{
	json_error_t where;
	json_t *o = json_loadb(strbuf_str(text), text->len, JSON_REJECT_DUPLICATES, &where);
	int rc;

	if (!o) {
		err_set(err, EINVAL, "%s: no JSON: %s", name, where.text);
		err_point(err, name, strbuf_str(text), text->len, where.position > 0 ? (size_t)where.position - 1 : 0, 1);
		return hint(name, err);
	}
	rc = state_from_json(name, o, ret, err);
	json_decref(o);
	return rc;
}

int state_dup(const struct state *s, struct state *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc = state_format(s, &text, err);

	return rc < 0 ? rc : state_parse(STATE_FILE, &text, ret, err);
}

int state_plan(struct plan *p, const struct state *from, const struct state *to, const char *why, struct err *err)
{
	_cleanup_strbuf_ struct strbuf old = { 0 }, new = { 0 };
	_cleanup_free_ char *old_shown = state_summary(from), *new_shown = state_summary(to);
	int rc = state_format(from, &old, err);

	if (rc == 0)
		rc = state_format(to, &new, err);
	if (rc == 0 && !strbuf_eq(&old, &new))
		plan_state(p, state_is_empty(from) ? NULL : strbuf_str(&old), strbuf_str(&new), old_shown, new_shown, why);
	return rc;
}

int state_read(struct host *h, struct state *ret, struct strbuf *text, bool *there, struct err *err)
{
	_cleanup_strbuf_ struct strbuf own = { 0 };
	struct strbuf *b = text ? text : &own;
	int rc = host_read(h, STATE_FILE, STATE_MAX, b, err);

	if (there)
		*there = rc == 0;
	*ret = (struct state){ 0 };
	if (rc == -ENOENT || rc == -ENOTDIR)
		return 0;
	return rc < 0 ? rc : state_parse(STATE_FILE, b, ret, err);
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

/* NULL members are left out. A text that is not UTF-8 leaves a hole, which state_format() finds. */
static void put_text(json_t *o, const char *name, const char *s, bool *ok)
{
	if (s && json_object_set_new(o, name, json_string(s)) < 0)
		*ok = false;
}

/* A command may hold any byte; it is for reading only. */
static void put_stamp(json_t *o, const struct state_stamp *s, bool *ok)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };

	put_text(o, "since", s->since, ok);
	put_text(o, "door", s->door, ok);
	if (!s->command)
		return;
	strbuf_add_printable(&safe, s->command, strlen(s->command));
	put_text(o, "command", strbuf_str(&safe), ok);
}

static json_t *devices_to_json(const struct state_devices *d, bool *ok)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->n; i++) {
		json_t *o;

		/* What only a key could name is taken from the key again (add_named()). */
		if (!bdf_is_possible(d->v[i].bdf))
			continue;
		o = json_object();
		put_text(o, "device", BDF_STR(d->v[i].bdf), ok);
		if (d->v[i].identity)
			put_text(o, "identity", d->v[i].identity, ok);
		else
			json_object_set_new(o, "identity", json_null());
		put_stamp(o, &d->v[i].stamp, ok);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *params_to_json(const struct state *s, bool *ok)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->n_params; i++) {
		const struct state_param *p = &s->params[i];
		json_t *o = json_object();

		put_text(o, "target", grub_target_name(p->target), ok);
		put_text(o, "key", p->key, ok);
		*ok &= json_object_set_new(o, "value", setting_to_json(&p->value)) == 0;
		put_stamp(o, &p->stamp, ok);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *usb_to_json(const struct state_vm *vm, bool *ok)
{
	json_t *list = json_array();

	for (size_t i = 0; i < vm->n_usb; i++) {
		_cleanup_free_ char *vendor = xasprintf("%04x", vm->usb[i].vendor), *product = xasprintf("%04x", vm->usb[i].product);
		json_t *o = json_object();

		put_text(o, "port", vm->usb[i].path, ok);
		put_text(o, "vendor", vendor, ok);
		put_text(o, "product", product, ok);
		put_text(o, "serial", vm->usb[i].serial, ok);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *vms_to_json(const struct state *s, bool *ok)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->n_vms; i++) {
		const struct state_vm *vm = &s->vms[i];
		json_t *o = json_object();

		put_text(o, "uuid", vm->uuid, ok);
		put_text(o, "name", vm->name, ok);
		put_text(o, "pci", vm->pci, ok);
		if (vm->devices.n)
			json_object_set_new(o, "devices", devices_to_json(&vm->devices, ok));
		if (vm->n_usb)
			json_object_set_new(o, "usb", usb_to_json(vm, ok));
		put_text(o, "mask", vm->mask, ok);
		if (vm->here)
			json_object_set_new(o, "here", json_true());
		put_stamp(o, &vm->stamp, ok);
		json_array_append_new(list, o);
	}
	return list;
}

static void put_usb_policy(json_t *all, const struct state *s, bool *ok)
{
	_cleanup_(policy_done) struct policy shipped = { 0 }, ours = { 0 };
	json_t *o;

	if (!s->usb_policy || !policy_record_parse(s->usb_policy, strlen(s->usb_policy), &shipped, &ours))
		return;
	o = json_object();
	put_text(o, "shipped", strbuf_str(&shipped.text), ok);
	put_text(o, "local", strbuf_str(&ours.text), ok);
	put_stamp(o, &s->usb_stamp, ok);
	json_object_set_new(all, "usb-policy", o);
}

json_t *state_to_json(const struct state *s)
{
	json_t *o = json_object(), *overrides = json_array();
	bool ok = true;

	json_object_set_new(o, "format", json_integer(STATE_FORMAT));
	json_object_set_new(o, "hidden", devices_to_json(&s->hidden, &ok));
	json_object_set_new(o, "boot", params_to_json(s, &ok));
	json_object_set_new(o, "vms", vms_to_json(s, &ok));
	put_usb_policy(o, s, &ok);
	for (size_t i = 0; i < s->overrides.n; i++) {
		json_t *one = json_object();

		put_text(one, "override", s->overrides.v[i], &ok);
		put_stamp(one, &s->override_stamps[i], &ok);
		json_array_append_new(overrides, one);
	}
	json_object_set_new(o, "overrides", overrides);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

int state_format(const struct state *s, struct strbuf *ret, struct err *err)
{
	json_t *o = state_to_json(s);
	_cleanup_free_ char *text = o ? json_dumps(o, JSON_INDENT(1)) : NULL;

	json_decref(o);
	if (!text)
		return err_set(err, EILSEQ, STATE_FILE ": it cannot be written: a value is not valid UTF-8");
	strbuf_add(ret, text);
	strbuf_addc(ret, '\n');
	return 0;
}
