/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_task.h - calls that XAPI carries out in the background, many side by side: "Async." before a method's name gives a task at once
 * (facts 2.2).  What becomes of tasks is waited for with event.from, one request for all of them: XAPI itself holds it until one changes.
 */
#pragma once

#include "xapi.h"

enum xapi_task_state { XAPI_TASK_PENDING, XAPI_TASK_DONE, XAPI_TASK_FAILED };

struct xapi_task {
	char *ref;		/* NULL: there is none (any more) */
	enum xapi_task_state state;
	char *result;		/* XAPI_TASK_DONE: the text that the call gave; "" where it gives none */
	bool no_result;		/* the caller's, once it is begun: what it gives is not looked at */
	struct err err;		/* XAPI_TASK_FAILED: with XAPI's code and parameters, as of a call that is waited for */
};

/*
 * Begin a call whose answer is a text or nothing; params as for xapi_call().  What XAPI refuses at once is the task's failure; an error is what asking
 * anything else would meet with, too (no connection).
 */
int xapi_task_start(struct xapi *x, const char *method, json_t *params, struct xapi_task *ret, struct err *err);

#define XAPI_LATE_SECONDS 5.0 /* see `impatient` */
#define XAPI_LATE_TIMES 4.0

struct xapi_wait {
	unsigned seconds; /* at most */
	/*
	 * Once half of those that have not failed have a result, the others are given XAPI_LATE_TIMES as long as the slowest of these took,
	 * and XAPI_LATE_SECONDS at least: one that hangs is not to hold up the rest.
	 */
	bool impatient;
	bool leave; /* what is left then is not cancelled, and its task stays: XAPI goes on with it, and whoever wants to can follow it or cancel it */
	void (*ended)(void *ctx); /* some are over that were not at the last call: before the wait, and during it; NULL */
	void *ctx;
};

/*
 * Wait until all are over, but no longer than that: what is left then has failed, with -ETIMEDOUT, and is cancelled, but with `leave`.  (XAPI ends
 * no plugin for that: what it began it may still finish.)  A connection that is lost fails all that are left.  No task remains in XAPI, but
 * those that are left to it.
 */
void xapi_tasks_wait(struct xapi *x, struct xapi_task *v, size_t n, const struct xapi_wait *how);

void xapi_task_done(struct xapi_task *t);
