/* SPDX-License-Identifier: GPL-2.0-or-later */
/* restore_reboot.c - see restore_reboot.h */

#include "plugin/command_reboot.h"
#include "plugin/plan_reboot.h"
#include "plugin/restore_reboot.h"

#define PENDING "a reboot is pending: "

struct settling {
	struct run *r;
	const struct strv *keys;
	struct reboot_mark mark; /* of the last reboot that was asked for */
	char *text;		 /* its bytes; NULL: there is none */
	char *unreadable;	 /* why it cannot be told; NULL: it can */
	char *boot;		 /* the id of this one; NULL: unknown */
};

static void settling_done(struct settling *s)
{
	reboot_mark_done(&s->mark);
	free(s->text);
	free(s->unreadable);
	free(s->boot);
}

static bool is_over(const struct settling *s)
{
	return s->text && s->boot && !streq(s->mark.boot, s->boot);
}

static void look(struct settling *s, bool due)
{
	struct host *h = facts_host(s->r->facts);
	struct err why = { 0 };
	int rc = reboot_mark_read(h, &s->mark, &s->text, &why);

	if (rc < 0 && rc != -ENOENT)
		s->unreadable = xstrdup(why.text);
	if (s->text || due)
		reboot_boot_id(h, &s->boot, NULL);
}

/* ---- reboot=auto ------------------------------------------------------------------------------------------------- */

static char *refusals(const struct findings *f)
{
	_cleanup_strv_ struct strv texts = { 0 };

	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity == SEV_REFUSE && !f->v[i].forced)
			strv_add(&texts, f->v[i].text);
	return texts.n ? strv_join(&texts, "; ") : NULL;
}

/* The reason against it; NULL: the plan ends with it.  Caller frees. */
static char *plan_auto(struct settling *s)
{
	struct result *res = s->r->res;
	_cleanup_strv_ struct strv words = { 0 };
	struct findings found = { 0 };
	_cleanup_free_ char *shown = s->text ? reboot_mark_shown(&s->mark) : NULL;
	struct err why = { 0 };
	char *against;

	if (!host_is_live(facts_host(s->r->facts)) && !s->r->opt->dry_run)
		return xstrdup("a recording cannot be rebooted");
	if (s->unreadable)
		return xasprintf("whether it was done already is unknown: %s", s->unreadable);
	if (s->text && !is_over(s))
		return xasprintf("this host was asked to reboot already, by %s", shown);
	if (s->text && s->mark.automatic)
		return xasprintf("it was rebooted for this once, by %s, and still does not run as it is wanted", shown);
	if (strv_has(&res->plan.next, "update-grub"))
		return xstrdup("update-grub comes first");
	facts_other_words(s->r->facts, s->keys, &words);
	if (words.n)
		return xasprintf("it was not started as it will be the next time: %s%s", words.v[0], words.n > 1 ? ", and more" : "");
	if (reboot_plan(s->r, true, &found, &res->plan.then, &why) < 0)
		against = xstrdup(why.text);
	else
		against = refusals(&found);
	for (size_t i = 0; !against && i < found.n; i++)
		if (found.v[i].severity == SEV_WARN)
			strv_add(&res->notes, found.v[i].text);
	findings_done(&found);
	return against;
}

/* ---- the last one ------------------------------------------------------------------------------------------------- */

/* XAPI does so by itself, as a rule; a failure is for the administrator, and takes nothing back.  False: it is unknown whether it has. */
static bool enable_host(struct settling *s)
{
	const struct xapi_host *host = NULL;
	struct err why = { 0 };

	if (!s->mark.enable)
		return true;
	if (facts_host_record(s->r->facts, &host, &why) < 0) {
		strv_addf(&s->r->res->notes, "whether XAPI has enabled this host again after its reboot is unknown: %s", why.text);
		return false;
	}
	if (host->enabled != TRI_NO)
		return true;
	plan_action(&s->r->res->plan, "host.enable", json_pack("[s]", host->ref), "enabled", xasprintf("host %s '%s'", host->uuid, host->name),
		    "false", "true", "it was disabled for its reboot, which is over");
	return true;
}

/* The mark of an automatic one stays until it has helped; that it did not is told once. */
static void settle_mark(struct settling *s, bool due, const char *against, struct strbuf *message)
{
	struct plan *p = &s->r->res->plan;
	struct reboot_mark m = s->mark;

	if (!is_over(s) || p->then)
		return;
	if (!enable_host(s))
		return;
	if (!due || !s->mark.automatic) {
		plan_mark(p, s->text, NULL, "this host is back from it");
		return;
	}
	if (!against || m.told)
		return;
	m.told = true;
	plan_mark(p, s->text, &m, "that it did not help is told once");
	strbuf_addf(message, " It is not rebooted again by itself: %s.", against);
}

/* By the devices that change hands then. */
static bool is_told(const struct strv *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		if (str_after(notes->v[i], PENDING))
			return true;
	return false;
}

void restore_settle(struct run *r, enum reapply_reboot mode, bool due, const struct strv *keys, struct strbuf *message)
{
	_cleanup_(settling_done) struct settling s = { .r = r, .keys = keys };
	_cleanup_free_ char *against = NULL;
	struct plan *p = &r->res->plan;
	size_t told = message->len;

	look(&s, due);
	if (due && mode == REAPPLY_AUTO)
		against = plan_auto(&s);
	settle_mark(&s, due, against, message);
	if (p->then) {
		plan_unsay_reboot(p);
		strbuf_add(message, " This host is rebooted now (reboot=auto).");
		return;
	}
	if (against && message->len == told)
		strbuf_addf(message, " It is not rebooted by itself: %s.", against);
	if (against)
		strv_addf(&r->res->notes, "reboot=auto: this host is not rebooted: %s", against);
	if (due && p->says_reboot && mode != REAPPLY_NEVER)
		strbuf_add(message, " xe-passthrough host-reboot does it.");
	if (due && mode == REAPPLY_NEVER)
		plan_unsay_reboot(p);
	if (due && (mode == REAPPLY_NEVER || !p->says_reboot) && !is_told(&r->res->notes))
		strv_add(&r->res->notes, PENDING "what is wanted is configured, and does not run yet");
}
