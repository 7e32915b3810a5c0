/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_find.c - finding what a user names: devices and VMs; see facts.h. */

#include <stdio.h>

#include "plugin/facts.h"

static int only_one(const struct bdfset *set, const char *name, struct bdf *ret, struct err *err)
{
	_cleanup_free_ char *all = NULL;

	if (set->n == 1) {
		*ret = set->v[0];
		return 0;
	}
	if (!set->n)
		return err_set(err, ENOENT, "'%s' does not stand on a PCI device", name);
	all = bdfset_format(set, ", ");
	err_set(err, ENOTUNIQ, "'%s' is not one device but %zu: %s", name, set->n, all);
	return err_hint(err, "name one of them by its address");
}

static bool is_ids(const char *name, unsigned *vendor, unsigned *device)
{
	char end;

	return strlen(name) == 9 && name[4] == ':' && sscanf(name, "%4x:%4x%c", vendor, device, &end) == 2;
}

static int find_ids(struct facts *f, const char *name, unsigned vendor, unsigned device, struct bdf *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset found = { 0 };
	struct pcidevs *set = NULL;
	int rc = facts_pci(f, &set, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i].ids_known && set->v[i].vendor == vendor && set->v[i].device == device)
			bdfset_add(&found, set->v[i].bdf);
	if (!found.n)
		return err_set(err, ENOENT, "no PCI device has the ids '%s'", name);
	return only_one(&found, name, ret, err);
}

static int find_identity(struct facts *f, const char *name, struct bdf *ret, struct err *err)
{
	struct pcidevs *set = NULL;
	int rc = facts_pci(f, &set, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < set->n; i++) {
		_cleanup_free_ char *identity = pcidev_identity(set, &set->v[i]);

		if (identity && streq(identity, name)) {
			*ret = set->v[i].bdf;
			return 0;
		}
	}
	return err_set(err, ENOENT, "no PCI device has the identity '%s'", name);
}

int facts_find_device(struct facts *f, const char *name, struct bdf *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset found = { 0 };
	unsigned vendor, device;
	int rc;

	if (bdf_parse(name, ret))
		return 0;
	if (strchr(name, '@'))
		return find_identity(f, name, ret, err);
	if (is_ids(name, &vendor, &device))
		return find_ids(f, name, vendor, device, ret, err);
	rc = net_interface_devices(facts_host(f), name, &found, err);
	if (rc == -ENOENT)
		rc = storage_block_devices(facts_host(f), name, &found, err);
	if (rc == 0)
		return only_one(&found, name, ret, err);
	if (rc != -ENOENT)
		return rc;
	err_set(err, ENOENT, "'%s' is no device of %s", name, host_name(facts_host(f)));
	return err_hint(err, "a device is a PCI address (0000:04:00.0 or 04:00.0), vendor:device, an identity, "
			     "a network interface or a block device: see pci-device-list");
}

int facts_find_vm(struct facts *f, const char *uuid, const struct vm **ret, struct err *err)
{
	struct vms *vms = NULL;
	int rc = facts_vms(f, &vms, err);

	if (rc < 0)
		return rc;
	*ret = vms_find(vms, uuid);
	if (*ret)
		return 0;
	err_set(err, ENOENT, "there is no VM with the uuid '%s'", uuid);
	err_api(err, "UUID_INVALID");
	return err_hint(err, "xe vm-list shows the VMs and their uuids");
}

int facts_vm_value(struct facts *f, const struct vm *vm, const char *field, const char *key, char **ret, struct err *err)
{
	const char *known = NULL;
	struct xapi *x = NULL;
	int rc;

	if (vm_value(vm, field, key, &known)) {
		*ret = known ? xstrdup(known) : NULL;
		return 0;
	}
	rc = facts_xapi(f, &x, err);
	if (rc < 0)
		return rc;
	return key ? xapi_get_key(x, "VM", vm->ref, field, key, ret, err) : xapi_get_ref(x, "VM", vm->ref, field, ret, err);
}

bool facts_is_plain_xen(struct facts *f)
{
	struct xapi *xapi = NULL;
	struct xen *xen = NULL;

	return facts_xapi(f, &xapi, NULL) == -ENOENT && facts_xen(f, &xen, NULL) == 0 &&
	       host_exists(facts_host(f), "/etc/xensource-inventory", NULL) == 0;
}
