/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapiplugin.c - see xapiplugin.h */

#include <fcntl.h>
#include <stdlib.h>

#include "plugin/journal.h"
#include "plugin/output.h"
#include "plugin/xapicall.h"
#include "plugin/xapiplugin.h"
#include "plugin/xapireply.h"

enum { EXIT_REPLIED = 0, EXIT_SILENT = 1 };

/* Dashes for underscores; behind a colon stands a key of a map, which is what it is: platform:usb_tablet. */
static char *dashed(const char *s)
{
	char *copy = xstrdup(s);

	for (char *c = copy; *c && *c != ':'; c++)
		if (*c == '_')
			*c = '-';
	return copy;
}

/* The same of a parameter, which may have a key in xe's older form as well: platform-usb_tablet. */
static char *param_name(const struct command *cmd, const char *s)
{
	return command_has_param(cmd, s) ? xstrdup(s) : dashed(s);
}

/* ---- fn=list: what a UI builds its forms from ------------------------------------------------------------------------ */

static json_t *choices_json(const char *value)
{
	_cleanup_strv_ struct strv words = { 0 };
	json_t *all;

	if (!command_choices(value, &words))
		return json_null();
	all = json_array();
	for (size_t i = 0; i < words.n; i++)
		json_array_append_new(all, json_string(words.v[i]));
	return all;
}

static json_t *param_json(const char *name, const char *value, bool required, const char *help)
{
	json_t *o = json_pack("{s:s, s:s, s:b, s:b, s:s}", "name", name, "value", value, "required", required, "map", str_ends_with(name, ":"),
			      "help", help);

	json_object_set_new(o, "choices", choices_json(value));
	return o;
}

static json_t *params_json(const struct command *cmd)
{
	json_t *all = json_array();

	for (const struct param *p = cmd->params; p && p->name; p++)
		if (!(p->flags & P_LOCAL_FILE))
			json_array_append_new(all, param_json(p->name, p->value, p->flags & P_REQUIRED, p->help));
	if (cmd->flags & (CMD_LIST | CMD_SHOW))
		json_array_append_new(all, param_json("params", "FIELD[,...]|all", false, "fields of the records"));
	if (cmd->flags & (CMD_WRITES | CMD_SENDS_WRITES))
		json_array_append_new(all, param_json("dry-run", "true|false", false, "show the plan and change nothing"));
	return all;
}

static json_t *fields_json(const struct command *cmd)
{
	static const char *const kinds[] = {
		[V_TEXT] = "text", [V_NUMBER] = "number", [V_BOOL] = "boolean", [V_LIST] = "list"
	};
	json_t *all = json_array();

	for (size_t i = 0; cmd->type && i < cmd->type->n; i++) {
		const struct field *f = &cmd->type->fields[i];

		json_array_append_new(all, json_pack("{s:s, s:s, s:s}", "name", f->name, "kind", kinds[f->kind], "help", f->help));
	}
	return all;
}

static char *list_text(void)
{
	json_t *records = json_array(), *o;
	char *text;

	for (size_t i = 0; commands[i]; i++) {
		const struct command *cmd = commands[i];

		if (cmd->flags & CMD_NO_PLUGIN)
			continue;
		o = json_pack("{s:s, s:s, s:b, s:b, s:b}", "name", cmd->name, "summary", cmd->summary, "writes",
			      cmd->flags & (CMD_WRITES | CMD_SENDS_WRITES), "checks", cmd->flags & CMD_CHECK, "filters", cmd->flags & CMD_LIST);
		json_object_set_new(o, "parameters", params_json(cmd));
		json_object_set_new(o, "fields", fields_json(cmd));
		json_array_append_new(records, o);
	}
	o = json_pack("{s:i, s:o}", "api", 1, "records", records);
	text = json_dumps(o, JSON_INDENT(2));
	json_decref(o);
	return text;
}

/* ---- the command ------------------------------------------------------------------------------------------------------ */

/* The call as a line of the command line, for the journal. */
static char *line_of(const struct xapicall *c, const char *name)
{
	_cleanup_strbuf_ struct strbuf line = { 0 };
	const char *arg;
	json_t *value;

	strbuf_add(&line, name);
	json_object_foreach(c->args, arg, value)
		strbuf_addf(&line, " %s=%s", arg, json_string_value(value));
	return strbuf_take(&line);
}

static int read_switch(const char *name, const char *value, bool *ret, struct err *err)
{
	if (streq(value, "true") || streq(value, "1"))
		*ret = true;
	else if (streq(value, "false") || streq(value, "0"))
		*ret = false;
	else
		return err_set(err, EINVAL, "%s=%s: must be true or false", name, value);
	return 0;
}

static int read_args(const struct xapicall *c, struct args *a, bool *dry_run, struct err *err)
{
	const char *arg;
	json_t *value;

	json_object_foreach(c->args, arg, value) {
		_cleanup_free_ char *name = param_name(a->cmd, arg);
		const char *text = json_string_value(value);
		int rc;

		if (streq(name, "dry-run"))
			rc = read_switch(name, text, dry_run, err);
		else if (command_param_flags(a->cmd, name) & P_LOCAL_FILE)
			rc = err_set(err, EINVAL, "%s= names a file of the host: only the command line takes it", name);
		else
			rc = args_add(a, name, text, err);
		if (rc < 0)
			return rc;
	}
	if (*dry_run && !(a->cmd->flags & (CMD_WRITES | CMD_SENDS_WRITES)))
		return err_set(err, EINVAL, "dry-run: the command changes nothing");
	return args_check(a, err);
}

/* What an apply that died has left is healed by the next write; a read only says so. */
static void note_unfinished(struct host *h, struct result *res)
{
	unsigned id = res->applied ? 0 : journal_unfinished(h);

	if (id)
		strv_addf(&res->notes,
			  "history entry %u was interrupted: the next command that changes anything takes it back "
			  "(state-history shows it)",
			  id);
}

static void run(struct host *h, const struct xapicall *c, const struct command *cmd, struct strbuf *out)
{
	_cleanup_(args_done) struct args args = { .cmd = cmd };
	_cleanup_(result_done) struct result res = { 0 };
	_cleanup_free_ char *line = line_of(c, cmd->name);
	struct run_options opt = { .show = SHOW_ALL, .door = "plugin", .command = line, .session = c->session };
	struct err err = { 0 };
	char *text;
	int rc = read_args(c, &args, &opt.dry_run, &err);

	if (rc < 0) {
		err_usage(&err);
		err_hint(&err, "fn=list shows the parameters of every command");
	} else {
		rc = command_run(h, &args, &opt, &res, &err);
		note_unfinished(h, &res);
	}
	if (rc < 0) {
		xapireply_error(out, cmd, &res, &err);
		return;
	}
	text = output_json(cmd, &res, opt.dry_run, NULL);
	xapireply_success(out, text);
	free(text);
}

static void fail(struct strbuf *out, const char *code, const char *text)
{
	_cleanup_strv_ struct strv params = { 0 };

	strv_add(&params, text);
	xapireply_failure(out, code, &params);
}

static void answer(const char *host_dir, const char *text, struct strbuf *out)
{
	_cleanup_(host_freep) struct host *h = NULL;
	_cleanup_(xapicall_done) struct xapicall c = { 0 };
	_cleanup_free_ char *name = NULL, *list = NULL;
	const struct command *cmd;
	struct err err = { 0 };

	if (xapicall_read(text, &c, &err) < 0) {
		fail(out, "PASSTHROUGH_CALL", err.text);
		return;
	}
	name = dashed(c.fn);
	cmd = command_find(name);
	if (streq(name, "list"))
		xapireply_success(out, list = list_text());
	else if (!cmd)
		fail(out, "UNKNOWN_XENAPI_PLUGIN_FUNCTION", c.fn);
	else if (cmd->flags & CMD_NO_PLUGIN)
		fail(out, "PASSTHROUGH_USAGE", "this command works with files of the host: only the command line has it");
	else if (host_open(&h, host_dir, &err) < 0)
		fail(out, "PASSTHROUGH_FAILED", err.text);
	else
		run(h, &c, cmd, out);
}

/* ---- the process ------------------------------------------------------------------------------------------------------- */

bool xapiplugin_is_called(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');

	return streq(slash ? slash + 1 : argv0, "passthrough");
}

static int write_all(int fd, const struct strbuf *out)
{
	for (size_t done = 0; done < out->len;) {
		ssize_t n = write(fd, out->s + done, out->len - done);

		if (n < 0 && errno != EINTR)
			return EXIT_SILENT;
		done += n > 0 ? (size_t)n : 0;
	}
	return EXIT_REPLIED;
}

/* With one argument, that is the call, whatever it looks like. */
static const char *read_options(int argc, char **argv, const char **host_dir)
{
	if (argc == 2)
		return argv[1];
	if (argc == 4 && streq(argv[1], "--host-dir")) {
		*host_dir = argv[2];
		return argv[3];
	}
	return NULL;
}

int xapiplugin_main(int argc, char **argv)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	const char *host_dir = NULL, *call = read_options(argc, argv, &host_dir);
	int reply = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	/* What a library has to say goes where XAPI does not look for the answer. */
	if (reply < 0 || (dup2(STDERR_FILENO, STDOUT_FILENO) < 0 && close(STDOUT_FILENO) < 0))
		return EXIT_SILENT;
	clearenv();
	if (call)
		answer(host_dir, call, &out);
	else
		fail(&out, "PASSTHROUGH_CALL", "one argument is expected: the XML-RPC call, as XAPI hands it to a plugin");
	return write_all(reply, &out);
}
