/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks_try.c - see checks_try.h */

#include "cmdline/bootargs.h"
#include "cmdline/grubenv.h"
#include "cmdline/grubtry.h"
#include "plugin/checks_try.h"

static struct finding *say(struct findings *out, const char *code, enum severity severity, const char *subject, const char *text,
			   const char *remedy)
{
	struct finding *x = findings_add(out, code, severity, subject, text);

	x->final = severity == SEV_REFUSE;
	x->remedy = remedy ? xstrdup(remedy) : NULL;
	return x;
}

/* ---- can grub write there? ------------------------------------------------------------------------------------- */

/* File systems whose blocks grub writes in place, and those that it cannot write; of others nothing is known. */
static enum tristate writes_to(const char *type)
{
	static const char *const yes[] = { "ext2", "ext3", "ext4", "vfat", "msdos", "xfs" };
	static const char *const no[] = { "btrfs", "zfs", "f2fs", "squashfs", "iso9660", "tmpfs", "overlay", "nfs", "nfs4" };

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		if (streq(type, yes[i]))
			return TRI_YES;
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		if (streq(type, no[i]))
			return TRI_NO;
	return TRI_UNKNOWN;
}

/* What makes a block device one that grub only reads; NULL: nothing that is seen. `place` is in sysfs. */
static char *read_only_kind(struct facts *f, const char *place)
{
	_cleanup_free_ char *path = xasprintf("%s/dm/uuid", place), *uuid = NULL;
	const char *name = strrchr(place, '/') + 1, *rest = str_after(name, "md");

	if (rest && *rest >= '0' && *rest <= '9')
		return xasprintf("software RAID (%s)", name);
	if (!str_after(name, "dm-"))
		return NULL;
	if (host_read_line(facts_host(f), path, &uuid, NULL) < 0)
		return xasprintf("device mapper (%s)", name);
	if (str_after(uuid, "mpath-") || strstr(uuid, "-mpath-"))
		return NULL; /* to grub these are disks */
	return xasprintf("%s (%s)", str_after(uuid, "LVM-") ? "LVM" : "device mapper", name);
}

static void check_disk(struct facts *f, const char *path, const char *boot_path, struct findings *out)
{
	static const char remedy[] = "hide without boot=try: the entry without a hide stays in the menu";
	_cleanup_free_ char *type = NULL, *place = NULL, *kind = NULL, *text = NULL;
	struct err why = { 0 };
	enum tristate can;

	/* Of the boot file: grubenv stands beside it, and need not be there yet. */
	if (facts_fs_type(f, boot_path, &type, &why) < 0) {
		text = xasprintf("whether grub can write '%s' is unknown: %s", path, why.text);
		say(out, "BOOT_TRY_DISK", SEV_UNKNOWN, path, text, "where it cannot, the usual entry boots, and the change is not tried");
		return;
	}
	can = writes_to(type);
	if (can == TRI_NO) {
		text = xasprintf("it is on %s, which grub cannot write: the entry could not be booted once only", type);
		say(out, "BOOT_TRY_DISK", SEV_REFUSE, path, text, remedy);
		return;
	}
	if (facts_fs_device(f, boot_path, &place, &why) == 0)
		kind = read_only_kind(f, place);
	if (kind) {
		text = xasprintf("it is on %s, which grub cannot write: the entry could not be booted once only", kind);
		say(out, "BOOT_TRY_DISK", SEV_REFUSE, path, text, remedy);
	} else if (can == TRI_UNKNOWN || !place) {
		text = xasprintf("whether grub can write it is unknown: it is on %s%s%s", type, place ? "" : ", and its disk is unknown: ",
				 place ? "" : why.text);
		say(out, "BOOT_TRY_DISK", SEV_UNKNOWN, path, text, NULL);
	}
}

/* ---- does it run? ---------------------------------------------------------------------------------------------- */

static int usual_entry(const struct bootfile *b)
{
	for (size_t i = 0; i < b->cfg.n; i++)
		if (b->cfg.v[i].role == GRUB_NORMAL)
			return (int)i;
	return -1;
}

enum tristate checks_try_runs(struct facts *facts, const struct bootfile *b)
{
	_cleanup_(grubtry_keys_done) struct grubtry_keys keys = { 0 };
	int try = grubtry_find(&b->cfg), usual = usual_entry(b);
	bool differs = false;

	if (try < 0)
		return TRI_NO;
	grubtry_read_keys(&b->cfg, (size_t)try, &keys);
	for (size_t i = 0; i < keys.n; i++) {
		_cleanup_(bootvalue_done) struct bootvalue tried = { 0 }, old = { 0 }, now = { 0 };
		const char *line = NULL;

		if (facts_running_line(facts, keys.v[i].target, &line, NULL) < 0)
			return TRI_UNKNOWN;
		bootvalue_in(line, strlen(line), keys.v[i].key, &now);
		bootfile_get(b, (size_t)try, keys.v[i].target, keys.v[i].key, &tried);
		if (!bootvalue_eq(&now, &tried))
			return TRI_NO;
		if (usual >= 0)
			bootfile_get(b, (size_t)usual, keys.v[i].target, keys.v[i].key, &old);
		differs |= !bootvalue_eq(&old, &tried);
	}
	return differs ? TRI_YES : TRI_NO;
}

bool checks_try_keep(struct facts *facts, const struct bootfile *b, struct findings *ret)
{
	enum tristate runs = checks_try_runs(facts, b);

	if (runs != TRI_YES)
		say(ret, "BOOT_TRY_UNPROVEN", runs == TRI_NO ? SEV_WARN : SEV_UNKNOWN, b->path,
		    runs == TRI_NO ? "the running host was not started with the entry that is kept: that it comes up with it is not proven"
				   : "whether the running host was started with the entry that is kept is unknown",
		    NULL);
	return runs == TRI_YES;
}

/* ---- a new request ----------------------------------------------------------------------------------------------- */

static void check_override(const struct try_request *q, const char *path, struct findings *out)
{
	_cleanup_free_ char *value = q->env ? grubenv_value(q->env->s, q->env->len, GRUBTRY_VAR) : NULL, *text = NULL;

	if (!value || !*value || streq(value, GRUBTRY_ID))
		return;
	text = xasprintf("another program has asked for the entry '%s' at the next boot", value);
	say(out, "BOOT_TRY_OVERRIDE", SEV_REFUSE, path, text,
	    "let it have that boot; or take the request away: grub-editenv FILE unset " GRUBTRY_VAR);
}

void checks_try(struct facts *facts, const struct try_request *q, struct findings *ret)
{
	_cleanup_free_ char *path = bootfile_grubenv(q->now);

	check_disk(facts, path, q->now->path, ret);
	check_override(q, path, ret);
	if (checks_try_runs(facts, q->now) == TRI_YES)
		say(ret, "BOOT_TRY_RUNS", SEV_REFUSE, q->now->path, "this host was started with the entry that would be replaced",
		    "boot-try-keep makes its parameters the usual ones, boot-try-drop gives them up");
	if (grubtry_has_block(&q->then->cfg.text) && !grubtry_has_block(&q->now->cfg.text))
		say(ret, "BOOT_TRY_BLOCK", SEV_INFO, q->now->path,
		    "nothing in the file clears " GRUBTRY_VAR ", so that each boot would take the entry: lines that clear it are added "
		    "before the menu", NULL);
}
