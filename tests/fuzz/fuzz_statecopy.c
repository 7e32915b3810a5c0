/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_statecopy.c - the copy of the desired state in XAPI: what is read is what is written, and out of it come hidden devices and VMs alone. */
#include "plugin/state_copy.h"
#include "tests/fuzz/fuzz.h"
#include "xenhelpers/vmpci.h"

#define HOST "e6e80ebb-6aae-550e-983b-bd28a8473e7b"

static void check_round_trip(const struct state *s)
{
	_cleanup_strbuf_ struct strbuf once = { 0 }, twice = { 0 };
	_cleanup_(state_done) struct state again = { 0 };

	if (s->newer)
		return;
	MUST(state_format(s, &once, NULL) == 0);
	MUST(state_parse("again", &once, &again, NULL) == 0);
	MUST(state_format(&again, &twice, NULL) == 0 && strbuf_eq(&once, &twice));
	MUST(state_is_empty(s) == state_is_empty(&again));
}

static void check_copy(const struct state *s)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_(state_done) struct state again = { 0 };

	MUST(!s->n_params && !s->usb_policy && !s->overrides.n && !s->newer);
	for (size_t i = 0; i < s->hidden.n; i++)
		MUST(s->hidden.v[i].identity && !s->hidden.v[i].stamp.command);
	for (size_t i = 0; i < s->n_vms; i++) {
		_cleanup_(vmpci_done) struct vmpci items = { 0 };

		MUST(!s->vms[i].name && !s->vms[i].stamp.since);
		vmpci_parse(s->vms[i].pci ? s->vms[i].pci : "", &items);
		for (size_t k = 0; k < items.n; k++)
			MUST(!items.v[k].dropped && state_devices_find(&s->vms[i].devices, items.v[k].bdf)->identity);
	}
	if (state_copy_format(s, HOST, &text, NULL) == 0 && text.len)
		MUST(state_copy_parse(strbuf_str(&text), HOST, &again, NULL) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(state_done) struct state s = { 0 }, copy = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };

	strbuf_addn(&text, (const char *)data, size);
	if (state_parse("fuzz", &text, &s, NULL) == 0)
		check_round_trip(&s);
	if (state_copy_parse(strbuf_str(&text), HOST, &copy, NULL) == 0)
		check_copy(&copy);
	return 0;
}
