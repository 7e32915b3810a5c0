/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbid.c - see usbid.h */

#include <ctype.h>
#include <string.h>

#include "str.h"
#include "usbid.h"

#define PATH_MAX_LEN 32

bool usbid_is_path(const char *s)
{
	return isdigit((unsigned char)*s) && strchr(s, '-') && strlen(s) <= PATH_MAX_LEN && s[strspn(s, "0123456789.-")] == '\0';
}

static bool parse_hex4(const char *s, uint16_t *ret)
{
	_cleanup_free_ char *digits = xstrndup(s, 4);
	uint64_t value;

	if (strlen(digits) != 4 || strspn(digits, "0123456789abcdef") != 4 || !str_to_u64(digits, 16, UINT16_MAX, &value))
		return false;
	*ret = (uint16_t)value;
	return true;
}

bool usbid_parse(const char *text, struct usbid *ret)
{
	const char *blank = strchr(text, ' '), *ids = blank ? blank + 1 : "", *serial = "";
	struct usbid id = { 0 };

	if (!blank || !parse_hex4(ids, &id.vendor) || ids[4] != ':' || !parse_hex4(ids + 5, &id.product))
		return false;
	if (ids[9] == ' ' && ids[10])
		serial = ids + 10;
	else if (ids[9])
		return false;
	if (strlen(serial) > USBID_SERIAL_MAX)
		return false;
	for (const char *c = serial; *c; c++)
		if (iscntrl((unsigned char)*c))
			return false;
	id.path = xstrndup(text, (size_t)(blank - text));
	if (!usbid_is_path(id.path)) {
		free(id.path);
		return false;
	}
	id.serial = xstrdup(serial);
	*ret = id;
	return true;
}

char *usbid_format(const struct usbid *id)
{
	return xasprintf("%s %04x:%04x%s%s", id->path, id->vendor, id->product, *id->serial ? " " : "", id->serial);
}

void usbid_done(struct usbid *id)
{
	free(id->path);
	free(id->serial);
	*id = (struct usbid){ 0 };
}

bool usbid_same_kind(const struct usbid *a, const struct usbid *b)
{
	return a->vendor == b->vendor && a->product == b->product && streq(a->serial, b->serial);
}

bool usbid_eq(const struct usbid *a, const struct usbid *b)
{
	return streq(a->path, b->path) && usbid_same_kind(a, b);
}
