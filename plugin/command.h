/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command.h - the command table, and how a command is run.
 *
 * A command is one const entry.  The same entry makes the command line, the plugin's fn=, help, completion and the man
 * page's synopsis.  A handler gets parsed parameters and the facts, and fills a result: records, findings, a plan.  It never prints, never
 * sees argv, and never writes: a plan is carried out by command_run(), for every door in the same way.
 */
#pragma once

#include "plugin/checks.h"
#include "plugin/facts.h"
#include "plugin/plan.h"
#include "plugin/record.h"

enum param_flag {
	P_REQUIRED = 1 << 0,
	P_LOCAL_FILE = 1 << 1, /* names a file of this machine: refused over the plugin */
	P_STDIN = 1 << 2, /* "-", with or without its name, or no parameter at all in a pipe: the command line reads standard input into args.input */
	P_REBOOT = 1 << 4, /* reboot=true: where the plan says that a reboot is next, it ends with one (command_reboot.h) */
	P_REPEAT = 1 << 3, /* may be given several times: the values are joined by commas */
};

struct param {
	const char *name; /* "other-config:" is a map: it takes other-config:KEY=VALUE, and as xe wrote it once other-config-KEY=VALUE */
	const char *value; /* as help shows it: "UUID"; lower-case words ("xen|dom0", "near") are the only ones taken */
	unsigned flags;
	const char *help;
};

enum command_flag {
	CMD_WRITES = 1 << 0,
	CMD_NEEDS_XEN = 1 << 1,
	CMD_NEEDS_XAPI = 1 << 2,
	CMD_NO_PLUGIN = 1 << 3,
	CMD_LIST = 1 << 4, /* gives records: takes params= and field=value filters */
	CMD_SHOW = 1 << 5, /* gives records with all fields: takes params= */
	CMD_CHECK = 1 << 6, /* judges: its findings are part of the answer, and of severity refuse they are no failure */
	CMD_XE = 1 << 7, /* one of xe's own verbs: errors and exit status are laid out as xe's */
	CMD_PLAIN = 1 << 8, /* people are shown the first field of its records, without a label */
	CMD_SILENT = 1 << 9, /* nothing with --minimal, as of xe's messages */
	CMD_POOL = 1 << 10, /* asks the hosts of the pool (pool.h), and so takes a folder of recordings */
	CMD_SENDS_WRITES = 1 << 11, /* it changes nothing here and makes no plan, but other hosts' programs may for it: takes --dry-run */
};

struct run;

struct command {
	const char *name;
	const char *summary;
	const struct param *params; /* ends with a NULL name; NULL: none */
	unsigned flags;
	const struct record_type *type; /* of its records; NULL: none */
	const char *plain;		/* a sentence: what to do in its place on a Xen host without XAPI. NULL: what is said for all */
	const char *minimal;		/* field that --minimal shows when params= does not choose; NULL: the first */
	int (*run)(struct run *r, struct err *err);
	int (*after)(struct run *r, struct err *err); /* what only the applied plan tells, with the facts anew: more records. NULL: nothing */
};

/* All commands, in the order of help. Ends with NULL. */
extern const struct command *const commands[];
const struct command *command_find(const char *name); /* NULL: no such command */

/* For doors that describe the table: flags of a parameter, 0 also where there is none of this name; and the words of "a|b|c", false where
 * a description is not made of such words. */
unsigned command_param_flags(const struct command *cmd, const char *name);
bool command_has_param(const struct command *cmd, const char *name);
bool command_choices(const char *value, struct strv *words);

/* ---- arguments --------------------------------------------------------------------------------------------- */

struct args {
	const struct command *cmd;
	struct strv names, values; /* side by side */
	bool has_input;		   /* see P_STDIN; no other door has one */
	struct strbuf input;	   /* bytes of any kind */
};

/*
 * Take one `name=value`; names are checked against the table, values with "|" in their description against the words
 * there.  -EINVAL: usage.
 */
int args_add(struct args *a, const char *name, const char *value, struct err *err);
int args_check(const struct args *a, struct err *err); /* is everything that is required there? */
void args_done(struct args *a);
const char *args_get(const struct args *a, const char *name); /* NULL: not given */

/* ---- running -------------------------------------------------------------------------------------------------- */

struct result {
	struct records records;
	struct findings findings;
	struct plan plan;
	bool planned;	   /* the command makes plans (it may be empty) */
	bool applied;	   /* the plan was carried out */
	bool rebooting;	   /* and what comes after it (plan.then), too */
	unsigned journal;  /* its entry; where it changes nothing, that of what comes after it */
	unsigned reboot_journal; /* the entry of that */
	bool acted;	   /* XAPI was told to do what the plan has beside changes, and did */
	struct strv failures; /* of several things, those that were not done, a sentence each: the others were */
	char *answer;	   /* the whole answer, where a command was asked for another form than records; malloc'd */
	char *state;	   /* a desired state in JSON, beside the records: as `file=` takes it; malloc'd */
	struct strv notes; /* sentences for the user beside the records */
	char *if_failed; /* nobody watches: where the command fails, this and why go into XAPI's list of messages; NULL: they do not */
	int status;	   /* exit status when there was no error: 0, or 3 */
};
void result_done(struct result *res);
/* One more of res->failures, in xe's words for what was done to several objects; the status is 1. */
void result_failure(struct result *res, const char *uuid, const struct err *why);

struct run_options;

struct run {
	struct facts *facts;
	const struct args *args;
	const struct run_options *opt; /* for commands that run others; all else follows from the args */
	struct result *res;

	/*
	 * Where the plan is made upon another boot file than the one that is there (with an entry to be tried, or without it any
	 * more), that one; and what adds the steps that lead to it, once the rest of the plan stands.
	 */
	struct bootfile edited;
	int (*finish)(struct run *r, struct err *err);
	struct strv overrides; /* what is wanted was asked for with these refusals overridden: as if force= named them, too */
	bool proven;	  /* the running host was started with what this plan makes the usual */
	bool all_entries; /* grub-mkconfig gives all entries the same: entries= has no say */
};

/* What the door shows where params= does not choose: nothing else need be found out. */
enum show { SHOW_BRIEF, SHOW_ALL, SHOW_MINIMAL };

struct run_options {
	bool dry_run;
	enum show show;
	const char *door;    /* "cli", "plugin": for the journal */
	const char *command; /* as it was given, for the journal */
	const char *session; /* of XAPI, that the caller handed over; NULL: one of our own */
	/*
	 * The door shows records before the command ends, as they come from other hosts: called when there are more of them behind those
	 * that it has seen.  NULL: it shows all at the end.
	 */
	void (*early)(void *ctx, const struct records *records);
	void *early_ctx;
};

/*
 * Run a command: read, check, plan, and unless it is a dry run, apply.  Findings that refuse the plan give -EPERM with the first one's
 * text; result->findings has them all.
 */
int command_run(struct host *h, const struct args *a, const struct run_options *opt, struct result *res, struct err *err);

/* ---- for handlers ------------------------------------------------------------------------------------------------ */

/* `device=` or the like: a comma list of what facts_find_device() takes, in the order written. */
int run_devices(struct run *r, const char *param, struct bdfset *ret, struct err *err);
/* `uuid=`: a VM, by its uuid, or by a name that only one has (-ENOTUNIQ lists them). */
int run_vm(struct run *r, const struct vm **ret, struct err *err);
/* The same of another parameter. */
int run_vm_named(struct run *r, const char *name, const struct vm **ret, struct err *err);
/* The records so far are as they will be: a door that shows some before the end may show them. */
void run_show_early(struct run *r);
/* What `force=` names. */
void run_forced(const struct run *r, struct strv *ret);
/* Ask the checks, with `force=` as given. */
void run_checks(struct run *r, unsigned intent, const struct bdfset *devices, const struct vm *vm);
/*
 * What a plan meets behind its handler: the findings, the steps of r->finish, and what the boot file becomes.  -EPERM: refused.  command_run()
 * does so by itself; for handlers that want to know beforehand, with a struct run and a result of their own.
 */
int run_settle(struct run *r, struct err *err);
/* `entries=`: which menu entries; the default is normal and serial. With boot=try: the entry to be tried. */
enum grub_choice run_entries(const struct run *r);
bool run_tries(const struct run *r); /* boot=try */

/* `timeout=`: whole seconds, 1 to `most`; *ret stays where it is not given. */
int run_timeout(const struct run *r, unsigned most, unsigned *ret, struct err *err);

/* Parameters that several commands share. */
#define PARAM_FORCE                                                                                                    \
	{                                                                                                              \
		"force", "CODE@SUBJECT[,...]", 0, "override these refusals, for these subjects; final ones stay"       \
	}
#define PARAM_ENTRIES                                                                                                  \
	{                                                                                                              \
		"entries", "normal|default|all", 0, "menu entries; all: every one but Safe Mode, fallback and upgrade" \
	}
#define PARAM_VMS                                                                                                      \
	{                                                                                                              \
		"vms", "refuse|evacuate|shutdown", 0,                                                                  \
			"VMs that run here at a reboot: refuse it; move them; move them, and shut down those that cannot move" \
	}
#define PARAM_REBOOT                                                                                                   \
	{ "reboot", "true|false", P_REBOOT, "true: end with a reboot of this host, when the plan needs one" }, PARAM_VMS
#define PARAM_BOOT                                                                                                     \
	{                                                                                                              \
		"boot", "try", 0, "try: into an entry of its own, which is booted once; boot-try-keep makes it the usual" \
	}
