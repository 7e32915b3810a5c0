/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hide.h"

/* ---- the kernel's sscanf, as far as the forms of an item need it ------------------------------------------- */

/* The kernel's isspace(), which counts the no-break space of Latin-1. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (unsigned char)c == 0xa0;
}

static const char *skip_spaces(const char *s)
{
	while (is_space(*s))
		s++;
	return s;
}

/*
 * %x: blanks, then a number without a sign; the first byte must be a digit.  "0x" may stand before it, and may stand
 * alone (the number is then 0).  What does not fit in 32 bits loses its upper digits.
 */
static const char *scan_hex(const char *s, uint32_t *ret)
{
	uint32_t n = 0;

	s = skip_spaces(s);
	if (str_digit(*s) == 16)
		return NULL;
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		s += 2;
	for (; str_digit(*s) < 16; s++)
		n = n << 4 | str_digit(*s);
	*ret = n;
	return s;
}

/*
 * Match s against a form in which a blank matches any blanks, "x" a number and every other byte itself.
 * Returns how many numbers were read; *end is set only when the whole form matched.
 */
static unsigned scan_form(const char *s, const char *form, uint32_t *numbers, const char **end)
{
	unsigned n = 0;

	for (; *form; form++) {
		if (*form == ' ') {
			s = skip_spaces(s);
		} else if (*form == 'x') {
			s = scan_hex(s, &numbers[n]);
			if (!s)
				return n;
			n++;
		} else if (*s++ != *form) {
			return n;
		}
	}
	*end = s;
	return n;
}

/* What stands in an item, before anyone asks whether such a device can be. */
struct raw_item {
	uint32_t domain, bus, dev, fn;
	bool any_dev, any_fn, has_domain;
};

/* The forms in the order in which the kernel tries them; returns the place behind the item and its blanks, or NULL. */
static const char *scan_item(const char *s, struct raw_item *raw)
{
	static const struct {
		const char *form;
		bool domain, any_dev, any_fn;
	} forms[] = {
		{ " (x:x:x.x) ", true, false, false }, { " (x:x:x.*) ", true, false, true },
		{ " (x:x:*.*) ", true, true, true },   { " (x:x.x) ", false, false, false },
		{ " (x:x.*) ", false, false, true },   { " (x:*.*) ", false, true, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		uint32_t n[4] = { 0 }, *next = n;
		const char *end = NULL;

		scan_form(s, forms[i].form, n, &end);
		if (!end)
			continue;
		*raw = (struct raw_item){ .has_domain = forms[i].domain };
		raw->domain = raw->has_domain ? *next++ : 0;
		raw->bus = *next++;
		raw->dev = forms[i].any_dev ? 0 : *next++;
		raw->fn = forms[i].any_fn ? 0 : *next;
		/* The kernel keeps them in an int, and marks a star with -1. */
		raw->any_dev = forms[i].any_dev || raw->dev > INT32_MAX;
		raw->any_fn = forms[i].any_fn || raw->fn > INT32_MAX;
		return end;
	}
	return NULL;
}

/* ---- judging ---------------------------------------------------------------------------------------------- */

static void judge(struct hide_item *item, enum hide_verdict verdict, size_t at, const char *why)
{
	item->verdict = verdict;
	item->at = at;
	item->why = why;
}

static bool hex_run(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_digit(s[i]) == 16)
			return false;
	return true;
}

/* "(dddd:bb:dd.f)" in either case: the only thing that XAPI reads. */
static bool is_xapi_form(const char *s, size_t len)
{
	return len == 14 && s[0] == '(' && hex_run(s + 1, 4) && s[5] == ':' && hex_run(s + 6, 2) && s[8] == ':' &&
	       hex_run(s + 9, 2) && s[11] == '.' && hex_run(s + 12, 1) && s[13] == ')';
}

/* Its reader takes the list in steps of 14 characters, wherever the kernel would stop. */
static bool xapi_reads(const char *value)
{
	size_t len = strlen(value), i = 0;

	while (i < len && is_xapi_form(value + i, MIN(len - i, (size_t)14)))
		i += 14;
	return i == len;
}

static size_t find_upper(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] >= 'A' && s[i] <= 'F')
			return i;
	return len;
}

static bool in_range(const struct raw_item *raw, struct hide_item *item)
{
	const char *why = NULL;

	if (raw->bus > 0xff)
		why = "the bus is above ff: the kernel refuses the whole list";
	else if (!raw->any_dev && raw->dev > 31)
		why = "the device is above 1f: the kernel refuses the whole list";
	else if (!raw->any_fn && raw->fn > 7)
		why = "the function is above 7: the kernel refuses the whole list";

	if (why)
		judge(item, HIDE_BAD, item->off, why);
	else if (raw->domain > 0xffff)
		judge(item, HIDE_WIDE_DOMAIN, item->off + 1,
		      "the domain is above ffff: the kernel refuses the whole list, such a device cannot be hidden at "
		      "boot");
	else
		return true;
	return false;
}

/* The kernel takes the item; is it also what XAPI reads and what we would write?  `blanks`: some stand around it. */
static void judge_form(struct hide_item *item, const struct raw_item *raw, const char *value, bool blanks)
{
	const char *s = value + item->off, *star = memchr(s, '*', item->len);
	size_t upper = find_upper(s, item->len);

	if (!raw->has_domain)
		judge(item, HIDE_SHORT, item->off + 1, "no domain: the kernel takes 0000, XAPI cannot read the list");
	else if (raw->any_dev || raw->any_fn)
		judge(item, HIDE_WILDCARD, star ? (size_t)(star - value) : item->off,
		      "a wildcard: the kernel expands it, XAPI cannot read the list");
	else if (!is_xapi_form(s, item->len))
		judge(item, HIDE_FORM, item->off, "not of the form (dddd:bb:dd.f): XAPI cannot read the list");
	else if (blanks)
		judge(item, HIDE_FORM, item->off, "blanks around it: XAPI cannot read the list");
	else if (upper < item->len)
		judge(item, HIDE_FORM, item->off + upper, "capitals: XAPI does not find the device in the list");
	else
		item->verdict = HIDE_CANONICAL;
}

/* What is usually wrong when this byte stands behind the n-th number of an address; NULL: nothing yet. */
static const char *misplaced(char c, unsigned n, bool dotted)
{
	if (c == '.')
		return dotted || n < 2 ? "a dot where a colon belongs" : NULL;
	if (c != ':')
		return "this belongs to no address";
	return dotted ? "a colon behind the dot" : n > 2 ? "a colon where a dot belongs" : NULL;
}

static const char *no_number(char c)
{
	return c == ':' ? "a colon too many" : c == '.' || c == ')' || !c ? "a number is missing" : "not a hex number";
}

/* Walk over an address that no form matches, from behind its '(', to the byte where it goes wrong. */
static const char *explain_address(const char **s)
{
	const char *dot = NULL;

	for (unsigned n = 1;; n++) {
		uint32_t ignored;
		const char *end = **s == '*' ? *s + 1 : scan_hex(*s, &ignored), *why;

		if (!end)
			return no_number(**s);
		*s = end;
		if (!**s)
			return "the ')' is missing";
		if (**s == ')')
			return "not of the form (dddd:bb:dd.f)";
		why = misplaced(**s, n, dot);
		if (why) {
			if (**s == '.' && dot) /* of two dots the first is the wrong one */
				*s = dot;
			return why;
		}
		if (**s == '.')
			dot = *s;
		++*s;
	}
}

static void explain(struct hide_item *item, const char *value)
{
	const char *s = value + item->off, *why;

	if (*s == '(') {
		s++;
		why = explain_address(&s);
	} else if (*s == ',') {
		why = "a comma: items stand side by side with nothing between them";
	} else {
		why = *s ? "an item begins with '('" : "only blanks, where the kernel expects an item";
	}
	judge(item, HIDE_BAD, (size_t)(s - value), why);
}

/* A bad item ends with its ')', before the next '(', or with the value. */
static size_t bad_len(const char *s)
{
	size_t n = *s ? 1 : 0;

	n += strcspn(s + n, "()");
	return s[n] == ')' ? n + 1 : n;
}

static void add_item(struct hidelist *l, const struct hide_item *item)
{
	ARRAY_GROW(l->v, l->n);
	l->v[l->n++] = *item;
	if (item->verdict == HIDE_BAD || item->verdict == HIDE_WIDE_DOMAIN)
		l->kernel_accepts = false;
}

/* Read the item at `pos`; returns the place of the next, or 0 when the kernel stops here. */
static size_t read_item(const char *value, size_t pos, struct hidelist *l)
{
	struct hide_item item = { 0 };
	struct raw_item raw;
	const char *begin = skip_spaces(value + pos), *end = scan_item(value + pos, &raw);
	bool blanks;

	item.off = (size_t)(begin - value);
	if (!end) {
		item.len = bad_len(begin);
		explain(&item, value);
		add_item(l, &item);
		return 0;
	}
	item.len = (size_t)(end - begin);
	while (is_space(begin[item.len - 1]))
		item.len--;
	item.bdf = (struct bdf){ raw.domain, (uint8_t)raw.bus, (uint8_t)raw.dev, (uint8_t)raw.fn };
	item.any_dev = raw.any_dev;
	item.any_fn = raw.any_fn;

	blanks = item.off > pos || item.off + item.len < (size_t)(end - value);
	if (in_range(&raw, &item))
		judge_form(&item, &raw, value, blanks);
	add_item(l, &item);
	return l->kernel_accepts ? (size_t)(end - value) : 0;
}

void hide_parse(const char *value, struct hidelist *ret)
{
	struct hidelist l = { .kernel_accepts = true, .xapi_accepts = xapi_reads(value) };

	if (*value)
		for (size_t pos = 0; (pos = read_item(value, pos, &l)) && value[pos];)
			;
	*ret = l;
}

void hide_done(struct hidelist *l)
{
	free(l->v);
	*l = (struct hidelist){ 0 };
}

int hide_check(const char *name, const char *value, struct err *err)
{
	_cleanup_(hide_done) struct hidelist l = { 0 };
	const struct hide_item *bad;
	_cleanup_free_ char *text = NULL;

	hide_parse(value, &l);
	if (l.kernel_accepts)
		return 0;
	bad = &l.v[l.n - 1];
	text = xstrndup(value + bad->off, bad->len);
	err_set(err, EINVAL, "'%s' in " HIDE_KEY " of %s: %s", text, name, bad->why);
	err_point(err, name, value, strlen(value), bad->at, 1);
	err_hint(err, "write each device as (dddd:bb:dd.f), nothing between: with one bad item the kernel hides none");
	return -EINVAL;
}

/* ---- using ------------------------------------------------------------------------------------------------ */

bool hide_item_covers(const struct hide_item *item, struct bdf bdf)
{
	return item->verdict != HIDE_BAD && item->verdict != HIDE_WIDE_DOMAIN && item->bdf.domain == bdf.domain &&
	       item->bdf.bus == bdf.bus && (item->any_dev || item->bdf.dev == bdf.dev) &&
	       (item->any_fn || item->bdf.fn == bdf.fn);
}

bool hide_covers(const struct hidelist *l, struct bdf bdf)
{
	if (!l->kernel_accepts)
		return false;
	for (size_t i = 0; i < l->n; i++)
		if (hide_item_covers(&l->v[i], bdf))
			return true;
	return false;
}

char *hide_format(const struct bdfset *set)
{
	_cleanup_free_ struct bdf *v = set->n ? xmemdup(set->v, set->n * sizeof(*v)) : NULL;
	struct strbuf out = { 0 };

	if (v)
		qsort(v, set->n, sizeof(*v), bdf_cmp_ptr);
	for (size_t i = 0; v && i < set->n; i++)
		if (!i || !bdf_eq(v[i - 1], v[i]))
			strbuf_addf(&out, "(%s)", BDF_STR(v[i]));
	return strbuf_take(&out);
}

bool hide_is_key(const char *key)
{
	const char *want = HIDE_KEY;

	for (; *want && (*key == *want || (*want == '-' && *key == '_')); want++)
		key++;
	return !*want && !*key;
}

bool hide_is_key_like(const char *key)
{
	return hide_is_key(key) || streq(key, "pciback.hide");
}
