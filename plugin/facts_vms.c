/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_vms.c - see facts_vms.h */

#include "plugin/facts_vms.h"
#include "xenhelpers/str.h"
#include "xenhelpers/vmpci.h"

static int cmp_item(const void *a, const void *b)
{
	const struct vm_index_item *x = a, *y = b;
	int c = bdf_cmp(x->bdf, y->bdf);

	return c ? c : x->vm < y->vm ? -1 : x->vm > y->vm;
}

static void add_vm(struct vm_index *x, const struct vm *vm)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };

	vmpci_parse(vm->pci, &p);
	vmpci_plug_order(&p, &devices);
	for (size_t i = 0; i < devices.n; i++) {
		ARRAY_GROW(x->v, x->n);
		x->v[x->n++] = (struct vm_index_item){ devices.v[i], vm };
	}
}

void vm_index_build(const struct vms *vms, struct vm_index *ret)
{
	*ret = (struct vm_index){ 0 };
	for (size_t i = 0; i < vms->n; i++)
		if (vms->v[i].pci)
			add_vm(ret, &vms->v[i]);
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), cmp_item);
}

void vm_index_done(struct vm_index *x)
{
	free(x->v);
	*x = (struct vm_index){ 0 };
}

const struct vm_index_item *vm_index_find(const struct vm_index *x, struct bdf bdf, size_t *n)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (bdf_cmp(x->v[mid].bdf, bdf) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < x->n && bdf_eq(x->v[low + *n].bdf, bdf);)
		++*n;
	return *n ? &x->v[low] : NULL;
}
