/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_hide.c - the hide list: the reader against the C library's sscanf where the two scan alike, and reading against
 * writing.
 */
#include <limits.h>

#include "cmdline/hide.h"
#include "tests/fuzz/fuzz.h"

/*
 * The C library's %x differs from the kernel's for signs, for 0x without digits and for more than 32 bits: inputs with
 * such things are not compared.
 */
static bool comparable(const char *value)
{
	unsigned digits = 0;

	for (; *value; value++) {
		if (strchr("xX+-\xa0", *value))
			return false;
		digits = strchr("0123456789abcdefABCDEF", *value) ? digits + 1 : 0;
		if (digits > 8)
			return false;
	}
	return true;
}

/* One item by sscanf, in the order of facts 4.3; a star is -1.  Returns the length, 0 when none of the forms fits. */
static int scan_item(const char *s, unsigned n[4])
{
	int len = 0;

	n[0] = 0;
	n[2] = n[3] = UINT_MAX;
	if (sscanf(s, " (%x:%x:%x.%x) %n", &n[0], &n[1], &n[2], &n[3], &len) == 4 && len)
		return len;
	n[3] = UINT_MAX;
	if (sscanf(s, " (%x:%x:%x.*) %n", &n[0], &n[1], &n[2], &len) == 3 && len)
		return len;
	n[2] = UINT_MAX;
	if (sscanf(s, " (%x:%x:*.*) %n", &n[0], &n[1], &len) == 2 && len)
		return len;
	n[0] = 0;
	if (sscanf(s, " (%x:%x.%x) %n", &n[1], &n[2], &n[3], &len) == 3 && len)
		return len;
	n[3] = UINT_MAX;
	if (sscanf(s, " (%x:%x.*) %n", &n[1], &n[2], &len) == 2 && len)
		return len;
	n[2] = UINT_MAX;
	if (sscanf(s, " (%x:*.*) %n", &n[1], &len) == 1 && len)
		return len;
	return 0;
}

static bool possible(const unsigned n[4])
{
	return n[0] <= 0xffff && n[1] <= 0xff && (n[2] > INT_MAX || n[2] <= 31) && (n[3] > INT_MAX || n[3] <= 7);
}

static void compare(const char *value, const struct hidelist *l)
{
	size_t item = 0;

	for (const char *s = value; *s; item++) {
		unsigned n[4];
		int len = scan_item(s, n);

		MUST(item < l->n);
		if (!len || !possible(n)) {
			MUST(!l->kernel_accepts && item == l->n - 1);
			return;
		}
		MUST(l->v[item].bdf.domain == n[0] && l->v[item].bdf.bus == n[1]);
		MUST(l->v[item].any_dev == (n[2] > INT_MAX) && l->v[item].any_fn == (n[3] > INT_MAX));
		MUST(l->v[item].any_dev || l->v[item].bdf.dev == n[2]);
		MUST(l->v[item].any_fn || l->v[item].bdf.fn == n[3]);
		s += len;
	}
	MUST(l->kernel_accepts && item == l->n);
}

static void check_items(const char *value, const struct hidelist *l)
{
	size_t end = 0, len = strlen(value);

	for (size_t i = 0; i < l->n; i++) {
		const struct hide_item *item = &l->v[i];
		bool bad = item->verdict == HIDE_BAD || item->verdict == HIDE_WIDE_DOMAIN;

		MUST(item->off >= end && item->off + item->len <= len && item->at <= len);
		end = item->off + item->len;
		MUST(!item->why == (item->verdict == HIDE_CANONICAL));
		MUST(!bad || (i == l->n - 1 && !l->kernel_accepts));
		MUST(item->verdict != HIDE_CANONICAL || (item->len == 14 && hide_item_covers(item, item->bdf)));
	}
	MUST(l->kernel_accepts || l->n);
}

/* What is read and written canonically hides the same, and nothing is left to complain about. */
static void check_rewrite(const struct hidelist *l)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };
	_cleanup_(hide_done) struct hidelist again = { 0 };
	_cleanup_free_ char *canonical = NULL;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].any_dev || l->v[i].any_fn)
			return;
		bdfset_add(&set, l->v[i].bdf);
	}
	canonical = hide_format(&set);
	hide_parse(canonical, &again);
	MUST(again.kernel_accepts && again.xapi_accepts && again.n == set.n);
	for (size_t i = 0; i < again.n; i++) {
		MUST(again.v[i].verdict == HIDE_CANONICAL);
		MUST(hide_covers(l, again.v[i].bdf));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *value = xstrndup((const char *)data, size);
	_cleanup_(hide_done) struct hidelist l = { 0 };
	struct err err = { 0 };

	hide_parse(value, &l);
	check_items(value, &l);
	MUST(hide_check("fuzz", value, &err) == (l.kernel_accepts ? 0 : -EINVAL));
	if (comparable(value))
		compare(value, &l);
	if (l.kernel_accepts)
		check_rewrite(&l);
	return 0;
}
