/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pool.h - one command on every host of the pool, and what each of them says.
 *
 * On a live host XAPI is told to call our plugin on all hosts at once (Async.host.call_plugin), this one among them; no lock is held here
 * meanwhile, for each host takes its own.  In a folder of recordings (host.h) the same command runs on one after the other in this process; a
 * single recording is a pool of itself.  A host that is off, has no plugin, says nothing in time, or something that is no answer is told of
 * as such, beside the others.
 */
#pragma once

#include <jansson.h>

#include "plugin/command.h"

#define POOL_SECONDS 30	      /* that hosts have to answer a question */
#define POOL_WRITE_SECONDS 180 /* and to carry out a plan: they may wait for their lock first */

struct pool_host {
	char *uuid, *name; /* as XAPI has them; of a recording without, its folder's name, and "" */
	json_t *reply;	   /* what the command gives with --json: an object with "api"; NULL: no answer, or a refusal */
	char *code;	   /* then: XAPI's or the plugin's code, or NO_ANSWER, TIMEOUT, BAD_ANSWER */
	char *why;	   /* and a sentence's end */
	char *remedy;	   /* what to do; NULL */
	bool is_put;	   /* its records are there (pool_question.put) */
};

struct pool {
	struct pool_host *v; /* in order of their names */
	size_t n;
};

struct pool_question {
	const char *command;
	const json_t *args; /* an object of texts, borrowed */
	const char *only;   /* uuid of the one host that is asked; NULL: all */
	unsigned seconds;   /* unless `timeout=` says how many */
	bool patient;	    /* the answers decide what is written: none is given up before that */
	/*
	 * Makes a host's answer, or its silence, into records.  Where the door shows records before the end (run_options), as soon as
	 * it is there; else when all are, in the hosts' order.  NULL: the caller has them all at the end.
	 */
	void (*put)(struct run *r, const struct pool_host *h);
};

/*
 * A dry run is one everywhere.  Without `timeout=` the last ones are not waited for long (xapi_task.h), but where something is written, or
 * where the others' records are shown meanwhile.
 * Fails where there is no pool to ask: no XAPI, no such host.
 */
int pool_ask(struct run *r, const struct pool_question *q, struct pool *ret, struct err *err);
void pool_done(struct pool *p);

/* How many gave an answer? */
size_t pool_answers(const struct pool *p);
/* One must have, for the command to have an answer: -EREMOTEIO with what the first says, in its place what all say. */
int pool_need_answer(const struct pool *p, struct err *err);
/* A sentence for each that gave none. */
void pool_tell_silent(const struct pool *p, struct strv *notes);
/* The items of an answer under a name ("records", "plan"), an array; NULL: none. */
const json_t *pool_items(const struct pool_host *h, const char *name);

/* A record of another host as one here: fields of the same name and kind; what is missing or of another kind is unknown. */
void pool_put(struct record *rec, const struct record_type *type, unsigned first, const json_t *from);

#define PARAM_TIMEOUT                                                                                                  \
	{                                                                                                              \
		"timeout", "SECONDS", 0, "that the hosts have to answer; usually 30, or 180 for a change, and less for the last few" \
	}

/* pool_recorded.c: the command on the recordings of the host at hand. */
int pool_ask_recorded(struct run *r, const struct pool_question *q, struct pool *ret, struct err *err);
/* The hosts whose XAPI is to be asked of the pool as a whole: the recordings of a folder, or the one at hand. Each answer is the callback's. */
int pool_each_facts(struct run *r, int (*f)(struct run *r, struct facts *facts, void *ctx, struct err *err), void *ctx, struct err *err);
/* Give a host a reason for its silence; err is what asking it met with. */
void pool_fail(struct pool_host *h, const char *command, const struct err *err);
