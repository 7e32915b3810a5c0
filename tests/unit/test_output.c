/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_output.c - our layout beside xe's own: each record of a transcript of xe is taken apart, put into records of ours, and printed
 * again; every byte must be xe's.  The transcripts are read in place, below SRCDIR/../shared/data/xapi/xe.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plugin/output.h"

/* Transcripts whose fields are all read-only: ours have no others. */
static const char *const transcripts[] = { "20-pci-list.txt", "24-pusb-list.txt", "31-vusb-list.txt" };

static char *read_stdout(const char *name)
{
	const char *srcdir = getenv("SRCDIR");
	_cleanup_free_ char *path = xasprintf("%s/../shared/data/xapi/xe/%s", srcdir ? srcdir : ".", name);
	struct strbuf text = { 0 };
	char buf[4096], *from, *to;
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f)
		return NULL;
	while ((n = fread(buf, 1, sizeof(buf), f)))
		strbuf_addn(&text, buf, n);
	fclose(f);
	from = strstr(text.s, "--- stdout\n");
	to = strstr(text.s, "--- stderr\n");
	assert_true(from && to);
	*to = '\0';
	from = xstrdup(from + strlen("--- stdout\n"));
	strbuf_done(&text);
	return from;
}

/* "    vendor-name ( RO): NVIDIA" -> name, whether it is a list, value */
static bool take_apart(const char *line, char **name, bool *list, char **value)
{
	const char *tag = strstr(line, " ("), *colon = tag ? strchr(tag, ':') : NULL;

	if (!colon)
		return false;
	line += strspn(line, " ");
	*name = xstrndup(line, (size_t)(tag - line));
	*list = tag[2] == 'S';
	*value = xstrdup(colon + 2);
	return true;
}

/* The fields of the first record: the others have the same. */
static size_t read_fields(const struct strv *lines, struct field *fields, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < lines->n && n < max; i++) {
		char *name, *value;
		bool list;

		if (!take_apart(lines->v[i], &name, &list, &value))
			break;
		fields[n++] = (struct field){ name, list ? V_LIST : V_TEXT, true, "" };
		free(value);
	}
	return n;
}

static void add_records(const struct strv *lines, size_t n_fields, struct records *recs)
{
	struct record *rec = NULL;
	size_t f = 0;

	for (size_t i = 0; i < lines->n; i++) {
		_cleanup_free_ char *name = NULL, *value = NULL;
		bool list;

		if (!take_apart(lines->v[i], &name, &list, &value))
			continue;
		if (f % n_fields == 0)
			rec = records_add(recs);
		record_text_take(rec, (unsigned)(f++ % n_fields), TAKE_PTR(value));
	}
}

static void records_are_laid_out_as_xe_does_it(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(transcripts); i++) {
		_cleanup_free_ char *xe = read_stdout(transcripts[i]);
		_cleanup_strbuf_ struct strbuf out = { 0 };
		_cleanup_strv_ struct strv lines = { 0 };
		struct field fields[16];
		struct record_type type = { .name = "record", .fields = fields };
		struct records recs;

		if (!xe) {
			print_message("# SKIP: %s is not here\n", transcripts[i]);
			continue;
		}
		strv_split(&lines, xe, '\n');
		type.n = read_fields(&lines, fields, ARRAY_SIZE(fields));
		assert_true(type.n > 1);
		records_init(&recs, &type);
		add_records(&lines, type.n, &recs);
		output_layout(&out, &recs);
		assert_string_equal(strbuf_str(&out), xe);
		records_done(&recs);
		for (size_t f = 0; f < type.n; f++)
			free((char *)(uintptr_t)fields[f].name);
	}
}

static void hostile_values_are_escaped(void **state)
{
	static const struct field fields[] = { { "name", V_TEXT, true, "" } };
	static const struct record_type type = RECORD_TYPE("record", fields);
	_cleanup_strbuf_ struct strbuf layout = { 0 }, minimal = { 0 };
	struct records recs;

	records_init(&recs, &type);
	record_text(records_add(&recs), 0, "a\x1b[2J,b\nc\\");
	output_layout(&layout, &recs);
	assert_string_equal(strbuf_str(&layout), "name ( RO)    : a\\x1b[2J,b\\nc\\\n\n\n");
	output_minimal(&minimal, &recs);
	assert_string_equal(strbuf_str(&minimal), "a\\\\x1b[2J\\,b\\\\nc\\\\\n");
	records_done(&recs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_laid_out_as_xe_does_it),
		cmocka_unit_test(hostile_values_are_escaped),
	};

	return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
