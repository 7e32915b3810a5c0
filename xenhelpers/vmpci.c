/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vmpci.c - see vmpci.h */

#include <ctype.h>
#include <limits.h>

#include "str.h"
#include "vmpci.h"

/* OCaml's "%d": an optional sign, digits, "_" between them; no blanks before. */
static const char *scan_order(const char *s, const char *end, long *ret)
{
	bool minus = s < end && *s == '-', any = false;
	long n = 0;

	if (s < end && (*s == '-' || *s == '+'))
		s++;
	for (; s < end && (isdigit((unsigned char)*s) || (any && *s == '_')); s++) {
		if (*s == '_')
			continue;
		if (n > (LONG_MAX - 9) / 10)
			return NULL;
		n = n * 10 + (*s - '0');
		any = true;
	}
	*ret = minus ? -n : n;
	return any ? s : NULL;
}

/* "%0Wx": one to `width` characters, hex digits of either case, "_" taken between them. */
static const char *scan_hex(const char *s, const char *end, unsigned width, unsigned *ret)
{
	bool any = false;
	unsigned n = 0;

	for (; s < end && width && (isxdigit((unsigned char)*s) || (any && *s == '_')); s++, width--) {
		if (*s == '_')
			continue;
		n = n * 16 + (unsigned)(isdigit((unsigned char)*s) ? *s - '0' : (*s | 0x20) - 'a' + 10);
		any = true;
	}
	*ret = n;
	return any ? s : NULL;
}

static const char *scan_char(const char *s, const char *end, char c)
{
	return s && s < end && *s == c ? s + 1 : NULL;
}

static bool scan_item(const char *s, const char *end, struct vmpci_item *ret)
{
	unsigned domain, bus, dev, fn;

	s = scan_order(s, end, &ret->order);
	s = scan_char(s, end, '/');
	s = s ? scan_hex(s, end, 4, &domain) : NULL;
	s = scan_char(s, end, ':');
	s = s ? scan_hex(s, end, 2, &bus) : NULL;
	s = scan_char(s, end, ':');
	s = s ? scan_hex(s, end, 2, &dev) : NULL;
	s = scan_char(s, end, '.');
	s = s ? scan_hex(s, end, 1, &fn) : NULL;
	if (!s)
		return false;
	ret->bdf = (struct bdf){ .domain = domain, .bus = (uint8_t)bus, .dev = (uint8_t)dev, .fn = (uint8_t)fn };
	return true;
}

void vmpci_parse(const char *value, struct vmpci *ret)
{
	const char *s = value;

	*ret = (struct vmpci){ 0 };
	while (*s) {
		size_t len = strcspn(s, ",");
		struct vmpci_item item = { .off = (size_t)(s - value), .len = len };

		item.dropped = !scan_item(s, s + len, &item);
		ARRAY_GROW(ret->v, ret->n);
		ret->v[ret->n++] = item;
		s += len + (s[len] == ',');
	}
}

void vmpci_done(struct vmpci *p)
{
	free(p->v);
	*p = (struct vmpci){ 0 };
}

static bool item_is(const struct vmpci_item *item, struct bdf bdf)
{
	return !item->dropped && bdf_eq(item->bdf, bdf);
}

bool vmpci_names(const char *value, struct bdf bdf)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };

	vmpci_parse(value, &p);
	for (size_t i = 0; i < p.n; i++)
		if (item_is(&p.v[i], bdf))
			return true;
	return false;
}

static int cmp_plug(const void *a, const void *b)
{
	const struct vmpci_item *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	/* the reverse of the text */
	return x->off > y->off ? -1 : x->off < y->off;
}

void vmpci_plug_order(const struct vmpci *p, struct bdfset *ret)
{
	_cleanup_free_ struct vmpci_item *v = xmemdup(p->v, p->n * sizeof(*v));

	if (p->n)
		qsort(v, p->n, sizeof(*v), cmp_plug);
	for (size_t i = 0; i < p->n; i++)
		if (!v[i].dropped)
			bdfset_add(ret, v[i].bdf);
}

char *vmpci_with(const char *value, const struct bdfset *add)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	struct strbuf out = { 0 };
	long next = 0;

	vmpci_parse(value ? value : "", &p);
	for (size_t i = 0; i < p.n; i++)
		if (!p.v[i].dropped && p.v[i].order >= next)
			next = p.v[i].order + 1;
	strbuf_add(&out, value ? value : "");
	for (size_t i = 0; i < add->n; i++) {
		if (value && vmpci_names(value, add->v[i]))
			continue;
		/* A comma at the end of what is there already separates. */
		strbuf_addf(&out, "%s%ld/%s", out.len && out.s[out.len - 1] != ',' ? "," : "", next++, BDF_STR(add->v[i]));
	}
	return strbuf_take(&out);
}

char *vmpci_without(const char *value, const struct bdfset *remove)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	struct strbuf out = { 0 };

	vmpci_parse(value, &p);
	for (size_t i = 0; i < p.n; i++) {
		if (!p.v[i].dropped && bdfset_has(remove, p.v[i].bdf))
			continue;
		if (out.len)
			strbuf_addc(&out, ',');
		strbuf_addn(&out, value + p.v[i].off, p.v[i].len);
	}
	if (!out.len) {
		strbuf_done(&out);
		return NULL;
	}
	return strbuf_take(&out);
}

char *vmpci_place(const char *value, const struct bdfset *put, size_t at, const struct bdfset *out)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	_cleanup_bdfset_ struct bdfset have = { 0 }, order = { 0 };
	struct strbuf text = { 0 };

	vmpci_parse(value ? value : "", &p);
	vmpci_plug_order(&p, &have);
	for (size_t i = 0; i < put->n; i++)
		bdfset_remove(&have, put->v[i]);
	for (size_t i = 0; out && i < out->n; i++)
		bdfset_remove(&have, out->v[i]);
	for (size_t i = 0; i < MIN(at, have.n); i++)
		bdfset_add(&order, have.v[i]);
	for (size_t i = 0; i < put->n; i++)
		bdfset_add(&order, put->v[i]);
	for (size_t i = 0; i < have.n; i++)
		bdfset_add(&order, have.v[i]);
	for (size_t i = 0; i < order.n; i++)
		strbuf_addf(&text, "%s%zu/%s", text.len ? "," : "", i, BDF_STR(order.v[i]));
	for (size_t i = 0; i < p.n; i++)
		if (p.v[i].dropped && p.v[i].len)
			strbuf_addf(&text, "%s%.*s", text.len ? "," : "", (int)p.v[i].len, value + p.v[i].off);
	return strbuf_take(&text);
}
