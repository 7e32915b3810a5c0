/* SPDX-License-Identifier: GPL-2.0-or-later */
/* main.c - the command line: global options, the command and its parameters, and what comes of it. */

#include <malloc.h>
#include <signal.h>
#include <stdio.h>

#include "plugin/guard.h"
#include "plugin/journal.h"
#include "plugin/output.h"
#include "plugin/plan_reboot.h"
#include "plugin/xapiplugin.h"
#include "plugin/xencmdline.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct options {
	const char *host_dir;
	bool dry_run, json, minimal;
	const char *command;
	int first; /* of the command's parameters in argv */
	size_t shown; /* records that were shown before the command's end */
};

static int print(FILE *to, struct strbuf *text)
{
	size_t n = fwrite(strbuf_str(text), 1, text->len, to);

	return n == text->len && !fflush(to) ? 0 : -1;
}

static int usage(const char *command, const char *text)
{
	fprintf(stderr, "%s\nFor usage run: 'xe-passthrough help%s%s'\n", text, command ? " " : "", command ? command : "");
	return EXIT_USAGE;
}

/* xe has one status for all that went wrong. */
static int wrong_usage(const struct command *cmd, const struct err *err)
{
	usage(cmd->name, err->text);
	return cmd->flags & CMD_XE ? EXIT_FAILED : EXIT_USAGE;
}

/* ---- reading the command line --------------------------------------------------------------------------- */

static bool take_switch(struct options *o, const char *arg)
{
	if (streq(arg, "--dry-run"))
		o->dry_run = true;
	else if (streq(arg, "--json"))
		o->json = true;
	else if (streq(arg, "--minimal"))
		o->minimal = true;
	else
		return false;
	return true;
}

static int help(const char *name)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	const struct command *cmd = name ? command_find(name) : NULL;
	_cleanup_free_ char *text = NULL;

	if (name && !cmd && !streq(name, "help")) {
		text = xasprintf("Unknown command: %s", name);
		return usage(NULL, text);
	}
	if (cmd)
		output_help_command(&out, cmd);
	else
		output_help(&out);
	return print(stdout, &out) < 0 ? EXIT_FAILED : EXIT_DONE;
}

/* Options before the command. Gives -1 when the command is found, else an exit status. */
static int read_options(int argc, char **argv, struct options *o)
{
	_cleanup_free_ char *text = NULL;
	const char *dir;

	for (int i = 1; i < argc; i++) {
		if (take_switch(o, argv[i]))
			continue;
		if (streq(argv[i], "--help"))
			return help(NULL);
		if (streq(argv[i], "--version")) {
			puts(PACKAGE_NAME " " PACKAGE_VERSION);
			return EXIT_DONE;
		}
		dir = str_after(argv[i], "--host-dir=");
		if (streq(argv[i], "--host-dir")) {
			if (i + 1 == argc)
				return usage(NULL, "--host-dir needs a directory");
			dir = argv[++i];
		}
		if (dir) {
			o->host_dir = dir;
			continue;
		}
		if (*argv[i] == '-' || strchr(argv[i], '=')) {
			text = xasprintf(*argv[i] == '-' ? "Unknown option: %s" : "Syntax error: '%s' stands where the command should be",
					 argv[i]);
			return usage(NULL, text);
		}
		o->command = argv[i];
		o->first = i + 1;
		return -1;
	}
	return usage(NULL, "No command was given");
}

/* What a bare "-" stands for: the parameter that can be standard input. NULL: none of this command can. */
static const char *stdin_param(const struct command *cmd)
{
	for (const struct param *p = cmd->params; p && p->name; p++)
		if (p->flags & P_STDIN)
			return p->name;
	return NULL;
}

/* key=value, xe's --key for key=true, and - for the parameter that is standard input. */
static int read_args(int argc, char **argv, struct options *o, struct args *a, struct err *err)
{
	for (int i = o->first; i < argc; i++) {
		const char *arg = argv[i], *eq;
		_cleanup_free_ char *name = NULL;
		int rc;

		if (take_switch(o, arg))
			continue;
		if (streq(arg, "-") && stdin_param(a->cmd)) {
			rc = args_add(a, stdin_param(a->cmd), arg, err);
		} else if (arg[0] == '-' && arg[1] == '-') {
			rc = args_add(a, arg + 2, "true", err);
		} else if (!(eq = strchr(arg, '='))) {
			rc = err_set(err, EINVAL, "Syntax error: '%s' is not of the form key=value", arg);
		} else {
			name = xstrndup(arg, (size_t)(eq - arg));
			rc = args_add(a, name, eq + 1, err);
		}
		if (rc < 0)
			return rc;
	}
	return args_check(a, err);
}

/* ---- standard input -------------------------------------------------------------------------------------------- */

enum { INPUT_MAX = 16 << 20 };

static bool wants_input(const struct args *a)
{
	for (const struct param *p = a->cmd->params; p && p->name; p++) {
		const char *value = args_get(a, p->name);

		if (value && !(p->flags & P_STDIN && streq(value, "-")))
			return false;
	}
	for (const struct param *p = a->cmd->params; p && p->name; p++)
		if (p->flags & P_STDIN)
			return args_get(a, p->name) || !isatty(STDIN_FILENO);
	return false;
}

static int read_input(struct args *a, struct err *err)
{
	ssize_t n = 0;

	if (!wants_input(a))
		return 0;
	while (a->input.len <= INPUT_MAX) {
		char *at = strbuf_reserve(&a->input, 65536);

		n = read(STDIN_FILENO, at, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		a->input.len += (size_t)n;
		a->input.s[a->input.len] = '\0';
	}
	/* Closed, or a folder: as if there were none. */
	if (n < 0 && errno != EBADF && errno != EISDIR)
		return err_set(err, errno, "cannot read standard input: %s", strerror(errno));
	if (a->input.len > INPUT_MAX)
		return err_set(err, EFBIG, "standard input is larger than %d bytes", INPUT_MAX);
	a->has_input = n == 0;
	return 0;
}

static int failed(const struct err *err)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };

	output_error(&out, err);
	print(stderr, &out);
	return EXIT_FAILED;
}

/* ---- showing what came of it --------------------------------------------------------------------------------- */

static const char *how_many(size_t n, const char *one, const char *more)
{
	return n == 1 ? one : more;
}

static void show_done(struct strbuf *out, const struct result *res)
{
	const struct plan *p = &res->plan;

	strbuf_addf(out, "Done: %zu %s made and read back (history entry %u", p->n, how_many(p->n, "change was", "changes were"),
		    res->journal);
	/* One rollback after the other goes further back: a rollback itself has to be named. */
	if (p->n_undoes)
		strbuf_addf(out, "; state-rollback to=%u goes back to before it", res->journal - 1);
	else if (!plan_is_passing(p) && !p->one_way)
		strbuf_add(out, "; state-rollback takes it back");
	strbuf_add(out, ").\n");
}

static void show_plan(struct strbuf *out, const struct options *o, const struct result *res)
{
	size_t n = res->plan.n + res->plan.n_actions + (res->plan.then ? res->plan.then->n : 0);
	struct records recs;

	if (!n && res->failures.n)
		return;
	if (res->status && !res->applied && !res->plan.then && (!n || res->plan.n_left)) {
		strbuf_add(out, "Nothing was changed: what is not as it is wanted cannot be put right now.\n");
		return;
	}
	if (!n && !res->plan.n_by_hand) {
		strbuf_add(out, "Nothing to change: everything is as asked for.\n");
		return;
	}
	plan_records(&res->plan, &recs);
	output_layout(out, &recs);
	records_done(&recs);
	if (!n)
		strbuf_add(out, "Nothing to change on the host.\n");
	else if (o->dry_run)
		strbuf_addf(out, "Dry run: %zu %s would be made, nothing was touched.\n", n, how_many(n, "change", "changes"));
	else if (res->applied)
		show_done(out, res);
	if (res->plan.unwatched && !o->dry_run)
		strbuf_addf(out, "XAPI: %zu of %zu done.\n", res->plan.n_actions - res->failures.n, res->plan.n_actions);
	if (res->rebooting)
		strbuf_addf(out, "This host goes down now, and comes back by itself (history entry %u).\n", res->reboot_journal);
	if (res->plan.n_by_hand)
		strbuf_addf(out, "By hand: %zu %s for the VM's file, which is not ours to write.\n", res->plan.n_by_hand,
			    how_many(res->plan.n_by_hand, "line", "lines"));
	for (size_t i = 0; i < res->plan.next.n; i++)
		strbuf_addf(out, "%s %s\n", i ? "     " : "Next:", res->plan.next.v[i]);
}

static void show_notes(struct strbuf *out, const struct result *res)
{
	for (size_t i = 0; i < res->notes.n; i++) {
		strbuf_add(out, "Note: ");
		strbuf_add_printable(out, res->notes.v[i], strlen(res->notes.v[i]));
		strbuf_addc(out, '\n');
	}
}

static int show_json(const struct options *o, const struct command *cmd, const struct result *res, const struct err *err)
{
	char *text = output_json(cmd, res, o->dry_run, err);
	int rc = text && puts(text) >= 0 && !fflush(stdout) ? 0 : -1;

	free(text);
	return rc;
}

/* Those that have not been shown yet. */
static void add_records(struct strbuf *out, struct options *o, const struct records *records)
{
	struct records more = *records;

	if (o->shown == records->n)
		return;
	more.v += o->shown;
	more.n -= o->shown;
	o->shown = records->n;
	output_layout(out, &more);
}

static void show_early(void *ctx, const struct records *records)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };

	add_records(&out, ctx, records);
	print(stdout, &out);
}

static int show_result(struct options *o, const struct command *cmd, const struct result *res)
{
	_cleanup_strbuf_ struct strbuf out = { 0 }, notes = { 0 };

	if (res->answer)
		return puts(res->answer) < 0 || fflush(stdout) ? -1 : 0;
	if (o->json)
		return show_json(o, cmd, res, NULL);
	if (cmd->flags & CMD_SILENT && o->minimal)
		return 0;
	if (cmd->flags & CMD_PLAIN && !o->minimal)
		output_plain(&out, &res->records);
	else if (cmd->type && o->minimal)
		output_minimal(&out, &res->records);
	else if (cmd->type)
		add_records(&out, o, &res->records);
	for (size_t i = 0; i < res->failures.n; i++) {
		strbuf_add_printable(&out, res->failures.v[i], strlen(res->failures.v[i]));
		strbuf_addc(&out, '\n');
	}
	if (o->minimal)
		return print(stdout, &out);
	/* xe's verbs say nothing of what they have done, as xe does. */
	if (res->planned && (o->dry_run || !(cmd->flags & CMD_XE)))
		show_plan(&out, o, res);
	if (cmd->flags & CMD_CHECK)
		output_findings(&notes, cmd, &res->findings, true, true);
	output_findings(&notes, cmd, &res->findings, false, cmd->flags & CMD_CHECK);
	show_notes(&notes, res);
	/* What was shown early may have been lost, too. */
	return print(stdout, &out) < 0 || ferror(stdout) || print(stderr, &notes) < 0 ? -1 : 0;
}

static void show_error(const struct options *o, const struct command *cmd, const struct result *res, const struct err *err)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };

	if (o->json)
		show_json(o, cmd, res, err);
	if (cmd->flags & CMD_XE && !findings_refusal(&res->findings)) {
		output_xe_error(&out, err);
	} else if (!findings_refusal(&res->findings)) {
		output_error(&out, err);
	} else {
		strbuf_add(&out, "Error: refused, nothing was changed\n");
		output_findings(&out, cmd, &res->findings, true, true);
	}
	show_notes(&out, res);
	print(stderr, &out);
}

/* A read never writes: what an apply that died has left is said here, and healed by the next write. */
static void tell_unfinished(struct host *h, const struct command *cmd, const struct result *res)
{
	unsigned id = res->applied ? 0 : journal_unfinished(h);

	if (id)
		fprintf(stderr, "Note: history entry %u was interrupted: the next command that changes anything takes it back "
				"(state-history shows it)\n", id);
}

static int run(struct options *o, const struct args *a, const char *line)
{
	_cleanup_(host_freep) struct host *h = NULL;
	_cleanup_(result_done) struct result res = { 0 };
	struct run_options opt = {
		.dry_run = o->dry_run,
		.show = o->json ? SHOW_ALL : o->minimal ? SHOW_MINIMAL : SHOW_BRIEF,
		.door = "cli",
		.command = line,
		.early = o->json || o->minimal ? NULL : show_early,
		.early_ctx = o,
	};
	struct err err = { 0 };
	int rc = host_open(&h, o->host_dir, &err);

	if (rc == 0)
		rc = command_run(h, a, &opt, &res, &err);
	if (rc < 0 && err.usage)
		return wrong_usage(a->cmd, &err);
	if (rc < 0)
		show_error(o, a->cmd, &res, &err);
	else if (show_result(o, a->cmd, &res) < 0)
		rc = -EIO;
	if (h)
		tell_unfinished(h, a->cmd, &res);
	return rc < 0 ? EXIT_FAILED : res.status;
}

int main(int argc, char **argv)
{
	_cleanup_(args_done) struct args args = { 0 };
	_cleanup_strbuf_ struct strbuf line = { 0 };
	struct options o = { 0 };
	struct err err = { 0 };
	_cleanup_free_ char *text = NULL;
	int rc;

	/* Memory that is given back to the kernel is soon asked for again, page by page: a command lasts for milliseconds. */
	mallopt(M_MMAP_THRESHOLD, 16 << 20);
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	/* A reader that goes away ends us by a write error, not by a signal in the middle of an apply. */
	signal(SIGPIPE, SIG_IGN);
	if (argc && xencmdline_is_called(argv[0]))
		return xencmdline_main(argc, argv);
	if (argc && xapiplugin_is_called(argv[0]))
		return xapiplugin_main(argc, argv);
	rc = read_options(argc, argv, &o);
	if (rc >= 0)
		return rc;
	if (streq(o.command, "help"))
		return help(o.first < argc ? argv[o.first] : NULL);
	if (streq(o.command, "guard") && guard_is_hook(argc, argv, o.first))
		return guard_main(argc, argv, o.first, o.host_dir);
	args.cmd = command_find(o.command);
	if (!args.cmd) {
		text = xasprintf("Unknown command: %s", o.command);
		return usage(NULL, text);
	}
	if (read_args(argc, argv, &o, &args, &err) < 0)
		return wrong_usage(args.cmd, &err);
	if (o.dry_run && !(args.cmd->flags & (CMD_WRITES | CMD_SENDS_WRITES)))
		return usage(o.command, "--dry-run: the command changes nothing");
	if (read_input(&args, &err) < 0)
		return failed(&err);

	strbuf_add(&line, o.command);
	for (int i = o.first; i < argc; i++)
		strbuf_addf(&line, " %s", argv[i]);
	return run(&o, &args, strbuf_str(&line));
}
