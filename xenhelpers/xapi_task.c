/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_task.c - see xapi_task.h */

#include <time.h>

#include "module.h"
#include "str.h"
#include "xapi_task.h"
#include "xmlrpc_call.h"

#define TURN_SECONDS 10.0 /* that XAPI holds a question at most: less than the silence that ends a connection */
#define LOST_MAX 3	  /* times that XAPI may have lost count of events */

void xapi_task_done(struct xapi_task *t)
{
	free(t->ref);
	free(t->result);
	*t = (struct xapi_task){ 0 };
}

int xapi_task_start(struct xapi *x, const char *method, json_t *params, struct xapi_task *ret, struct err *err)
{
	_cleanup_free_ char *async = xasprintf("Async.%s", method);
	json_auto_t *ref = NULL;
	struct err why = { 0 };
	int rc = xapi_call(x, async, params, &ref, &why);

	*ret = (struct xapi_task){ 0 };
	if (rc == 0 && !json_is_string(ref))
		rc = err_set(&why, EPROTO, "XAPI's answer to %s is no task", async);
	if (rc < 0 && rc != -EREMOTEIO && rc != -EPROTO) {
		if (err)
			*err = why;
		return rc;
	}
	if (rc < 0) {
		ret->state = XAPI_TASK_FAILED;
		ret->err = why;
	} else {
		ret->ref = xstrdup(json_string_value(ref));
	}
	return 0;
}

/* ---- what became of one ------------------------------------------------------------------------------------------- */

static int fail(struct xapi_task *t, int code, const char *text)
{
	t->state = XAPI_TASK_FAILED;
	return err_set(&t->err, code, "%s", text);
}

/* XAPI keeps a result as the text of an XML-RPC value. */
static int read_result(const char *xml, char **ret, struct err *err)
{
	_cleanup_free_ char *call = xasprintf("<methodCall><methodName>result</methodName><params><param>%s</param></params></methodCall>", xml);
	const struct xmlrpc_call_ops *reader = module_load("xmlrpc_call", err);
	struct xmlrpc_message m = { 0 };
	const char *text;
	int rc;

	if (!reader)
		return err->code ? -err->code : -ELIBACC;
	rc = reader->read(call, &m, err);
	if (rc < 0)
		return err_wrap(err, "the result cannot be read");
	text = json_array_size(m.params) == 1 ? json_string_value(json_array_get(m.params, 0)) : NULL;
	if (text)
		*ret = xstrdup(text);
	else
		rc = err_set(err, EBADMSG, "the result is no text");
	reader->done(&m);
	return rc;
}

static void take_failure(struct xapi_task *t, const json_t *info)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *code = json_string_value(json_array_get(info, 0)), *param;

	if (!code) {
		fail(t, EREMOTEIO, "XAPI does not say why the call failed");
		return;
	}
	for (size_t i = 1; i < json_array_size(info); i++) {
		param = json_string_value(json_array_get(info, i));
		strbuf_addf(&text, "%s%s", i > 1 ? ", " : ": ", param ? param : "");
	}
	t->state = XAPI_TASK_FAILED;
	err_set(&t->err, EREMOTEIO, "%s%s", code, strbuf_str(&text));
	err_api(&t->err, code);
	for (size_t i = 1; i < json_array_size(info); i++) {
		param = json_string_value(json_array_get(info, i));
		err_api_param(&t->err, param ? param : "");
	}
}

static void take_record(struct xapi_task *t, const json_t *record)
{
	const char *status = json_string_value(json_object_get(record, "status"));
	const char *result = json_string_value(json_object_get(record, "result"));

	if (!status || streq(status, "pending") || streq(status, "cancelling"))
		return;
	if (streq(status, "cancelled")) {
		fail(t, ECANCELED, "the task was cancelled");
	} else if (!streq(status, "success")) {
		take_failure(t, json_object_get(record, "error_info"));
	} else if (t->no_result || !result || !*result) {
		t->state = XAPI_TASK_DONE;
		t->result = xstrdup("");
	} else {
		t->state = read_result(result, &t->result, &t->err) < 0 ? XAPI_TASK_FAILED : XAPI_TASK_DONE;
	}
}

/* ---- all of them -------------------------------------------------------------------------------------------------- */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t in_state(const struct xapi_task *v, size_t n, enum xapi_task_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += v[i].state == state;
	return count;
}

static void fail_pending(struct xapi_task *v, size_t n, const struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].state == XAPI_TASK_PENDING) {
			v[i].state = XAPI_TASK_FAILED;
			v[i].err = *err;
		}
}

static json_t *subscription(const struct xapi_task *v, size_t n)
{
	json_t *classes = json_array();

	for (size_t i = 0; i < n; i++)
		if (v[i].state == XAPI_TASK_PENDING)
			json_array_append_new(classes, json_sprintf("task/%s", v[i].ref));
	return classes;
}

static void take_events(struct xapi_task *v, size_t n, const json_t *events)
{
	for (size_t e = 0; e < json_array_size(events); e++) {
		const json_t *event = json_array_get(events, e);
		const char *ref = json_string_value(json_object_get(event, "ref"));
		const char *what = json_string_value(json_object_get(event, "operation"));

		for (size_t i = 0; ref && i < n; i++) {
			if (v[i].state != XAPI_TASK_PENDING || !streq(v[i].ref, ref))
				continue;
			if (what && streq(what, "del"))
				fail(&v[i], ECANCELED, "somebody destroyed the task, and its result is lost");
			else
				take_record(&v[i], json_object_get(event, "snapshot"));
		}
	}
}

/* One question; *token, of the caller, is where the next one goes on. */
static int turn(struct xapi *x, struct xapi_task *v, size_t n, double seconds, char **token, struct err *err)
{
	json_auto_t *answer = NULL;
	const char *next;
	int rc = xapi_call(x, "event.from", json_pack("[osf]", subscription(v, n), *token, MIN(seconds, TURN_SECONDS)), &answer, err);

	if (rc < 0)
		return rc;
	next = json_string_value(json_object_get(answer, "token"));
	if (!next)
		return err_set(err, EPROTO, "XAPI's answer to event.from has no token");
	free(*token);
	*token = xstrdup(next);
	take_events(v, n, json_object_get(answer, "events"));
	return 0;
}

static void rest(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
}

/* Seconds that those which are not over are given in all, `passed` of which are gone. */
static double patience(const struct xapi_task *v, size_t n, const struct xapi_wait *how, double passed)
{
	if (!how->impatient || in_state(v, n, XAPI_TASK_DONE) < in_state(v, n, XAPI_TASK_PENDING) || !in_state(v, n, XAPI_TASK_DONE))
		return how->seconds;
	return MIN((double)how->seconds, MAX(XAPI_LATE_SECONDS, XAPI_LATE_TIMES * passed));
}

/* Gives the seconds after which it was enough. */
static double follow(struct xapi *x, struct xapi_task *v, size_t n, const struct xapi_wait *how)
{
	_cleanup_free_ char *token = xstrdup("");
	double begin = now(), enough = how->seconds;
	size_t left, before = n;
	unsigned lost = 0;

	for (;;) {
		struct err err = { 0 };
		double passed = now() - begin;

		left = in_state(v, n, XAPI_TASK_PENDING);
		if (left < before) {
			enough = patience(v, n, how, passed);
			if (how->ended)
				how->ended(how->ctx);
		}
		before = left;
		if (!left || passed >= enough)
			break;
		if (turn(x, v, n, enough - passed, &token, &err) == 0) {
			if (in_state(v, n, XAPI_TASK_PENDING) == left)
				rest(); /* XAPI may answer at once and have nothing to say */
			continue;
		}
		/* EVENTS_LOST and the like: begin anew, which gives every task as it is now. */
		if (!err.api[0] || ++lost > LOST_MAX) {
			fail_pending(v, n, &err);
			break;
		}
		free(token);
		token = xstrdup("");
		rest();
	}
	return enough;
}

static void ask_of(struct xapi *x, const char *method, const struct xapi_task *t)
{
	json_t *none = NULL;

	if (xapi_call(x, method, json_pack("[s]", t->ref), &none, NULL) == 0)
		json_decref(none);
}

void xapi_tasks_wait(struct xapi *x, struct xapi_task *v, size_t n, const struct xapi_wait *how)
{
	double enough = follow(x, v, n, how);
	struct err late = { 0 };

	for (size_t i = 0; i < n; i++) {
		bool pending = v[i].state == XAPI_TASK_PENDING, lost = v[i].state == XAPI_TASK_FAILED && !v[i].err.api[0];

		if (!v[i].ref)
			continue;
		if (pending && !how->leave)
			ask_of(x, "task.cancel", &v[i]);
		if (!how->leave || (!pending && !lost))
			ask_of(x, "task.destroy", &v[i]);
		free(v[i].ref);
		v[i].ref = NULL;
	}
	err_set(&late, ETIMEDOUT, "no answer in %.0f seconds", enough);
	fail_pending(v, n, &late);
}
