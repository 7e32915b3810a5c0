/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootplan_try.c - see bootplan_try.h */

#include "cmdline/grubenv.h"
#include "cmdline/grubtry.h"
#include "plugin/bootplan.h"
#include "plugin/bootplan_try.h"
#include "plugin/checks_try.h"

/* ---- grubenv ---------------------------------------------------------------------------------------------------- */

struct env {
	char *path;
	bool there;
	struct strbuf now, then;
};

static void env_done(struct env *e)
{
	free(e->path);
	strbuf_done(&e->now);
	strbuf_done(&e->then);
}

/* What it becomes with this value of our variable, NULL: without it. */
static int env_read(struct run *r, const struct bootfile *b, const char *value, struct env *e, struct err *err)
{
	_cleanup_strbuf_ struct strbuf empty = { 0 };
	const struct strbuf *from = &e->now;
	int rc;

	e->path = bootfile_grubenv(b);
	rc = host_read(facts_host(r->facts), e->path, BOOTFILE_GRUBENV_MAX, &e->now, err);
	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	e->there = rc == 0;
	if (!e->now.len) {
		grubenv_empty(&empty);
		from = &empty;
	}
	rc = grubenv_set(from->s, from->len, GRUBTRY_VAR, value, &e->then, err);
	if (rc < 0) {
		err_wrap(err, "'%s'", e->path);
		return err_hint(err, "grub reads from it which entry to boot once; grub-editenv FILE create makes a new one");
	}
	return 0;
}

/* Is the request for our entry in it? */
static bool env_asks(const struct env *e)
{
	_cleanup_free_ char *value = e->there ? grubenv_value(strbuf_str(&e->now), e->now.len, GRUBTRY_VAR) : NULL;

	return streq0(value, GRUBTRY_ID);
}

static void plan_env(struct run *r, const struct env *e, const char *why)
{
	static const char asks[] = GRUBTRY_VAR "=" GRUBTRY_ID, not[] = "no " GRUBTRY_VAR;
	bool was = env_asks(e);

	plan_file(&r->res->plan, e->path, e->there ? &e->now : NULL, &e->then, was ? asks : not, was ? not : asks, why);
}

/* ---- a new entry --------------------------------------------------------------------------------------------------- */

/* The entry to copy: the one that boots by default, if that boots Xen and is no rescue; else the normal one. */
static const char *source_of(const struct bootfile *b)
{
	int next = bootfile_next_entry(b);

	if (next >= 0 && b->cfg.v[next].role != GRUB_TRY && !grub_role_is_rescue(b->cfg.v[next].role))
		return b->cfg.v[next].title;
	for (size_t i = 0; i < b->cfg.n; i++)
		if (b->cfg.v[i].role == GRUB_NORMAL)
			return b->cfg.v[i].title;
	return NULL;
}

static int finish_new(struct run *r, struct err *err)
{
	_cleanup_(env_done) struct env env = { 0 };
	struct plan *p = &r->res->plan;
	struct bootfile *now = NULL;
	int rc = facts_boot(r->facts, &now, err);

	if (rc == 0)
		rc = env_read(r, now, GRUBTRY_ID, &env, err);
	if (rc < 0 || !plan_changes_boot(p))
		return rc;
	checks_try(r->facts, &(struct try_request){ now, &r->edited, env.there && env.now.len ? &env.now : NULL }, &r->res->findings);
	plan_try(p, source_of(now), grubtry_find(&now->cfg) >= 0, "the change is tried in an entry of its own, at the end of the menu");
	if (!env_asks(&env))
		plan_env(r, &env, "grub boots the entry once, and clears this as it does");
	strv_add(&p->next, "the boot after that takes the usual entry again: boot-try-keep makes the change the usual, boot-try-drop gives it up");
	return 0;
}

int bootplan_try_boot(struct run *r, struct bootfile *now, struct bootfile **ret, struct err *err)
{
	_cleanup_(env_done) struct env env = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *title = source_of(now);
	int rc;

	if (now->generated) {
		err_set(err, ENOTSUP, "boot=try: grub-mkconfig writes '%s', and an entry of our own would not last", now->path);
		return err_hint(err, "leave boot=try out; the (recovery mode) entries stay without the change");
	}
	if (r->edited.path || bootplan_try_is_next(now)) {
		*ret = r->edited.path ? &r->edited : now;
		return 0;
	}
	if (!title)
		return err_set(err, ENOENT, "boot=try: '%s' has no usual entry that could be copied", now->path);
	rc = env_read(r, now, GRUBTRY_ID, &env, err);
	if (rc == 0)
		rc = grubtry_add(now->path, &now->cfg.text, title, &text, err);
	if (rc == 0)
		rc = bootfile_parse(now->path, &text, facts_brand(r->facts), &r->edited, err);
	if (rc < 0)
		return rc;
	grubcfg_read_env(&r->edited.cfg, env.then.s, env.then.len);
	r->finish = finish_new;
	*ret = &r->edited;
	return 0;
}

bool bootplan_try_is_next(const struct bootfile *b)
{
	return b->cfg.def >= 0 && b->cfg.v[b->cfg.def].role == GRUB_TRY;
}

void bootplan_try_tell(struct run *r, const struct bootfile *b)
{
	int try = grubtry_find(&b->cfg);
	_cleanup_free_ char *note = NULL;
	const char *title;

	if (try < 0 || run_tries(r) || r->finish || findings_have(&r->res->findings, "WANTED_TRY", NULL))
		return;
	title = b->cfg.v[try].title;
	if (bootplan_try_is_next(b))
		note = xasprintf("the next boot, and only that one, takes '%s' (boot=try), which stays as it is: boot-try-drop gives it up", title);
	else if (checks_try_runs(r->facts, b) == TRI_YES)
		note = xasprintf("this host was started with '%s' (boot=try), and the next boot takes the usual entry: boot-try-keep "
				 "makes it the usual", title);
	else
		note = xasprintf("'%s' (boot=try) was booted, or is not asked for any more: boot-try-drop takes it away", title);
	if (!strv_has(&r->res->notes, note))
		strv_add_take(&r->res->notes, TAKE_PTR(note));
}

/* ---- without it --------------------------------------------------------------------------------------------------- */

static int finish_gone(struct run *r, const char *why, struct err *err)
{
	_cleanup_(env_done) struct env env = { 0 };
	struct bootfile *now = NULL;
	int rc = facts_boot(r->facts, &now, err);

	if (rc == 0)
		rc = env_read(r, now, NULL, &env, err);
	if (rc < 0)
		return rc;
	if (grubtry_find(&now->cfg) >= 0)
		plan_try(&r->res->plan, NULL, true, why);
	if (env_asks(&env))
		plan_env(r, &env, "there is no such entry any more");
	return 0;
}

static int finish_kept(struct run *r, struct err *err)
{
	return finish_gone(r, r->res->plan.n ? "its parameters are the usual ones now" : "the usual entries have its parameters already", err);
}

static int finish_dropped(struct run *r, struct err *err)
{
	return finish_gone(r, "it is given up", err);
}

int bootplan_try_without(struct run *r, const struct bootfile *now, bool kept, struct err *err)
{
	_cleanup_(env_done) struct env env = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc = env_read(r, now, NULL, &env, err);

	if (rc == 0)
		rc = grubtry_remove(now->path, &now->cfg.text, &text, err);
	if (rc == 0)
		rc = bootfile_parse(now->path, &text, facts_brand(r->facts), &r->edited, err);
	if (rc < 0)
		return rc;
	grubcfg_read_env(&r->edited.cfg, env.then.s, env.then.len);
	r->finish = kept ? finish_kept : finish_dropped;
	return 0;
}

int bootplan_try_drop(struct run *r, struct err *err)
{
	struct bootfile *now = NULL;
	int rc = facts_boot(r->facts, &now, err);

	return rc < 0 ? rc : bootplan_try_without(r, now, false, err);
}
