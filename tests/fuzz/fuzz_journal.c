/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_journal.c - an entry of the journal, any bytes of it: no change comes out of it that no command makes, and one that is written
 * reads the same.
 */
#include "plugin/journal.h"
#include "tests/fuzz/fuzz.h"
#include "xenhelpers/usbid.h"

static bool is_usbid(const char *text)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };

	return text && usbid_parse(text, &id);
}

static void check_change(const struct change *c)
{
	MUST(c->why && effect_name(c->effect) && change_kind_name(c->kind));
	switch (c->kind) {
	case CHANGE_FILE: MUST(plan_file_is_ours(c->key, c->old.text) && plan_file_is_ours(c->key, c->new.text)); break;
	case CHANGE_VM_KEY: MUST(c->uuid && plan_vm_key_is_ours(c->field, c->key)); break;
	case CHANGE_BOOT: MUST(c->titles.n && setting_is_bootable(c->key, &c->new) && setting_is_bootable(c->key, &c->old)); break;
	case CHANGE_SCAN: MUST(!c->key || is_usbid(c->key)); break;
	case CHANGE_PUSB: MUST(is_usbid(c->key) && c->old.text && c->new.text); break;
	case CHANGE_VUSB: MUST(is_usbid(c->key) && c->uuid && c->old.there != c->new.there); break;
	default: break;
	}
}

/* All of an entry but when it was written. */
static void format(const struct journal_entry *e, struct strbuf *ret)
{
	static const char key[] = "\"time\":\"";
	char *at;

	MUST(journal_format_entry(7, &e->plan, e->door, e->command, &(struct journal_images){ 0 }, ret, NULL) == 0);
	at = strstr(ret->s, key);
	MUST(at && strlen(at) > sizeof(key) + strlen("2026-01-01T00:00:00Z"));
	memset(at + strlen(key), 'x', strlen("2026-01-01T00:00:00Z"));
}

/* What an apply would take back from it; the image is what the boot file had. */
static void take_image(struct journal_entry *e)
{
	e->plan.boot_old = e->image;
	e->image = (struct strbuf){ 0 };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(journal_entry_done) struct journal_entry e = { 0 }, again = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 }, first = { 0 }, second = { 0 };
	struct err err = { 0 };

	strbuf_addn(&text, (const char *)data, size);
	if (journal_parse_entry(&text, &e, &err) < 0) {
		MUST(err.code == EINVAL && err.text[0]);
		return 0;
	}
	MUST(e.image.len < size);
	for (size_t i = 0; i < e.plan.n; i++)
		check_change(&e.plan.v[i]);
	take_image(&e);
	format(&e, &first);
	MUST(journal_parse_entry(&first, &again, NULL) == 0 && again.plan.n == e.plan.n);
	take_image(&again);
	format(&again, &second);
	MUST(first.len == second.len && !memcmp(first.s, second.s, first.len));
	return 0;
}
