/* SPDX-License-Identifier: GPL-2.0-or-later */
/* journal.c - see journal.h */

#include <ctype.h>
#include <stdio.h>
#include <time.h>

#include <jansson.h>

#include "cmdline/bootargs.h"
#include "plugin/alias.h"
#include "plugin/journal.h"
#include "plugin/plan_reboot.h"
#include "xenhelpers/usbid.h"

#define CHANGES_MAX 4096

static const char *const state_names[] = {
	[JOURNAL_BEGUN] = "begun", [JOURNAL_DONE] = "done", [JOURNAL_FAILED] = "failed", [JOURNAL_UNDONE] = "undone",
};

const char *journal_state_name(enum journal_state s)
{
	return state_names[s];
}

void journal_entry_done(struct journal_entry *e)
{
	free(e->time);
	free(e->door);
	free(e->command);
	plan_done(&e->plan);
	strbuf_done(&e->image);
	*e = (struct journal_entry){ 0 };
}

void journal_done(struct journal *j)
{
	for (size_t i = 0; i < j->n; i++)
		journal_entry_done(&j->v[i]);
	free(j->v);
	strv_done(&j->unreadable);
	*j = (struct journal){ 0 };
}

/* "000007.begun" -> 7, BEGUN */
bool journal_parse_name(const char *name, unsigned *id, enum journal_state *state)
{
	const char *dot = strchr(name, '.');
	_cleanup_free_ char *digits = dot ? xstrndup(name, (size_t)(dot - name)) : NULL;

	if (!digits || strlen(digits) != 6 || !str_to_uint(digits, 999999, id) || !*id)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(state_names); i++)
		if (streq(dot + 1, state_names[i])) {
			*state = (enum journal_state)i;
			return true;
		}
	return false;
}

static char *entry_name(unsigned id, enum journal_state state)
{
	return xasprintf("%06u.%s", id, state_names[state]);
}

static char *entry_path(unsigned id, enum journal_state state)
{
	return xasprintf(JOURNAL_DIR "/%06u.%s", id, state_names[state]);
}

/* ---- changes as JSON, and back with all their rules ------------------------------------------------------- */

/* JSON strings must be UTF-8; a command line need not be. */
static json_t *safe_string(const char *s)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };

	strbuf_add_printable(&safe, s, strlen(s));
	return json_string(strbuf_str(&safe));
}

json_t *setting_to_json(const struct setting *s)
{
	json_t *list;

	if (!s->there)
		return json_null();
	if (s->before.n) {
		list = json_array();
		for (size_t i = 0; i < s->before.n; i++)
			json_array_append_new(list, json_string(s->before.v[i]));
		json_array_append_new(list, s->text ? json_string(s->text) : json_true());
		return list;
	}
	return s->text ? json_string(s->text) : json_true();
}

static char *copy_string(const json_t *value)
{
	const char *s = json_string_value(value);

	return s ? xstrdup(s) : NULL;
}

static bool several_from_json(const json_t *list, struct setting *ret)
{
	struct setting s = { .there = true };
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		if (!json_is_string(item) && !json_is_true(item))
			break;
		if (s.text)
			strv_add_take(&s.before, s.text);
		s.text = copy_string(item);
	}
	if (i < json_array_size(list) || !i) {
		setting_done(&s);
		return false;
	}
	*ret = s;
	return true;
}

bool setting_from_json(const json_t *value, struct setting *ret)
{
	if (json_is_array(value))
		return several_from_json(value, ret);
	if (!value || !(json_is_null(value) || json_is_true(value) || json_is_string(value)))
		return false;
	*ret = setting_copy(!json_is_null(value), json_string_value(value));
	return true;
}

/* Add one member; false where the text is no UTF-8, which JSON cannot hold. */
static bool put(json_t *o, const char *name, json_t *value)
{
	return json_object_set_new(o, name, value) == 0;
}

static bool put_text(json_t *o, const char *name, const char *s)
{
	return !s || put(o, name, json_string(s));
}

static bool put_texts(json_t *o, const char *name, const struct strv *texts)
{
	json_t *list = json_array();
	bool ok = true;

	for (size_t i = 0; i < texts->n; i++)
		ok &= json_array_append_new(list, json_string(texts->v[i])) == 0;
	return put(o, name, list) && ok;
}

/* NULL: a value cannot be kept, so that the change must not be made. */
static json_t *change_to_json(const struct change *c)
{
	json_t *o = json_object();
	bool ok = put_text(o, "kind", change_kind_name(c->kind)) && put_text(o, "effect", effect_name(c->effect)) &&
		  put(o, "why", safe_string(c->why)) && put(o, "old", setting_to_json(&c->old)) &&
		  put(o, "new", setting_to_json(&c->new));

	if (c->follows)
		ok = ok && put(o, "follows", json_true());
	if (c->kind == CHANGE_BOOT)
		ok = ok && put_text(o, "target", grub_target_name(c->target)) && put_texts(o, "entries", &c->titles);
	else if (c->kind == CHANGE_STATE)
		; /* its texts are all */
	else if (c->kind == CHANGE_DEVICE)
		ok = ok && put_text(o, "device", BDF_STR(c->bdf)) && put_text(o, "driver", c->driver);
	else if (c->kind == CHANGE_TRY)
		ok = ok && put_texts(o, "entries", &c->titles);
	else if (c->kind != CHANGE_FILE && c->kind != CHANGE_SCAN && c->kind != CHANGE_PUSB)
		ok = ok && put_text(o, "vm", c->uuid) && put_text(o, "name", c->name) && put_text(o, "field", c->field);
	ok = ok && put_text(o, "key", c->key) && put_text(o, "old_shown", c->old_shown) && put_text(o, "new_shown", c->new_shown);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

static char *copy_text(const json_t *o, const char *name)
{
	return copy_string(json_object_get(o, name));
}

bool setting_is_bootable(const char *key, const struct setting *s)
{
	for (size_t i = 0; i < s->before.n; i++)
		if (bootargs_check(key, s->before.v[i], NULL) < 0)
			return false;
	return bootargs_check(key, s->text, NULL) == 0;
}

static void texts_from_json(const json_t *o, const char *name, struct strv *ret)
{
	const json_t *texts = json_object_get(o, name);
	json_t *text;
	size_t i;

	json_array_foreach(texts, i, text)
		if (json_is_string(text))
			strv_add(ret, json_string_value(text));
}

static bool boot_from_json(const json_t *o, struct change *c)
{
	const char *target = json_string_value(json_object_get(o, "target"));

	if (!target || (!streq(target, "xen") && !streq(target, "dom0")) || !c->key)
		return false;
	c->target = streq(target, "xen") ? GRUB_XEN : GRUB_DOM0;
	texts_from_json(o, "entries", &c->titles);
	return c->titles.n && setting_is_bootable(c->key, &c->new) && setting_is_bootable(c->key, &c->old);
}

/* What commands write to a VM, a host or the pool, and nothing else. */
static bool vm_from_json(const json_t *o, struct change *c)
{
	static const struct {
		enum change_kind kind;
		const char *field, *key;
	} allowed[] = {
		{ CHANGE_VM_REF, "affinity", NULL },
		{ CHANGE_HOST_KEY, "guest_VCPUs_params", "mask" },
		{ CHANGE_HOST_FIELD, "numa_affinity_policy", NULL },
		{ CHANGE_PINS, "pins", NULL },
		{ CHANGE_VM_KEY, "platform", "usb" },
	};

	c->uuid = copy_text(o, "vm");
	c->name = copy_text(o, "name");
	c->field = copy_text(o, "field");
	if (!c->uuid || !c->name || !c->field || (c->old.there && !c->old.text) || (c->new.there && !c->new.text))
		return false;
	if (c->kind == CHANGE_POOL_KEY)
		return streq(c->field, "other_config") && c->key && alias_key_name(c->key);
	if (c->kind == CHANGE_VM_KEY)
		return c->key && plan_vm_key_is_ours(c->field, c->key);
	for (size_t i = 0; i < ARRAY_SIZE(allowed); i++)
		if (c->kind == allowed[i].kind && streq(c->field, allowed[i].field) && streq0(c->key, allowed[i].key))
			return true;
	return false;
}

static bool is_assignable_word(const struct setting *s)
{
	return s->text && (streq(s->text, ASSIGNABLE) || streq(s->text, NOT_ASSIGNABLE));
}

static bool device_from_json(const json_t *o, struct change *c)
{
	const char *device = json_string_value(json_object_get(o, "device"));

	c->driver = copy_text(o, "driver");
	return device && bdf_parse(device, &c->bdf) && is_assignable_word(&c->old) && is_assignable_word(&c->new) &&
	       !streq(c->old.text, c->new.text);
}

static bool try_from_json(const json_t *o, struct change *c)
{
	texts_from_json(o, "entries", &c->titles);
	return c->new.there ? c->titles.n == 1 : !c->titles.n;
}

static bool file_from_json(const struct change *c)
{
	return c->key && !(c->old.there && !c->old.text) && !(c->new.there && !c->new.text) &&
	       plan_file_is_ours(c->key, c->old.text) && plan_file_is_ours(c->key, c->new.text);
}

static bool is_usbid(const char *text)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };

	return text && usbid_parse(text, &id);
}

/* What a scan is expected to show is paths. */
static bool are_paths(const char *text)
{
	_cleanup_strv_ struct strv paths = { 0 };

	strv_split(&paths, text, ' ');
	for (size_t i = 0; i < paths.n; i++)
		if (*paths.v[i] && !usbid_is_path(paths.v[i]))
			return false;
	return true;
}

static bool scan_from_json(const struct change *c)
{
	return (!c->key || is_usbid(c->key)) && !c->old.there && c->new.text && are_paths(c->new.text) && c->old_shown && c->new_shown;
}

static bool is_switch(const struct setting *s)
{
	return s->text && (streq(s->text, "true") || streq(s->text, "false"));
}

static bool vusb_from_json(const json_t *o, struct change *c)
{
	c->uuid = copy_text(o, "vm");
	c->name = copy_text(o, "name");
	c->field = copy_text(o, "field");
	return c->uuid && c->name && is_usbid(c->key) && (!c->field || is_usbid(c->field)) && c->old.there != c->new.there &&
	       streq0(c->key, c->old.there ? c->old.text : c->new.text);
}

static bool leave_from_json(const json_t *o, struct change *c)
{
	c->uuid = copy_text(o, "vm");
	c->name = copy_text(o, "name");
	c->field = copy_text(o, "field");
	return change_is_leave(c);
}

static bool kind_from_json(const json_t *o, enum change_kind *ret)
{
	const char *kind = json_string_value(json_object_get(o, "kind"));

	for (enum change_kind k = CHANGE_BOOT; kind && k <= CHANGE_STATE; k++)
		if (streq(kind, change_kind_name(k))) {
			*ret = k;
			return true;
		}
	return false;
}

static bool change_from_json(const json_t *o, struct change *c)
{
	static const enum effect effects[] = {
		[CHANGE_BOOT] = EFFECT_HOST_REBOOT,
		[CHANGE_VM_KEY] = EFFECT_VM_START,
		[CHANGE_VM_REF] = EFFECT_VM_START,
		[CHANGE_POOL_KEY] = EFFECT_NOW,
		[CHANGE_HOST_KEY] = EFFECT_VM_START,
		[CHANGE_HOST_FIELD] = EFFECT_VM_START,
		[CHANGE_PINS] = EFFECT_NOW,
		[CHANGE_DEVICE] = EFFECT_NOW,
		[CHANGE_STATE] = EFFECT_NOW,
		[CHANGE_LEAVE] = EFFECT_NOW,
		[CHANGE_SCAN] = EFFECT_NOW,
		[CHANGE_PUSB] = EFFECT_NOW,
		[CHANGE_VUSB] = EFFECT_VM_START,
		[CHANGE_TRY] = EFFECT_HOST_REBOOT,
		[CHANGE_FILE] = EFFECT_NOW, /* or what its path says */
	};

	if (!kind_from_json(o, &c->kind) || !setting_from_json(json_object_get(o, "old"), &c->old) ||
	    !setting_from_json(json_object_get(o, "new"), &c->new))
		return false;
	c->key = copy_text(o, "key");
	c->effect = c->kind == CHANGE_FILE && c->key ? plan_file_effect(c->key) : effects[c->kind];
	c->follows = json_is_true(json_object_get(o, "follows"));
	c->why = copy_text(o, "why");
	c->old_shown = copy_text(o, "old_shown");
	c->new_shown = copy_text(o, "new_shown");
	if (!c->why)
		c->why = xstrdup("");
	if (c->kind == CHANGE_BOOT)
		return boot_from_json(o, c);
	if (c->old.before.n || c->new.before.n) /* only boot parameters can be there several times */
		return false;
	switch (c->kind) {
	case CHANGE_DEVICE: return device_from_json(o, c);
	case CHANGE_TRY: return try_from_json(o, c);
	case CHANGE_STATE: /* state_parse() judges its text before it is written */
		return c->new.text && c->old.there == (c->old.text != NULL) && c->old_shown && c->new_shown;
	case CHANGE_FILE: return file_from_json(c);
	case CHANGE_SCAN: return scan_from_json(c);
	case CHANGE_PUSB: return is_usbid(c->key) && is_switch(&c->old) && is_switch(&c->new) && !streq(c->old.text, c->new.text);
	case CHANGE_VUSB: return vusb_from_json(o, c);
	case CHANGE_LEAVE: return leave_from_json(o, c);
	default: return vm_from_json(o, c);
	}
}

static int changes_from_json(const json_t *list, struct plan *p, struct err *err)
{
	json_t *item;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > CHANGES_MAX)
		return err_set(err, EINVAL, "no list of changes");
	json_array_foreach(list, i, item) {
		ARRAY_GROW(p->v, p->n);
		p->v[p->n] = (struct change){ 0 };
		if (!change_from_json(item, &p->v[p->n++]))
			return err_set(err, EINVAL, "change %zu is none that a command makes", i + 1);
	}
	return 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static void undoes_from_json(const json_t *list, struct plan *p)
{
	json_t *id;
	size_t i;

	json_array_foreach(list, i, id) {
		ARRAY_GROW(p->undoes, p->n_undoes);
		p->undoes[p->n_undoes++] = (unsigned)json_integer_value(id);
	}
}

static int header_from_json(const json_t *o, struct journal_entry *e, struct err *err)
{
	json_int_t version = json_integer_value(json_object_get(o, "version"));

	if (version != 1)
		return err_set(err, EINVAL, "version %lld is not one that this program reads", (long long)version);
	e->time = copy_text(o, "time");
	e->door = copy_text(o, "door");
	e->command = copy_text(o, "command");
	undoes_from_json(json_object_get(o, "undoes"), &e->plan);
	texts_from_json(o, "overrides", &e->plan.overrides);
	texts_from_json(o, "lifts", &e->plan.lifts);
	texts_from_json(o, "words", &e->plan.words);
	e->plan.keep_state = json_is_true(json_object_get(o, "keep_state"));
	e->plan.boot_path = copy_text(o, "boot_path");
	if (!e->time || !e->door || !e->command)
		return err_set(err, EINVAL, "its first line lacks time, door or command");
	return changes_from_json(json_object_get(o, "changes"), &e->plan, err);
}

int journal_parse_entry(const struct strbuf *text, struct journal_entry *e, struct err *err)
{
	const char *nl = text->len ? memchr(text->s, '\n', text->len) : NULL;
	json_error_t where;
	json_t *o;
	int rc;

	if (!nl)
		return err_set(err, EINVAL, "its first line is not complete");
	o = json_loadb(text->s, (size_t)(nl - text->s), JSON_REJECT_DUPLICATES, &where);
	if (!json_is_object(o)) {
		json_decref(o);
		return err_set(err, EINVAL, "its first line is no JSON object");
	}
	rc = header_from_json(o, e, err);
	/* An image that is not there whole has been dropped to save room. */
	if (rc == 0 && (size_t)json_integer_value(json_object_get(o, "image")) == text->len - (size_t)(nl + 1 - text->s))
		strbuf_addn(&e->image, nl + 1, text->len - (size_t)(nl + 1 - text->s));
	json_decref(o);
	return rc;
}

static int read_entry(struct host *h, const char *name, struct journal_entry *e, struct err *err)
{
	_cleanup_free_ char *path = xasprintf(JOURNAL_DIR "/%s", name);
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc = host_read(h, path, JOURNAL_ENTRY_MAX, &text, err);

	return rc < 0 ? rc : journal_parse_entry(&text, e, err);
}

int journal_read(struct host *h, struct journal *ret, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };
	int rc = host_list(h, JOURNAL_DIR, &names, err);

	*ret = (struct journal){ 0 };
	if (rc == -ENOENT)
		return 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < names.n; i++) {
		struct journal_entry e = { 0 };
		struct err why = { 0 };

		if (!journal_parse_name(names.v[i], &e.id, &e.state))
			continue;
		if (read_entry(h, names.v[i], &e, &why) < 0) {
			strv_addf(&ret->unreadable, "%s: %s", names.v[i], why.text);
			journal_entry_done(&e);
			continue;
		}
		ARRAY_GROW(ret->v, ret->n);
		ret->v[ret->n++] = e;
	}
	journal_settle(ret);
	return 0;
}

unsigned journal_unfinished(struct host *h)
{
	_cleanup_strv_ struct strv names = { 0 };
	enum journal_state state;
	unsigned id;

	if (host_list(h, JOURNAL_DIR, &names, NULL) < 0)
		return 0;
	for (size_t i = 0; i < names.n; i++)
		if (journal_parse_name(names.v[i], &id, &state) && state == JOURNAL_BEGUN)
			return id;
	return 0;
}

/* Libc would read the time zone's file for it. */
char *journal_time(void)
{
	static const unsigned char lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	long now = (long)time(NULL), days = now / 86400, seconds = now % 86400;
	int year = 1970, month = 0;

	for (;;) {
		long length = lengths[month] + (month == 1 && year % 4 == 0); /* until 2099 */

		if (days < length)
			break;
		days -= length;
		year += month == 11;
		month = (month + 1) % 12;
	}
	return xasprintf("%04d-%02d-%02ldT%02ld:%02ld:%02ldZ", year, month + 1, days + 1, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

int journal_format_entry(unsigned id, const struct plan *p, const char *door, const char *command, const struct journal_images *images,
			 struct strbuf *ret, struct err *err)
{
	_cleanup_free_ char *time_text = journal_time(), *line = NULL;
	json_t *changes = json_array(), *undoes = json_array(), *with_image = json_array(), *o;
	bool ok = true;

	for (size_t i = 0; i < p->n; i++)
		ok &= json_array_append_new(changes, change_to_json(&p->v[i])) == 0;
	for (size_t i = 0; i < p->n_undoes; i++)
		json_array_append_new(undoes, json_integer(p->undoes[i]));
	for (size_t i = 0; i < images->n; i++)
		json_array_append_new(with_image, json_integer(images->v[i]));
	o = json_pack("{s:i, s:i, s:s, s:s, s:o, s:o, s:I, s:o, s:o}", "version", 1, "id", (int)id, "time", time_text, "door", door,
		      "command", safe_string(command), "undoes", undoes, "image", (json_int_t)p->boot_old.len, "images", with_image,
		      "changes", changes);
	if (o && p->boot_path)
		ok &= put_text(o, "boot_path", p->boot_path);
	if (o && p->keep_state)
		ok &= put(o, "keep_state", json_true());
	if (o && p->overrides.n)
		ok &= put_texts(o, "overrides", &p->overrides);
	if (o && p->lifts.n)
		ok &= put_texts(o, "lifts", &p->lifts);
	if (o && p->words.n)
		ok &= put_texts(o, "words", &p->words);
	line = o && ok ? json_dumps(o, JSON_COMPACT) : NULL;
	json_decref(o);
	if (!line)
		return err_set(err, EILSEQ, "the change cannot be written into the journal: a value is not valid UTF-8");
	strbuf_add(ret, line);
	strbuf_addc(ret, '\n');
	strbuf_addn(ret, strbuf_str(&p->boot_old), p->boot_old.len);
	return 0;
}

/* History ends somewhere: the oldest entries go. */
static void drop_oldest(struct host *h, const struct strv *names)
{
	for (size_t i = 0; i + JOURNAL_ENTRIES <= names->n; i++) {
		_cleanup_free_ char *path = xasprintf(JOURNAL_DIR "/%s", names->v[i]);

		host_unlink(h, path, NULL);
	}
}

int journal_begin(struct host *h, const struct plan *p, const char *door, const char *command, unsigned *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *path = NULL;
	enum journal_state state;
	struct journal_images images = { 0 };
	unsigned last = 0, id, oldest = 0;
	int rc;

	rc = host_list(h, JOURNAL_DIR, &names, err);
	if (rc == -ENOENT)
		rc = host_mkdirs(h, JOURNAL_DIR, 0700, err);
	if (rc < 0)
		return err_wrap(err, "journal");
	for (size_t i = 0; i < names.n; i++)
		if (journal_parse_name(names.v[i], &id, &state))
			last = MAX(last, id);
	if (last == 999999)
		return err_set(err, EOVERFLOW, "the journal is full: move the files of '" JOURNAL_DIR "' away");

	journal_find_images(h, &names, &images);
	if (p->boot_old.len)
		oldest = journal_add_image(&images, last + 1);
	rc = journal_format_entry(last + 1, p, door, command, &images, &text, err);
	if (rc < 0)
		return rc;
	path = entry_path(last + 1, JOURNAL_BEGUN);
	rc = host_replace(h, &(struct host_write){ .path = path, .data = text.s, .len = text.len, .mode = 0600 }, err);
	if (rc < 0)
		return err_wrap(err, "journal");
	if (oldest)
		journal_drop_image(h, &names, oldest);
	drop_oldest(h, &names);
	*ret = last + 1;
	return 0;
}

int journal_mark(struct host *h, unsigned id, enum journal_state from, enum journal_state to, struct err *err)
{
	_cleanup_free_ char *path = entry_path(id, from), *name = entry_name(id, to);
	int rc = host_rename(h, path, name, err);

	return rc < 0 ? err_wrap(err, "journal") : 0;
}
