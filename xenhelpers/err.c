/* SPDX-License-Identifier: GPL-2.0-or-later */
/* err.c - see err.h */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "err.h"
#include "str.h"

/* What of a long line is shown around the place that a caret points at. */
#define POINT_BEFORE 60
#define POINT_WIDTH 100

/* Print into a fixed field, with hostile bytes escaped; cut with "..." where it does not fit. */
static void put(char *field, size_t size, const char *s)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };
	size_t n;

	strbuf_add_printable(&safe, s, strlen(s));
	n = MIN(safe.len, size - 1);
	/* A cut falls between two characters: half of one is no text any more. */
	if (safe.len > n)
		for (n -= 3; n && (safe.s[n] & 0xc0) == 0x80; n--)
			;
	memcpy(field, strbuf_str(&safe), n);
	strcpy(field + n, safe.len > n ? "..." : "");
}

_printf_(3, 0) static void put_va(char *field, size_t size, const char *fmt, va_list ap)
{
	char raw[2048];

	vsnprintf(raw, sizeof(raw), fmt, ap);
	put(field, size, raw);
}

int err_set(struct err *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -code;
	*err = (struct err){ .code = code };
	va_start(ap, fmt);
	put_va(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return -code;
}

int err_usage(struct err *err)
{
	if (!err)
		return -EINVAL;
	err->usage = true;
	return -err->code;
}

int err_wrap(struct err *err, const char *fmt, ...)
{
	char context[512], cause[sizeof(err->text)];
	size_t n;
	va_list ap;

	if (!err)
		return -EIO;
	va_start(ap, fmt);
	put_va(context, sizeof(context), fmt, ap);
	va_end(ap);

	memcpy(cause, err->text, sizeof(cause));
	n = strlen(context);
	memcpy(err->text, context, n);
	put(err->text + n, sizeof(err->text) - n, ": ");
	put(err->text + n + 2, sizeof(err->text) - n - 2, cause);
	return -err->code;
}

int err_hint(struct err *err, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -EIO;
	if (!err->hint[0]) {
		va_start(ap, fmt);
		put_va(err->hint, sizeof(err->hint), fmt, ap);
		va_end(ap);
	}
	return -err->code;
}

void err_api(struct err *err, const char *code)
{
	if (err)
		put(err->api, sizeof(err->api), code);
}

void err_api_param(struct err *err, const char *param)
{
	size_t used = err ? strlen(err->params) : 0;

	if (!err || used + 8 > sizeof(err->params))
		return;
	put(err->params + used, sizeof(err->params) - used - 1, param);
	strcat(err->params, "\n");
}

/* Add bytes so that each takes one column: what is not printable ASCII becomes '?', a TAB a blank. */
static void add_columns(struct strbuf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		strbuf_addc(out, c == '\t' ? ' ' : c >= 0x20 && c < 0x7f ? (char)c : '?');
	}
}

void err_point_format(struct strbuf *out, const char *name, const char *text, size_t size, size_t off, size_t len)
{
	size_t line = 1, begin = 0, end, from, to, marks;

	off = MIN(off, size);
	for (size_t i = 0; i < off; i++)
		if (text[i] == '\n') {
			line++;
			begin = i + 1;
		}
	/* Of a line's end that is CR and LF, both are the place behind the line. */
	if (off > begin && off < size && text[off] == '\n' && text[off - 1] == '\r')
		off--;
	for (end = off; end < size && text[end] != '\n' && text[end] != '\r'; end++)
		;
	from = off - begin > POINT_BEFORE ? off - POINT_BEFORE : begin;
	to = MIN(end, from + POINT_WIDTH);
	marks = off < to ? MIN(MAX(len, (size_t)1), to - off) : 1;

	strbuf_add_printable(out, name, strlen(name));
	strbuf_addf(out, ":%zu:%zu\n  %s", line, off - begin + 1, from > begin ? "..." : "");
	add_columns(out, text + from, to - from);
	strbuf_add(out, to < end ? "...\n  " : "\n  ");
	strbuf_pad(out, ' ', off - from + (from > begin ? 3 : 0));
	strbuf_addc(out, '^');
	strbuf_pad(out, '~', marks - 1);
}

int err_point(struct err *err, const char *name, const char *text, size_t size, size_t off, size_t len)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };

	if (!err)
		return -EIO;
	err_point_format(&out, name, text, size, off, len);
	snprintf(err->where, sizeof(err->where), "%s", strbuf_str(&out));
	return -err->code;
}
