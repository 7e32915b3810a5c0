/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapigpu.c - see xapigpu.h */

#include "xapigpu.h"

static const char *text_of(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return s ? s : "";
}

/* Does the PCI object of a PGPU have this address? */
static int is_at(struct xapi *x, const json_t *pgpu, struct bdf bdf, bool *ret, struct err *err)
{
	const char *ref = text_of(pgpu, "PCI");
	const json_t *all;
	struct bdf at;
	int rc;

	*ret = false;
	if (!*ref || streq(ref, XAPI_NULL_REF))
		return 0;
	rc = xapi_records(x, "PCI", &all, err);
	if (rc < 0)
		return rc;
	*ret = bdf_parse(text_of(json_object_get(all, ref), "pci_id"), &at) && bdf_eq(at, bdf);
	return 0;
}

/* The uuids of the VMs that have a VGPU of this group. */
static int group_vms(struct xapi *x, const char *group, struct strv *ret, struct err *err)
{
	const json_t *all;
	json_t *record, *uuid;
	const char *ref;
	int rc = xapi_records(x, "VGPU", &all, err);

	if (rc < 0)
		return rc;
	json_object_foreach((json_t *)all, ref, record) {
		if (!streq(text_of(record, "GPU_group"), group))
			continue;
		rc = xapi_call(x, "VM.get_uuid", json_pack("[s]", text_of(record, "VM")), &uuid, err);
		if (rc < 0)
			return rc;
		if (json_is_string(uuid) && !strv_has(ret, json_string_value(uuid)))
			strv_add(ret, json_string_value(uuid));
		json_decref(uuid);
	}
	return 0;
}

int xapigpu_read(struct xapi *x, const char *host_ref, struct bdf bdf, struct xapigpu *ret, struct err *err)
{
	struct xapigpu g = { 0 };
	const json_t *all;
	json_t *record = NULL;
	const char *ref;
	bool found = false;
	int rc = xapi_records(x, "PGPU", &all, err);

	if (rc < 0)
		return rc;
	json_object_foreach((json_t *)all, ref, record) {
		if (host_ref && !streq(text_of(record, "host"), host_ref))
			continue;
		rc = is_at(x, record, bdf, &found, err);
		if (rc < 0 || found)
			break;
	}
	if (rc == 0 && found) {
		g.there = true;
		g.running = json_array_size(json_object_get(record, "resident_VGPUs")) > 0;
		rc = group_vms(x, text_of(record, "GPU_group"), &g.vms, err);
	}
	if (rc < 0) {
		xapigpu_done(&g);
		return rc;
	}
	*ret = g;
	return 0;
}

void xapigpu_done(struct xapigpu *g)
{
	strv_done(&g->vms);
	*g = (struct xapigpu){ 0 };
}
