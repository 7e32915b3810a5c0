/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dropin.c - see dropin.h */

#include "cmdline/bootargs.h"
#include "cmdline/dropin.h"

static const char *const variables[] = {
	[GRUB_XEN] = "GRUB_CMDLINE_XEN_DEFAULT",
	[GRUB_DOM0] = "GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT",
};
static const char *const heads[] = {
	[GRUB_XEN] = "GRUB_CMDLINE_XEN_DEFAULT=\"$GRUB_CMDLINE_XEN_DEFAULT ",
	[GRUB_DOM0] = "GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT=\"${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT:-$GRUB_CMDLINE_LINUX_DEFAULT} ",
};
static const char banner[] = "# Written by xe-passthrough, which reads it again: boot-param-set and its like change it, update-grub carries it out.\n";

void dropin_done(struct dropin *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->v[i].key);
		free(d->v[i].value);
	}
	free(d->v);
	*d = (struct dropin){ 0 };
}

/* What neither the shell, nor grub-mkconfig, nor grub takes for anything but itself. */
static bool is_plain(const char *s)
{
	return !s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:,()/+@%=*-")];
}

static struct dropin_param *find(struct dropin *d, enum grub_target target, const char *key)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].target == target && streq(d->v[i].key, key))
			return &d->v[i];
	return NULL;
}

int dropin_set(struct dropin *d, enum grub_target target, const char *key, const char *value, struct err *err)
{
	struct dropin_param *p = find(d, target, key);

	if (!is_plain(key) || (value && !is_plain(value)))
		return err_set(err, EINVAL, "%s%s%s cannot stand in '" DROPIN_PATH "': blanks, quotes and the like do not come through "
					    "grub-mkconfig unharmed", key, value ? "=" : "", value ? value : "");
	if (!p) {
		ARRAY_GROW(d->v, d->n);
		p = &d->v[d->n++];
		*p = (struct dropin_param){ .target = target, .key = xstrdup(key) };
	}
	free(p->value);
	p->value = value ? xstrdup(value) : NULL;
	return 0;
}

bool dropin_remove(struct dropin *d, enum grub_target target, const char *key)
{
	struct dropin_param *p = find(d, target, key);

	if (!p)
		return false;
	free(p->key);
	free(p->value);
	memmove(p, p + 1, (size_t)(d->v + d->n - (p + 1)) * sizeof(*p));
	d->n--;
	return true;
}

void dropin_format(const struct dropin *d, struct strbuf *ret)
{
	strbuf_add(ret, banner);
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++)
		for (size_t i = 0; i < d->n; i++)
			if (d->v[i].target == t)
				strbuf_addf(ret, "%s%s%s%s\"\n", heads[t], d->v[i].key, d->v[i].value ? "=" : "",
					    d->v[i].value ? d->v[i].value : "");
}

static int parse_line(const char *line, struct dropin *d)
{
	for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
		const char *word = str_after(line, heads[t]), *eq = word ? strchr(word, '=') : NULL;
		_cleanup_free_ char *text = NULL;

		if (!word || !str_ends_with(word, "\""))
			continue;
		text = xstrndup(word, strlen(word) - 1);
		if (eq)
			text[eq - word] = '\0';
		if (bootargs_check(text, NULL, NULL) < 0)
			return -EINVAL;
		return dropin_set(d, t, text, eq ? text + (eq - word) + 1 : NULL, NULL);
	}
	return -EINVAL;
}

int dropin_parse(const char *text, size_t len, struct dropin *ret, struct err *err)
{
	_cleanup_(dropin_done) struct dropin d = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };

	if (len != strlen(text))
		return err_set(err, EINVAL, "'" DROPIN_PATH "': a NUL byte");
	strv_split(&lines, text, '\n');
	for (size_t i = 0; i < lines.n; i++)
		if (*lines.v[i] && *lines.v[i] != '#' && parse_line(lines.v[i], &d) < 0) {
			err_set(err, EINVAL, "'" DROPIN_PATH "', line %zu: not as it was written: %s", i + 1, lines.v[i]);
			return err_hint(err, "move what you have added to a file of your own in " DROPIN_DIR);
		}
	*ret = d;
	d = (struct dropin){ 0 };
	return 0;
}

/* ---- other people's files ------------------------------------------------------------------------------------------ */

static bool is_edge(char c)
{
	return !c || strchr(" \t\"'", c);
}

static bool has_word(const char *line, const char *key)
{
	size_t n = strlen(key);

	for (const char *at = line; (at = strstr(at, key)); at++)
		if (at > line && (is_edge(at[-1]) || at[-1] == '=') && (is_edge(at[n]) || at[n] == '='))
			return true;
	return false;
}

size_t dropin_find_key(const char *text, const char *key)
{
	_cleanup_strv_ struct strv lines = { 0 };
	bool joined = false; /* to a line of such a variable before */

	strv_split(&lines, text, '\n');
	for (size_t i = 0; i < lines.n; i++) {
		const char *line = lines.v[i] + strspn(lines.v[i], " \t");
		bool ours = joined || (*line != '#' && strstr(line, "GRUB_CMDLINE_"));

		if (ours && has_word(line, key))
			return i + 1;
		joined = ours && str_ends_with(line, "\\");
	}
	return 0;
}

size_t dropin_find_overwrite(const char *text)
{
	_cleanup_strv_ struct strv lines = { 0 };

	strv_split(&lines, text, '\n');
	for (size_t i = 0; i < lines.n; i++)
		for (size_t t = 0; t < ARRAY_SIZE(variables); t++) {
			const char *line = lines.v[i] + strspn(lines.v[i], " \t"), *rest = str_after(line, "export ");
			const char *value = str_after(rest ? rest : line, variables[t]);

			if (value && *value == '=' && !strstr(value, variables[t]))
				return i + 1;
		}
	return 0;
}
