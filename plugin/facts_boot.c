/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_boot.c - what the next boot would change: the running command lines beside those of the boot file. */

#include <stdio.h>

#include "cmdline/bootargs.h"
#include "cmdline/hide.h"
#include "plugin/facts.h"
#include "xenhelpers/mounts.h"

/* ---- the running host -------------------------------------------------------------------------------------- */

static int version_by_xapi(struct facts *f, char **ret, struct err *err)
{
	const struct this_host *this = NULL;
	struct xapi *x = NULL;
	const json_t *hosts;
	const char *s;
	int rc = facts_this_host(f, &this, err);

	if (rc == 0)
		rc = facts_xapi(f, &x, err);
	if (rc == 0)
		rc = xapi_records(x, "host", &hosts, err);
	if (rc < 0)
		return rc;
	s = json_string_value(json_object_get(json_object_get(json_object_get(hosts, this->ref), "software_version"), "xen"));
	*ret = s ? xstrdup(s) : NULL;
	return *ret ? 0 : err_set(err, ENODATA, "XAPI does not tell the version of Xen");
}

int facts_xen_version(struct facts *f, char **ret, struct err *err)
{
	_cleanup_free_ char *major = NULL, *minor = NULL, *extra = NULL;
	struct host *h = facts_host(f);

	if (host_read_line(h, "/sys/hypervisor/version/major", &major, NULL) < 0 ||
	    host_read_line(h, "/sys/hypervisor/version/minor", &minor, NULL) < 0)
		return version_by_xapi(f, ret, err);
	host_read_line(h, "/sys/hypervisor/version/extra", &extra, NULL);
	*ret = xasprintf("%s.%s%s", major, minor, extra ? extra : "");
	return 0;
}

/* "iommu=off", "iommu=0,verbose", "iommu=no": a list of words, of which a later one counts. */
bool facts_iommu_is_off(const char *line)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	bool off = false;

	bootargs_split(line, strlen(line), &args);
	for (int i = -1; (i = bootargs_find(&args, "iommu", (size_t)(i + 1))) >= 0;) {
		_cleanup_strv_ struct strv words = { 0 };

		if (args.v[i].value)
			strv_split(&words, args.v[i].value, ',');
		for (size_t k = 0; k < words.n; k++) {
			const char *w = words.v[k];

			if (streq(w, "0") || streq(w, "off") || streq(w, "no") || streq(w, "false") || streq(w, "disable"))
				off = true;
			else if (streq(w, "1") || streq(w, "on") || streq(w, "yes") || streq(w, "true") || streq(w, "force"))
				off = false;
		}
	}
	return off;
}

enum tristate facts_pciback(struct facts *f)
{
	int all = host_exists(facts_host(f), "/sys/bus/pci/drivers", NULL);
	int one = host_exists(facts_host(f), "/sys/bus/pci/drivers/pciback", NULL);

	/* Without the folder of drivers a missing one says nothing. */
	return one > 0 ? TRI_YES : all > 0 && one == 0 ? TRI_NO : TRI_UNKNOWN;
}

int facts_hide_readable(struct facts *f, struct err *err)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	const char *line = NULL, *last = NULL;
	int rc = facts_running_line(f, GRUB_DOM0, &line, err);

	if (rc < 0)
		return rc;
	bootargs_split(line, strlen(line), &args);
	for (size_t i = 0; i < args.end; i++)
		if (hide_is_key(args.v[i].key) && args.v[i].value)
			last = args.v[i].value;
	return last ? hide_check("/proc/cmdline", last, err) : 0;
}

/* ---- the file system that a file is on ------------------------------------------------------------------------ */

static int holding_mount(struct facts *f, const char *path, struct mounts *mounts, const struct mount **ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *place = NULL;
	int rc = host_resolve(facts_host(f), path, &place, err);

	if (rc == 0)
		rc = host_read(facts_host(f), "/proc/self/mountinfo", 4u << 20, &text, err);
	if (rc < 0)
		return rc;
	mounts_parse(strbuf_str(&text), mounts);
	*ret = mounts_holding(mounts, place);
	return *ret ? 0 : err_set(err, ENODATA, "/proc/self/mountinfo does not tell where '%s' is", place);
}

int facts_fs_type(struct facts *f, const char *path, char **ret, struct err *err)
{
	_cleanup_(mounts_done) struct mounts mounts = { 0 };
	const struct mount *m = NULL;
	int rc = holding_mount(f, path, &mounts, &m, err);

	if (rc == 0)
		*ret = xstrdup(m->type);
	return rc;
}

int facts_fs_device(struct facts *f, const char *path, char **ret, struct err *err)
{
	_cleanup_(mounts_done) struct mounts mounts = { 0 };
	_cleanup_free_ char *link = NULL;
	const struct mount *m = NULL;
	int rc = holding_mount(f, path, &mounts, &m, err);

	if (rc < 0)
		return rc;
	link = xasprintf("/sys/dev/block/%u:%u", m->major, m->minor);
	return host_resolve(facts_host(f), link, ret, err);
}

/* ---- the next boot ------------------------------------------------------------------------------------------ */

/* Words are the same when key and value are, however they are quoted; one that stands there twice counts once. */
static bool has_word(const struct bootargs *a, const struct bootarg *word)
{
	for (size_t i = 0; i < a->end; i++)
		if (streq(a->v[i].key, word->key) && streq0(a->v[i].value, word->value))
			return true;
	return false;
}

static void add_words(const struct bootargs *from, const struct bootargs *without, const char *whose, const char *verb,
		      const struct strv *except, struct strv *ret)
{
	for (size_t i = 0; i < from->end; i++) {
		const struct bootarg *w = &from->v[i];

		/* The hide list is told device by device. */
		if (hide_is_key_like(w->key) || has_word(without, w) || (except && strv_has(except, w->key)))
			continue;
		strv_addf(ret, "%s: %s %s%s%s", whose, verb, w->key, w->value ? "=" : "", w->value ? w->value : "");
	}
}

static void compare_words(const char *now, const char *next, size_t next_len, const char *whose, const struct strv *except, struct strv *ret)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 }, b = { 0 };

	bootargs_split(now, strlen(now), &a);
	bootargs_split(next, next_len, &b);
	add_words(&b, &a, whose, "gets", except, ret);
	add_words(&a, &b, whose, "loses", except, ret);
}

static void add_devices(const struct bdfset *from, const struct bdfset *without, const char *what, struct strv *ret)
{
	for (size_t i = 0; i < from->n; i++)
		if (!bdfset_has(without, from->v[i]))
			strv_addf(ret, "%s %s", BDF_STR(from->v[i]), what);
}

/* True: both sides are known. */
static bool compare_hidden(struct facts *f, struct strv *ret)
{
	const struct bdfset *now, *next;

	if (facts_hidden_now(f, &now, NULL) < 0 || facts_hidden_next(f, &next, NULL) < 0)
		return false;
	add_devices(next, now, "will be hidden", ret);
	add_devices(now, next, "goes back to dom0", ret);
	return true;
}

static bool compare_line(struct facts *f, const struct bootfile *b, size_t entry, enum grub_target target, const struct strv *except,
			 struct strv *ret)
{
	const char *now = NULL, *next;
	size_t len;

	if (facts_running_line(f, target, &now, NULL) < 0)
		return false;
	next = grubcfg_args(&b->cfg, entry, target, &len);
	compare_words(now, next, len, grub_target_name(target), except, ret);
	return true;
}

enum tristate facts_reboot_pending(struct facts *f, struct strv *ret)
{
	struct bootfile *b = NULL;
	bool all;
	int entry;

	if (facts_boot(f, &b, NULL) < 0)
		return TRI_UNKNOWN;
	entry = bootfile_next_entry(b);
	if (entry < 0)
		return TRI_UNKNOWN;
	all = compare_hidden(f, ret);
	all &= compare_line(f, b, (size_t)entry, GRUB_XEN, NULL, ret);
	all &= compare_line(f, b, (size_t)entry, GRUB_DOM0, NULL, ret);
	if (ret->n)
		return TRI_YES;
	return all ? TRI_NO : TRI_UNKNOWN;
}

bool facts_irq_limit(struct facts *f, unsigned *ret)
{
	_cleanup_free_ char *text = NULL;
	struct xen *x = NULL;
	const char *s;
	unsigned gsi;

	if (facts_xen(f, &x, NULL) < 0 || xen_log(x, &text, NULL) < 0)
		return false;
	s = strstr(text, "IRQ limits: ");
	return s && sscanf(s, "IRQ limits: %9u GSI, %9u MSI/MSI-X", &gsi, ret) == 2;
}

void facts_other_words(struct facts *f, const struct strv *except, struct strv *ret)
{
	struct bootfile *b = NULL;
	int entry = facts_boot(f, &b, NULL) < 0 ? -1 : bootfile_next_entry(b);

	if (entry < 0)
		return;
	compare_line(f, b, (size_t)entry, GRUB_XEN, except, ret);
	compare_line(f, b, (size_t)entry, GRUB_DOM0, except, ret);
}
