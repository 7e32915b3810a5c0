/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xencmdline.c - see xencmdline.h */

#include <stdio.h>

#include "plugin/cmd_xencmdline.h"
#include "plugin/xencmdline.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1 };

struct option {
	const char *name, *arg; /* and what its words are to the commands; arg ends the list of words when `alone` */
	bool get, alone;
};

static const struct option options[] = {
	{ "--get-xen", "get-xen", true, false },
	{ "--get-dom0", "get-dom0", true, false },
	{ "--set-xen", "set-xen", false, false },
	{ "--set-dom0", "set-dom0", false, false },
	{ "--delete-xen", "delete-xen", false, false },
	{ "--delete-dom0", "delete-dom0", false, false },
	{ "--list-cpuid-masks", "get-xen", true, true },
	{ "--set-cpuid-masks", "set-xen", false, false },
	{ "--delete-cpuid-masks", "delete-xen", false, false },
};

/* Options in a row that one command carries out: each get alone, edits together. */
struct step {
	bool get;
	struct args args;
};

struct steps {
	struct step *v;
	size_t n;
};

static void steps_done(struct steps *s)
{
	for (size_t i = 0; i < s->n; i++)
		args_done(&s->v[i].args);
	free(s->v);
}

/* One line, whatever is in it. */
static int fail(const char *text)
{
	_cleanup_strbuf_ struct strbuf line = { 0 };

	strbuf_add_printable(&line, text, strlen(text));
	fprintf(stderr, "xen-cmdline: %s\n", strbuf_str(&line));
	return EXIT_FAILED;
}

/* ---- reading the command line --------------------------------------------------------------------------------- */

static const struct option *find_option(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		if (streq(options[i].name, name))
			return &options[i];
	return NULL;
}

static void add_word(struct args *a, const char *name, const char *value)
{
	strv_add(&a->names, name);
	strv_add(&a->values, value);
}

/* The step that an option's words go to. */
static struct step *step_for(struct steps *s, const struct option *o)
{
	if (!s->n || o->get || s->v[s->n - 1].get) {
		ARRAY_GROW(s->v, s->n);
		s->v[s->n++] = (struct step){ .get = o->get };
		s->v[s->n - 1].args.cmd = o->get ? &cmd_xencmdline_get : &cmd_xencmdline_edit;
	} else {
		add_word(&s->v[s->n - 1].args, "next", "");
	}
	return &s->v[s->n - 1];
}

/* An option without words asks for nothing, and nothing is done for it. */
static int read_words(int argc, char **argv, int first, struct steps *steps)
{
	const struct option *o = NULL;
	_cleanup_free_ char *text = NULL;
	struct step *step = NULL;

	for (int i = first; i < argc; i++) {
		if (argv[i][0] == '-' && argv[i][1] == '-') {
			o = find_option(argv[i]);
			step = NULL;
			if (o && o->alone)
				add_word(&step_for(steps, o)->args, o->arg, "cpuid_mask");
			if (o)
				continue;
			text = xasprintf("unknown option '%s'", argv[i]);
			return fail(text);
		}
		if (!o || o->alone) {
			text = xasprintf("'%s' belongs to no option", argv[i]);
			return fail(text);
		}
		if (!step)
			step = step_for(steps, o);
		add_word(&step->args, o->arg, argv[i]);
	}
	return EXIT_DONE;
}

/* ---- carrying it out --------------------------------------------------------------------------------------------- */

static int show(const struct records *recs)
{
	for (size_t i = 0; i < recs->n; i++)
		puts(recs->v[i].v[0].text);
	if (!recs->n)
		puts("");
	return fflush(stdout) ? EXIT_FAILED : EXIT_DONE;
}

static void warn(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		_cleanup_free_ char *text = xasprintf("warning: %s", f->v[i].text);

		if (f->v[i].severity == SEV_WARN)
			fail(text);
	}
}

static int run_step(struct host *h, const struct step *s, const char *line)
{
	struct run_options opt = { .show = SHOW_ALL, .door = "xen-cmdline", .command = line };
	_cleanup_(result_done) struct result res = { 0 };
	struct err err = { 0 };

	if (command_run(h, &s->args, &opt, &res, &err) < 0)
		return fail(err.text);
	warn(&res.findings);
	return s->get ? show(&res.records) : EXIT_DONE;
}

bool xencmdline_is_called(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');

	return streq(slash ? slash + 1 : argv0, "xen-cmdline");
}

int xencmdline_main(int argc, char **argv)
{
	_cleanup_(host_freep) struct host *h = NULL;
	_cleanup_(steps_done) struct steps steps = { 0 };
	_cleanup_strbuf_ struct strbuf line = { 0 };
	const char *dir = argc > 1 ? str_after(argv[1], "--host-dir=") : NULL;
	struct err err = { 0 };
	int first = dir ? 2 : 1, rc;

	if (argc > 1 && streq(argv[1], "--host-dir")) {
		if (argc == 2)
			return fail("--host-dir needs a directory");
		dir = argv[2];
		first = 3;
	}
	rc = read_words(argc, argv, first, &steps);
	if (rc != EXIT_DONE)
		return rc;
	if (host_open(&h, dir, &err) < 0)
		return fail(err.text);
	strbuf_add(&line, "xen-cmdline");
	for (int i = first; i < argc; i++)
		strbuf_addf(&line, " %s", argv[i]);
	for (size_t i = 0; rc == EXIT_DONE && i < steps.n; i++)
		rc = run_step(h, &steps.v[i], strbuf_str(&line));
	return rc;
}
