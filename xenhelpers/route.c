/* SPDX-License-Identifier: GPL-2.0-or-later */
/* route.c - see route.h */

#include <arpa/inet.h>
#include <stdio.h>

#include "route.h"
#include "str.h"

#define UP 0x1u
#define REJECT 0x200u

struct route {
	char name[16]; /* IFNAMSIZ */
	uint32_t destination, mask;
	unsigned metric;
};

static bool parse_line(const char *line, struct route *ret)
{
	unsigned destination, flags, mask;

	if (sscanf(line, "%15s %8x %*8x %4x %*9d %*9d %9u %8x", ret->name, &destination, &flags, &ret->metric, &mask) != 5 ||
	    !(flags & UP) || flags & REJECT)
		return false;
	ret->destination = destination;
	ret->mask = mask;
	return true;
}

static bool is_better(const struct route *a, const struct route *b)
{
	if (a->mask != b->mask)
		return ntohl(a->mask) > ntohl(b->mask);
	return a->metric < b->metric;
}

char *route_interface(const char *text, const char *address)
{
	_cleanup_strv_ struct strv lines = { 0 };
	struct route best = { .name = "" }, one;
	struct in_addr in;

	if (inet_pton(AF_INET, address, &in) != 1)
		return NULL;
	strv_split(&lines, text, '\n');
	for (size_t i = 1; i < lines.n; i++)
		if (parse_line(lines.v[i], &one) && (in.s_addr & one.mask) == one.destination && (!*best.name || is_better(&one, &best)))
			best = one;
	return *best.name ? xstrdup(best.name) : NULL;
}
