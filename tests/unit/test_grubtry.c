/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grubtry and grubenv: an entry that is booted once, in menus of many shapes, and the block that asks for it. */
#include "cmdline/grubenv.h"
#include "cmdline/grubtry.h"
#include "cmdline_table.h"

#define BODY " {\n\tmultiboot2 /xen a=1\n\tmodule2 /vmlinuz ro\n}\n"
#define PLATFORM                                                                                                       \
	"if [ -s $prefix/grubenv ]; then\n\tload_env\nfi\nif [ -n \"$override_entry\" ]; then\n"                       \
	"\tset default=$override_entry\nfi\n"
#define CLEARS PLATFORM "if [ -n \"$override_entry\" ]; then\n\tunset override_entry\n\tsave_env override_entry\nfi\n"

struct row {
	const char *name, *text, *title;
	int rc;
	const char *has; /* in the text with the entry */
	bool block;	 /* ours is added */
};

static const struct row rows[] = {
	{ "a fresh installation", "set default=0\nmenuentry 'a'" BODY "menuentry 'b'" BODY, "a", 0,
	  "menuentry 'a, tried once (xe-passthrough)' --id xe-passthrough-try {\n\tmultiboot2 /xen a=1", true },
	{ "the platform's block, which clears nothing", "set default=1\n" PLATFORM "menuentry 'a'" BODY "menuentry 'b'" BODY, "b", 0,
	  "\t\tset default=\"1\"\n", true },
	{ "a block that clears", CLEARS "menuentry 'a'" BODY, "a", 0, "tried once", false },
	{ "no default at all", "menuentry 'a'" BODY, "a", 0, "\t\tset default=\"0\"\n", true },
	{ "a default that cannot be quoted", "set default='a\"b'\nmenuentry 'a'" BODY, "a", 0, "\t\tset default=\"0\"\n", true },
	{ "options stay, the id does not", "menuentry 'a' --class x --id=old --unrestricted" BODY, "a", 0,
	  " --class x --unrestricted --id xe-passthrough-try {", true },
	{ "another id option", "menuentry 'a' $menuentry_id_option 'x y' --users ''" BODY, "a", 0,
	  "(xe-passthrough)' --users '' --id xe-passthrough-try {", true },
	{ "a title with quotes", "menuentry \"it's\"" BODY, "it's", 0, "menuentry 'Xen, tried once", true },
	{ "CRLF", "set default=0\r\nmenuentry 'a' {\r\n\tmultiboot2 /xen\r\n\tmodule2 /k\r\n}\r\n", "a", 0, "load_env\r\nfi\r\n", true },
	{ "no final newline", "menuentry 'a' {\nmultiboot2 /xen\nmodule2 /k\n}", "a", 0, "}\nmenuentry 'a, tried", true },
	{ "an entry of one line", "menuentry 'a' { multiboot2 /xen; module2 /k; }\n", "a", 0, "{ multiboot2 /xen; module2", true },
	{ "in a submenu", "submenu 's' {\n\tmenuentry 'a'" BODY "}\nset x=1\n", "a", 0, "set x=1\nmenuentry 'a, tried", true },
	{ "lines behind the last entry", "menuentry 'a'" BODY "# end\n", "a", 0, "# end\nmenuentry", true },
	{ "an old one is replaced",
	  "menuentry 'a'" BODY "menuentry 'old' --id xe-passthrough-try {\nmultiboot2 /old\n}\n", "a", 0, "a=1", true },
	{ "a default that only grub knows afterwards", "menuentry 'a'" BODY "if [ -f /x ]; then\n set default=0\nfi\n", "a", -EINVAL, NULL,
	  false },
	{ "a default that is set again behind the menu", "menuentry 'a'" BODY "set default=0\n", "a", -EINVAL, NULL, false },
	{ "no such entry", "menuentry 'a'" BODY, "b", -ENOENT, NULL, false },
	{ "an entry without Xen", "menuentry 'a'" BODY "menuentry 'l' {\nlinux /k\n}\n", "l", -ENOENT, NULL, false },
};

static struct strbuf text_of(const char *s)
{
	struct strbuf t = { 0 };

	strbuf_add(&t, s);
	return t;
}

static void tries(void **state)
{
	const struct row *row = *state;
	_cleanup_strbuf_ struct strbuf text = text_of(row->text), with = { 0 }, again = { 0 }, without = { 0 }, plain = { 0 };
	struct err err = { 0 };

	assert_int_equal(grubtry_add("f", &text, row->title, &with, &err), row->rc);
	if (row->rc < 0) {
		assert_true(*err.text && !with.len);
		return;
	}
	if (!strstr(with.s, row->has))
		fail_msg("'%s' is not in:\n%s", row->has, with.s);
	assert_int_equal(grubtry_has_block(&with), row->block);
	/* made anew it is the same, and taken away nothing of it is left */
	assert_int_equal(grubtry_add("f", &with, row->title, &again, NULL), 0);
	assert_string_equal(again.s, with.s);
	assert_int_equal(grubtry_remove("f", &with, &without, NULL), 0);
	assert_int_equal(grubtry_remove("f", &text, &plain, NULL), 0);
	if (plain.s[plain.len - 1] != '\n')
		strbuf_addc(&plain, '\n');
	assert_string_equal(without.s, plain.s);
}

static void boots_once(void **state)
{
	_cleanup_strbuf_ struct strbuf text = text_of("set default=1\n" PLATFORM "menuentry 'a'" BODY "menuentry 'b'" BODY);
	_cleanup_strbuf_ struct strbuf with = { 0 }, env = { 0 }, empty = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };

	grubenv_empty(&empty);
	assert_int_equal(grubenv_set(empty.s, empty.len, GRUBTRY_VAR, GRUBTRY_ID, &env, NULL), 0);
	assert_int_equal(grubtry_add("f", &text, "b", &with, NULL), 0);
	assert_int_equal(grubcfg_parse("f", with.s, with.len, NULL, &g, NULL), 0);
	grubcfg_read_env(&g, env.s, env.len);
	assert_int_equal(g.def, grubtry_find(&g));
	assert_int_equal(g.v[g.def].role, GRUB_TRY);
	assert_memory_equal(g.env_after.s, empty.s, GRUBENV_SIZE);
	grubcfg_read_env(&g, empty.s, empty.len);
	assert_string_equal(g.v[g.def].title, "b");
	/* another program's request is honoured, and left alone */
	strbuf_reset(&env);
	assert_int_equal(grubenv_set(empty.s, empty.len, GRUBTRY_VAR, "0", &env, NULL), 0);
	grubcfg_read_env(&g, env.s, env.len);
	assert_string_equal(g.v[g.def].title, "a");
	assert_memory_equal(g.env_after.s, env.s, GRUBENV_SIZE);
	for (enum grub_choice c = GRUB_CHOOSE_NORMAL; c <= GRUB_CHOOSE_TRY; c++)
		assert_int_equal(grubcfg_chosen(&g, (size_t)grubtry_find(&g), c), c == GRUB_CHOOSE_TRY);
}

static void tells_keys(void **state)
{
	_cleanup_strbuf_ struct strbuf text = text_of("menuentry 'a' { multiboot2 /xen; module2 /k console=a quiet console=\"b {\"\n}\n"
						      "menuentry 'b (Serial)' { multiboot2 /xen loglvl=all; module2 /k console=a console=\"b {\"\n}\n"),
				     with = { 0 }, told = { 0 };
	_cleanup_(grubtry_keys_done) struct grubtry_keys keys = { 0 }, got = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 }, h = { 0 };

	assert_int_equal(grubtry_add("f", &text, "a", &with, NULL), 0);
	assert_int_equal(grubcfg_parse("f", with.s, with.len, NULL, &g, NULL), 0);
	grubtry_keys_add(&keys, GRUB_DOM0, "xen-pciback.hide");
	grubtry_keys_add(&keys, GRUB_XEN, "loglvl");
	grubtry_keys_add(&keys, GRUB_XEN, "loglvl");
	grubtry_keys_add(&keys, GRUB_DOM0, "console");
	grubtry_tell_keys(&g, (size_t)grubtry_find(&g), &keys, &g, &told);
	assert_int_equal(grubcfg_parse("f", told.s, told.len, NULL, &h, NULL), 0);
	grubtry_read_keys(&h, (size_t)grubtry_find(&h), &got);
	assert_int_equal(got.n, 3);
	assert_string_equal(got.v[0].key, "xen-pciback.hide");
	assert_int_equal(got.v[1].target, GRUB_XEN);
	/* and what they were: here, and in the entry where that is another */
	assert_int_equal(got.v[0].n_was, 1);
	assert_int_equal(got.v[0].was[0].role, GRUB_TRY);
	assert_string_equal(got.v[0].was[0].words, "");
	assert_int_equal(got.v[1].n_was, 2);
	assert_int_equal(got.v[1].was[0].role, GRUB_SERIAL);
	assert_string_equal(got.v[1].was[0].words, "loglvl=all");
	assert_string_equal(got.v[1].was[1].words, "");
	assert_int_equal(got.v[2].n_was, 1);
	assert_string_equal(got.v[2].was[0].words, "console=a console=\"b {\"");
	/* what is told is not told again */
	strbuf_reset(&with);
	grubtry_tell_keys(&h, (size_t)grubtry_find(&h), &keys, &h, &with);
	assert_string_equal(with.s, told.s);
}

/* What an editor has made of such a comment is no base to compare with. */
static void reads_no_rubbish(void **state)
{
	static const char *const rubbish[] = {
		"was dom0 foo try bar=1", "was dom0 foo try foo=1 bar", "was dom0 foo try foo=\"1", "was dom0 foo nobody foo=1",
		"was dom0 fo try foo=1", "was dom0 foo", "was", "was dom1 foo try foo=1", "dom0 foo bar",
	};

	for (size_t i = 0; i < ARRAY_SIZE(rubbish); i++) {
		_cleanup_free_ char *s = xasprintf("menuentry 't' --id " GRUBTRY_ID " {\n# " GRUBTRY_ID ": %s\n# " GRUBTRY_ID ": dom0 foo\n"
						   "multiboot2 /xen\nmodule2 /k\n}\n", rubbish[i]);
		_cleanup_(grubtry_keys_done) struct grubtry_keys got = { 0 };
		_cleanup_(grubcfg_done) struct grubcfg g = { 0 };

		assert_int_equal(grubcfg_parse("f", s, strlen(s), NULL, &g, NULL), 0);
		grubtry_read_keys(&g, 0, &got);
		assert_int_equal(got.n, 1);
		assert_int_equal(got.v[0].n_was, 0);
	}
}

/* ---- grubenv ------------------------------------------------------------------------------------------------------ */

#define HEAD "# GRUB Environment Block\n"

struct env_row {
	const char *name, *env, *value, *then;
	int rc;
};

static const struct env_row envs[] = {
	{ "into an empty block", HEAD "##########", "1", HEAD "x=1\n######", 0 },
	{ "in the place of another value", HEAD "x=2\nsaved=a\n######", "1", HEAD "saved=a\nx=1\n######", 0 },
	{ "every line of it goes", HEAD "x=2\nx=3\n#", NULL, HEAD "#########", 0 },
	{ "the rest stays as it is", HEAD "# a remark\nxx=2\ny=a\\\\b\\\nc\n#######", "1", HEAD "# a remark\nxx=2\ny=a\\\\b\\\nc\nx=1\n###", 0 },
	{ "a value with a backslash", HEAD "########", "a\\", HEAD "x=a\\\\\n##", 0 },
	{ "exactly as much room as there is", HEAD "####", "1", HEAD "x=1\n", 0 },
	{ "no room", HEAD "###", "1", NULL, -ENOSPC },
	{ "no block", "x=1\n####", "1", NULL, -EINVAL },
	{ "an empty file", "", "1", NULL, -EINVAL },
	{ "a line that does not end", HEAD "x=1###", "1", NULL, -EINVAL },
};

static void sets_env(void **state)
{
	const struct env_row *row = *state;
	_cleanup_strbuf_ struct strbuf then = { 0 };
	_cleanup_free_ char *value = NULL;
	struct err err = { 0 };

	assert_int_equal(grubenv_set(row->env, strlen(row->env), "x", row->value, &then, &err), row->rc);
	if (row->rc < 0) {
		assert_true(*err.text);
		return;
	}
	assert_string_equal(then.s, row->then);
	assert_int_equal(then.len, strlen(row->env));
	value = grubenv_value(then.s, then.len, "x");
	assert_true(streq0(value, row->value));
}

int main(void)
{
	struct table t = { 0 };

	TABLE_ADD(&t, rows, tries);
	table_add(&t, "the entry is booted once, and others' requests are theirs", boots_once, NULL);
	table_add(&t, "the parameters that are tried are told in the entry", tells_keys, NULL);
	table_add(&t, "what is no value of the parameter is no base to compare with", reads_no_rubbish, NULL);
	TABLE_ADD(&t, envs, sets_env);
	return table_run(&t, "grubtry");
}
