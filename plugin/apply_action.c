/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_action.c - what XAPI does for a command and no history takes back; see apply.h. */

#include <stdio.h>

#include "plugin/apply.h"

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
