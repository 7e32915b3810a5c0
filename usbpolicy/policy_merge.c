/* SPDX-License-Identifier: GPL-2.0-or-later */
/* policy_merge.c - see policy_merge.h */

#include "usbpolicy/policy_edit.h"
#include "usbpolicy/policy_merge.h"

#define RULES_MAX 2000 /* of a text that is compared: what a table of their pairs has room for */

void policy_changes_done(struct policy_changes *c)
{
	free(c->v);
	*c = (struct policy_changes){ 0 };
}

bool policy_same_rules(const struct policy *a, const struct policy *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!policy_rule_eq(&a->v[i], &b->v[i]))
			return false;
	return true;
}

static void add_change(struct policy_changes *c, bool came, const struct policy_rule *rule, const struct policy_rule *before)
{
	ARRAY_GROW(c->v, c->n);
	c->v[c->n++] = (struct policy_change){ .came = came, .rule = rule, .before = before };
}

/* length[i][j]: of the longest run of rules that a from i on and b from j on have in common, in order. */
static unsigned short *common_lengths(const struct policy *a, const struct policy *b)
{
	size_t width = b->n + 1;
	unsigned short *length = xcalloc((a->n + 1) * width, sizeof(*length));

	for (size_t i = a->n; i--;)
		for (size_t j = b->n; j--;) {
			unsigned short skip = MAX(length[(i + 1) * width + j], length[i * width + j + 1]);
			unsigned short take = (unsigned short)(length[(i + 1) * width + j + 1] + 1);

			length[i * width + j] = policy_rule_eq(&a->v[i], &b->v[j]) ? take : skip;
		}
	return length;
}

int policy_changes_find(const struct policy *shipped, const struct policy *ours, struct policy_changes *ret, struct err *err)
{
	_cleanup_free_ unsigned short *length = NULL;
	struct policy_changes c = { 0 };
	size_t i = 0, j = 0, width = ours->n + 1;

	if (shipped->n > RULES_MAX || ours->n > RULES_MAX)
		return err_set(err, E2BIG, "a policy of more than %d rules is not compared with what was shipped", RULES_MAX);
	length = common_lengths(shipped, ours);
	while (i < shipped->n || j < ours->n) {
		const struct policy_rule *s = i < shipped->n ? &shipped->v[i] : NULL, *o = j < ours->n ? &ours->v[j] : NULL;

		if (s && o && policy_rule_eq(s, o)) {
			i++;
			j++;
		} else if (o && (!s || length[i * width + j + 1] >= length[(i + 1) * width + j])) {
			add_change(&c, true, o, s);
			j++;
		} else {
			add_change(&c, false, s, NULL);
			i++;
		}
	}
	*ret = c;
	return 0;
}

static const struct policy_rule *find_equal(const struct policy *p, const struct policy_rule *r)
{
	for (size_t i = 0; i < p->n; i++)
		if (policy_rule_eq(&p->v[i], r))
			return &p->v[i];
	return NULL;
}

/* Carry out one edit of a text that is parsed anew. */
static void edit(struct policy *p, const struct policy_edit *e)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	policy_edit(p, e, &text);
	policy_done(p);
	policy_parse(strbuf_str(&text), text.len, p);
}

/* The first of the shipped rules from this one on that the text has, too. */
static const struct policy_rule *place_for(const struct policy *p, const struct policy *shipped, const struct policy_rule *before)
{
	for (; before && before < shipped->v + shipped->n; before++) {
		const struct policy_rule *there = find_equal(p, before);

		if (there)
			return there;
	}
	return NULL;
}

static bool is_in_place(const struct policy *p, const struct policy_rule *there, const struct policy_rule *before)
{
	return before ? there < before : there == &p->v[p->n - 1];
}

static void bring(struct policy *p, const struct policy *shipped, const struct policy *ours, const struct policy_change *c)
{
	const struct policy_rule *there = find_equal(p, c->rule), *before = place_for(p, shipped, c->before);
	const char *s = strbuf_str(&ours->text);
	_cleanup_free_ char *line = NULL;
	size_t end = c->rule->line_end;

	/* A rule of ours that stands where it can decide as much as it did is left there. */
	if (there && (is_in_place(p, there, before) || !find_equal(shipped, c->rule)))
		return;
	while (end > c->rule->line_off && (s[end - 1] == '\n' || s[end - 1] == '\r'))
		end--;
	line = xstrndup(s + c->rule->line_off, end - c->rule->line_off);
	edit(p, &(struct policy_edit){ .take = there, .put = line, .before = before });
}

int policy_merge(const struct policy *shipped, const struct policy *ours, const struct policy *theirs, struct strbuf *ret,
		 struct err *err)
{
	_cleanup_(policy_changes_done) struct policy_changes c = { 0 };
	_cleanup_(policy_done) struct policy p = { 0 };
	int rc = policy_changes_find(shipped, ours, &c, err);

	if (rc < 0)
		return rc;
	if (theirs->n > RULES_MAX)
		return err_set(err, E2BIG, "a policy of more than %d rules is not merged", RULES_MAX);
	policy_parse(strbuf_str(&theirs->text), theirs->text.len, &p);
	for (size_t i = 0; i < c.n; i++) {
		const struct policy_rule *there = c.v[i].came ? NULL : find_equal(&p, c.v[i].rule);

		if (there && !find_equal(ours, c.v[i].rule))
			edit(&p, &(struct policy_edit){ .take = there, .stays_away = true });
	}
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].came)
			bring(&p, shipped, ours, &c.v[i]);
	strbuf_done(ret);
	*ret = p.text;
	p.text = (struct strbuf){ 0 };
	return 0;
}

/* ---- the record ------------------------------------------------------------------------------------------------- */

void policy_record_format(const struct strbuf *shipped, const struct strbuf *ours, struct strbuf *ret)
{
	strbuf_addf(ret, "shipped %zu\n", shipped->len);
	strbuf_addn(ret, strbuf_str(shipped), shipped->len);
	strbuf_addf(ret, "local %zu\n", ours->len);
	strbuf_addn(ret, strbuf_str(ours), ours->len);
}

/* "WORD BYTES\n" and the bytes; moves *at behind them. */
static bool read_part(const char **at, const char *end, const char *word, const char **part, size_t *len)
{
	const char *nl = *at < end ? memchr(*at, '\n', (size_t)(end - *at)) : NULL;
	_cleanup_free_ char *line = nl ? xstrndup(*at, (size_t)(nl - *at)) : NULL;
	const char *digits = line ? str_after(line, word) : NULL;
	uint64_t value;

	if (!digits || !str_to_u64(digits, 10, POLICY_MAX, &value) || value > (size_t)(end - nl - 1))
		return false;
	*part = nl + 1;
	*len = (size_t)value;
	*at = nl + 1 + value;
	return true;
}

bool policy_record_parse(const char *text, size_t len, struct policy *shipped, struct policy *ours)
{
	const char *at = text, *end = text + len, *first, *second;
	size_t n_first, n_second;

	if (!read_part(&at, end, "shipped ", &first, &n_first) || !read_part(&at, end, "local ", &second, &n_second) || at != end)
		return false;
	if (shipped)
		policy_parse(first, n_first, shipped);
	if (ours)
		policy_parse(second, n_second, ours);
	return true;
}
