/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_settings.c - the settings that the guard reads at every VM start: any bytes give a mode, and no line changes what another one says. */
#include "plugin/settings.h"
#include "tests/fuzz/fuzz.h"

/* What the text says when each of its lines is read alone. */
static void read_by_lines(const char *text, struct settings *ret)
{
	_cleanup_strv_ struct strv lines = { 0 };

	strv_split(&lines, text, '\n');
	for (size_t i = 0; i < lines.n; i++) {
		_cleanup_strbuf_ struct strbuf line = { 0 };

		strbuf_add(&line, lines.v[i]);
		settings_parse(&line, ret);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings whole = { 0 }, lines = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };

	strbuf_addn(&text, (const char *)data, size);
	settings_parse(&text, &whole);
	read_by_lines(strbuf_str(&text), &lines);
	MUST(whole.guard == GUARD_REFUSE || whole.guard == GUARD_WARN || whole.guard == GUARD_OFF);
	MUST(whole.guard == lines.guard);
	MUST(whole.notes.n == lines.notes.n + (strlen(strbuf_str(&text)) < size));
	for (size_t i = 0; i < whole.notes.n; i++)
		MUST(str_after(whole.notes.v[i], SETTINGS_FILE ":"));
	settings_done(&whole);
	settings_done(&lines);
	return 0;
}
