/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_state.c - desired states of any bytes: what is read is written and read again as the same text, and what it says of devices
 * is found in it; what is none says why and leaves nothing.
 */
#include "plugin/state_resolve.h"
#include "tests/fuzz/fuzz.h"

static void check_devices(const struct resolution *found, const struct state_devices *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct resolved *one = resolution_find(found, &d->v[i]);

		MUST(one && streq0(one->identity, d->v[i].identity));
		MUST(one->fate == (one->fate == FATE_UNKNOWN ? FATE_UNKNOWN : FATE_GONE)); /* this host has no devices */
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(state_done) struct state s = { 0 }, again = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 }, kept = { 0 }, twice = { 0 };
	struct resolution found = { 0 };
	struct pcidevs none = { 0 };
	struct err err = { 0 };

	strbuf_addn(&text, data, size);
	if (state_parse("fuzz", &text, &s, &err) < 0) {
		MUST(err.code && *err.text && state_is_empty(&s));
		return 0;
	}
	MUST(state_format(&s, &kept, NULL) == 0);
	MUST(state_parse("fuzz", &kept, &again, NULL) == 0);
	MUST(state_format(&again, &twice, NULL) == 0 && strbuf_eq(&kept, &twice));
	state_resolve(&none, &s, &found);
	check_devices(&found, &s.hidden);
	for (size_t i = 0; i < s.n_vms; i++)
		check_devices(&found, &s.vms[i].devices);
	resolution_done(&found);
	return 0;
}
