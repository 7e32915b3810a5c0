/* SPDX-License-Identifier: GPL-2.0-or-later */
/* output.c - see output.h */

#include "plugin/output.h"

/* ---- xe's layout ------------------------------------------------------------------------------------------ */

static const char *tag_of(const struct field *f)
{
	if (f->tag)
		return f->tag;
	return f->kind == V_LIST ? "(SRO)" : "( RO)";
}

static size_t label_len(const struct field *f)
{
	return strlen(f->name) + 1 + strlen(tag_of(f));
}

static void add_value(struct strbuf *out, const struct field *f, const struct value *v)
{
	_cleanup_strbuf_ struct strbuf raw = { 0 };

	value_add_text(&raw, f, v);
	strbuf_add_printable(out, strbuf_str(&raw), raw.len);
}

static void add_record(struct strbuf *out, const struct records *r, const struct record *rec, size_t width)
{
	bool first = true;

	for (unsigned i = 0; i < r->type->n; i++) {
		const struct field *f = &r->type->fields[i];

		if (!records_want(r, i))
			continue;
		if (!first)
			strbuf_pad(out, ' ', width - label_len(f));
		strbuf_addf(out, "%s %s", f->name, tag_of(f));
		if (first)
			strbuf_pad(out, ' ', width - label_len(f));
		strbuf_add(out, ": ");
		add_value(out, f, &rec->v[i]);
		strbuf_addc(out, '\n');
		first = false;
	}
	strbuf_add(out, "\n\n");
}

void output_layout(struct strbuf *out, const struct records *r)
{
	size_t width = 0;

	for (unsigned i = 0; i < r->type->n; i++)
		if (records_want(r, i))
			width = MAX(width, label_len(&r->type->fields[i]) + 4);
	for (size_t i = 0; i < r->n; i++)
		add_record(out, r, &r->v[i], width);
}

void output_minimal(struct strbuf *out, const struct records *r)
{
	unsigned f = 0;

	while (f < r->type->n && !records_want(r, f))
		f++;
	if (f == r->type->n || !r->n)
		return;
	for (size_t i = 0; i < r->n; i++) {
		_cleanup_strbuf_ struct strbuf text = { 0 };

		if (i)
			strbuf_addc(out, ',');
		if (r->v[i].v[f].known)
			add_value(&text, &r->type->fields[f], &r->v[i].v[f]);
		for (const char *c = strbuf_str(&text); *c; c++) {
			if (*c == ',' || *c == '\\')
				strbuf_addc(out, '\\');
			strbuf_addc(out, *c);
		}
	}
	strbuf_addc(out, '\n');
}

void output_plain(struct strbuf *out, const struct records *r)
{
	for (size_t i = 0; i < r->n; i++) {
		add_value(out, &r->type->fields[0], &r->v[i].v[0]);
		strbuf_addc(out, '\n');
	}
}

/* ---- JSON --------------------------------------------------------------------------------------------------- */

/* JSON and XML carry valid text only: what is not is escaped, as on the screen. */
static json_t *safe_json(const char *s)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };

	strbuf_add_printable(&safe, s, strlen(s));
	return json_string(strbuf_str(&safe));
}

static json_t *list_json(const struct strv *list)
{
	json_t *a = json_array();

	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(a, safe_json(list->v[i]));
	return a;
}

static json_t *value_json(const struct field *f, const struct value *v)
{
	if (!v->known || v->none)
		return json_null();
	switch (f->kind) {
	case V_NUMBER: return json_integer(v->number);
	case V_BOOL: return json_boolean(v->number);
	case V_LIST: return list_json(&v->list);
	case V_TEXT: break;
	}
	return safe_json(v->text);
}

json_t *output_records_json(const struct records *r)
{
	json_t *all = json_array();

	for (size_t i = 0; i < r->n; i++) {
		json_t *o = json_object();

		for (unsigned f = 0; f < r->type->n; f++)
			if (records_want(r, f))
				json_object_set_new(o, r->type->fields[f].name, value_json(&r->type->fields[f], &r->v[i].v[f]));
		json_array_append_new(all, o);
	}
	return all;
}

static void add_plan_json(json_t *o, const struct result *res, bool dry_run)
{
	struct records recs;

	plan_records(&res->plan, &recs);
	json_object_set_new(o, "plan", output_records_json(&recs));
	records_done(&recs);
	json_object_set_new(o, "dry-run", json_boolean(dry_run));
	json_object_set_new(o, "applied", json_boolean(res->applied || res->acted || res->rebooting));
	if (res->applied || res->rebooting)
		json_object_set_new(o, "history-id", json_integer(res->journal));
	if (res->rebooting)
		json_object_set_new(o, "reboot-history-id", json_integer(res->reboot_journal));
	if (res->failures.n)
		json_object_set_new(o, "failures", list_json(&res->failures));
	if (res->status) /* done as far as it could be */
		json_object_set_new(o, "status", json_integer(res->status));
	json_object_set_new(o, "next", list_json(&res->plan.next));
}

static json_t *error_json(const struct err *err)
{
	json_t *o = json_object();

	json_object_set_new(o, "message", safe_json(err->text));
	if (err->api[0])
		json_object_set_new(o, "code", safe_json(err->api));
	if (err->where[0])
		json_object_set_new(o, "where", json_string(err->where));
	if (err->hint[0])
		json_object_set_new(o, "hint", safe_json(err->hint));
	return o;
}

char *output_json(const struct command *cmd, const struct result *res, bool dry_run, const struct err *err)
{
	json_t *o = json_pack("{s:i}", "api", 1);
	char *text;

	if (cmd->type && !err)
		json_object_set_new(o, "records", output_records_json(&res->records));
	if (res->state && !err)
		json_object_set_new(o, "state", json_loads(res->state, 0, NULL));
	if (res->planned || cmd->flags & CMD_CHECK) {
		struct records recs;

		findings_records(&res->findings, &recs);
		json_object_set_new(o, "findings", output_records_json(&recs));
		records_done(&recs);
		if (!err && res->planned)
			add_plan_json(o, res, dry_run);
	}
	if (res->notes.n)
		json_object_set_new(o, "notes", list_json(&res->notes));
	if (err)
		json_object_set_new(o, "error", error_json(err));
	text = json_dumps(o, JSON_INDENT(2));
	json_decref(o);
	return text;
}

/* ---- findings and errors ------------------------------------------------------------------------------------- */

/* Text with its label before it; what it lists with "; " stands on a line each. */
static void add_labelled(struct strbuf *out, const char *label, const char *text)
{
	while (text && *text) {
		const char *end = strstr(text, "; ");
		size_t len = end ? (size_t)(end - text) : strlen(text);

		strbuf_addf(out, "  %-10s", label);
		strbuf_add_printable(out, text, len);
		strbuf_addc(out, '\n');
		text = end ? end + 2 : NULL;
		label = "";
	}
}

/* A place with its line and caret, which are escaped already; further in than what is said of it. */
static void add_place(struct strbuf *out, const char *where)
{
	while (where && *where) {
		size_t len = strcspn(where, "\n");

		strbuf_add(out, "  ");
		strbuf_addn(out, where, len);
		strbuf_addc(out, '\n');
		where += len + (where[len] == '\n');
	}
}

static void add_finding(struct strbuf *out, const struct finding *x, bool override)
{
	strbuf_addf(out, "%s %s (", x->forced ? "forced" : severity_name(x->severity), x->code);
	strbuf_add_printable(out, x->subject, strlen(x->subject));
	strbuf_add(out, "): ");
	strbuf_add_printable(out, x->text, strlen(x->text));
	strbuf_addc(out, '\n');
	add_place(out, x->where);
	add_labelled(out, "evidence:", x->evidence);
	add_labelled(out, "remedy:", x->remedy);
	if (override) {
		_cleanup_free_ char *force = xasprintf("force=%s@%s", x->code, x->subject);

		add_labelled(out, "override:", force);
	}
}

void output_findings(struct strbuf *out, const struct command *cmd, const struct findings *f, bool refusals, bool details)
{
	bool force = command_has_param(cmd, "force");

	for (size_t i = 0; i < f->n; i++) {
		bool refused = f->v[i].severity == SEV_REFUSE && !f->v[i].forced;

		if (refused == refusals && (details || !f->v[i].detail))
			add_finding(out, &f->v[i], refused && force && !f->v[i].final);
	}
}

void output_xe_error(struct strbuf *out, const struct err *err)
{
	/* What XAPI refuses stands there bare, with what it was about below; what xe itself refuses begins with a word. */
	strbuf_addf(out, "%s%s\n", err->api[0] ? "" : "Error: ", err->text);
	if (err->where[0])
		strbuf_addf(out, "%s\n", err->where);
	if (err->hint[0])
		strbuf_addf(out, "%s\n", err->hint);
}

void output_error(struct strbuf *out, const struct err *err)
{
	strbuf_addf(out, "Error: %s\n", err->text);
	if (err->where[0])
		strbuf_addf(out, "%s\n", err->where);
	if (err->hint[0])
		strbuf_addf(out, "%s\n", err->hint);
}

/* ---- help --------------------------------------------------------------------------------------------------------- */

void output_help(struct strbuf *out)
{
	size_t width = 0;

	for (size_t i = 0; commands[i]; i++)
		width = MAX(width, strlen(commands[i]->name));
	strbuf_add(out, "usage: xe-passthrough [OPTION]... COMMAND [KEY=VALUE]...\n\n"
			"PCI and USB devices, boot parameters and NUMA nodes for the virtual machines of a Xen host.\n\n"
			"options:\n"
			"  --host-dir DIR  a recording of a host instead of this machine\n"
			"  --dry-run       show what would be changed, change nothing\n"
			"  --json          answer in JSON, with all fields\n"
			"  --minimal       only the first field of each record, joined by commas\n"
			"  --help          this text\n"
			"  --version       the version\n\n"
			"commands:\n");
	for (size_t i = 0; commands[i]; i++)
		strbuf_addf(out, "  %-*s  %s\n", (int)width, commands[i]->name, commands[i]->summary);
	strbuf_addf(out, "  %-*s  %s\n\n", (int)width, "help", "this text, or help COMMAND");
	strbuf_add(out, "Commands that list take params=FIELD,... and FIELD=VALUE as a filter, with * and ?.\n"
			"'xe-passthrough help COMMAND' shows the parameters and fields of a command.\n");
}

static void add_param_names(struct strbuf *out, const struct command *cmd, bool required)
{
	const char *sep = "";

	for (const struct param *p = cmd->params; p && p->name; p++)
		if (!(p->flags & P_REQUIRED) == !required) {
			strbuf_addf(out, "%s%s", sep, p->name);
			sep = ", ";
		}
	if (!required && cmd->flags & (CMD_LIST | CMD_SHOW))
		strbuf_addf(out, "%sparams", sep);
}

void output_help_command(struct strbuf *out, const struct command *cmd)
{
	strbuf_addf(out, "command name            : %s\n        reqd params     : ", cmd->name);
	add_param_names(out, cmd, true);
	strbuf_add(out, "\n        optional params : ");
	add_param_names(out, cmd, false);
	strbuf_addf(out, "\n        description     : %s\n", cmd->summary);
	if (cmd->params)
		strbuf_add(out, "\nparameters:\n");
	for (const struct param *p = cmd->params; p && p->name; p++) {
		bool map = p->name[strlen(p->name) - 1] == ':'; /* its value begins with the key */
		_cleanup_free_ char *form = xasprintf("%s%s%s", p->name, map ? "" : "=", p->value);

		strbuf_addf(out, "  %-34s  %s%s\n", form, p->help, p->flags & P_REQUIRED ? " (required)" : "");
	}
	if (cmd->type)
		strbuf_add(out, "\nfields (* is shown without params=):\n");
	for (size_t i = 0; cmd->type && i < cmd->type->n; i++) {
		const struct field *f = &cmd->type->fields[i];

		strbuf_addf(out, "  %c %-20s  %s\n", f->brief || cmd->flags & CMD_SHOW ? '*' : ' ', f->name, f->help);
	}
}
