/* SPDX-License-Identifier: GPL-2.0-or-later */
/* policy_edit.c - see policy_edit.h */

#include "usbpolicy/policy_edit.h"

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* How the file's first line ends. */
static const char *line_end(const struct policy *p)
{
	const char *s = strbuf_str(&p->text), *end = s + p->text.len;

	while (s < end && !is_end(*s))
		s++;
	if (s == end || *s == '\n')
		return "\n";
	return s + 1 < end && s[1] == '\n' ? "\r\n" : "\r";
}

/* The text from one place to another, without the line that is taken. */
static void add_kept(struct strbuf *out, const struct policy *p, size_t from, size_t to, const struct policy_rule *take)
{
	const char *s = strbuf_str(&p->text);

	if (!take || take->line_end <= from || take->line_off >= to) {
		strbuf_addn(out, s + from, to - from);
		return;
	}
	strbuf_addn(out, s + from, take->line_off - from);
	strbuf_addn(out, s + take->line_end, to - take->line_end);
}

static void add_line(struct strbuf *out, const struct policy *p, const struct policy_edit *e)
{
	const char *s = strbuf_str(&p->text);
	size_t end;

	if (e->put) {
		strbuf_add(out, e->put);
		return;
	}
	for (end = e->take->line_end; end > e->take->line_off && is_end(s[end - 1]);)
		end--;
	strbuf_addn(out, s + e->take->line_off, end - e->take->line_off);
}

void policy_edit(const struct policy *p, const struct policy_edit *e, struct strbuf *ret)
{
	size_t at = e->before ? e->before->line_off : p->n ? p->v[p->n - 1].line_end : p->text.len;
	struct strbuf out = { 0 };
	bool open;

	add_kept(&out, p, 0, at, e->take);
	/* A last line without an end stays one. */
	open = out.len && !is_end(out.s[out.len - 1]);
	if (!e->stays_away) {
		if (open)
			strbuf_add(&out, line_end(p));
		add_line(&out, p, e);
		if (!open)
			strbuf_add(&out, line_end(p));
	}
	add_kept(&out, p, at, p->text.len, e->take);
	strbuf_done(ret);
	*ret = out;
}
