/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usbplan.h - what commands plan for the USB policy.
 *
 * Local changes are kept apart from what was shipped: at the first change the whole file is recorded as the shipped one, and with every
 * change the text as we write it (usbpolicy/policy_merge.h), in /var/lib/xe-passthrough/usb-policy.record, which is a step of the same
 * plan and is undone with it.  An update of the package overwrites the policy; then the local changes are in the record and not in the
 * file, which every command that looks says.  Nothing is edited in that state until usb-policy-reset has brought them back or
 * let go of them, so that none is lost unseen.  What somebody writes by hand in between counts as local.  What somebody has written before
 * there was a record is told by the rules that XCP-ng ships (usbpolicy/policy_shipped.h); a file that comes from none of these lists counts
 * as shipped.
 */
#pragma once

#include "plugin/command.h"
#include "plugin/usblint.h"

#define USBPLAN_MAX (256u << 10) /* bytes of a policy that is edited */

struct usb_local {
	bool there; /* a record */
	const char *version; /* no record, but the file differs from what this version ships (static text): see shipped */
	struct policy shipped, ours; /* of the record; or as the file must have been, and as it is */
	struct strbuf bytes; /* of the record */
	bool lost;	     /* local changes that are not in the file */
	struct strbuf merged; /* lost: the file with them */
};

static inline bool usb_local_known(const struct usb_local *l)
{
	return l->there || l->version;
}
int usbplan_local(struct facts *f, const struct policy *now, struct usb_local *ret, struct err *err);
void usb_local_done(struct usb_local *l);
/* Are its local rules in the policy as it is now? */
int usbplan_find_lost(const struct policy *now, struct usb_local *l, struct err *err);

/* For commands that only look: a note where local changes are lost. */
void usbplan_tell_local(struct run *r, const struct policy *now);

/* The policy, and what is recorded of it, for a change: refused where the file cannot be edited, or local changes are lost. */
int usbplan_policy(struct run *r, const struct policy **ret, struct usb_local *local, struct err *err);

/*
 * The policy becomes this text, with what that means for the devices that are there: notes, warnings, and refusals where dom0 lives on a
 * device that would be offered, or a VM would lose one.  shipped: what is recorded as shipped, NULL: nothing is local from now on.
 * Nothing where it has that text already.  now NULL: there is no file.
 */
struct usb_change {
	const struct strbuf *text, *shipped;
	const char *old_shown, *new_shown, *why;
};
int usbplan_write(struct run *r, const struct policy *now, const struct usb_local *local, const struct usb_change *c,
		  struct err *err);

/*
 * The local rules that are wanted (a record's text, NULL: none) are in the policy again, and recorded; `before`: those that were wanted so far,
 * where they go (NULL: they are the same).  `force` has overridden refusals.  False, with the finding WANTED_POLICY: it cannot be.
 */
bool usbplan_restore(struct run *r, const char *record, const char *before, const struct strv *force);

/* What every edit begins with: a policy that the scanner reads, with its local changes in it. */
int usbplan_begin(struct run *r, const struct policy **ret, struct usb_local *local, struct err *err);
/* The policy becomes this text; what was local stays so. */
int usbplan_put(struct run *r, const struct policy *p, const struct usb_local *local, const struct strbuf *text, const char *from,
		const char *to, const char *why, struct err *err);
/* One more rule, in front of that one (NULL: behind all). */
int usbplan_add_rule(struct run *r, const struct policy *p, const struct usb_local *local, const char *rule,
		     const struct policy_rule *before, struct err *err);
unsigned usbplan_line_at(const struct policy *p, const struct policy_rule *before); /* the line that a rule gets there */
char *usbplan_shown_at(unsigned line, const char *text);			     /* "line 4: TEXT"; caller frees */
/* The narrowest rule that allows the device, there (`placed`), or where it wins.  A note where the policy allows it already. */
int usbplan_allow(struct run *r, const struct policy *p, const struct usb_local *local, const struct usbdev *dev,
		  const struct policy_rule *before, bool placed, struct err *err);
/* As many rules as these devices need, each where it wins, in one change of the policy. */
int usbplan_allow_all(struct run *r, const struct policy *p, const struct usb_local *local, const struct usbdev *const *devs, size_t n,
		      struct err *err);

/*
 * XAPI's scan as a step behind a change of the policy, where there is a XAPI to be asked: one that must show a device (usbid.h), or
 * none that must.  In a recording nobody scans: then it is said that the administrator does.
 */
void usbplan_scan(struct run *r, const struct policy *then, const char *must);
void usbplan_rescan(struct run *r, const struct strbuf *then); /* behind the undo of a change */

/* What a change of the policy means for the devices that are there: the notes, warnings and refusals of usbplan_write(). */
void usbplan_tell_devices(struct run *r, const struct policy *now, const struct policy *then);

/* One device by its bus path, or vendor:product where only one has it. */
int usbplan_device(struct facts *f, const char *name, const struct usbdev **ret, struct err *err);
