/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcidev_config.c - config space of a function: bytes, capabilities; see pcidev.h.
 *
 * PCI Local Bus 3.0, 6.7 (capabilities); PCI Express base specification, 7.6 (extended capabilities).
 */

#include <stdio.h>
#include <pci/pci.h>

#include "pcidev.h"

#define CONFIG_END 4096
#define LOW_END 256

/* Each capability takes at least 4 (8, for extended ones) bytes: a longer list is a loop. */
#define CAPS_MAX ((LOW_END - 0x40) / 4)
#define EXT_CAPS_MAX ((CONFIG_END - LOW_END) / 8)

/*
 * Opening a file again costs more than the reads in it, so one that was opened stays open; not of all functions of large hosts and
 * pools, though, for descriptors are few: beyond some, only that of the function that was asked last.
 */
#define KEPT_MAX 128
static unsigned kept;
static struct pcidev_config *asked_last; /* has an open file, and is not among the kept ones */

struct ext_cap {
	uint16_t id, off;
};

struct pcidev_config {
	int fd;	       /* of the file `config`; -1: not kept open, or a dump */
	bool dead;     /* does not answer */
	unsigned end;  /* nothing can be read from here on */
	uint64_t have; /* which four bytes of low[] were read */
	uint8_t low[LOW_END];
	struct ext_cap *ext; /* extended capabilities, as far as somebody walked their list */
	size_t n_ext;
	unsigned ext_next; /* where the rest of it begins; 0: that was all */
	size_t dump_size; /* bytes of a dump; then they are all there is */
	uint8_t dump[];
};

/* One question about a function. */
struct reader {
	const struct pcidevs *set;
	const struct pcidev *dev;
	struct pcidev_config *c;
};

static struct reader reader_start(const struct pcidevs *set, const struct pcidev *dev)
{
	return (struct reader){ .set = set, .dev = dev, .c = dev->config };
}

static void forget_last(void)
{
	if (!asked_last)
		return;
	close(asked_last->fd);
	asked_last->fd = -1;
	asked_last = NULL;
}

static int reader_fd(struct reader *r)
{
	char path[64];

	if (r->c->fd >= 0)
		return r->c->fd;
	forget_last();
	snprintf(path, sizeof(path), PCIDEV_SYSFS "/%s/config", BDF_STR(r->dev->bdf));
	r->c->fd = host_open_file(r->set->host, path, NULL);
	if (r->c->fd >= 0)
		asked_last = r->c;
	return r->c->fd;
}

static uint32_t le32(const uint8_t b[static 4])
{
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void have_low(struct pcidev_config *c, unsigned off, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i + 4 <= n && off + i < LOW_END; i += 4) {
		memcpy(c->low + off + i, bytes + i, 4);
		c->have |= (uint64_t)1 << ((off + i) / 4);
	}
}

/* Four bytes at a multiple of four. */
static bool get32(struct reader *r, unsigned off, uint32_t *ret)
{
	struct pcidev_config *c = r->c;
	uint8_t bytes[4];
	int fd;

	if (!c || c->dead || off + 4 > c->end)
		return false;
	if (c->dump_size) {
		*ret = le32(c->dump + off);
		return true;
	}
	if (off < LOW_END && c->have >> off / 4 & 1) {
		*ret = le32(c->low + off);
		return true;
	}
	fd = reader_fd(r);
	if (fd < 0)
		return false;
	if (pread(fd, bytes, sizeof(bytes), (off_t)off) != (ssize_t)sizeof(bytes)) {
		c->end = off;
		return false;
	}
	have_low(c, off, bytes, sizeof(bytes));
	*ret = le32(bytes);
	return true;
}

/* ---- opening ---------------------------------------------------------------------------------------- */

/*
 * A function that does not answer reads as all ones.  A VF answers, but all ones is the vendor and device that its
 * config space must have (SR-IOV specification, 3.4.1.1), so the command and status word decides.  No function has
 * vendor 0: such bytes are no config space.
 */
static void set_dead(struct pcidev_config *c, const uint8_t *bytes)
{
	uint32_t id = le32(bytes), status = le32(bytes + 4);

	c->dead = id == 0 || (id == UINT32_MAX && status == UINT32_MAX);
}

void pcidev_config_open(const struct pcidevs *set, struct pcidev *dev, int dirfd)
{
	_cleanup_close_ int fd = host_open_at(set->host, dirfd, "config", NULL);
	uint8_t header[16];
	struct pcidev_config *c;

	if (fd < 0 || pread(fd, header, sizeof(header), 0) != (ssize_t)sizeof(header))
		return;
	c = xcalloc(1, sizeof(*c));
	c->fd = -1;
	c->end = CONFIG_END;
	c->ext_next = LOW_END;
	have_low(c, 0, header, sizeof(header));
	set_dead(c, header);
	if (kept < KEPT_MAX) {
		kept++;
	} else {
		forget_last();
		asked_last = c;
	}
	c->fd = fd;
	fd = -1;
	dev->config = c;
}

void pcidev_config_from_dump(struct pcidev *dev, const uint8_t *bytes, size_t n)
{
	struct pcidev_config *c;

	if (n < 16)
		return;
	c = xcalloc(1, sizeof(*c) + n);
	c->fd = -1;
	c->end = (unsigned)MIN(n, (size_t)CONFIG_END);
	c->ext_next = LOW_END;
	c->dump_size = n;
	memcpy(c->dump, bytes, n);
	set_dead(c, bytes);
	dev->config = c;
}

void pcidev_config_close(struct pcidev *dev)
{
	if (!dev->config)
		return;
	if (dev->config == asked_last) {
		forget_last();
	} else if (dev->config->fd >= 0) {
		close(dev->config->fd);
		kept--;
	}
	free(dev->config->ext);
	free(dev->config);
	dev->config = NULL;
}

bool pcidev_config_read(const struct pcidevs *set, const struct pcidev *dev, unsigned off, unsigned width,
			uint32_t *ret)
{
	struct reader r = reader_start(set, dev);
	uint32_t v;

	if ((width != 1 && width != 2 && width != 4) || off % width || off >= CONFIG_END || !get32(&r, off & ~3u, &v))
		return false;
	v >>= 8 * (off & 3);
	*ret = width == 4 ? v : v & ((1u << 8 * width) - 1);
	return true;
}

/* ---- capabilities ----------------------------------------------------------------------------------- */

/* Where the list begins: 0 no list, -1 unknown. */
static int first_cap(struct reader *r)
{
	uint32_t status, type, v;

	if (!get32(r, PCI_COMMAND, &status) || !get32(r, PCI_CACHE_LINE_SIZE, &type))
		return -1;
	if (!(status >> 16 & PCI_STATUS_CAP_LIST))
		return 0;
	switch (type >> 16 & 0x7f) {
	case PCI_HEADER_TYPE_NORMAL:
	case PCI_HEADER_TYPE_BRIDGE: return get32(r, PCI_CAPABILITY_LIST, &v) ? (int)(v & 0xfc) : -1;
	case PCI_HEADER_TYPE_CARDBUS: return get32(r, PCI_CB_CAPABILITY_LIST, &v) ? (int)(v & 0xfc) : -1;
	default: return -1;
	}
}

/* As pcidev_cap(); the capability's first four bytes go to *ret. */
static int find_cap(struct reader *r, unsigned id, uint32_t *ret)
{
	int pos = first_cap(r);

	for (unsigned left = CAPS_MAX; pos > 0; left--) {
		uint32_t head;

		if (pos < 0x40 || !left || !get32(r, (unsigned)pos, &head) || head == UINT32_MAX)
			return -1;
		if ((head & 0xff) == id) {
			*ret = head;
			return pos;
		}
		pos = (int)(head >> 8 & 0xfc);
	}
	return pos;
}

int pcidev_cap(const struct pcidevs *set, const struct pcidev *dev, unsigned id)
{
	struct reader r = reader_start(set, dev);
	uint32_t head;

	return find_cap(&r, id, &head);
}

/* One more of the list; NULL at its end, or where it cannot be read on: then ext_next is not 0. */
static const struct ext_cap *next_ext_cap(struct reader *r)
{
	struct pcidev_config *c = r->c;
	uint32_t head;

	if (c->ext_next < LOW_END || c->n_ext == EXT_CAPS_MAX || !get32(r, c->ext_next, &head) || head == UINT32_MAX)
		return NULL;
	if (!head) { /* an empty list is one capability of zeros */
		c->ext_next = 0;
		return NULL;
	}
	ARRAY_GROW(c->ext, c->n_ext);
	c->ext[c->n_ext] = (struct ext_cap){ (uint16_t)head, (uint16_t)c->ext_next };
	c->ext_next = head >> 20 & 0xffc;
	return &c->ext[c->n_ext++];
}

static int find_ext_cap(struct reader *r, unsigned id)
{
	const struct ext_cap *cap;
	uint32_t head;
	int express = find_cap(r, PCI_CAP_ID_EXP, &head);

	if (express <= 0)
		return express;
	for (size_t i = 0; i < r->c->n_ext; i++)
		if (r->c->ext[i].id == id)
			return r->c->ext[i].off;
	while ((cap = next_ext_cap(r)))
		if (cap->id == id)
			return cap->off;
	return r->c->ext_next ? -1 : 0;
}

int pcidev_ext_cap(const struct pcidevs *set, const struct pcidev *dev, unsigned id)
{
	struct reader r = reader_start(set, dev);

	return find_ext_cap(&r, id);
}

int pcidev_msix_vectors(const struct pcidevs *set, const struct pcidev *dev)
{
	struct reader r = reader_start(set, dev);
	uint32_t head;
	int pos = find_cap(&r, PCI_CAP_ID_MSIX, &head);

	if (pos <= 0)
		return pos < 0 ? PCIDEV_UNKNOWN : 0;
	return (int)(head >> 16 & PCI_MSIX_TABSIZE) + 1;
}

enum tristate pcidev_has_msi(const struct pcidevs *set, const struct pcidev *dev)
{
	int pos = pcidev_cap(set, dev, PCI_CAP_ID_MSI);

	return pos < 0 ? TRI_UNKNOWN : pos > 0 ? TRI_YES : TRI_NO;
}

enum tristate pcidev_serial(const struct pcidevs *set, const struct pcidev *dev, uint64_t *ret)
{
	struct reader r = reader_start(set, dev);
	int pos = find_ext_cap(&r, PCI_EXT_CAP_ID_DSN);
	uint32_t low, high;

	if (pos <= 0)
		return pos < 0 ? TRI_UNKNOWN : TRI_NO;
	if (!get32(&r, (unsigned)pos + 4, &low) || !get32(&r, (unsigned)pos + 8, &high))
		return TRI_UNKNOWN;
	if (low == UINT32_MAX && high == UINT32_MAX)
		return TRI_UNKNOWN;
	if (!low && !high)
		return TRI_NO;
	*ret = (uint64_t)high << 32 | low;
	return TRI_YES;
}
