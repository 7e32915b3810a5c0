/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_action.c - what XAPI does for a command and no history takes back; see apply.h. */

#include <stdio.h>

#include "plugin/apply.h"
#include "xenhelpers/xapi_task.h"

#define ACTION_SILENCE 3600 /* seconds: XAPI answers when the VM runs, its memory scrubbed and its disks attached */

/* As xe lays out what XAPI refuses: a sentence, and below it what it is about. */
static int refused(const struct action *a, struct err *err)
{
	_cleanup_strbuf_ struct strbuf below = { 0 };
	_cleanup_strv_ struct strv params = { 0 };

	if (!err || !err->api[0])
		return -EREMOTEIO;
	strv_split(&params, err->params, '\n');
	for (size_t i = 0; i + 1 < params.n; i++) { /* behind the last newline is nothing */
		strbuf_add(&below, i ? "\n" : "");
		strbuf_add_printable(&below, params.v[i], strlen(params.v[i]));
	}
	snprintf(err->text, sizeof(err->text), "XAPI does not do it (%s): %s", a->method, err->api);
	snprintf(err->where, sizeof(err->where), "%s", strbuf_str(&below));
	return -EREMOTEIO;
}

int apply_action(struct facts *f, const struct action *a, struct err *err)
{
	const struct xapi_options opt = { .session = facts_session(f), .silence = ACTION_SILENCE };
	struct host *h = facts_host(f);
	struct xapi *x = NULL;
	json_t *answer = NULL;
	int rc;

	if (!host_is_live(h))
		return err_set(err, EROFS, "'%s' is a recording, not a running host: XAPI's %s cannot be called", host_name(h), a->method);
	rc = xapi_open(h, &opt, &x, err);
	if (rc < 0)
		return rc;
	rc = xapi_call(x, a->method, json_incref(a->params), &answer, err);
	if (rc == -EREMOTEIO)
		rc = refused(a, err);
	json_decref(answer);
	xapi_free(x);
	return rc;
}

/* ---- side by side ------------------------------------------------------------------------------------------------- */

static void begin_together(struct xapi *x, const struct plan *p, struct xapi_task *tasks)
{
	struct err lost = { 0 };
	int rc = 0;

	for (size_t i = 0; i < p->n_actions; i++) {
		const struct action *a = &p->actions[i];

		tasks[i].state = XAPI_TASK_DONE;
		if (!a->together)
			continue;
		if (rc == 0)
			rc = xapi_task_start(x, a->method, json_incref(a->params), &tasks[i], &lost);
		if (rc < 0) {
			tasks[i].state = XAPI_TASK_FAILED;
			tasks[i].err = lost;
		}
		tasks[i].no_result = true;
	}
}

void apply_together(struct facts *f, const struct plan *p, struct err *why)
{
	const struct xapi_wait how = { .seconds = p->together_seconds, .leave = true };
	struct xapi_task *tasks = xcalloc(p->n_actions, sizeof(*tasks));
	struct xapi *x = NULL;
	struct err err = { 0 };
	int rc = facts_xapi(f, &x, &err);

	if (rc == 0) {
		begin_together(x, p, tasks);
		xapi_tasks_wait(x, tasks, p->n_actions, &how);
	}
	for (size_t i = 0; i < p->n_actions; i++) {
		if (p->actions[i].together && (rc < 0 || tasks[i].state == XAPI_TASK_FAILED)) {
			why[i] = rc < 0 ? err : tasks[i].err;
			refused(&p->actions[i], &why[i]);
		}
		xapi_task_done(&tasks[i]);
	}
	free(tasks);
}

/* ---- XAPI's list of messages --------------------------------------------------------------------------------------- */

char *apply_message_begin(struct facts *f, const char *text)
{
	const struct this_host *here = NULL;
	struct xapi *x = NULL;
	json_auto_t *ref = NULL;

	if (!text || facts_xapi(f, &x, NULL) < 0 || facts_this_host(f, &here, NULL) < 0)
		return NULL;
	xapi_call(x, "message.create", json_pack("[s, s, s, s, s]", "XE_PASSTHROUGH", "3", "Host", here->uuid, text), &ref, NULL);
	return json_is_string(ref) ? xstrdup(json_string_value(ref)) : NULL;
}

void apply_message(struct facts *f, const char *text)
{
	free(apply_message_begin(f, text));
}

void apply_message_end(struct facts *f, char *ref)
{
	struct xapi *x = NULL;
	json_auto_t *none = NULL;

	if (ref && facts_xapi(f, &x, NULL) == 0)
		xapi_call(x, "message.destroy", json_pack("[s]", ref), &none, NULL);
	free(ref);
}
