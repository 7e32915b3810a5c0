/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_explain_data.c - what real users typed, and what a genuine xe printed, where the folder with such data lies
 * beside the tree (or where XP_DATA says): each wild input is explained by what is wrong in it, a success gives
 * nothing, a failure one thing.
 */
#include <glob.h>
#include <stdio.h>

#include "plugin/explain.h"
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

/* ---- wild-inputs.tsv ---------------------------------------------------------------------------- */

/* What must be named, in all that is said about the input; one row an input. */
static const struct {
	const char *input, *code, *names[3];
} wild[] = {
	{ "xen-pciback.hide=(0b:00.0)(0b::00.1)",
	  "EXPLAIN_HIDE_REFUSED",
	  { "(0b:00.0): no domain", "(0b::00.1): a colon too many" } },
	{ "xen-pciback.hide=(0000:82.0.0)", "EXPLAIN_HIDE_REFUSED", { "(0000:82.0.0): a dot where a colon belongs" } },
	{ "xen-pciback.hide=(07:08.0)", "EXPLAIN_HIDE_XAPI", { "(07:08.0): no domain", "XAPI cannot" } },
	{ "xen-pciback.hide=(0000:02:00.0)(0000:02:00.1)(0000:02:00.2)(0000.02:00.3)",
	  "EXPLAIN_HIDE_REFUSED",
	  { "(0000.02:00.3): a dot where a colon belongs" } },
	/* XAPI reads three digits (facts 3.1, run): it is those who compare text that do not find the device */
	{ "other-config:pci=0/0000:c2:00.0,0/0000:82:00.0,0/000:84:00.0",
	  "EXPLAIN_VMPCI_FORM",
	  { "'0/000:84:00.0'", "not written in full" } },
	{ "vm-param-setother-config:pci=0/0000:04:01.0uuid=<vm uuid>",
	  "EXPLAIN_XE_BLANKS",
	  { "vm-param-set other-config:pci=0/0000:04:01.0 uuid=<vm uuid>" } },
	{ "pciback.hide=(0f:00.0) xen-pciback.hide=(0f:00.0)",
	  "EXPLAIN_HIDE_OLD_KEY",
	  { "nothing reads it", "(0f:00.0): no domain" } },
	{ "xen-pciback.hide=(0000:03:00.*)", "EXPLAIN_HIDE_XAPI", { "(0000:03:00.*): a wildcard" } },
};

static void add_all(struct strbuf *out, const struct explanations *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct explanation *e = &all->v[i];

		strbuf_addf(out, "%s %s\n%s\n", e->entry->code, e->meaning ? e->meaning : e->entry->meaning,
			    e->remedy ? e->remedy : e->entry->remedy);
		for (size_t k = 0; k < e->found.n; k++)
			strbuf_addf(out, "%s\n", e->found.v[k]);
	}
}

static void check_wild(const char *input)
{
	_cleanup_(explanations_done) struct explanations all = { 0 };
	_cleanup_strbuf_ struct strbuf said = { 0 };

	explain(input, strlen(input), &all);
	add_all(&said, &all);
	for (size_t i = 0; i < ARRAY_SIZE(wild); i++) {
		if (!streq(wild[i].input, input))
			continue;
		if (!strstr(strbuf_str(&said), wild[i].code))
			fail_msg("'%s' does not give %s but:\n%s", input, wild[i].code, strbuf_str(&said));
		for (size_t k = 0; k < ARRAY_SIZE(wild[i].names) && wild[i].names[k]; k++)
			if (!strstr(strbuf_str(&said), wild[i].names[k]))
				fail_msg("'%s': '%s' is not named in:\n%s", input, wild[i].names[k], strbuf_str(&said));
		return;
	}
	fail_msg("'%s' is new in wild-inputs.tsv: say in this test what is wrong in it", input);
}

static void explains_wild_inputs(void **state)
{
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };
	size_t seen = 0;

	assert_true(read_all(*state, &bytes));
	strv_split(&lines, strbuf_str(&bytes), '\n');
	for (size_t i = 1; i < lines.n; i++) {
		_cleanup_free_ char *input = xstrndup(lines.v[i], strcspn(lines.v[i], "\t"));

		if (!*input)
			continue;
		check_wild(input);
		seen++;
	}
	assert_true(seen >= ARRAY_SIZE(wild));
}

/* ---- transcripts of xe: what it was asked, its exit status, what it printed
 * -------------------------------------------- */

static void explains_transcript(void **state)
{
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	_cleanup_(explanations_done) struct explanations all = { 0 };
	const char *status;

	assert_true(read_all(*state, &bytes));
	status = strstr(strbuf_str(&bytes), "--- exit ");
	assert_non_null(status);
	explain(strbuf_str(&bytes), bytes.len, &all);
	assert_int_equal(all.n, status[strlen("--- exit ")] == '0' ? 0 : 1);
}

/* XP_DATA; else beside the source tree, or beside a folder above it. */
static char *data_folder(void)
{
	const char *said = getenv("XP_DATA"), *srcdir = getenv("SRCDIR");
	_cleanup_strbuf_ struct strbuf at = { 0 };

	if (said)
		return xstrdup(said);
	strbuf_add(&at, srcdir ? srcdir : ".");
	for (int i = 0; i < 5; i++) {
		_cleanup_free_ char *data = NULL;

		strbuf_add(&at, "/..");
		data = xasprintf("%s/shared/data", strbuf_str(&at));
		if (access(data, R_OK) == 0)
			return TAKE_PTR(data);
	}
	return xstrdup("nowhere");
}

int main(void)
{
	_cleanup_free_ char *data = data_folder(), *inputs = xasprintf("%s/wild-inputs.tsv", data);
	_cleanup_free_ char *pattern = xasprintf("%s/xapi/xe/*.txt", data);
	_cleanup_strv_ struct strv names = { 0 };
	struct table t = { 0 };
	glob_t files = { 0 };
	int failed;

	if (access(inputs, R_OK) != 0 || glob(pattern, 0, NULL, &files) != 0) {
		printf("1..0 # SKIP no data of real machines in ../shared/data\n");
		return 0;
	}
	table_add(&t, "what is wrong in what real users typed is named", explains_wild_inputs, inputs);
	for (size_t i = 0; i < files.gl_pathc; i++)
		strv_addf(&names, "xe's %s gives one explanation when it failed, else none",
			  strrchr(files.gl_pathv[i], '/') + 1);
	for (size_t i = 0; i < files.gl_pathc; i++)
		table_add(&t, names.v[i], explains_transcript, files.gl_pathv[i]);
	failed = table_run(&t, "explain-data");
	globfree(&files);
	return failed;
}
