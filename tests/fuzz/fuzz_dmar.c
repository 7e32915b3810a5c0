/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_dmar.c - ACPI tables: what is taken adds up, what is refused leaves nothing behind, and Xen's name for the table
 * changes nothing.
 */
#include "tests/fuzz/fuzz.h"
#include "xenhelpers/dmar.h"

static void check_scope(const struct dmar_region *r, const struct dmar_scope *s)
{
	_cleanup_free_ char *text = dmar_scope_format(r, s, NULL);
	struct bdf bdf, read;

	MUST(*text);
	MUST((s->kind == DMAR_PATH) == (s->n_hops > 0));
	if (!dmar_resolve(r, s, NULL, &bdf))
		return;
	MUST(s->kind == DMAR_PATH && s->n_hops == 1);
	MUST(bdf_parse(text, &read) && bdf_eq(read, bdf));
	MUST(dmar_covers(r, NULL, bdf) == TRI_YES);
}

static void check_table(const struct dmar *d, size_t size)
{
	size_t bytes = 48;

	for (size_t i = 0; i < d->n; i++) {
		const struct dmar_region *r = &d->v[i];

		bytes += 24;
		for (size_t k = 0; k < r->n; k++) {
			bytes += 8;
			check_scope(r, &r->v[k]);
		}
		MUST((dmar_pages(r) == 0) == (r->limit < r->base));
		MUST(!dmar_is_shared(r) || r->n);
	}
	MUST(bytes <= size);
}

static bool same(const struct dmar *a, const struct dmar *b)
{
	if (a->n != b->n || a->bad_checksum != b->bad_checksum || a->behind != b->behind)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].base != b->v[i].base || a->v[i].limit != b->v[i].limit || a->v[i].n != b->v[i].n)
			return false;
	return true;
}

/* DMAR and RMAD are one table. */
static void check_renamed(const uint8_t *data, size_t size, const struct dmar *d, int rc)
{
	_cleanup_free_ char *renamed = xmemdup(data, size);
	struct dmar other = { 0 };

	if (!memcmp(data, "DMAR", 4))
		memcpy(renamed, "RMAD", 4);
	else if (!memcmp(data, "RMAD", 4))
		memcpy(renamed, "DMAR", 4);
	MUST(dmar_decode(renamed, size, &other, NULL) == rc);
	MUST(rc < 0 || same(d, &other));
	dmar_done(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dmar d = { 0 };
	struct err err = { 0 };
	int rc;

	if (size > DMAR_SIZE_MAX)
		return 0;
	rc = dmar_decode(data, size, &d, &err);
	if (rc < 0)
		MUST(rc == -EINVAL && *err.text && !d.n);
	else
		check_table(&d, size);
	if (size >= 4)
		check_renamed(data, size, &d, rc);
	dmar_done(&d);
	return 0;
}
