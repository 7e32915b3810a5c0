/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grublex.h"

void grublex_init(struct grublex *l, const char *s, size_t len)
{
	*l = (struct grublex){ .s = s, .len = len, .multiline = GRUBLEX_NOWHERE };
}

void grublex_done(struct grublex *l)
{
	free(l->w);
	l->w = NULL;
	l->n = l->cap = 0;
}

/* The length of "\", any carriage returns and a line end at s[i], or 0. */
static size_t joined_line(const char *s, size_t len, size_t i)
{
	if (s[i] != '\\')
		return 0;

	size_t j = i + 1;
	while (j < len && s[j] == '\r')
		j++;
	return j < len && s[j] == '\n' ? j + 1 - i : 0;
}

size_t grublex_blank(const char *s, size_t len, size_t i)
{
	if (i >= len)
		return 0;
	if (s[i] == ' ' || s[i] == '\t' || s[i] == '\r')
		return 1;
	return joined_line(s, len, i);
}

static size_t single_quoted(const char *s, size_t len, size_t i, bool *unclosed)
{
	const char *end = memchr(s + i + 1, '\'', len - i - 1);

	if (end)
		return (size_t)(end - s) + 1;
	*unclosed = true;
	return len;
}

static size_t double_quoted(const char *s, size_t len, size_t i, bool *unclosed)
{
	for (i++; i < len && s[i] != '"'; i++)
		if (s[i] == '\\')
			i++;
	if (i < len)
		return i + 1;
	*unclosed = true;
	return len;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* `$` begins a translated string, or a variable whose braces are no block. */
static size_t dollar(const char *s, size_t len, size_t i, bool *unclosed)
{
	size_t j = i + 1;

	if (j < len && s[j] == '"')
		return double_quoted(s, len, j, unclosed);
	if (j == len || s[j] != '{')
		return j;

	j++;
	if (j < len && memchr("?#*@", s[j], 4))
		j++;
	else
		while (j < len && is_name_byte(s[j]))
			j++;
	return j < len && s[j] == '}' ? j + 1 : i + 1;
}

size_t grublex_unit(const char *s, size_t len, size_t i, bool *unclosed)
{
	switch (s[i]) {
	case '\'': return single_quoted(s, len, i, unclosed);
	case '"': return double_quoted(s, len, i, unclosed);
	case '$': return dollar(s, len, i, unclosed);
	case '\\': {
		size_t join = joined_line(s, len, i);
		return join ? i + join : MIN(i + 2, len);
	}
	default: return i + 1;
	}
}

/* What a byte does to a word.  A table, because every byte of the file is looked up in it. */
enum byte_class { BYTE_PLAIN, BYTE_UNIT, BYTE_END };

static const unsigned char byte_classes[256] = {
	['\''] = BYTE_UNIT, ['"'] = BYTE_UNIT, ['$'] = BYTE_UNIT, ['\\'] = BYTE_UNIT, [' '] = BYTE_END,
	['\t'] = BYTE_END,  ['\r'] = BYTE_END, ['\n'] = BYTE_END, ['{'] = BYTE_END,   ['}'] = BYTE_END,
	[';'] = BYTE_END,   ['&'] = BYTE_END,  ['|'] = BYTE_END,  ['<'] = BYTE_END,   ['>'] = BYTE_END,
};

static enum byte_class byte_class(char c)
{
	return byte_classes[(unsigned char)c];
}

static size_t skip_plain(const char *s, size_t end, size_t i)
{
	while (i < end && byte_class(s[i]) == BYTE_PLAIN)
		i++;
	return i;
}

static void add_word(struct grublex *l)
{
	size_t start = l->pos;

	for (;;) {
		size_t unit = skip_plain(l->s, l->len, l->pos);

		l->pos = unit;
		if (unit == l->len || byte_class(l->s[unit]) == BYTE_END)
			break;
		l->pos = grublex_unit(l->s, l->len, unit, &l->unclosed);
		if (l->pos > unit + 2 && l->multiline == GRUBLEX_NOWHERE && l->s[unit] != '\\' &&
		    memchr(l->s + unit, '\n', l->pos - unit))
			l->multiline = unit;
	}

	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->w = xreallocarray(l->w, l->cap, sizeof(*l->w));
	}
	l->w[l->n++] = (struct grublex_word){ .off = start, .len = l->pos - start };
}

/* Is the one word read so far a reserved word that another command follows on the same line? */
static bool is_keyword(const struct grublex *l)
{
	static const char *const words[] = { "if", "then", "else", "elif", "do", "while", "until" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (grublex_is(l, 0, words[i]))
			return true;
	return false;
}

static void skip_comment(struct grublex *l)
{
	const char *end = memchr(l->s + l->pos, '\n', l->len - l->pos);

	l->pos = end ? (size_t)(end - l->s) : l->len;
}

/* Take the token at pos as the end of the command. */
static bool ended(struct grublex *l, enum grublex_end end)
{
	l->end = end;
	l->end_off = l->pos++;
	return true;
}

bool grublex_next(struct grublex *l)
{
	l->n = 0;
	while (l->pos < l->len) {
		size_t blank = grublex_blank(l->s, l->len, l->pos);

		if (blank) {
			l->pos += blank;
			continue;
		}
		switch (l->s[l->pos]) {
		case '\n':
		case ';':
			if (l->n)
				return ended(l, GRUBLEX_LINE);
			l->pos++;
			break;
		case '#': skip_comment(l); break;
		case '{': return ended(l, GRUBLEX_OPEN);
		case '}': return ended(l, GRUBLEX_CLOSE);
		case '&':
		case '|':
		case '<':
		case '>': return ended(l, GRUBLEX_STRANGE);
		default:
			add_word(l);
			if (l->n == 1 && is_keyword(l)) {
				l->end = GRUBLEX_KEYWORD;
				l->end_off = l->pos;
				return true;
			}
		}
	}
	l->end = GRUBLEX_LINE;
	l->end_off = l->len;
	return l->n > 0;
}

/* ---- what a word says ------------------------------------------------------------------------------------- */

struct cook {
	const char *s;
	struct strbuf *out;
	size_t eq;
};

static void cook_plain(struct cook *c, size_t i, size_t end)
{
	const char *eq = c->eq == GRUBLEX_NOWHERE && i < end ? memchr(c->s + i, '=', end - i) : NULL;

	if (eq)
		c->eq = (size_t)(eq - c->s);
	if (i < end)
		strbuf_addn(c->out, c->s + i, end - i);
}

/* Inside double quotes a backslash escapes only these; before any other byte it stands for itself. */
static bool is_dquote_escape(char c)
{
	return c == '"' || c == '\\' || c == '$';
}

static void cook_dquoted(struct cook *c, size_t i, size_t end)
{
	while (i < end) {
		const char *escape = memchr(c->s + i, '\\', end - i);
		size_t at = escape ? (size_t)(escape - c->s) : end, join;

		cook_plain(c, i, at);
		i = at;
		if (i == end)
			break;
		join = joined_line(c->s, end, i);
		if (join) {
			i += join;
			continue;
		}
		if (i + 1 < end && is_dquote_escape(c->s[i + 1]))
			i++;
		cook_plain(c, i, i + 1);
		i++;
	}
}

static void cook_unit(struct cook *c, size_t i, size_t end, bool unclosed)
{
	size_t inner = end - (unclosed ? 0 : 1);

	switch (c->s[i]) {
	case '\'': cook_plain(c, i + 1, inner); break;
	case '"': cook_dquoted(c, i + 1, inner); break;
	case '\\':
		if (joined_line(c->s, end, i))
			break;
		cook_plain(c, end > i + 1 ? i + 1 : i, end);
		break;
	case '$':
		if (end > i + 1 && c->s[i + 1] == '"')
			cook_dquoted(c, i + 2, inner);
		else
			cook_plain(c, i, end);
		break;
	default: cook_plain(c, i, end);
	}
}

void grublex_cook(const char *s, struct grublex_word word, struct strbuf *out, size_t *eq)
{
	struct cook c = { .s = s, .out = out, .eq = GRUBLEX_NOWHERE };
	size_t end = word.off + word.len;

	for (size_t i = word.off; i < end;) {
		bool unclosed = false;
		size_t next = skip_plain(s, end, i);

		if (next > i) {
			cook_plain(&c, i, next);
		} else {
			next = grublex_unit(s, end, i, &unclosed);
			cook_unit(&c, i, next, unclosed);
		}
		i = next;
	}
	if (eq)
		*eq = c.eq;
}
