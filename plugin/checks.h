/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks.h - findings: what would break dom0, and what Xen or XAPI would refuse.
 *
 * One table, one small function a check (checks.c).  A check reads facts and adds findings; it never guesses: a fact
 * that cannot be had gives severity *unknown*, with what to do to get it.  Severity refuse stops a plan, unless
 * `force=CODE@SUBJECT` names it and it is not final.
 */
#pragma once

#include "plugin/facts.h"
#include "plugin/record.h"
#include "xenhelpers/bdf.h"
#include "xenhelpers/xapi.h"

enum severity { SEV_REFUSE, SEV_WARN, SEV_INFO, SEV_UNKNOWN };

struct finding {
	const char *code; /* stable: "DOM0_STORAGE" */
	enum severity severity;
	bool final;   /* cannot be forced */
	bool forced;  /* was refuse, and force= named it */
	bool detail;  /* belongs to the answer of a command that checks; a plan has it in JSON only */
	bool absent;  /* nothing is at the address `bdf`: where its card is today, the desired state may know (state_places.h) */
	struct bdf bdf;
	char *subject; /* a BDF, a VM's uuid, a file */
	char *text;   /* one sentence */
	char *evidence; /* where the facts came from; a chain; NULL none */
	char *remedy; /* what to do; NULL none */
	char *where;  /* the place in a file, its line and a caret, each on a line (err_point_format()); NULL none */
};

struct findings {
	struct finding *v;
	size_t n;
};

void findings_done(struct findings *f);
/* A new finding, valid until the next one is added; subject and text are copied, the rest is the caller's to fill. */
struct finding *findings_add(struct findings *f, const char *code, enum severity severity, const char *subject,
			     const char *text);
const char *severity_name(enum severity s);
extern const struct record_type finding_type;
void findings_records(const struct findings *f, struct records *ret); /* makes *ret */
void findings_put(const struct findings *f, struct records *recs);    /* adds to records of finding_type */
void findings_sort(struct findings *f); /* refuse, warn, unknown, info; each in the order in which they were found */

/* Mark those that `force` names ("CODE@SUBJECT") and that are not final; checks_run() does so by itself. */
void findings_force(struct findings *f, const struct strv *force);

/* The first finding that stops a plan, or NULL. */
const struct finding *findings_refusal(const struct findings *f);

/* Is there one with this code, and of this subject (NULL: any)? */
bool findings_have(const struct findings *f, const char *code, const char *subject);

/* What is about to happen: decides which checks of the table are asked. */
enum check_intent {
	CHECK_HIDE = 1 << 0,   /* devices leave dom0 */
	CHECK_UNHIDE = 1 << 1, /* devices come back to dom0 */
	CHECK_ATTACH = 1 << 2, /* devices go to `vm` */
	CHECK_VM = 1 << 3,     /* something of `vm` is written */
	CHECK_VM_OFF = 1 << 4, /* and that cannot be while it runs */
	CHECK_LATER = 1 << 14, /* with CHECK_VM_OFF: the command takes when=next-start, which is its way while it runs */
	CHECK_DOM0 = 1 << 5,   /* devices that a list names already become hidden: does dom0 live on one? */
	CHECK_ASSIGN = 1 << 6, /* devices become assignable now, without a reboot */
	CHECK_HOST = 1 << 7,   /* nothing: how are the host, and what its VMs have, as they are? */
	CHECK_LISTED = 1 << 8, /* devices stand in a hide list, or come back to it by an undo: may they? */
	CHECK_ALONG = 1 << 9,  /* the rest of the devices' alias groups goes along (facts_alias_group()) */
	CHECK_ASK = 1 << 10,   /* nothing: somebody wants to know what giving devices to `vm` means for it */
	CHECK_MASK = 1 << 12,  /* `vm`, with the mask that it is going to have: does it fit the host? */
	CHECK_MEMORY = 1 << 13, /* with CHECK_MASK: its memory must fit, too */
	CHECK_START = 1 << 11, /* `vm` starts now, with exactly these devices: does that work? (XAPI need not be there) */
};

struct check_request {
	unsigned intent;	     /* enum check_intent, or-ed */
	const struct bdfset *devices; /* NULL: none */
	const struct vm *vm;	     /* NULL: none */
	const struct strv *force;    /* "CODE@SUBJECT", NULL: none */
	const struct strv *leave;    /* VMs, by uuid, whose keys the same plan writes anew: what they name so far counts for nothing. NULL: none */
};

/* Ask all checks that concern the request, and mark what is forced. */
void checks_run(struct facts *facts, const struct check_request *req, struct findings *ret);

/*
 * For choosing among many: only the checks of devices that can say no.  Whoever has chosen asks them all, for the devices together.
 */
void checks_run_choice(struct facts *facts, const struct check_request *req, struct findings *ret);

/* For many requests of which only the reason against each matters: all checks that can say no. */
void checks_run_refusals(struct facts *facts, const struct check_request *req, struct findings *ret);

/*
 * What there is to say of the host as it is: the platform, once; every device that a VM's key names or that is hidden or assigned,
 * once; every VM with a key or a mask.  Who has a device is then judged by its being two, not one (CHECK_HOST is set for
 * all of them).  Linear in devices and VMs.
 */
void checks_run_host(struct facts *facts, struct findings *ret);
