/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_alias.c - values of pool.other_config of any bytes: what is read is bounded and can be shown, and what is written
 * again reads the same.  The text is tried as a request, too.
 */
#include "plugin/alias.h"
#include "tests/fuzz/fuzz.h"

static void check_alias_text(const char *text)
{
	static const struct pcidev devices[] = {
		{ .bdf = { .bus = 0xaf }, .vendor = 0x10de, .device = 0x2331, .class = 0x030200, .ids_known = true, .class_known = true },
		{ .bdf = { .domain = 0x10000, .dev = 31, .fn = 7 }, .is_vf = true },
		{ .class = 0x060400, .class_known = true },
	};
	_cleanup_(alias_done) struct alias a = { 0 }, again = { 0 };
	_cleanup_free_ char *kept = NULL, *twice = NULL;
	_cleanup_strbuf_ struct strbuf safe = { 0 };
	struct err err = { 0 };

	if (alias_parse("fuzz", text, &a, &err) < 0) {
		MUST(err.code && *err.text && !a.name && !a.n);
		return;
	}
	MUST(a.n <= ALIAS_SPECS_MAX && strlen(text) <= ALIAS_TEXT_MAX);
	kept = alias_format(&a);
	strbuf_add_printable(&safe, kept, strlen(kept));
	MUST(streq(strbuf_str(&safe), kept));
	/* Canonical addresses are longer than short ones: only then can it outgrow the bound. */
	if (strlen(kept) > ALIAS_TEXT_MAX)
		return;
	MUST(alias_parse("fuzz", kept, &again, NULL) == 0);
	twice = alias_format(&again);
	MUST(streq(kept, twice));
	for (size_t i = 0; i < ARRAY_SIZE(devices); i++) {
		bool selects = alias_selects(&a, &devices[i], "NVIDIA Corporation GH100", "0000:ae/00.0@10de");

		MUST(selects == alias_selects(&again, &devices[i], "NVIDIA Corporation GH100", "0000:ae/00.0@10de"));
		MUST(!selects || !pcidev_is_bridge(&devices[i]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = xstrndup((const char *)data, size);
	_cleanup_(alias_asks_done) struct alias_asks asks = { 0 };

	check_alias_text(text);
	if (alias_asks_parse(text, &asks, NULL) == 0)
		MUST(asks.n && asks.n <= ALIAS_ASKS_MAX);
	for (size_t i = 0; i < asks.n; i++)
		MUST(alias_check_name(asks.v[i].name, NULL) == 0 && asks.v[i].count && asks.v[i].count <= ALIAS_DEVICES_MAX);
	return 0;
}
