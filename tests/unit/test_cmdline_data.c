/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_cmdline_data.c - grub.cfg of real installations, and what real users typed, where the folder with such data lies
 * beside the tree.
 */
#include <glob.h>
#include <stdio.h>

#include "cmdline/bootargs.h"
#include "cmdline/grubcfg.h"
#include "cmdline/hide.h"
#include "tests/unit/cmdline_table.h"

static bool read_all(const char *path, struct strbuf *ret)
{
	FILE *f = fopen(path, "re");
	char chunk[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(chunk, 1, sizeof(chunk), f)))
		strbuf_addn(ret, chunk, n);
	fclose(f);
	return true;
}

/* ---- grub.cfg ---------------------------------------------------------------------------------------------- */

static void edit(struct grubcfg *g, size_t entry, enum grub_target target, const char *value)
{
	_cleanup_strbuf_ struct strbuf args = { 0 };
	size_t len;
	const char *span = grubcfg_args(g, entry, target, &len);

	strbuf_addn(&args, span, len);
	if (value)
		assert_int_equal(bootargs_set(&args, HIDE_KEY, value, NULL), 0);
	else
		assert_int_equal(bootargs_delete(&args, HIDE_KEY, NULL), 0);
	assert_int_equal(grubcfg_set_args(g, entry, target, strbuf_str(&args), NULL), 0);
}

/* Every span of every entry: set then delete gives the file's bytes. */
static void edits_file(void **state)
{
	const char *path = *state;
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	struct err err = { 0 };

	assert_true(read_all(path, &bytes));
	if (grubcfg_parse(path, bytes.s, bytes.len, NULL, &g, &err) < 0)
		fail_msg("%s\n%s", err.text, err.where);
	assert_true(g.def >= 0);
	for (size_t i = 0; i < g.n; i++)
		for (size_t t = 0; t < 2; t++) {
			if (!g.v[i].args[t].there)
				continue;
			edit(&g, i, (enum grub_target)t, "(0000:04:00.0)(0000:04:00.1)");
			assert_int_equal(g.text.len, bytes.len + strlen(" " HIDE_KEY "=(0000:04:00.0)(0000:04:00.1)"));
			edit(&g, i, (enum grub_target)t, NULL);
			assert_int_equal(g.text.len, bytes.len);
			assert_memory_equal(g.text.s, bytes.s, bytes.len);
		}
}

/* ---- what users typed -------------------------------------------------------------------------------------- */

struct wild_row {
	const char *value;
	bool kernel, xapi;
};

static const struct wild_row wild[] = {
	{ "(0b:00.0)(0b::00.1)", false, false },
	{ "(0000:82.0.0)", false, false },
	{ "(07:08.0)", true, false },
	{ "(0000:02:00.0)(0000:02:00.1)(0000:02:00.2)(0000.02:00.3)", false, false },
	{ "(0f:00.0)", true, false },
	{ "(0000:03:00.*)", true, false },
};

static void check_wild(const char *value)
{
	_cleanup_(hide_done) struct hidelist l = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(wild); i++) {
		if (!streq(wild[i].value, value))
			continue;
		hide_parse(value, &l);
		assert_int_equal(l.kernel_accepts, wild[i].kernel);
		assert_int_equal(l.xapi_accepts, wild[i].xapi);
		return;
	}
	fail_msg("'%s' is new in wild-inputs.tsv: say in this test what becomes of it", value);
}

static void judges_wild_inputs(void **state)
{
	const char *path = *state;
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };
	size_t seen = 0;

	assert_true(read_all(path, &bytes));
	strv_split(&lines, bytes.s, '\n');
	for (size_t i = 1; i < lines.n; i++) {
		_cleanup_(bootargs_done) struct bootargs a = { 0 };

		bootargs_split(lines.v[i], strcspn(lines.v[i], "\t"), &a);
		for (size_t k = 0; k < a.n; k++)
			if (hide_is_key_like(a.v[k].key)) {
				check_wild(a.v[k].value);
				seen++;
			}
	}
	assert_true(seen >= ARRAY_SIZE(wild));
}

int main(void)
{
	const char *srcdir = getenv("SRCDIR");
	_cleanup_free_ char *data = xasprintf("%s/../shared/data", srcdir ? srcdir : ".");
	_cleanup_free_ char *pattern = xasprintf("%s/boot/*grub.cfg", data);
	_cleanup_free_ char *wild_inputs = xasprintf("%s/wild-inputs.tsv", data);
	_cleanup_strv_ struct strv names = { 0 };
	struct table t = { 0 };
	glob_t files = { 0 };
	int failed;

	if (access(wild_inputs, R_OK) != 0 || glob(pattern, 0, NULL, &files) != 0) {
		printf("1..0 # SKIP no data of real machines in ../shared/data\n");
		return 0;
	}
	for (size_t i = 0; i < files.gl_pathc; i++)
		strv_addf(&names, "set then delete gives the bytes of %s", strrchr(files.gl_pathv[i], '/') + 1);
	for (size_t i = 0; i < files.gl_pathc; i++)
		table_add(&t, names.v[i], edits_file, files.gl_pathv[i]);
	table_add(&t, "what real users typed is judged as the kernel and XAPI judge it", judges_wild_inputs,
		  wild_inputs);
	failed = table_run(&t, "cmdline-data");
	globfree(&files);
	return failed;
}
