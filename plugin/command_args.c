/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command_args.c - a command's parameters: see command.h and command_args.h */

#include "plugin/command_args.h"

/* ---- arguments ------------------------------------------------------------------------------------------ */

/* "other-config:pci", or as xe wrote it once "other-config-pci", of a parameter "other-config:". */
static bool is_key_of(const char *map, const char *name)
{
	size_t len = strlen(map);

	return len && map[len - 1] == ':' && !strncmp(map, name, len - 1) && (name[len - 1] == ':' || name[len - 1] == '-') && name[len];
}

static const struct param *find_param(const struct command *cmd, const char *name)
{
	for (const struct param *p = cmd->params; p && p->name; p++)
		if (streq(p->name, name) || is_key_of(p->name, name))
			return p;
	return NULL;
}

bool command_has_param(const struct command *cmd, const char *name)
{
	return find_param(cmd, name);
}

unsigned command_param_flags(const struct command *cmd, const char *name)
{
	const struct param *p = find_param(cmd, name);

	return p ? p->flags : 0;
}

bool command_choices(const char *value, struct strv *words)
{
	if (value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-_|")])
		return false;
	strv_split(words, value, '|');
	return true;
}

/* A description that is not made of words takes every value. */
static bool is_choice(const char *choices, const char *value)
{
	_cleanup_strv_ struct strv words = { 0 };

	return !command_choices(choices, &words) || strv_has(&words, value);
}

/* One of XAPI's maps, as xe's tag says. */
static bool is_map(const struct field *f)
{
	return f->kind == V_LIST && f->tag && f->tag[1] == 'M';
}

/* "field", "field:contains" for lists, or "field:key" for maps. */
static bool is_filter(const struct command *cmd, const char *name)
{
	size_t len = strcspn(name, ":");
	int field = cmd->flags & CMD_LIST && cmd->type ? record_type_find(cmd->type, name, len) : -1;

	if (field < 0)
		return false;
	return !name[len] || streq(name + len, ":contains") || (is_map(&cmd->type->fields[field]) && name[len + 1]);
}

static bool takes_params(const struct command *cmd)
{
	return cmd->flags & (CMD_LIST | CMD_SHOW);
}

static int check_params_value(const struct command *cmd, const char *value, struct err *err)
{
	_cleanup_strv_ struct strv names = { 0 };

	strv_split(&names, value, ',');
	if (!names.n && !(cmd->flags & CMD_XE))
		return err_set(err, EINVAL, "params= is empty: name fields of a %s, or all", cmd->type->name);
	for (size_t i = 0; i < names.n; i++)
		if (!streq(names.v[i], "all") && record_type_find(cmd->type, names.v[i], strlen(names.v[i])) < 0)
			return err_set(err, EINVAL, "params=: '%s' is no field of a %s", names.v[i], cmd->type->name);
	return 0;
}

static void join_value(struct args *a, const char *name, const char *value)
{
	for (size_t i = 0; i < a->names.n; i++)
		if (streq(a->names.v[i], name)) {
			char *both = xasprintf("%s,%s", a->values.v[i], value);

			free(a->values.v[i]);
			a->values.v[i] = both;
		}
}

int args_add(struct args *a, const char *name, const char *value, struct err *err)
{
	const struct param *p = find_param(a->cmd, name);

	if (args_get(a, name) && p && p->flags & P_REPEAT) {
		join_value(a, name, value);
		return 0;
	}
	if (args_get(a, name))
		return err_set(err, EINVAL, "parameter '%s' is given twice", name);
	if (p && !is_choice(p->value, value))
		return err_set(err, EINVAL, "%s=%s: must be one of %s", name, value, p->value);
	if (!p && takes_params(a->cmd) && streq(name, "params")) {
		int rc = check_params_value(a->cmd, value, err);

		if (rc < 0)
			return rc;
	} else if (!p && a->cmd->flags & CMD_XE && a->cmd->flags & CMD_WRITES) {
		return err_set(err, EINVAL, "Unknown parameter: %s; what is not checked here is xe's: use xe", name);
	} else if (!p && !is_filter(a->cmd, name)) {
		return err_set(err, EINVAL, "Unknown parameter: %s", name);
	}
	strv_add(&a->names, name);
	strv_add(&a->values, value);
	return 0;
}

int args_check(const struct args *a, struct err *err)
{
	for (const struct param *p = a->cmd->params; p && p->name; p++)
		if (p->flags & P_REQUIRED && !args_get(a, p->name))
			return err_set(err, EINVAL, "Required parameter not found: %s", p->name);
	return 0;
}

void args_done(struct args *a)
{
	strv_done(&a->names);
	strv_done(&a->values);
	strbuf_done(&a->input);
}

const char *args_get(const struct args *a, const char *name)
{
	for (size_t i = 0; i < a->names.n; i++)
		if (streq(a->names.v[i], name))
			return a->values.v[i];
	return NULL;
}

/* ---- which fields, which records -------------------------------------------------------------------------- */

static void want_params(struct records *r, const char *params)
{
	_cleanup_strv_ struct strv names = { 0 };

	strv_split(&names, params, ',');
	for (unsigned i = 0; i < r->type->n; i++)
		r->wanted[i] = strv_has(&names, "all") || strv_has(&names, r->type->fields[i].name);
}

static void want_usual(struct records *r, const struct command *cmd, enum show show)
{
	const char *one = cmd->minimal ? cmd->minimal : r->type->fields[0].name;

	for (unsigned i = 0; i < r->type->n; i++) {
		const struct field *f = &r->type->fields[i];

		if (show == SHOW_MINIMAL)
			r->wanted[i] = streq(f->name, one);
		else
			r->wanted[i] = f->brief || show == SHOW_ALL || cmd->flags & CMD_SHOW;
	}
}

void args_want_shown(struct records *r, const struct args *a, enum show show)
{
	const char *params = takes_params(a->cmd) ? args_get(a, "params") : NULL;

	if (!r->wanted)
		r->wanted = xcalloc(r->type->n, sizeof(*r->wanted));
	if (params)
		want_params(r, params);
	else
		want_usual(r, a->cmd, show);
}

void args_want_filters(struct records *r, const struct args *a)
{
	for (size_t i = 0; i < a->names.n; i++)
		if (!find_param(a->cmd, a->names.v[i]) && is_filter(a->cmd, a->names.v[i]))
			r->wanted[record_type_find(r->type, a->names.v[i], strcspn(a->names.v[i], ":"))] = true;
}

static bool read_hex(const char *s, uint64_t *ret)
{
	bool marked = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');

	return str_to_u64(marked ? s + 2 : s, 16, UINT64_MAX, ret);
}

/* "10de" and "0x10DE", "10de:0147" and "10DE:147". */
static bool same_hex(const char *a, const char *b)
{
	_cleanup_strv_ struct strv x = { 0 }, y = { 0 };

	strv_split(&x, a, ':');
	strv_split(&y, b, ':');
	if (x.n != y.n)
		return false;
	for (size_t i = 0; i < x.n; i++) {
		uint64_t m, n;

		if (!read_hex(x.v[i], &m) || !read_hex(y.v[i], &n) || m != n)
			return false;
	}
	return x.n;
}

/* A pattern; but an address or an id is the same however it is written. */
static bool text_matches(const struct field *f, const char *pattern, const char *text)
{
	struct bdf a, b;

	return str_glob(pattern, text) || (f->hex && same_hex(pattern, text)) ||
	       (bdf_parse(pattern, &a) && bdf_parse(text, &b) && bdf_eq(a, b));
}

/* part: behind the field's name, "", ":contains" or ":key". */
static bool filter_matches(const struct field *f, const struct value *v, const char *part, const char *pattern)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	if (*part && is_map(f)) {
		for (size_t i = 0; i < v->list.n; i++) {
			const char *value = str_after(v->list.v[i], part + 1);

			if (value && str_after(value, ": ") && str_glob(pattern, value + 2))
				return true;
		}
		return false;
	}
	if (*part) {
		for (size_t i = 0; i < v->list.n; i++)
			if (text_matches(f, pattern, v->list.v[i]))
				return true;
		return false;
	}
	value_add_text(&text, f, v);
	return text_matches(f, pattern, strbuf_str(&text));
}

static bool record_matches(const struct records *r, const struct record *rec, const struct args *a)
{
	for (size_t i = 0; i < a->names.n; i++) {
		size_t len = strcspn(a->names.v[i], ":");
		int f;

		if (find_param(a->cmd, a->names.v[i]) || !is_filter(a->cmd, a->names.v[i]))
			continue;
		f = record_type_find(r->type, a->names.v[i], len);
		if (!filter_matches(&r->type->fields[f], &rec->v[f], a->names.v[i] + len, a->values.v[i]))
			return false;
	}
	return true;
}

void args_filter(struct records *r, const struct args *a)
{
	for (size_t i = r->n; i--;)
		if (!record_matches(r, &r->v[i], a))
			records_drop(r, i);
}
