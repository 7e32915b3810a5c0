/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grubenv.c - see grubenv.h */

#include "grubenv.h"

static const char signature[] = "# GRUB Environment Block\n";

void grubenv_empty(struct strbuf *ret)
{
	strbuf_add(ret, signature);
	strbuf_pad(ret, '#', GRUBENV_SIZE - strlen(signature));
}

bool grubenv_next(const char *env, size_t len, size_t *pos, struct strbuf *name, struct strbuf *value)
{
	while (*pos < len) {
		struct strbuf *to = name;
		bool comment = env[*pos] == '#';

		strbuf_reset(name);
		strbuf_reset(value);
		for (; *pos < len && env[*pos] != '\n'; ++*pos) {
			if (to == name && env[*pos] == '=') {
				to = value;
				continue;
			}
			if (env[*pos] == '\\' && *pos + 1 < len)
				++*pos;
			strbuf_addc(to, env[*pos]);
		}
		++*pos;
		if (to == value && !comment)
			return true;
	}
	return false;
}

char *grubenv_value(const char *env, size_t len, const char *name)
{
	_cleanup_strbuf_ struct strbuf key = { 0 }, value = { 0 };
	char *found = NULL;

	for (size_t pos = 0; grubenv_next(env, len, &pos, &key, &value);) {
		if (!streq(strbuf_str(&key), name))
			continue;
		free(found);
		found = xstrdup(strbuf_str(&value));
	}
	return found;
}

static bool is_block(const char *env, size_t len)
{
	return len >= strlen(signature) && !memcmp(env, signature, strlen(signature)) && !memchr(env, '\0', len);
}

/* The bytes before the padding. */
static size_t used(const char *env, size_t len)
{
	while (len && env[len - 1] == '#')
		len--;
	return len;
}

/* The length of the line at `at`, its end included; 0: it has none, for a line end behind a backslash is part of a value. */
static size_t line_length(const char *env, size_t end, size_t at)
{
	size_t i = at;

	while (i < end && env[i] != '\n')
		i += env[i] == '\\' && i + 1 < end ? 2 : 1;
	return i < end ? i + 1 - at : 0;
}

static bool is_line_of(const char *line, size_t len, const char *name)
{
	size_t n = strlen(name);

	return len > n && !memcmp(line, name, n) && line[n] == '=';
}

static void add_line(struct strbuf *out, const char *name, const char *value)
{
	strbuf_addf(out, "%s=", name);
	for (; *value; value++) {
		if (*value == '\\' || *value == '\n')
			strbuf_addc(out, '\\');
		strbuf_addc(out, *value);
	}
	strbuf_addc(out, '\n');
}

int grubenv_set(const char *env, size_t len, const char *name, const char *value, struct strbuf *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	size_t end = used(env, len);

	if (!is_block(env, len))
		return err_set(err, EINVAL, "it is no environment block of grub");
	for (size_t at = 0; at < end;) {
		size_t n = line_length(env, end, at);

		if (!n)
			return err_set(err, EINVAL, "it is no environment block of grub: its last line has no end");
		if (!is_line_of(env + at, n, name))
			strbuf_addn(&out, env + at, n);
		at += n;
	}
	if (value)
		add_line(&out, name, value);
	if (out.len > len)
		return err_set(err, ENOSPC, "its %zu bytes have no room for %s", len, name);
	strbuf_pad(&out, '#', len - out.len);
	strbuf_addn(ret, out.s, out.len);
	return 0;
}
