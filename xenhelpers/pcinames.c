/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcinames.c - names of vendors, devices and classes: the caller's side of the module pcidb; see pcidev.h. */

#include <stdio.h>

#include "module.h"
#include "pcidb.h"
#include "pcidev.h"

/* One database a process: it takes milliseconds to read, and that of one host serves for all. */
static const struct pcidb_ops *pcidb;
static struct pcidb_names *names;

/* The database in one directory; 1 opened, 0 not there. The name may be a link to another directory. */
static int open_ids(struct host *h, const char *path, int *ret, struct err *err)
{
	_cleanup_free_ char *resolved = NULL;
	_cleanup_close_ int dir = -1;
	struct err why = { 0 };
	char *slash;
	int rc;

	rc = host_resolve(h, path, &resolved, &why);
	if (rc >= 0) {
		slash = strrchr(resolved, '/');
		*slash = '\0';
		rc = dir = host_open_dir(h, *resolved ? resolved : "/", &why);
	}
	if (rc >= 0)
		rc = host_open_at(h, dir, slash + 1, &why);
	if (rc == -ENOENT || rc == -ENOTDIR)
		return 0;
	if (rc < 0) {
		if (err)
			*err = why;
		return rc;
	}
	*ret = rc;
	return 1;
}

int pcinames_load(struct host *h, struct err *err)
{
	static const char *const places[] = { "/usr/share/hwdata/pci.ids", "/usr/share/misc/pci.ids" };
	_cleanup_close_ int fd = -1;
	const char *place = NULL;
	int rc;

	if (names)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(places) && !place; i++) {
		rc = open_ids(h, places[i], &fd, err);
		if (rc < 0)
			return rc;
		if (rc)
			place = places[i];
	}
	if (!pcidb)
		pcidb = module_load("pcidb", err);
	if (!pcidb)
		return err ? -err->code : -ELIBACC;
	rc = pcidb->names_open(fd, &names, err);
	if (rc < 0)
		return err_wrap(err, "cannot read '%s' of %s", place ? place : "pci.ids", host_name(h));
	return 0;
}

/* Device names end up on terminals and in XML, and the database may be a stranger's. */
static const char *put_name(const struct pcidb_key *key, char *buf, size_t size)
{
	_cleanup_strbuf_ struct strbuf safe = { 0 };
	char raw[1024];

	pcidb->name(names, key, raw, sizeof(raw));
	strbuf_add_printable(&safe, raw, strlen(raw));
	snprintf(buf, size, "%s", strbuf_str(&safe));
	return buf;
}

const char *pciname_vendor(uint16_t vendor, char *buf, size_t size)
{
	const struct pcidb_key key = { .kind = PCIDB_VENDOR, .vendor = vendor };

	if (names)
		return put_name(&key, buf, size);
	snprintf(buf, size, "Vendor %04x", (unsigned)vendor);
	return buf;
}

const char *pciname_device(uint16_t vendor, uint16_t device, char *buf, size_t size)
{
	const struct pcidb_key key = { .kind = PCIDB_DEVICE, .vendor = vendor, .device = device };

	if (names)
		return put_name(&key, buf, size);
	snprintf(buf, size, "Device %04x", (unsigned)device);
	return buf;
}

const char *pciname_class(uint32_t class, char *buf, size_t size)
{
	const struct pcidb_key key = { .kind = PCIDB_CLASS, .class = (uint16_t)(class >> 8) };

	if (names)
		return put_name(&key, buf, size);
	snprintf(buf, size, "Class %04x", (unsigned)key.class);
	return buf;
}

const char *pciname_subsystem(const struct pcidev *dev, char *buf, size_t size)
{
	const struct pcidb_key key = { .kind = PCIDB_SUBSYSTEM,
				       .vendor = dev->vendor,
				       .device = dev->device,
				       .subvendor = dev->subvendor,
				       .subdevice = dev->subdevice };

	if (!dev->subvendor && !dev->subdevice)
		snprintf(buf, size, "%s", "");
	else if (names)
		put_name(&key, buf, size);
	else
		snprintf(buf, size, "Vendor %04x Device %04x", (unsigned)dev->subvendor, (unsigned)dev->subdevice);
	return buf;
}
