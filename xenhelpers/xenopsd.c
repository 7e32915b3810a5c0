/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xenopsd.c - see xenopsd.h */

#include "xenopsd.h"

#define RECORD "pci."

/* It becomes a part of a path. */
static bool is_uuid(const char *s)
{
	return strlen(s) == 36 && strspn(s, "0123456789abcdefABCDEF-") == 36;
}

int xenopsd_devices(struct host *h, const char *vm_uuid, struct bdfset *ret, struct err *err)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_free_ char *path = NULL;
	_cleanup_strv_ struct strv names = { 0 };
	struct bdf bdf;
	int rc;

	if (!is_uuid(vm_uuid)) {
		err_set(err, EINVAL, "'%s' is no uuid", vm_uuid);
		return err_hint(err, "XAPI, which knows VMs by name, is not asked here: xe vm-list name-label=NAME params=uuid shows the uuid");
	}
	path = xasprintf(XENOPSD_PCI "/%s", vm_uuid);
	rc = host_list(h, path, &names, err);
	if (rc == -ENOENT)
		return 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < names.n; i++) {
		const char *address = str_after(names.v[i], RECORD);

		/* A short address is none of xenopsd's: its domain is always there. */
		if (!address || !bdf_parse(address, &bdf) || !streq(BDF_STR(bdf), address))
			return err_set(err, EINVAL, "xenopsd's record '%s' in '%s' is of an unknown form", names.v[i], path);
		bdfset_add(&devices, bdf);
	}
	*ret = devices;
	devices = (struct bdfset){ 0 };
	return 0;
}
