/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_copy.c - the copy of the desired state in XAPI follows the file; see apply_step.h */

#include "plugin/apply_step.h"
#include "plugin/state_copy.h"

/* The copy of a state file's text; a text that is none has none. */
static int copy_of(const struct strbuf *text, const char *uuid, struct strbuf *ret, struct err *err)
{
	_cleanup_(state_done) struct state s = { 0 };

	if (!text->len || state_parse(STATE_FILE, text, &s, NULL) < 0)
		return 0;
	return state_copy_format(&s, uuid, ret, err);
}

static int put_copy(struct facts *f, const struct strbuf *to, struct err *err)
{
	_cleanup_strbuf_ struct strbuf copy = { 0 };
	const struct this_host *here = NULL;
	struct err large = { 0 };
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err), failed;

	/* A host without XAPI has no use for it. */
	if (rc == -ENOENT)
		return 0;
	if (rc == 0)
		rc = facts_this_host(f, &here, err);
	if (rc < 0)
		return rc;
	failed = copy_of(to, here->uuid, &copy, &large);
	/* One that is out of date would be worse than none. */
	rc = xapi_put_key(x, "host", here->ref, STATE_COPY_MAP, STATE_COPY_KEY, copy.len ? strbuf_str(&copy) : NULL, err);
	if (rc == 0 && failed < 0)
		rc = err_set(err, EFBIG, "%s", large.text);
	return rc;
}

void state_write_copy(struct facts *f, const struct state_write *w, struct strv *notes)
{
	_cleanup_strbuf_ struct strbuf was = { 0 }, is = { 0 };
	struct err why = { 0 };
	int rc;

	if (!w->new.len || (copy_of(&w->old, "", &was, NULL) == 0 && copy_of(&w->new, "", &is, NULL) == 0 && strbuf_eq(&was, &is)))
		return;
	rc = put_copy(f, &w->new, &why);
	if (rc < 0)
		strv_addf(notes, "the copy of the desired state in XAPI (" STATE_COPY_NAME ") is not up to date: %s", why.text);
}
