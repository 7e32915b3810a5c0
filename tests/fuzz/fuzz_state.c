/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_state.c - the desired state, any bytes of it: what is read keeps the rules of a command's own parameters, and what is written
 * reads the same.
 */
#include "plugin/journal.h"
#include "plugin/state.h"
#include "tests/fuzz/fuzz.h"

static void check_usb(const struct state_vm *vm)
{
	for (size_t i = 0; i < vm->n_usb; i++) {
		_cleanup_free_ char *text = usbid_format(&vm->usb[i]);
		_cleanup_(usbid_done) struct usbid again = { 0 };

		MUST(usbid_is_path(vm->usb[i].path) && strlen(vm->usb[i].serial) <= USBID_SERIAL_MAX);
		MUST(usbid_parse(text, &again) && usbid_eq(&again, &vm->usb[i]));
	}
}

static void check_format(const struct state *s)
{
	_cleanup_strbuf_ struct strbuf first = { 0 }, second = { 0 };
	_cleanup_(state_done) struct state again = { 0 };

	MUST(state_format(s, &first, NULL) == 0);
	MUST(state_parse("fuzz", &first, &again, NULL) == 0);
	MUST(state_format(&again, &second, NULL) == 0);
	MUST(first.len == second.len && !memcmp(first.s, second.s, first.len));
	MUST(state_is_empty(&again) == state_is_empty(s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(state_done) struct state s = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *summary = NULL;
	struct err err = { 0 };

	strbuf_addn(&text, (const char *)data, size);
	if (state_parse("fuzz", &text, &s, &err) < 0) {
		MUST(err.code == EINVAL && err.text[0] && state_is_empty(&s));
		return 0;
	}
	for (size_t i = 0; i < s.n_vms; i++) {
		check_usb(&s.vms[i]);
		MUST(state_find_vm(&s, s.vms[i].uuid));
	}
	for (size_t i = 0; i < s.n_params; i++)
		MUST(s.params[i].value.there && setting_is_bootable(s.params[i].key, &s.params[i].value));
	summary = state_summary(&s);
	MUST(*summary);
	if (!s.newer)
		check_format(&s);
	return 0;
}
