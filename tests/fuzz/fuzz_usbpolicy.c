/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_usbpolicy.c - the USB policy: positions, reading against writing, edits that keep every other byte. */
#include "tests/fuzz/fuzz.h"
#include "usbpolicy/policy_edit.h"
#include "usbpolicy/policy_merge.h"
#include "usbpolicy/policy_shipped.h"
#include "usbpolicy/shadow.h"
#include "usbpolicy/usbclass.h"

static void check_rule(const struct policy *p, const struct policy_rule *r)
{
	_cleanup_free_ char *written = policy_rule_format(r), *words = usbclass_rule_words(r);
	struct policy_rule again = { 0 };

	MUST(r->line_off <= r->off && r->off + r->len <= r->line_end && r->line_end <= p->text.len);
	MUST(r->comment + r->comment_len <= r->line_end);
	MUST(policy_parse_rule(written, &again, NULL) == 0 && policy_rule_eq(r, &again));
	MUST(policy_rule_matches(r, &r->ids, NULL) && policy_at_line(p, r->line) == r);
	MUST(*words);
}

/* A rule that leaves and comes back is the same text, where its line has an end. */
static void check_round_trip(const struct policy *p)
{
	_cleanup_(policy_done) struct policy less = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 }, back = { 0 };
	const struct policy_rule *r = &p->v[p->n / 2];

	policy_edit(p, &(struct policy_edit){ .take = r, .stays_away = true }, &out);
	MUST(out.len == p->text.len - (r->line_end - r->line_off));
	policy_parse(strbuf_str(&out), out.len, &less);
	/* A lone CR and the LF of the line behind it can become one end. */
	if (memchr(p->text.s, '\r', p->text.len))
		return;
	MUST(less.n == p->n - 1 && less.n_bad == p->n_bad);
	if (p->text.s[r->line_end - 1] != '\n' || p->n / 2 >= less.n || memchr(p->text.s + r->line_off, 0, r->line_end - r->line_off))
		return;
	{
		_cleanup_free_ char *line = xstrndup(p->text.s + r->line_off, r->line_end - r->line_off - 1);

		if (less.v[p->n / 2].line_off != r->line_off)
			return;
		policy_edit(&less, &(struct policy_edit){ .put = line, .before = &less.v[p->n / 2] }, &back);
		MUST(back.len == p->text.len && !memcmp(back.s, p->text.s, back.len));
	}
}

static void check_merge(const struct policy *p)
{
	_cleanup_(policy_done) struct policy shipped = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 };

	policy_parse("DENY:class=02\nALLOW:\n", 21, &shipped);
	MUST(policy_merge(&shipped, p, &shipped, &out, NULL) == 0 || p->n > 1000);
	MUST(policy_merge(p, p, &shipped, &out, NULL) == 0 ? out.len == shipped.text.len : p->n > 1000);
}

/* What it was when it was shipped is as it is shipped, and is nothing that the scanner rejects. */
static void check_shipped(const struct policy *p)
{
	_cleanup_(policy_done) struct policy then = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 }, again = { 0 };
	const char *name = NULL;

	if (!policy_shipped_find(p, &out, &name)) {
		MUST(!out.len && !name);
		return;
	}
	policy_parse(strbuf_str(&out), out.len, &then);
	MUST(name && !then.n_bad && policy_shipped_find(&then, &again, &name) && strbuf_eq(&out, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(policy_done) struct policy p = { 0 };
	_cleanup_free_ size_t *by = NULL;
	struct err err = { 0 };

	policy_parse((const char *)data, size, &p);
	MUST(policy_check(&p, "fuzz", &err) == (p.n_bad ? -EINVAL : 0));
	for (size_t i = 0; i < p.n_bad; i++)
		MUST(p.bad[i].off + p.bad[i].len <= size && p.bad[i].why && (!i || p.bad[i].line > p.bad[i - 1].line));
	for (size_t i = 0; i < p.n; i++) {
		MUST(!i || p.v[i].line > p.v[i - 1].line);
		check_rule(&p, &p.v[i]);
	}
	by = xcalloc(p.n + 1, sizeof(*by));
	shadow_find(p.v, p.n, shadow_domain, by);
	for (size_t i = 0; i < p.n; i++)
		MUST(by[i] == SHADOW_SEVERAL || by[i] == SHADOW_NONE || by[i] < i);
	if (p.n)
		check_round_trip(&p);
	check_merge(&p);
	check_shipped(&p);
	policy_record_parse((const char *)data, size, NULL, NULL);
	return 0;
}
