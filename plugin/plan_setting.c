/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_setting.c - values that may be absent; see plan.h. */

#include "cmdline/bootargs.h"
#include "plugin/plan.h"

void setting_done(struct setting *s)
{
	free(s->text);
	strv_done(&s->before);
	*s = (struct setting){ 0 };
}

struct setting setting_copy(bool there, const char *text)
{
	return (struct setting){ .there = there, .text = there && text ? xstrdup(text) : NULL };
}

struct setting setting_in(const char *text, size_t len, const char *key)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	struct setting s = { 0 };

	bootargs_split(text, len, &args);
	for (int i = -1; (i = bootargs_find(&args, key, (size_t)(i + 1))) >= 0;) {
		if (s.text)
			strv_add_take(&s.before, s.text);
		s.there = true;
		s.text = args.v[i].value ? xstrdup(args.v[i].value) : NULL;
	}
	return s;
}

struct setting setting_of(const struct bootfile *b, size_t entry, enum grub_target target, const char *key)
{
	size_t len;
	const char *text = grubcfg_args(&b->cfg, entry, target, &len);

	return setting_in(text, len, key);
}

bool setting_eq(const struct setting *a, const struct setting *b)
{
	if (a->there != b->there || !streq0(a->text, b->text) || a->before.n != b->before.n)
		return false;
	for (size_t i = 0; i < a->before.n; i++)
		if (!streq(a->before.v[i], b->before.v[i]))
			return false;
	return true;
}

char *setting_shown(const struct setting *s)
{
	_cleanup_free_ char *before = NULL;

	if (!s->there)
		return xstrdup("(absent)");
	if (!s->before.n)
		return xstrdup(s->text ? s->text : "(flag)");
	before = strv_join(&s->before, ", ");
	return xasprintf("%s, %s (%zu arguments)", before, s->text ? s->text : "(flag)", s->before.n + 1);
}
