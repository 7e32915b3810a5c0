/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gather_text.c - texts reduced to what we read of them; see gather.h */

#include <ctype.h>
#include <stdio.h>

#include "gather.h"

/* The line at s, without its newline; *next is the one after it. */
static size_t line_at(const char *s, const char *end, const char **next)
{
	const char *nl = memchr(s, '\n', (size_t)(end - s));

	*next = nl ? nl + 1 : end;
	return nl ? (size_t)(nl - s) : (size_t)(end - s);
}

/* ---- mountinfo ---------------------------------------------------------------------------------------------- */

/* Options that name devices (block.c follows them); the others may be anything that a file system takes. */
static void add_options(const char *options, struct strbuf *out)
{
	_cleanup_strv_ struct strv words = { 0 };
	const char *sep = "";

	strv_split(&words, options, ',');
	for (size_t i = 0; i < words.n; i++) {
		const char *w = words.v[i];

		if (!streq(w, "rw") && !streq(w, "ro") && !str_after(w, "logdev=") && !str_after(w, "rtdev="))
			continue;
		strbuf_addf(out, "%s%s", sep, w);
		sep = ",";
	}
}

/* Everything up to the type and the source, then the options. A line that is none stays a line that is none. */
static void add_mount(const char *line, struct strbuf *out)
{
	_cleanup_strv_ struct strv fields = { 0 };
	size_t dash = 6;

	strv_split(&fields, line, ' ');
	while (dash < fields.n && !streq(fields.v[dash], "-"))
		dash++;
	if (dash + 2 >= fields.n) {
		strbuf_add(out, "?\n");
		return;
	}
	for (size_t i = 0; i <= dash + 2; i++)
		strbuf_addf(out, "%s%s", i ? " " : "", fields.v[i]);
	strbuf_addc(out, ' ');
	add_options(dash + 3 < fields.n ? fields.v[dash + 3] : "", out);
	strbuf_addc(out, '\n');
}

void gather_text_mountinfo(const char *text, struct strbuf *out)
{
	const char *end = text + strlen(text), *next;

	for (const char *s = text; s < end; s = next) {
		size_t n = line_at(s, end, &next);
		_cleanup_free_ char *line = xstrndup(s, n);

		if (n)
			add_mount(line, out);
	}
}

/* ---- the inventory ------------------------------------------------------------------------------------------ */

void gather_text_inventory(const char *text, struct strbuf *out)
{
	static const char *const keys[] = { "INSTALLATION_UUID", "CONTROL_DOMAIN_UUID",	   "MANAGEMENT_INTERFACE",
					    "PRODUCT_BRAND",	 "PRODUCT_VERSION",	   "PRODUCT_VERSION_TEXT",
					    "PLATFORM_NAME",	 "PLATFORM_VERSION",	   "PRODUCT_VERSION_TEXT_SHORT",
					    "PRIMARY_DISK",	 "MANAGEMENT_ADDRESS_TYPE" };
	const char *end = text + strlen(text), *next;

	for (const char *s = text; s < end; s = next) {
		size_t n = line_at(s, end, &next), blanks = strspn(s, " \t");

		for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
			const char *rest = str_after(s + blanks, keys[i]);

			if (!rest || *rest != '=')
				continue;
			strbuf_addn(out, s, n);
			strbuf_addc(out, '\n');
		}
	}
}

/* ---- boot arguments ----------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Keys whose values are nobody's business: rd.iscsi.in.password=, netroot=iscsi:user:password@... */
static bool is_secret(const char *key, size_t len)
{
	static const char *const parts[] = { "password", "passwd", "passphrase", "secret", "token",
					     "netroot",	 "apikey", "api_key",	 "api-key" };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		size_t n = strlen(parts[i]);

		for (size_t k = 0; k + n <= len; k++)
			if (!strncasecmp(key + k, parts[i], n))
				return true;
	}
	return false;
}

/* As many "x" as there were bytes, quotes kept: every place in the text stays where it was. */
static void add_blotted(const char *s, size_t n, struct strbuf *out)
{
	for (size_t i = 0; i < n; i++)
		strbuf_addc(out, s[i] == '"' || s[i] == '\'' ? s[i] : 'x');
}

/* End of the word at s: a blank outside of quotes, or a newline. */
static size_t word_len(const char *s, const char *end)
{
	const char *p = s;
	char quote = '\0';

	for (; p < end && *p != '\n' && (quote || !is_blank(*p)); p++) {
		if (quote && *p == quote)
			quote = '\0';
		else if (!quote && (*p == '"' || *p == '\''))
			quote = *p;
	}
	return (size_t)(p - s);
}

size_t gather_text_args(const char *text, size_t len, struct strbuf *out)
{
	const char *end = text + len;
	size_t blotted = 0;

	for (const char *s = text; s < end;) {
		size_t n = word_len(s, end);
		const char *eq = memchr(s, '=', n);

		if (!n) {
			strbuf_addc(out, *s++);
			continue;
		}
		if (eq && is_secret(s, (size_t)(eq - s))) {
			strbuf_addn(out, s, (size_t)(eq + 1 - s));
			add_blotted(eq + 1, (size_t)(s + n - eq - 1), out);
			blotted++;
		} else {
			strbuf_addn(out, s, n);
		}
		s += n;
	}
	return blotted;
}

/* "password USER TEXT", "password_pbkdf2 USER HASH": the last word of the line goes. */
static bool add_password(const char *line, size_t n, struct strbuf *out)
{
	size_t at = 0, word;

	while (at < n && (line[at] == ' ' || line[at] == '\t'))
		at++;
	word = at;
	while (word < n && !is_blank(line[word]))
		word++;
	if (strncmp(line + at, "password", MIN(word - at, sizeof("password") - 1)) || word - at < sizeof("password") - 1)
		return false;
	while (word < n && is_blank(line[word]))
		word++;
	while (word < n && !is_blank(line[word]))
		word++;
	strbuf_addn(out, line, word);
	for (; word < n; word++)
		strbuf_addc(out, is_blank(line[word]) ? line[word] : 'x');
	return true;
}

size_t gather_text_grub(const char *text, size_t len, struct strbuf *out)
{
	const char *end = text + len, *next;
	size_t blotted = 0;

	for (const char *s = text; s < end; s = next) {
		size_t n = line_at(s, end, &next);

		if (add_password(s, n, out))
			blotted++;
		else
			blotted += gather_text_args(s, n, out);
		if (next > s + n)
			strbuf_addc(out, '\n');
	}
	return blotted;
}

/* Lines that set arguments of a kernel or of Xen; all others become empty, so that each line keeps its number. */
size_t gather_text_defaults(const char *text, size_t len, struct strbuf *out)
{
	const char *end = text + len, *next;
	size_t blotted = 0;

	for (const char *s = text; s < end; s = next) {
		size_t n = line_at(s, end, &next), blanks = strspn(s, " \t");
		/* The value is one word of the shell, in quotes: the arguments are inside. */
		const char *eq = memchr(s, '=', n);

		if (eq && str_after(s + blanks, "GRUB_CMDLINE")) {
			strbuf_addn(out, s, (size_t)(eq + 1 - s));
			if (eq + 1 < s + n && (eq[1] == '"' || eq[1] == '\''))
				strbuf_addc(out, *++eq);
			blotted += gather_text_args(eq + 1, (size_t)(s + n - eq - 1), out);
		}
		if (next > s + n)
			strbuf_addc(out, '\n');
	}
	return blotted;
}

/* ---- pci.ids ------------------------------------------------------------------------------------------------ */

/* Vendors and devices that are there, as device or as subsystem, sorted. */
struct ids {
	uint32_t *v; /* vendor << 16 | device */
	size_t n;
};

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static bool has_device(const struct ids *ids, uint32_t id)
{
	return ids->n && bsearch(&id, ids->v, ids->n, sizeof(id), compare_ids);
}

static bool has_vendor(const struct ids *ids, uint32_t vendor)
{
	size_t low = 0, high = ids->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (ids->v[mid] >> 16 < vendor)
			low = mid + 1;
		else
			high = mid;
	}
	return low < ids->n && ids->v[low] >> 16 == vendor;
}

static bool hex4(const char *s, const char *end, uint32_t *ret)
{
	char digits[5] = { 0 };
	uint64_t v;

	if (end - s < 4)
		return false;
	memcpy(digits, s, 4);
	if (!str_to_u64(digits, 16, 0xffff, &v))
		return false;
	*ret = (uint32_t)v;
	return true;
}

/* Keep a vendor's line, and below it the devices that are there; whatever is no vendor (classes) stays whole. */
static void reduce_ids(const char *text, const struct ids *ids, struct strbuf *out)
{
	const char *end = text + strlen(text), *next;
	bool vendors = false, vendor_kept = true, device_kept = true;
	uint32_t vendor = 0, id;

	for (const char *s = text; s < end; s = next) {
		size_t n = line_at(s, end, &next);
		bool keep;

		if (!n || *s == '#')
			continue;
		if (*s != '\t') {
			vendors = hex4(s, s + n, &vendor) && n > 4 && s[4] == ' ';
			keep = vendor_kept = !vendors || has_vendor(ids, vendor);
		} else if (!vendors) {
			keep = true;
		} else if (n > 1 && s[1] != '\t') {
			keep = device_kept = vendor_kept && hex4(s + 1, s + n, &id) && has_device(ids, vendor << 16 | id);
		} else {
			keep = vendor_kept && device_kept;
		}
		if (!keep)
			continue;
		strbuf_addn(out, s, n);
		strbuf_addc(out, '\n');
	}
}

void gather_text_pci_ids(const char *text, const struct pcidevs *set, struct strbuf *out)
{
	struct ids ids = { .v = xcalloc(2 * set->n, sizeof(uint32_t)) };

	for (size_t i = 0; i < set->n; i++) {
		ids.v[ids.n++] = (uint32_t)set->v[i].vendor << 16 | set->v[i].device;
		ids.v[ids.n++] = (uint32_t)set->v[i].subvendor << 16 | set->v[i].subdevice;
	}
	if (ids.n)
		qsort(ids.v, ids.n, sizeof(*ids.v), compare_ids);
	reduce_ids(text, &ids, out);
	free(ids.v);
}
