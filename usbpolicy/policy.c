/* SPDX-License-Identifier: GPL-2.0-or-later */
/* policy.c - see policy.h */

#include <strings.h>

#include "usbpolicy/policy.h"

const char *const policy_key_names[POLICY_KEYS] = {
	[POLICY_VID] = "vid",	  [POLICY_PID] = "pid",		  [POLICY_REL] = "rel",
	[POLICY_CLASS] = "class", [POLICY_SUBCLASS] = "subclass", [POLICY_PROT] = "prot",
};

unsigned policy_key_digits(enum policy_key k)
{
	return k < POLICY_CLASS ? 4 : 2;
}

void policy_done(struct policy *p)
{
	strbuf_done(&p->text);
	free(p->v);
	free(p->bad);
	*p = (struct policy){ 0 };
}

/* ---- what is blank to Python ------------------------------------------------------------------------------------ */

struct span {
	const char *s, *end;
};

/* One character of UTF-8: its length, or 0 where there is none that is well-formed. */
static size_t decode(const char *s, const char *end, uint32_t *ret)
{
	const unsigned char *b = (const unsigned char *)s;
	size_t n = *b < 0x80 ? 1 : *b < 0xc2 ? 0 : *b < 0xe0 ? 2 : *b < 0xf0 ? 3 : *b < 0xf5 ? 4 : 0;

	if (!n || (size_t)(end - s) < n)
		return 0;
	*ret = n == 1 ? *b : *b & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		*ret = *ret << 6 | (b[i] & 0x3f);
	}
	return n;
}

/* Length of the blank that begins here, 0: none does.  (Blanks of the supplementary planes do not exist.) */
static size_t blank_at(const char *s, const char *end)
{
	uint32_t c = 0;
	size_t n = s < end ? decode(s, end, &c) : 0;
	bool blank = (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
		     (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;

	return n && blank ? n : 0;
}

static const char *skip_blanks(const char *s, const char *end)
{
	size_t n;

	while ((n = blank_at(s, end)))
		s += n;
	return s;
}

static struct span strip(const char *s, const char *end)
{
	const char *last;

	s = last = skip_blanks(s, end);
	for (const char *c = s; c < end;) {
		size_t n = blank_at(c, end);

		c += n ? n : 1;
		if (!n)
			last = c;
	}
	return (struct span){ s, last };
}

static bool is_word(struct span w, const char *word)
{
	return (size_t)(w.end - w.s) == strlen(word) && !strncasecmp(w.s, word, strlen(word));
}

/* ---- a line ---------------------------------------------------------------------------------------------------------- */

struct reading {
	const char *text; /* where offsets count from */
	unsigned line;
	struct policy_bad bad;
};

static bool bad(struct reading *r, const char *s, const char *end, const char *why, const char *remedy)
{
	r->bad = (struct policy_bad){
		.line = r->line,
		.off = (size_t)(s - r->text),
		.len = (size_t)(end - s),
		.why = why,
		.remedy = remedy,
	};
	return false;
}

/* The word up to the next blank, for the caret. */
static const char *word_end(const char *s, const char *end)
{
	const char *c = s;

	while (c < end && !blank_at(c, end))
		c++;
	return c > s ? c : s < end ? s + 1 : s;
}

static int key_at(const char *s, const char *end)
{
	for (int k = 0; k < POLICY_KEYS; k++) {
		size_t n = strlen(policy_key_names[k]);

		if ((size_t)(end - s) >= n && !strncasecmp(s, policy_key_names[k], n))
			return k;
	}
	return -1;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Why no match begins here. */
static bool bad_match(struct reading *r, const char *s, const char *end)
{
	const char *word = word_end(s, end);

	if (*s == ',' || *s == ';')
		return bad(r, s, s + 1, "matches are not separated by anything but blanks", "write a blank instead");
	return bad(r, s, word, "no 'key=hex' can be read here, key being vid, pid, rel, class, subclass or prot", NULL);
}

/* One key=hex at *at, which moves behind it. */
static bool read_match(struct reading *r, const char **at, const char *end, struct policy_rule *rule)
{
	const char *start = skip_blanks(*at, end), *s = start, *digits;
	int k = key_at(s, end);
	unsigned value = 0;

	if (k < 0)
		return bad_match(r, s, end);
	s = skip_blanks(s + strlen(policy_key_names[k]), end);
	if (s == end || *s != '=')
		return bad(r, start, word_end(start, end), "a key needs '=' and a number behind it", NULL);
	digits = s = skip_blanks(s + 1, end);
	for (; s < end && hex_digit(*s) >= 0; s++)
		value = value << 4 | (unsigned)hex_digit(*s);
	if (s == digits)
		return bad(r, start, word_end(digits, end), "no hex digit stands behind '='", NULL);
	if ((size_t)(s - digits) != policy_key_digits((enum policy_key)k)) {
		if (s < end && (*s | 0x20) == 'x')
			return bad(r, digits, word_end(digits, end), "numbers are hex without 0x",
				   "leave 0x away, and write leading zeros");
		return bad(r, digits, s, k < POLICY_CLASS ? "vid, pid and rel take exactly 4 hex digits"
							  : "class, subclass and prot take exactly 2 hex digits",
			   s < end && !blank_at(s, end) ? "a blank before the next key ends the number"
							: "write leading zeros");
	}
	if (rule->keys & 1u << k)
		return bad(r, start, s, "the same key stands there twice", NULL);
	rule->keys |= 1u << k;
	rule->ids.v[k] = (uint16_t)value;
	*at = s;
	return true;
}

static bool read_action(struct reading *r, struct span action, struct policy_rule *rule)
{
	rule->allow = is_word(action, "allow");
	if (rule->allow || is_word(action, "deny"))
		return true;
	return bad(r, action.s, action.end, "the word before the colon is neither ALLOW nor DENY", NULL);
}

/* What is left of a line without its comment, and not blank. */
static bool read_rule(struct reading *r, struct span body, struct policy_rule *rule)
{
	const char *colon = memchr(body.s, ':', (size_t)(body.end - body.s)), *at, *second;
	struct span target;

	if (!colon)
		return bad(r, body.s, body.end, "a rule is ALLOW or DENY, a colon, and what it matches: there is no colon", NULL);
	second = memchr(colon + 1, ':', (size_t)(body.end - colon - 1));
	if (second)
		return bad(r, second, second + 1, "a second colon", "keys and numbers are joined by '='");
	if (!read_action(r, strip(body.s, colon), rule))
		return false;
	target = strip(colon + 1, body.end);
	for (at = target.s; at < target.end;)
		if (!read_match(r, &at, target.end, rule))
			return false;
	return true;
}

enum line_kind { LINE_RULE, LINE_NOTHING, LINE_BLANK, LINE_BAD };

static enum line_kind read_line(struct reading *r, const char *s, const char *end, struct policy_rule *rule)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *hash = s < end ? memchr(s, '#', (size_t)(end - s)) : NULL;
	struct span body = strip(s, hash ? hash : end), comment = { end, end };

	if (hash == s)
		return LINE_NOTHING;
	if (body.s == body.end && !hash)
		return LINE_BLANK;
	if (body.s == body.end) {
		bad(r, s, hash + 1, "blanks stand before the comment", "take the blanks away");
		return LINE_BAD;
	}
	if (r->line == 1 && (size_t)(end - s) >= 3 && !memcmp(s, bom, 3)) {
		bad(r, s, s + 3, "the file begins with a byte order mark", "save it as UTF-8 without one");
		return LINE_BAD;
	}
	if (!read_rule(r, body, rule))
		return LINE_BAD;
	if (hash)
		comment = strip(hash + 1, end);
	rule->off = (size_t)(body.s - r->text);
	rule->len = (size_t)(body.end - body.s);
	rule->comment = (size_t)(comment.s - r->text);
	rule->comment_len = (size_t)(comment.end - comment.s);
	return LINE_RULE;
}

/* ---- a text ------------------------------------------------------------------------------------------------------------ */

static bool has_raw(const char *s, const char *end)
{
	for (; s < end; s++)
		if ((unsigned char)*s >= 0x80)
			return true;
	return false;
}

static void take_line(struct policy *p, struct reading *r, const char *s, const char *end, const char *next)
{
	struct policy_rule rule = { 0 };
	enum line_kind kind = read_line(r, s, end, &rule);

	if (!p->raw_line && has_raw(s, end))
		p->raw_line = r->line;
	if (kind == LINE_BLANK && !p->blank_line)
		p->blank_line = r->line;
	if (kind == LINE_BAD) {
		ARRAY_GROW(p->bad, p->n_bad);
		p->bad[p->n_bad++] = r->bad;
	}
	if (kind != LINE_RULE)
		return;
	rule.line = r->line;
	rule.line_off = (size_t)(s - r->text);
	rule.line_end = (size_t)(next - r->text);
	ARRAY_GROW(p->v, p->n);
	p->v[p->n++] = rule;
}

void policy_parse(const char *text, size_t len, struct policy *ret)
{
	struct policy p = { 0 };
	struct reading r = { 0 };
	const char *s, *end, *next, *stop;

	strbuf_addn(&p.text, text, len);
	s = r.text = strbuf_str(&p.text);
	for (stop = s + len; s < stop; s = next) {
		for (end = s; end < stop && *end != '\n' && *end != '\r';)
			end++;
		next = end + (end < stop) + (end + 1 < stop && end[0] == '\r' && end[1] == '\n');
		r.line = ++p.lines;
		take_line(&p, &r, s, end, next);
	}
	*ret = p;
}

int policy_check(const struct policy *p, const char *name, struct err *err)
{
	const struct policy_bad *b = p->bad;

	if (!p->n_bad)
		return 0;
	err_set(err, EINVAL, "the scanner of XAPI stops at line %u of '%s': %s", b->line, name, b->why);
	err_point(err, name, strbuf_str(&p->text), p->text.len, b->off, b->len);
	if (b->remedy)
		err_hint(err, "%s", b->remedy);
	return -EINVAL;
}

int policy_parse_rule(const char *text, struct policy_rule *ret, struct err *err)
{
	struct reading r = { .text = text, .line = 1 };
	const char *end = text + strlen(text);
	struct policy_rule rule = { 0 };
	enum line_kind kind;

	for (const char *c = text; c < end; c++)
		if ((unsigned char)*c < 32 || (unsigned char)*c >= 127) {
			err_set(err, EINVAL, "rule: byte %zu is not plain ASCII: some versions of the scanner stop at such a line", (size_t)(c - text) + 1);
			return err_point(err, "rule", text, strlen(text), (size_t)(c - text), 1);
		}
	kind = read_line(&r, text, end, &rule);
	if (kind == LINE_RULE) {
		*ret = rule;
		return 0;
	}
	if (kind != LINE_BAD)
		return err_set(err, EINVAL, "rule: '%s' is no rule: write ALLOW: or DENY: and what it matches", text);
	err_set(err, EINVAL, "rule: %s", r.bad.why);
	err_point(err, "rule", text, strlen(text), r.bad.off, r.bad.len);
	if (r.bad.remedy)
		err_hint(err, "%s", r.bad.remedy);
	return -EINVAL;
}

/* ---- asking ------------------------------------------------------------------------------------------------------------- */

bool policy_rule_matches(const struct policy_rule *r, const struct policy_ids *ids, enum policy_key *differs)
{
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		if (r->keys & 1u << k && r->ids.v[k] != ids->v[k]) {
			if (differs)
				*differs = (enum policy_key)k;
			return false;
		}
	return true;
}

const struct policy_rule *policy_decide(const struct policy *p, const struct policy_ids *ids)
{
	for (size_t i = 0; i < p->n; i++)
		if (policy_rule_matches(&p->v[i], ids, NULL))
			return &p->v[i];
	return NULL;
}

bool policy_rule_eq(const struct policy_rule *a, const struct policy_rule *b)
{
	return a->allow == b->allow && a->keys == b->keys && !memcmp(&a->ids, &b->ids, sizeof(a->ids));
}

char *policy_rule_format(const struct policy_rule *r)
{
	struct strbuf out = { 0 };
	const char *sep = "";

	strbuf_add(&out, r->allow ? "ALLOW:" : "DENY:");
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		if (r->keys & 1u << k) {
			strbuf_addf(&out, "%s%s=%0*x", sep, policy_key_names[k], (int)policy_key_digits((enum policy_key)k), r->ids.v[k]);
			sep = " ";
		}
	return strbuf_take(&out);
}

char *policy_rule_text(const struct policy *p, const struct policy_rule *r)
{
	return xstrndup(strbuf_str(&p->text) + r->off, r->len);
}

const struct policy_rule *policy_at_line(const struct policy *p, unsigned line)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].line == line)
			return &p->v[i];
	return NULL;
}
