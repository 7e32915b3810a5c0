/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_grubfiles.c - the files beside grub.cfg that are read and written: the environment block, and the drop-in of grub-mkconfig (which
 * is also looked through as somebody else's).
 */
#include "cmdline/dropin.h"
#include "cmdline/grubenv.h"
#include "tests/fuzz/fuzz.h"

static size_t count_variables(const struct strbuf *env, const char *but)
{
	_cleanup_strbuf_ struct strbuf name = { 0 }, value = { 0 };
	size_t n = 0;

	for (size_t pos = 0; grubenv_next(strbuf_str(env), env->len, &pos, &name, &value); n += !streq(strbuf_str(&name), but))
		MUST(pos <= env->len + 1);
	return n;
}

/* A variable that comes has its value, takes no other one's place, and leaves without a trace. */
static void check_env(const struct strbuf *env, const char *value)
{
	_cleanup_strbuf_ struct strbuf with = { 0 }, without = { 0 }, again = { 0 };
	_cleanup_free_ char *found = NULL;
	struct err err = { 0 };
	int rc = grubenv_set(strbuf_str(env), env->len, "xe_try", value, &with, &err);

	if (rc < 0) {
		MUST((rc == -EINVAL || rc == -ENOSPC) && err.text[0] && !with.len);
		return;
	}
	MUST(with.len == env->len);
	found = grubenv_value(with.s, with.len, "xe_try");
	MUST(streq0(found, value));
	MUST(count_variables(&with, "xe_try") == count_variables(env, "xe_try"));
	MUST(grubenv_set(with.s, with.len, "xe_try", NULL, &without, NULL) == 0 && without.len == env->len);
	MUST(grubenv_set(without.s, without.len, "xe_try", value, &again, NULL) == 0);
	MUST(again.len == with.len && !memcmp(again.s, with.s, with.len));
}

static void check_dropin(const struct strbuf *text)
{
	_cleanup_(dropin_done) struct dropin d = { 0 }, again = { 0 };
	_cleanup_strbuf_ struct strbuf first = { 0 }, second = { 0 };
	struct err err = { 0 };

	if (dropin_parse(strbuf_str(text), text->len, &d, &err) < 0) {
		MUST(err.code == EINVAL && err.text[0] && !d.n);
		return;
	}
	dropin_format(&d, &first);
	MUST(dropin_parse(first.s, first.len, &again, NULL) == 0 && again.n == d.n);
	dropin_format(&again, &second);
	MUST(streq(first.s, second.s) && !dropin_find_overwrite(first.s));
	for (size_t i = 0; i < d.n; i++)
		MUST(dropin_find_key(first.s, d.v[i].key));
	while (again.n)
		MUST(dropin_remove(&again, again.v[0].target, again.v[0].key));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *end = NULL;

	strbuf_addn(&text, (const char *)data, size);
	end = xstrndup(strbuf_str(&text) + size - MIN(size, (size_t)9), 9);
	check_env(&text, "1");
	check_env(&text, "a\\b\nc=#");
	check_env(&text, end);
	check_dropin(&text);
	dropin_find_overwrite(strbuf_str(&text));
	dropin_find_key(strbuf_str(&text), *end ? end : "quiet");
	return 0;
}
