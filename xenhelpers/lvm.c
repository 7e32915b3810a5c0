/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lvm.c - see lvm.h */

#include "lvm.h"

#define SECTOR 512u
#define LABEL_HEADER 32u
#define AREA_SIZE 16u
#define MDA_HEADER 512u
#define NAME_MAX_LEN 127u
#define MDA_MAGIC " LVM2 x[5A%r0N*>"

/* What lvm_make_label() makes: the label in the second sector, metadata behind it. */
enum { MADE_LABEL = 512, MADE_MDA = 1024, MADE_TEXT = 512, MADE_SIZE = 2048 };

static uint32_t le32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint64_t le64(const uint8_t *p)
{
	return le32(p) | (uint64_t)le32(p + 4) << 32;
}

static void put_le32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

/* Behind a list of areas, which zeros end; 0: the sector ends first. */
static size_t skip_areas(const uint8_t *sector, size_t at)
{
	for (; at + AREA_SIZE <= SECTOR; at += AREA_SIZE)
		if (!le64(sector + at))
			return at + AREA_SIZE;
	return 0;
}

int lvm_parse_label(const void *bytes, size_t n, uint64_t *at, struct err *err)
{
	for (size_t s = 0; s + SECTOR <= n && s < LVM_LABEL_MAX; s += SECTOR) {
		const uint8_t *p = (const uint8_t *)bytes + s;
		size_t pv = le32(p + 20), areas;

		if (memcmp(p, "LABELONE", 8) || memcmp(p + 24, "LVM2 001", 8))
			continue;
		/* the uuid (32 bytes) and the size (8) of the volume come first */
		areas = pv >= LABEL_HEADER && pv <= SECTOR - 40 ? skip_areas(p, pv + 40) : 0;
		if (!areas || areas + AREA_SIZE > SECTOR)
			return err_set(err, EINVAL, "the LVM label in sector %zu is broken", s / SECTOR);
		*at = le64(p + areas);
		return 1;
	}
	return 0;
}

static ssize_t read_at(int fd, void *to, size_t n, uint64_t off)
{
	return off > INT64_MAX - n ? -1 : pread(fd, to, n, (off_t)off);
}

/* "NAME {" */
static char *group_name(const char *text, size_t n)
{
	static const char set[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+_.-";
	_cleanup_free_ char *s = xstrndup(text, n);
	size_t len = strspn(s, set);

	return len && len <= NAME_MAX_LEN && str_after(s + len, " {") ? xstrndup(s, len) : NULL;
}

static int read_group(int fd, const char *device, uint64_t at, char **vg, struct err *err)
{
	uint8_t header[MDA_HEADER];
	char text[NAME_MAX_LEN + 3];
	ssize_t n;

	if (read_at(fd, header, sizeof(header), at) != (ssize_t)sizeof(header) || memcmp(header + 4, MDA_MAGIC, 16) ||
	    le64(header + 24) != at || le64(header + 40) > INT64_MAX / 2)
		return err_set(err, EINVAL, "the LVM metadata of '%s' cannot be read", device);
	n = read_at(fd, text, sizeof(text), at + le64(header + 40));
	*vg = n > 0 ? group_name(text, (size_t)n) : NULL;
	return *vg ? 1 : err_set(err, EINVAL, "the LVM metadata of '%s' do not begin with the name of a group", device);
}

int lvm_read(struct host *h, const char *device, char **vg, struct err *err)
{
	_cleanup_free_ char *path = xasprintf("/dev/%s", device);
	_cleanup_close_ int fd = host_open_file(h, path, err);
	uint8_t bytes[LVM_LABEL_MAX];
	uint64_t at = 0;
	ssize_t n;
	int rc;

	if (fd < 0)
		return fd;
	n = read_at(fd, bytes, sizeof(bytes), 0);
	if (n < 0)
		return err_set(err, errno, "cannot read '%s': %s", path, strerror(errno));
	rc = lvm_parse_label(bytes, (size_t)n, &at, err);
	*vg = NULL;
	return rc <= 0 || !at ? rc : read_group(fd, device, at, vg, err);
}

void lvm_make_label(const char *vg, struct strbuf *ret)
{
	uint8_t bytes[MADE_SIZE] = { 0 }, *label = bytes + MADE_LABEL, *mda = bytes + MADE_MDA;

	memcpy(label, "LABELONE", 8);
	put_le32(label + 8, MADE_LABEL / SECTOR);
	put_le32(label + 20, LABEL_HEADER);
	memcpy(label + 24, "LVM2 001", 8);
	/* uuid, size and the empty list of data areas are zeros */
	put_le32(label + LABEL_HEADER + 40 + AREA_SIZE, MADE_MDA);
	put_le32(label + LABEL_HEADER + 40 + AREA_SIZE + 8, MADE_SIZE - MADE_MDA);
	memcpy(mda + 4, MDA_MAGIC, 16);
	put_le32(mda + 20, 1);
	put_le32(mda + 24, MADE_MDA);
	put_le32(mda + 40, MADE_TEXT);
	strbuf_addn(ret, bytes, MADE_MDA + MADE_TEXT);
	strbuf_addf(ret, "%s {\n", vg);
}

const char *lvm_repository(const char *vg)
{
	const char *uuid = str_after(vg, "VG_XenStorage-");

	return uuid ? uuid : str_after(vg, "XSLocalEXT-");
}
