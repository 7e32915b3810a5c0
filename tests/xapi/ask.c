/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ask.c - one call of XAPI after the other, through xapi.h as the program does it, for what no command shows.
 *
 *	ask [session=REF] [silence=SECONDS] METHOD JSON-ARRAY [METHOD JSON-ARRAY...]
 *
 * prints the answers as JSON, a line each; of a call that failed "code: text", and the status is 1.
 */

#include <stdio.h>

#include "xenhelpers/str.h"
#include "xenhelpers/xapi.h"

static int fail(const struct err *err)
{
	printf("%s: %s\n", err->api[0] ? err->api : "-", err->text);
	return 1;
}

static int ask(struct xapi *x, char **words)
{
	int rc = 0;

	for (; words[0] && words[1]; words += 2) {
		struct err err = { 0 };
		json_t *answer;
		char *text;

		if (xapi_call(x, words[0], json_loads(words[1], 0, NULL), &answer, &err) < 0) {
			rc = fail(&err);
			continue;
		}
		text = json_dumps(answer, JSON_COMPACT | JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
		puts(text);
		free(text);
		json_decref(answer);
	}
	return rc;
}

int main(int argc _unused_, char **argv)
{
	struct xapi_options opt = { 0 };
	struct err err = { 0 };
	struct host *h = NULL;
	struct xapi *x = NULL;
	int rc;

	for (argv++; *argv && strchr(*argv, '='); argv++)
		if (str_after(*argv, "session="))
			opt.session = str_after(*argv, "session=");
		else if (!str_after(*argv, "silence=") || !str_to_uint(str_after(*argv, "silence="), 600, &opt.silence))
			return 2;
	rc = host_open(&h, NULL, &err);
	if (rc == 0)
		rc = xapi_open(h, &opt, &x, &err);
	rc = rc < 0 ? fail(&err) : ask(x, argv);
	xapi_free(x);
	host_free(h);
	return rc;
}
