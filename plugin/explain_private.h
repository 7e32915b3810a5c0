/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_private.h - between the files of explain. */
#pragma once

#include "plugin/explain.h"
#include "xenhelpers/bdf.h"

/* ---- explain_text.c ----------------------------------------------------------------------------- */

/* A line's end that stood in the text as the two characters \n: ends a piece, but is not counted. */
#define SOFT_NL '\v'

void explain_normalise(const char *text, size_t len, struct strbuf *ret);

static inline bool is_line_end(char c)
{
	return c == '\n' || c == SOFT_NL;
}
static inline char fold(char c)
{
	return is_line_end(c) ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}
static inline bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || is_line_end(c);
}

/* ---- explain_pull.c: all in [s, end), never beyond ---------------------------------------------- */

const char *find_line_end(const char *s, const char *end);
/* Where `text` (folded lower case) begins, or NULL. */
const char *find_folded(const char *s, const char *end, const char *text);
/* Does `text` stand at s? Its length as found, or 0. */
size_t match_folded(const char *s, const char *end, const char *text);

/* The next address behind *s; *s moves behind it. */
bool pull_bdf(const char **s, const char *end, struct bdf *ret);
/* The next uuid or OpaqueRef, as "f3fac558-...": caller frees; NULL none. */
char *pull_uuid(const char *s, const char *end);
const char *pull_errno(const char *s, const char *end); /* "EPERM", or NULL */
char *pull_word(const char *s, const char *end);   /* the next run without blanks, quotes and brackets */
char *pull_number(const char *s, const char *end);
char *pull_quoted(const char *s, const char *end);
char *pull_rest(const char *s, const char *end); /* trimmed of blanks and of quotes around it */

/* The parameters of an error of XAPI, as "name=value", from what follows its code. */
void pull_params(const char *s, const char *end, const char *names, struct strv *ret);

/* ---- explain.c ---------------------------------------------------------------------------------- */

struct explain_seen { /* of one entry */
	size_t n;
	size_t at[EXPLAIN_SUBJECTS_MAX]; /* its records */
};

struct explainer {
	struct explanations *ret;
	const char *text, *end; /* normalised */
	const char *counted;	/* line ends before this were counted */
	unsigned line;
	struct explain_seen *seen; /* by the entry's place in all tables */
	const char *hide_end; /* of the last hide argument: two on one line are a finding */
};

/*
 * Is this code new for this subject?  Then it has a record, with line, matched text and subject filled; NULL otherwise.
 * A record without a subject gives way to one with a subject.
 */
struct explanation *explain_add(struct explainer *x, const struct explain_entry *entry, const char *from, const char *to,
				const char *subject);

/* A pasted argument in which nothing is wrong. */
void explain_fine(struct explainer *x, const char *from, const char *to, const char *why);

/* ---- explain_judge.c ---------------------------------------------------------------------------- */

/* The begin of a pasted argument or command, and who judges it: gives where to go on, or NULL when it is none. */
struct judge {
	const char *text; /* as patterns are, without gaps; may stand inside a word */
	const char *(*run)(struct explainer *x, const char *at, const char *behind);
};
extern const struct judge explain_judges[];
extern const size_t explain_judges_n;
