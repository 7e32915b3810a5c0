/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_reboot.c - see plan_reboot.h */

#include <jansson.h>

#include "plugin/plan_reboot.h"

#define NEXT_REBOOT "reboot this host: "
#define NEXT_RESTART "shut the VM down and start it again, or reboot it: a running VM keeps what it has until then"
#define MARK_MAX 65536
#define COMMAND_MAX 400 /* bytes of it that the mark keeps */

/* ---- the mark --------------------------------------------------------------------------------------------------- */

void reboot_mark_done(struct reboot_mark *m)
{
	free(m->boot);
	free(m->time);
	free(m->command);
	strv_done(&m->vms);
	*m = (struct reboot_mark){ 0 };
}

static bool take_text(const json_t *o, const char *name, char **ret)
{
	const char *s = json_string_value(json_object_get(o, name));

	*ret = s ? xstrdup(s) : NULL;
	return s && *s;
}

static bool take_bool(const json_t *o, const char *name, bool *ret)
{
	const json_t *value = json_object_get(o, name);

	*ret = json_is_true(value);
	return json_is_boolean(value);
}

/* One that shuts down no VM has no such member. */
static bool take_list(const json_t *o, const char *name, struct strv *ret)
{
	const json_t *list = json_object_get(o, name), *item;
	size_t i;

	json_array_foreach(list, i, item) {
		if (!json_is_string(item))
			return false;
		strv_add(ret, json_string_value(item));
	}
	return !list || json_is_array(list);
}

bool reboot_mark_parse(const char *text, struct reboot_mark *ret)
{
	json_auto_t *o = strlen(text) <= MARK_MAX ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
	struct reboot_mark m = { 0 };

	if (json_integer_value(json_object_get(o, "format")) == 1 && take_text(o, "boot", &m.boot) && take_text(o, "time", &m.time) &&
	    take_text(o, "command", &m.command) && take_bool(o, "enable", &m.enable) && take_bool(o, "automatic", &m.automatic) &&
	    take_bool(o, "told", &m.told) && take_list(o, "vms", &m.vms)) {
		*ret = m;
		return true;
	}
	reboot_mark_done(&m);
	return false;
}

/* Its beginning, escaped and so in UTF-8: neither the mark nor the journal could hold it else.  Caller frees. */
static char *command_of(const struct reboot_mark *m)
{
	struct strbuf out = { 0 };

	strbuf_add_printable(&out, m->command, strnlen(m->command, COMMAND_MAX));
	return strbuf_take(&out);
}

char *reboot_mark_format(const struct reboot_mark *m)
{
	_cleanup_free_ char *line = NULL, *command = command_of(m);
	json_t *o, *uuids = json_array();

	for (size_t i = 0; i < m->vms.n; i++)
		json_array_append_new(uuids, json_string(m->vms.v[i]));
	o = json_pack("{s:i, s:s, s:s, s:s, s:b, s:b, s:b}", "format", 1, "boot", m->boot, "time", m->time, "command", command,
		      "enable", m->enable, "automatic", m->automatic, "told", m->told);
	if (m->vms.n)
		json_object_set_new(o, "vms", uuids);
	else
		json_decref(uuids);
	line = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return xasprintf("%s\n", line);
}

char *reboot_mark_shown(const struct reboot_mark *m)
{
	_cleanup_free_ char *command = command_of(m);

	return xasprintf("'%s' of %s", command, m->time);
}

int reboot_mark_read(struct host *h, struct reboot_mark *ret, char **text, struct err *err)
{
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	int rc = host_read(h, REBOOT_MARK, MARK_MAX, &bytes, err);

	if (rc == -ENOTDIR)
		return -ENOENT;
	if (rc < 0)
		return rc;
	if (strlen(strbuf_str(&bytes)) != bytes.len || !reboot_mark_parse(strbuf_str(&bytes), ret))
		return err_set(err, EINVAL, "'" REBOOT_MARK "' is not what this program writes there");
	*text = strbuf_take(&bytes);
	return 0;
}

int reboot_boot_id(struct host *h, char **ret, struct err *err)
{
	return host_read_line(h, "/proc/sys/kernel/random/boot_id", ret, err);
}

static char *reboot_of(const struct reboot_mark *m)
{
	_cleanup_free_ char *command = command_of(m);
	struct strbuf out = { 0 };

	strbuf_addf(&out, "a reboot by '%s'%s", command, m->told ? ", which did not help" : "");
	if (m->vms.n)
		strbuf_addf(&out, "; after it %s%zu VM%s to start", m->enable ? "the host to enable, " : "", m->vms.n, m->vms.n == 1 ? "" : "s");
	return strbuf_take(&out);
}

void plan_mark(struct plan *p, const char *old, const struct reboot_mark *to, const char *why)
{
	_cleanup_free_ char *text = to ? reboot_mark_format(to) : NULL, *shown = to ? reboot_of(to) : NULL, *old_shown = NULL;
	_cleanup_(reboot_mark_done) struct reboot_mark was = { 0 };
	struct strbuf from = { .s = (char *)old, .len = old ? strlen(old) : 0 }, bytes = { .s = text, .len = text ? strlen(text) : 0 };

	if (old && reboot_mark_parse(old, &was))
		old_shown = reboot_of(&was);
	plan_file(p, REBOOT_MARK, old ? &from : NULL, to ? &bytes : NULL, old_shown, shown, why);
}

/* ---- the steps -------------------------------------------------------------------------------------------------- */

static const struct {
	const char *field, *from, *to;
} steps[] = {
	[LEAVE_DISABLE] = { "enabled", "true", "false" },
	[LEAVE_SHUTDOWN] = { "power-state", "running", "halted" },
	[LEAVE_MOVE] = { "resident-on", "this host", "another host" },
	[LEAVE_REBOOT] = { "reboot", "running", "started anew" },
};

enum leave change_leave(const struct change *c)
{
	enum leave what = LEAVE_DISABLE;

	while (what < LEAVE_REBOOT && !streq(c->field, steps[what].field))
		what++;
	return what;
}

bool change_is_leave(const struct change *c)
{
	enum leave what;

	if (c->kind != CHANGE_LEAVE || !c->uuid || !c->name || !c->field || !c->key)
		return false;
	what = change_leave(c);
	return streq(c->field, steps[what].field) && streq0(c->old.text, steps[what].from) && streq0(c->new.text, steps[what].to);
}

void plan_leave(struct plan *p, enum leave what, const char *boot, const char *ref, const char *uuid, const char *name, const char *where,
		const char *why)
{
	struct change *c;

	ARRAY_GROW(p->v, p->n);
	c = &p->v[p->n++];
	*c = (struct change){
		.kind = CHANGE_LEAVE,
		.effect = EFFECT_NOW,
		.why = xstrdup(why),
		.old = setting_copy(true, steps[what].from),
		.new = setting_copy(true, steps[what].to),
		.key = xstrdup(boot),
		.ref = xstrdup(ref),
		.uuid = xstrdup(uuid),
		.name = xstrdup(name),
		.field = xstrdup(steps[what].field),
		.new_shown = where ? xstrdup(where) : NULL,
	};
}

bool change_is_passing(const struct change *c)
{
	return c->kind == CHANGE_LEAVE || (c->kind == CHANGE_FILE && streq(c->key, REBOOT_MARK));
}

bool plan_is_passing(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!change_is_passing(&p->v[i]))
			return false;
	return p->n;
}

/* ---- saying it --------------------------------------------------------------------------------------------------- */

void plan_next_reboot(struct plan *p, const char *why)
{
	p->says_reboot = true;
	strv_addf(&p->next, NEXT_REBOOT "%s", why);
}

static void unsay(struct plan *p, const char *beginning)
{
	struct strv rest = { 0 };

	for (size_t i = 0; i < p->next.n; i++)
		if (!str_after(p->next.v[i], beginning))
			strv_add(&rest, p->next.v[i]);
	strv_done(&p->next);
	p->next = rest;
}

void plan_unsay_reboot(struct plan *p)
{
	unsay(p, NEXT_REBOOT);
}

void plan_next_restart(struct plan *p)
{
	strv_add(&p->next, NEXT_RESTART);
}

void plan_unsay_restart(struct plan *p)
{
	for (size_t i = 0; p->then && i < p->then->n; i++) {
		const struct change *c = &p->then->v[i];

		for (size_t j = 0; c->kind == CHANGE_LEAVE && change_leave(c) == LEAVE_SHUTDOWN && j < p->n; j++)
			if (streq0(p->v[j].uuid, c->uuid))
				unsay(p, NEXT_RESTART);
	}
}
