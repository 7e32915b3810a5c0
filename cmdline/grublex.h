/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grublex.h - grub's script language, cut into commands and words.  Private to cmdline/.
 *
 * The cuts fall where grub's own lexer makes them: quotes of both kinds, `$"..."`, backslash escapes, `${name}`,
 * comments only where a word could begin, `{ } ; & | < >` as tokens wherever they stand unquoted, a backslash at the
 * end of a line joining the next, carriage returns ignored.  Nothing is copied: words are places in the text.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xenhelpers/str.h"

#define GRUBLEX_NOWHERE ((size_t)-1)

struct grublex_word {
	size_t off, len;
};

/* What ended a command. */
enum grublex_end {
	GRUBLEX_LINE,	 /* a line end, ";" or the end of the text */
	GRUBLEX_KEYWORD, /* the command is one word that another command follows: if, then, else, ... */
	GRUBLEX_OPEN,	 /* "{" */
	GRUBLEX_CLOSE,	 /* "}" */
	GRUBLEX_STRANGE, /* one of & | < >, which grub's grammar has no use for */
};

struct grublex {
	const char *s;
	size_t len, pos;
	struct grublex_word *w; /* the words of the command just read */
	size_t n, cap;
	enum grublex_end end;
	size_t end_off;	  /* where the ending token stands */
	size_t multiline; /* the first quote that was not closed on its line, or GRUBLEX_NOWHERE */
	bool unclosed;	  /* the text ended inside quotes */
};

void grublex_init(struct grublex *l, const char *s, size_t len);
void grublex_done(struct grublex *l);

/* Read the next command; it has no words where only a brace stands.  False at the end of the text. */
bool grublex_next(struct grublex *l);

/* Is the i-th word of the command exactly this (written without quotes)?  Most words differ in their first byte. */
static inline bool grublex_is(const struct grublex *l, size_t i, const char *word)
{
	return i < l->n && l->s[l->w[i].off] == *word && l->w[i].len == strlen(word) &&
	       !memcmp(l->s + l->w[i].off, word, l->w[i].len);
}

/*
 * The end of the unit at s[i]: a quoted part, an escape, `${name}`, or one byte.  Where a quote runs out it is len, and
 * *unclosed becomes true.
 */
size_t grublex_unit(const char *s, size_t len, size_t i, bool *unclosed);

/* The length of a blank at s[i] (a space, a tab, a carriage return, a joined line end), or 0. */
size_t grublex_blank(const char *s, size_t len, size_t i);

/*
 * Append the word as grub hands it to a command: quotes and escapes gone, variables as they are written.
 * *eq (may be NULL) becomes the place in s of the first "=" that remains, or GRUBLEX_NOWHERE.
 */
void grublex_cook(const char *s, struct grublex_word word, struct strbuf *out, size_t *eq);
