/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain.c - finds what the tables know in a text; see explain.h. */

#include "plugin/explain_private.h"

enum {
	MATCHED_MAX = 200,
	BEFORE_MAX = 200, /* of a line, before a match */
	BEHIND_MAX = 400, /* and behind it */
	DEVICES_MAX = 8,  /* of one line */
	FINE_MAX = 20,
};

const char *explain_source_name(enum explain_source s)
{
	static const char *const names[] = {
		[SAYS_XAPI] = "XAPI",
		[SAYS_XENOPSD] = "xenopsd",
		[SAYS_LIBXL] = "libxl",
		[SAYS_XEN] = "Xen",
		[SAYS_LINUX] = "Linux",
		[SAYS_LSPCI] = "lspci",
		[SAYS_QEMU] = "QEMU",
		[SAYS_WINDOWS] = "Windows guest",
		[SAYS_USB_SCAN] = "usb_scan",
		[SAYS_XE] = "xe",
		[SAYS_CMDLINE] = "kernel command line",
		[SAYS_XEN_CMDLINE] = "xen-cmdline",
		[SAYS_PLACEMENT] = "placement",
	};

	return names[s];
}

/* ---- all patterns, by their first two bytes ----------------------------------------------------- */

struct pattern {
	const char *text;
	bool exact;			   /* case counts */
	const struct explain_entry *entry; /* NULL: a judge's */
	const struct judge *judge;
	unsigned next; /* index + 1 of the next one that begins alike */
};

struct patterns {
	struct pattern *v;
	size_t n;
	unsigned head[65536]; /* index + 1 */
};

static unsigned key_of(const char *s)
{
	return (unsigned)(unsigned char)fold(s[0]) << 8 | (unsigned char)fold(s[1]);
}

static void add_pattern(struct patterns *p, const char *text, const struct explain_entry *entry,
			const struct judge *judge)
{
	ARRAY_GROW(p->v, p->n);
	p->v[p->n++] = (struct pattern){
		.text = text + (*text == '='), .exact = *text == '=', .entry = entry, .judge = judge
	};
}

static void add_table(struct patterns *p, const struct explain_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < EXPLAIN_PATTERNS && t->v[i].patterns[k]; k++)
			add_pattern(p, t->v[i].patterns[k], &t->v[i], NULL);
}

static struct patterns *patterns_new(void)
{
	struct patterns *p = xcalloc(1, sizeof(*p));

	for (size_t i = 0; i < explain_judges_n; i++)
		add_pattern(p, explain_judges[i].text, NULL, &explain_judges[i]);
	add_table(p, &explain_toolstack);
	add_table(p, &explain_platform);
	/* From the last to the first: a chain is in the order of precedence. */
	for (size_t i = p->n; i--;) {
		unsigned *head = &p->head[key_of(p->v[i].text)];

		p->v[i].next = *head;
		*head = (unsigned)i + 1;
	}
	return p;
}

static void patterns_freep(struct patterns **p)
{
	if (*p)
		free((*p)->v);
	free(*p);
}

/* ---- one pattern at one place ------------------------------------------------------------------- */

struct match {
	const char *from, *to;
	const char *gap_from, *gap_to; /* the first gap; NULL: none */
};

/* Whole words only.  An argument of a boot line goes on over a dash, too: iommu=no is not iommu=no-intremap. */
static bool ends_well(const struct explainer *x, const char *pattern, const char *last, const char *at)
{
	if (!is_word(*last) || at == x->end)
		return true;
	return !is_word(*at) && !(*at == '-' && strchr(pattern, '='));
}

static size_t part_at(const char *s, const char *end, const char *part, size_t len)
{
	const char *at = s;

	for (size_t i = 0; i < len; i++, at++)
		if (at == end || fold(*at) != fold(part[i]))
			return 0;
	return len;
}

static const char *find_part(const char *s, const char *end, const char *part, size_t len)
{
	char first = fold(*part);

	for (; s < end; s++)
		if (fold(*s) == first && part_at(s, end, part, len))
			return s;
	return NULL;
}

static bool match_at(const struct explainer *x, const char *pattern, const char *at, struct match *ret)
{
	const char *part = pattern, *s = at;
	size_t len = strcspn(part, "*");

	if (!part_at(s, x->end, part, len) || (is_word(*part) && s > x->text && is_word(s[-1])))
		return false;
	*ret = (struct match){ .from = at };
	s += len;
	while (part[len]) {
		const char *found;

		part += len + 1;
		len = strcspn(part, "*");
		found = find_part(s, find_line_end(s, MIN(x->end, s + EXPLAIN_GAP_MAX + len)), part, len);
		if (!found)
			return false;
		if (!ret->gap_from) {
			ret->gap_from = s;
			ret->gap_to = found;
		}
		s = found + len;
	}
	ret->to = s;
	return ends_well(x, pattern, part + len - 1, s);
}

/* ---- what came of it ---------------------------------------------------------------------------- */

static size_t entry_index(const struct explain_entry *e)
{
	const struct explain_table *tables[] = { &explain_toolstack, &explain_platform, &explain_judged };
	size_t at = 0;

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		if (e >= tables[i]->v && e < tables[i]->v + tables[i]->n)
			return at + (size_t)(e - tables[i]->v);
		at += tables[i]->n;
	}
	abort();
}

static unsigned line_of(struct explainer *x, const char *at)
{
	for (; x->counted < at; x->counted++)
		x->line += *x->counted == '\n';
	return x->line;
}

static char *flat(const char *from, const char *to)
{
	size_t n = MIN((size_t)(to - from), (size_t)MATCHED_MAX);
	char *s = xstrndup(from, n);

	for (char *c = s; *c; c++)
		if (is_line_end(*c))
			*c = ' ';
	return s;
}

struct explanation *explain_add(struct explainer *x, const struct explain_entry *entry, const char *from,
				const char *to, const char *subject)
{
	struct explain_seen *seen = &x->seen[entry_index(entry)];
	struct explanations *ret = x->ret;
	struct explanation *e;

	for (size_t i = 0; i < seen->n; i++) {
		e = &ret->v[seen->at[i]];
		if (!subject || (e->subject && !strncmp(e->subject, subject, MATCHED_MAX)))
			return NULL;
		if (!e->subject) {
			e->subject = xstrndup(subject, MATCHED_MAX);
			return e;
		}
	}
	if (seen->n == EXPLAIN_SUBJECTS_MAX) {
		ret->more++;
		return NULL;
	}
	ARRAY_GROW(ret->v, ret->n);
	seen->at[seen->n++] = ret->n;
	e = &ret->v[ret->n++];
	*e = (struct explanation){ .entry = entry, .line = line_of(x, from), .matched = flat(from, to) };
	e->subject = subject ? xstrndup(subject, MATCHED_MAX) : NULL;
	return e;
}

/* ---- the parameters around a match
 * -------------------------------------------------------------------------------------- */

static void take(struct strv *found, const char *name, char *value)
{
	if (value)
		strv_addf(found, "%s=%s", name, value);
	free(value);
}

static void pull_devices(const struct match *m, const char *line, const char *line_end, struct strv *found)
{
	const char *at = m->from;
	struct bdf bdf, last = { 0 };
	bool any = false;

	for (int i = 0; i < DEVICES_MAX && pull_bdf(&at, line_end, &bdf); i++) {
		_cleanup_free_ char *item = xasprintf("device=%s", BDF_STR(bdf));

		if (!strv_has(found, item))
			strv_add(found, item);
		any = true;
	}
	if (any)
		return;
	for (at = line; pull_bdf(&at, m->from, &bdf); any = true)
		last = bdf;
	if (any)
		strv_addf(found, "device=%s", BDF_STR(last));
}

static void pull_one(struct explainer *x, char what, const struct match *m, struct strv *found)
{
	const char *line = m->from, *line_end = find_line_end(m->to, MIN(x->end, m->to + BEHIND_MAX));
	char *uuid;

	while (line > x->text && !is_line_end(line[-1]) && m->from - line < BEFORE_MAX)
		line--;
	switch (what) {
	case 'b': pull_devices(m, line, line_end, found); break;
	case 'u':
		uuid = pull_uuid(m->from, line_end);
		take(found, "uuid", uuid ? uuid : pull_uuid(line, m->from));
		break;
	case 'e':
		if (pull_errno(m->from, line_end))
			strv_addf(found, "errno=%s", pull_errno(m->from, line_end));
		break;
	case 'n': take(found, "number", pull_number(m->to, line_end)); break;
	case 'w': take(found, "word", pull_word(m->to, line_end)); break;
	case 'q': take(found, "text", pull_quoted(m->from, line_end)); break;
	case 'r': take(found, "rest", pull_rest(m->to, line_end)); break;
	case 'g':
		if (m->gap_from)
			take(found, "name", pull_rest(m->gap_from, m->gap_to));
		break;
	}
}

static const char *value_of(const struct strv *found, const char *name)
{
	for (size_t i = 0; name && i < found->n; i++) {
		const char *s = str_after(found->v[i], name);

		if (s && *s == '=' && s[1])
			return s + 1;
	}
	return NULL;
}

/*
 * Is this known already, as far as the first letter of `pull` tells, which gives the subject as a rule?  Most of a log
 * that is full of one message ends here.
 */
static bool is_known(const struct explainer *x, const struct explain_entry *entry, const struct strv *found)
{
	const struct explain_seen *seen = &x->seen[entry_index(entry)];
	const char *subject = value_of(found, entry->subject);

	if (!subject)
		return seen->n && streq0(entry->subject, "device") && *entry->pull == 'b';
	for (size_t i = 0; i < seen->n; i++) {
		const char *known = x->ret->v[seen->at[i]].subject;

		if (known && !strncmp(known, subject, MATCHED_MAX))
			return true;
	}
	return false;
}

static void hit(struct explainer *x, const struct explain_entry *entry, const struct match *m)
{
	_cleanup_strv_ struct strv found = { 0 };
	struct explanation *e;

	for (const char *p = entry->pull; p && *p; p++) {
		pull_one(x, *p, m, &found);
		if (p == entry->pull && is_known(x, entry, &found))
			return;
	}
	if (entry->params)
		pull_params(m->to, MIN(x->end, m->to + BEHIND_MAX), entry->params, &found);
	e = explain_add(x, entry, m->from, m->to, value_of(&found, entry->subject));
	if (e) {
		strv_done(&e->found);
		e->found = TAKE_STRV(found);
	}
}

/* ---- from the first byte to the last
 * --------------------------------------------------------------------------------------- */

/* What stands at `at`, if anything; gives where to go on. */
static const char *look(struct explainer *x, const struct patterns *p, const char *at)
{
	for (unsigned i = p->head[key_of(at)]; i; i = p->v[i - 1].next) {
		const struct pattern *pattern = &p->v[i - 1];
		struct match m;

		if (pattern->judge) {
			size_t len = match_folded(at, x->end, pattern->text);
			const char *next = len ? pattern->judge->run(x, at, at + len) : NULL;

			if (next)
				return next;
		} else if (match_at(x, pattern->text, at, &m) &&
			   !(pattern->exact && memcmp(at, pattern->text, strlen(pattern->text)))) {
			hit(x, pattern->entry, &m);
			return m.to;
		}
	}
	return at + 1;
}

void explain(const char *text, size_t len, struct explanations *ret)
{
	_cleanup_strbuf_ struct strbuf plain = { 0 };
	_cleanup_(patterns_freep) struct patterns *p = patterns_new();
	struct explainer x = { .ret = ret, .line = 1 };
	const char *at;

	*ret = (struct explanations){ 0 };
	explain_normalise(text, len, &plain);
	x.text = x.counted = at = strbuf_str(&plain);
	x.end = x.text + plain.len;
	x.seen = xcalloc(explain_toolstack.n + explain_platform.n + explain_judged.n, sizeof(*x.seen));
	while (at + 1 < x.end)
		at = p->head[key_of(at)] ? look(&x, p, at) : at + 1;
	free(x.seen);
}

void explanations_done(struct explanations *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->v[i].subject);
		free(e->v[i].matched);
		free(e->v[i].meaning);
		free(e->v[i].remedy);
		strv_done(&e->v[i].found);
		strv_done(&e->v[i].where);
	}
	free(e->v);
	strv_done(&e->fine);
	*e = (struct explanations){ 0 };
}

void explain_fine(struct explainer *x, const char *from, const char *to, const char *why)
{
	_cleanup_free_ char *arg = flat(from, to), *text = xasprintf("line %u: %s: %s", line_of(x, from), arg, why);

	if (x->ret->fine.n < FINE_MAX && !strv_has(&x->ret->fine, text))
		strv_add(&x->ret->fine, text);
}
