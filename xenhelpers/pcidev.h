/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcidev.h - the PCI functions of a host, as plain records.
 *
 * Source: /sys/bus/pci/devices below the host's root; where there is no such tree, the recording's
 * lspci.txt (`lspci -D -xxxx`, read by libpci in a module of ours).  Both give config space; only sysfs gives drivers,
 * SR-IOV links and boot_vga, so each of these can be *unknown*, which is never the same as "no".
 *
 * Config space is read lazily and only as far as needed: 16 bytes of the header at once, everything else four bytes
 * at a time when somebody asks.  A full read of 4 KiB of MMCONFIG costs about a millisecond a function on real
 * hardware, and below 256 bytes each four bytes are a pair of port accesses that Xen traps in a PV dom0.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bdf.h"
#include "host.h"

enum tristate { TRI_UNKNOWN = -1, TRI_NO = 0, TRI_YES = 1 };

#define PCIDEV_UNKNOWN (-1) /* for numa_node and counts */

struct pcidev {
	struct bdf bdf;
	uint16_t vendor, device, subvendor, subdevice;
	uint32_t class; /* 24 bits: class, subclass, programming interface */
	uint8_t revision;
	uint8_t header; /* header type without the multi-function bit: 0 device, 1 PCI bridge, 2 CardBus, or: */
#define PCIDEV_HEADER_UNKNOWN 0xff
	bool ids_known;	  /* vendor and device were readable */
	bool class_known; /* class was readable; it is 0 where not */

	char *driver;		  /* bound driver ("nvme", "pciback"), NULL when none is bound or unknown */
	enum tristate has_driver; /* TRI_UNKNOWN: the source cannot tell */
	enum tristate boot_vga;	  /* the console display as the firmware left it */
	int sysfs_node;		  /* sysfs numa_node; PCIDEV_UNKNOWN where absent or -1. In dom0 only Xen knows: see numa.h */

	bool is_vf, has_physfn; /* a VF; physfn is known, and is another function */
	struct bdf physfn;
	int numvfs, totalvfs; /* of a PF; PCIDEV_UNKNOWN where it is none or it is unknown */

	bool has_parent;   /* false: on a root bus, or the bridge is unknown */
	struct bdf parent; /* same domain and a lower bus number, whatever a recording says: a walk up always ends */
	char *path; /* topological path, see below */

	/* private to pcidev_config.c */
	struct pcidev_config *config;
};

struct pcidevs {
	struct pcidev *v; /* sorted by BDF */
	size_t n;
	struct host *host; /* borrowed: must outlive the set, config space is read through it */
	bool from_dump; /* read from lspci.txt */
};

/*
 * Read all functions.  -ENOENT when the host has neither source.  An entry that is not a function (a name that is
 * no BDF, a directory without ids) is kept out, or kept with ids_known false, but never an error.  -EINVAL, -EFBIG,
 * -E2BIG when lspci.txt is no output of lspci, or too large.
 */
int pcidevs_read(struct host *h, struct pcidevs *ret, struct err *err);
void pcidevs_done(struct pcidevs *set);

struct pcidev *pcidevs_find(const struct pcidevs *set, struct bdf bdf); /* NULL: no such function */
struct pcidev *pcidevs_parent(const struct pcidevs *set, const struct pcidev *dev); /* NULL: root bus or unknown */

bool pcidev_is_bridge(const struct pcidev *dev); /* class 06xx or header type 1 or 2 */

/*
 * Topological path: the root bus, then device.function of every hop down to the function, "0000:40/01.0/00.0".
 * Bus numbers behind the root do not appear, so that renumbering does not change it.  A VF is "vfN" below its
 * physical function, "0000:40/01.0/00.0/vf0", N being its place among the VFs that are there: VFs of one function
 * may lie on several buses, where device.function alone would name several.
 *
 * Identity (design, section 4): "PATH@VVVV:DDDD:SVSV:SDSD:CCCCCC" and, where the function has a Device Serial
 * Number capability (PCIe base specification, 7.9.3), "@" and the number as 16 hex digits.  No blank and no
 * comma ever appears in it.  Caller frees.
 */
char *pcidev_identity(struct pcidevs *set, const struct pcidev *dev);

/* ---- config space -------------------------------------------------------------------------------- */

/*
 * `width` 1, 2 or 4 bytes at a multiple of it, little endian; false when the source does not reach that far, or the
 * function does not answer (all ones: in D3cold, or gone).
 */
bool pcidev_config_read(const struct pcidevs *set, const struct pcidev *dev, unsigned off, unsigned width, uint32_t *ret);

/*
 * Offset of a capability: > 0 found; 0 surely absent; -1 unknown, because config space is too short to
 * tell, or its list is broken (a loop, a pointer below 0x40).  Identifiers are libpci's PCI_CAP_ID_* and PCI_EXT_CAP_ID_*.
 * A function without the PCI Express capability surely has no extended ones.
 */
int pcidev_cap(const struct pcidevs *set, const struct pcidev *dev, unsigned id);
int pcidev_ext_cap(const struct pcidevs *set, const struct pcidev *dev, unsigned id);

/* Entries of the MSI-X table (1..2048), 0 when there is no MSI-X, PCIDEV_UNKNOWN. */
int pcidev_msix_vectors(const struct pcidevs *set, const struct pcidev *dev);
/* Has the MSI capability. */
enum tristate pcidev_has_msi(const struct pcidevs *set, const struct pcidev *dev);
/* Device Serial Number; TRI_UNKNOWN where extended config space cannot be read; all zeros is no number. */
enum tristate pcidev_serial(const struct pcidevs *set, const struct pcidev *dev, uint64_t *ret);

/* ---- names: loads libpci and reads pci.ids (4 to 6 ms), so only where a caller shows them ---------- */

/*
 * pci.ids of the host's own root (/usr/share/hwdata/pci.ids, /usr/share/misc/pci.ids), else of this program's machine;
 * once a process, the first host decides.  A caller may go on after a failure: names are then numbers.
 * Results are written into buf, always terminated, safe to print, and returned; where the database has no name:
 * "Device 2331", "Vendor 10de", "Class 0302", as lspci prints them.  A function without subsystem has the name "".
 */
int pcinames_load(struct host *h, struct err *err);
const char *pciname_vendor(uint16_t vendor, char *buf, size_t size);
const char *pciname_device(uint16_t vendor, uint16_t device, char *buf, size_t size);
const char *pciname_class(uint32_t class, char *buf, size_t size);
const char *pciname_subsystem(const struct pcidev *dev, char *buf, size_t size);

/* ---- between pcidev.c and pcidev_config.c ---------------------------------------------------------- */

#define PCIDEV_SYSFS "/sys/bus/pci/devices"

/* Open the config space of a function whose directory is open, and read its header; sets dev->config where it can. */
void pcidev_config_open(const struct pcidevs *set, struct pcidev *dev, int dirfd);
void pcidev_config_from_dump(struct pcidev *dev, const uint8_t *bytes, size_t n); /* copies */
void pcidev_config_close(struct pcidev *dev);
