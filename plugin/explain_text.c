/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_text.c - one form for texts that went through logs, JSON, shells, web pages and terminals; see explain.h. */

#include <ctype.h>

#include "plugin/explain_private.h"

/* What stands for one plain character in HTML and in XML-RPC, and in typographic UTF-8; '\0': nothing. */
static const struct {
	const char *from;
	char to;
} spellings[] = {
	{ "&quot;", '"' },	 { "&apos;", '\'' },	   { "&#39;", '\'' },	     { "&#x27;", '\'' },
	{ "&amp;", '&' },	 { "&lt;", '<' },	   { "&gt;", '>' },	     { "&nbsp;", ' ' },
	{ "\xc2\xa0", ' ' },	 { "\xe2\x80\x98", '\'' }, { "\xe2\x80\x99", '\'' }, { "\xe2\x80\x9c", '"' },
	{ "\xe2\x80\x9d", '"' }, { "\xe2\x80\x8b", '\0' }, { "\xef\xbb\xbf", '\0' },
};

static size_t take_spelling(const char *s, size_t n, char *ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
		size_t len = strlen(spellings[i].from);

		if (*s == *spellings[i].from && len <= n && !memcmp(s, spellings[i].from, len)) {
			*ret = spellings[i].to;
			return len;
		}
	}
	return 0;
}

/* A terminal's colour: ESC [ parameters letter. */
static size_t take_colour(const char *s, size_t n)
{
	size_t i = 2;

	if (n < 2 || s[1] != '[')
		return 1;
	while (i < n && i < 32 && (isdigit((unsigned char)s[i]) || s[i] == ';'))
		i++;
	return i < n && isalpha((unsigned char)s[i]) ? i + 1 : 2;
}

/* Backslashes and what they escape, however often it was escaped again. */
static size_t take_escape(const char *s, size_t n, char *ret)
{
	size_t i = 0;

	while (i < n && s[i] == '\\')
		i++;
	if (i < n && strchr("\"'()", s[i]) && s[i]) {
		*ret = s[i];
		return i + 1;
	}
	if (i < n && (s[i] == 'n' || s[i] == 'r' || s[i] == 't')) {
		*ret = s[i] == 'n' ? SOFT_NL : ' ';
		return i + 1;
	}
	*ret = '\\';
	return i;
}

static void put(struct strbuf *b, char c)
{
	char last = b->len ? b->s[b->len - 1] : '\n';

	if (c == '\t' || c == '\r' || c == 0x7f || (c > 0 && c < ' ' && !is_line_end(c)))
		c = ' ';
	if (c == ' ' && is_blank(last))
		return;
	if (is_line_end(c) && last == ' ' && b->len)
		b->s[b->len - 1] = c;
	else
		strbuf_addc(b, c);
}

void explain_normalise(const char *text, size_t len, struct strbuf *ret)
{
	for (size_t i = 0; i < len;) {
		char c = text[i];
		size_t n = 0;

		if (c == '\0') {
			i++;
			continue;
		}
		if (c == '\x1b') {
			i += take_colour(text + i, len - i);
			continue;
		}
		if (c == SOFT_NL)
			c = ' ';
		if (c == '\\')
			n = take_escape(text + i, len - i, &c);
		else if (c == '&' || c == '\xc2' || c == '\xe2' || c == '\xef')
			n = take_spelling(text + i, len - i, &c);
		if (c)
			put(ret, c);
		i += n ? n : 1;
	}
}
