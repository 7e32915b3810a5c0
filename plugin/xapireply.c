/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapireply.c - see xapireply.h */

#include "plugin/xapireply.h"

/* ---- XML ---------------------------------------------------------------------------------------------------------- */

static const char *entity(char c)
{
	switch (c) {
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '&': return "&amp;";
	case '"': return "&quot;";
	case '\n': return "\n";
	case '\t': return "\t";
	}
	return NULL;
}

static void add_text(struct strbuf *out, const char *s)
{
	while (*s) {
		size_t len = strcspn(s, "<>&\"\n\t");

		strbuf_add_printable(out, s, len);
		s += len;
		if (*s)
			strbuf_add(out, entity(*s++));
	}
}

static void add_value(struct strbuf *out, const char *s)
{
	strbuf_add(out, "<value>");
	add_text(out, s);
	strbuf_add(out, "</value>");
}

static void begin(struct strbuf *out, const char *status)
{
	strbuf_addf(out,
		    "<?xml version=\"1.0\"?><methodResponse><params><param><value><struct>"
		    "<member><name>Status</name><value>%s</value></member><member>",
		    status);
}

static void end(struct strbuf *out)
{
	strbuf_add(out, "</member></struct></value></param></params></methodResponse>\n");
}

void xapireply_success(struct strbuf *out, const char *value)
{
	begin(out, "Success");
	strbuf_add(out, "<name>Value</name>");
	add_value(out, value);
	end(out);
}

void xapireply_failure(struct strbuf *out, const char *code, const struct strv *params)
{
	begin(out, "Failure");
	strbuf_add(out, "<name>ErrorDescription</name><value><array><data>");
	add_value(out, code);
	for (size_t i = 0; i < params->n; i++)
		add_value(out, params->v[i]);
	strbuf_add(out, "</data></array></value>");
	end(out);
}

/* ---- errors --------------------------------------------------------------------------------------------------------- */

static void add_refusals(struct strv *params, const struct command *cmd, const struct findings *f)
{
	bool force = command_has_param(cmd, "force");

	for (size_t i = 0; i < f->n; i++) {
		const struct finding *x = &f->v[i];
		_cleanup_strbuf_ struct strbuf text = { 0 };

		if (x->severity != SEV_REFUSE || x->forced)
			continue;
		strbuf_addf(&text, "%s (%s): %s", x->code, x->subject, x->text);
		if (x->evidence)
			strbuf_addf(&text, "; evidence: %s", x->evidence);
		if (x->remedy)
			strbuf_addf(&text, "; remedy: %s", x->remedy);
		if (force && !x->final)
			strbuf_addf(&text, "; override: force=%s@%s", x->code, x->subject);
		strv_add_take(params, strbuf_take(&text));
	}
}

static const char *code_of(const struct err *err)
{
	if (err->api[0])
		return err->api;
	if (err->usage)
		return "PASSTHROUGH_USAGE";
	return err->code == EBUSY ? "PASSTHROUGH_BUSY" : "PASSTHROUGH_FAILED";
}

void xapireply_error(struct strbuf *out, const struct command *cmd, const struct result *res, const struct err *err)
{
	_cleanup_strv_ struct strv params = { 0 };
	bool refused = findings_refusal(&res->findings);

	if (refused) {
		add_refusals(&params, cmd, &res->findings);
	} else if (err->params[0]) {
		strv_split(&params, err->params, '\n');
		free(params.v[--params.n]); /* behind the last newline */
	} else {
		strv_add(&params, err->text);
		if (err->where[0])
			strv_add(&params, err->where);
		if (err->hint[0])
			strv_add(&params, err->hint);
	}
	for (size_t i = 0; i < res->notes.n; i++)
		strv_add(&params, res->notes.v[i]);
	xapireply_failure(out, refused ? "PASSTHROUGH_REFUSED" : code_of(err), &params);
}
