/* SPDX-License-Identifier: GPL-2.0-or-later */
/* settings.c - see settings.h */

#include "plugin/settings.h"

#define SETTINGS_MAX (64u << 10)

void settings_done(struct settings *s)
{
	strv_done(&s->notes);
}

static char *trimmed(const char *s, size_t n)
{
	while (n && strchr(" \t\r", s[n - 1]))
		n--;
	while (n && strchr(" \t\r", *s)) {
		s++;
		n--;
	}
	return xstrndup(s, n);
}

/* What is wrong with it, or NULL; caller frees. */
static char *set_guard(struct settings *s, const char *value)
{
	static const char *const words[] = { [GUARD_REFUSE] = "refuse", [GUARD_WARN] = "warn", [GUARD_OFF] = "off" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (streq(value, words[i])) {
			s->guard = (enum guard_mode)i;
			return NULL;
		}
	return xasprintf("guard is off, warn or refuse, not '%s'", value);
}

static char *take_line(struct settings *s, const char *line)
{
	const char *eq = strchr(line, '=');
	_cleanup_free_ char *key = NULL, *value = NULL;

	if (!eq)
		return xasprintf("'%s' is not of the form key = value", line);
	key = trimmed(line, (size_t)(eq - line));
	value = trimmed(eq + 1, strlen(eq + 1));
	if (streq(key, "guard"))
		return set_guard(s, value);
	return xasprintf("unknown key '%s'", key);
}

void settings_parse(const struct strbuf *text, struct settings *s)
{
	_cleanup_strv_ struct strv lines = { 0 };

	strv_split(&lines, strbuf_str(text), '\n');
	for (size_t i = 0; i < lines.n; i++) {
		_cleanup_free_ char *line = trimmed(lines.v[i], strlen(lines.v[i])), *wrong = NULL;

		if (!*line || *line == '#')
			continue;
		wrong = take_line(s, line);
		if (wrong)
			strv_addf(&s->notes, "%s:%zu: %s", SETTINGS_FILE, i + 1, wrong);
	}
	if (strlen(strbuf_str(text)) < text->len)
		strv_addf(&s->notes, "%s:%zu: a NUL byte: what stands behind it is not read", SETTINGS_FILE, lines.n);
}

void settings_read(struct host *h, struct settings *ret)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct err err = { 0 };
	int rc;

	*ret = (struct settings){ 0 };
	rc = host_read(h, SETTINGS_FILE, SETTINGS_MAX, &text, &err);
	if (rc < 0 && rc != -ENOENT)
		strv_addf(&ret->notes, "%s: %s; defaults count", SETTINGS_FILE, err.text);
	settings_parse(&text, ret);
}
