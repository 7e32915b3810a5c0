/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command_action.c - see command_action.h */

#include "plugin/apply.h"
#include "plugin/command_action.h"

static void message_failures(struct facts *f, const struct result *res)
{
	_cleanup_free_ char *list = strv_join(&res->failures, "; ");
	_cleanup_free_ char *text = xasprintf("xe-passthrough: %s: %s.", res->plan.unwatched, list);

	apply_message(f, text);
}

/* In a log, and in XAPI's messages, a name is worth more than xe's words. */
static void tell_unwatched(struct result *res, const struct action *a, const struct err *why)
{
	_cleanup_free_ char *below = xstrdup(why->where);

	for (char *c = below; *c; c++)
		if (*c == '\n')
			*c = ' ';
	if (a->together && !why->api[0]) /* its end was not seen */
		strv_addf(&res->failures, "%s: %s: %s; XAPI may go on with it (xe task-list)", a->where, a->method, why->text);
	else
		strv_addf(&res->failures, "%s: %s%s%s", a->where, why->text, *below ? " " : "", below);
	res->status = 1;
}

int command_actions(struct facts *f, struct result *res, struct err *err)
{
	const struct plan *p = &res->plan;
	bool one = !p->actions[0].uuid;
	char *underway = apply_message_begin(f, p->underway);
	struct err *why = xcalloc(p->n_actions, sizeof(*why));
	int rc = 0;

	for (size_t i = 0; i < p->n_actions; i++)
		if (!p->actions[i].together && apply_action(f, &p->actions[i], &why[i]) < 0 && !why[i].code)
			why[i].code = EREMOTEIO;
	if (p->together_seconds)
		apply_together(f, p, why);
	for (size_t i = 0; i < p->n_actions; i++) {
		if (!why[i].code) {
			res->acted = true;
		} else if (one) {
			if (err)
				*err = why[i];
			rc = -EREMOTEIO;
		} else if (p->unwatched) {
			tell_unwatched(res, &p->actions[i], &why[i]);
		} else {
			result_failure(res, p->actions[i].uuid, &why[i]);
		}
	}
	if (p->unwatched && res->failures.n)
		message_failures(f, res);
	apply_message_end(f, underway);
	free(why);
	return rc;
}

void command_message_undone(struct facts *f, const struct result *res, const struct err *err)
{
	_cleanup_free_ char *text = xasprintf("xe-passthrough: %s: %s.", res->if_failed, err && err->text[0] ? err->text : "unknown");

	apply_message(f, text);
}
