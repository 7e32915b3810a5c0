/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbplan_rule.c - a rule into the policy: one that was given, or the narrowest one that allows a device; see usbplan.h */

#include "plugin/usbplan.h"
#include "usbpolicy/policy_edit.h"
#include "usbpolicy/policy_merge.h"

/* What every edit begins with: a policy that the scanner reads, with its local changes in it. */
int usbplan_begin(struct run *r, const struct policy **ret, struct usb_local *local, struct err *err)
{
	int rc = usbplan_policy(r, ret, local, err);

	if (rc == 0 && local->lost) {
		err_set(err, EBUSY, "local changes are not in '" POLICY_PATH "' any more: an update of the package has overwritten it");
		return err_hint(err, "usb-policy-reset local=merge brings them back, usb-policy-reset local=drop lets go of them");
	}
	return rc == 0 ? policy_check(*ret, POLICY_PATH, err) : rc;
}

int usbplan_put(struct run *r, const struct policy *p, const struct usb_local *local, const struct strbuf *text,
	       const char *from, const char *to, const char *why, struct err *err)
{
	return usbplan_write(r, p, local,
			     &(struct usb_change){ .text = text,
						   .shipped = usb_local_known(local) ? &local->shipped.text : &p->text,
						   .old_shown = from,
						   .new_shown = to,
						   .why = why },
			     err);
}

char *usbplan_shown_at(unsigned line, const char *text)
{
	return xasprintf("line %u: %s", line, text);
}

unsigned usbplan_line_at(const struct policy *p, const struct policy_rule *before)
{
	return before ? before->line : p->n ? p->v[p->n - 1].line + 1 : p->lines + 1;
}

int usbplan_add_rule(struct run *r, const struct policy *p, const struct usb_local *local, const char *rule,
		    const struct policy_rule *before, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *to = usbplan_shown_at(usbplan_line_at(p, before), rule);

	policy_edit(p, &(struct policy_edit){ .put = rule, .before = before }, &text);
	return usbplan_put(r, p, local, &text, "(no such rule)", to, "the first rule that matches an interface decides about it", err);
}

/* What the interfaces that are denied have in common; and the first rule that denies one. */
struct denied {
	unsigned keys;
	struct policy_ids ids;
	const struct policy_rule *first;
	size_t n;
};

static void add_denied(struct denied *d, const struct policy_ids *ids, const struct policy_rule *by)
{
	for (unsigned k = POLICY_CLASS; k < POLICY_KEYS; k++)
		if (!d->n || d->ids.v[k] == ids->v[k])
			d->ids.v[k] = ids->v[k];
		else
			d->keys &= ~(1u << k);
	d->n++;
	if (by && (!d->first || by < d->first))
		d->first = by;
}

/*
 * The narrowest rule that allows a device: its ids, and the class, subclass and protocol of the interfaces that are denied as far as these
 * have them in common.  Its release is left out: an update of its firmware changes it, and the device would be taken from its VM.
 */
static struct denied denied_of(const struct policy *p, const struct usbdev *dev)
{
	struct denied d = { .keys = 1u << POLICY_CLASS | 1u << POLICY_SUBCLASS | 1u << POLICY_PROT };

	for (size_t i = 0; i < dev->n; i++) {
		struct policy_ids ids = usb_ids_of(dev, &dev->v[i]);
		const struct policy_rule *by = dev->v[i].counts ? policy_decide(p, &ids) : NULL;

		if (dev->v[i].counts && !(by && by->allow))
			add_denied(&d, &ids, by);
	}
	/* A subclass means nothing without its class, nor a protocol without its subclass. */
	if (!(d.keys & 1u << POLICY_CLASS))
		d.keys = 0;
	if (!(d.keys & 1u << POLICY_SUBCLASS))
		d.keys &= ~(1u << POLICY_PROT);
	d.ids.v[POLICY_VID] = dev->vendor;
	d.ids.v[POLICY_PID] = dev->product;
	d.keys |= 1u << POLICY_VID | 1u << POLICY_PID;
	return d;
}

static int check_wins(const struct policy *p, const char *rule, const struct policy_rule *before, const struct usbdev *dev,
		      struct err *err)
{
	_cleanup_(policy_done) struct policy then = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };

	policy_edit(p, &(struct policy_edit){ .put = rule, .before = before }, &text);
	policy_parse(strbuf_str(&text), text.len, &then);
	if (usb_judge(&then, dev).allowed)
		return 0;
	err_set(err, EINVAL, "'%s' would not decide about %s there: a rule above it denies the device", rule, dev->name);
	return err_hint(err, "leave before= away: the rule is then placed so that it wins");
}

/* The narrowest rule, and in front of which one it wins; false: the policy allows the device already.  `ret` is the caller's to free. */
static bool narrowest(const struct policy *p, const struct usbdev *dev, char **ret, const struct policy_rule **before)
{
	struct denied denied = denied_of(p, dev);
	struct policy_rule rule = { .allow = true, .keys = denied.keys };

	if (!denied.n)
		return false;
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		rule.ids.v[k] = denied.keys & 1u << k ? denied.ids.v[k] : 0;
	*ret = policy_rule_format(&rule);
	*before = denied.first;
	return true;
}

static int check_ready(const struct usbdev *dev, struct err *err)
{
	if (dev->status == USB_READY)
		return 0;
	return dev->status == USB_HUB ? err_set(err, EINVAL, "%s is a hub: no rule can allow one", dev->name)
				      : err_set(err, EINVAL, "%s is not ready, and no rule can allow it: %s", dev->name, dev->why);
}

int usbplan_allow(struct run *r, const struct policy *p, const struct usb_local *local, const struct usbdev *dev,
		  const struct policy_rule *before, bool placed, struct err *err)
{
	const struct policy_rule *wins = NULL;
	_cleanup_free_ char *text = NULL;
	int rc = check_ready(dev, err);

	if (rc < 0)
		return rc;
	if (!narrowest(p, dev, &text, &wins)) {
		strv_addf(&r->res->notes, "the policy allows %s already", dev->name);
		return 0;
	}
	if (!placed)
		before = wins;
	rc = check_wins(p, text, before, dev, err);
	return rc < 0 ? rc : usbplan_add_rule(r, p, local, text, before, err);
}

int usbplan_allow_all(struct run *r, const struct policy *p, const struct usb_local *local, const struct usbdev *const *devs, size_t n,
		      struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_strv_ struct strv rules = { 0 };
	_cleanup_free_ char *to = NULL;
	int rc = 0;

	strbuf_addn(&text, strbuf_str(&p->text), p->text.len);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		_cleanup_(policy_done) struct policy now = { 0 };
		_cleanup_strbuf_ struct strbuf then = { 0 };
		const struct policy_rule *before = NULL;
		_cleanup_free_ char *rule = NULL;

		policy_parse(strbuf_str(&text), text.len, &now);
		rc = check_ready(devs[i], err);
		if (rc < 0 || !narrowest(&now, devs[i], &rule, &before))
			continue;
		rc = check_wins(&now, rule, before, devs[i], err);
		policy_edit(&now, &(struct policy_edit){ .put = rule, .before = before }, &then);
		strv_add_take(&rules, usbplan_shown_at(usbplan_line_at(&now, before), rule));
		strbuf_done(&text);
		text = then;
		then = (struct strbuf){ 0 };
	}
	if (rc < 0 || !rules.n)
		return rc;
	to = strv_join(&rules, "; ");
	return usbplan_put(r, p, local, &text, rules.n > 1 ? "(no such rules)" : "(no such rule)", to,
			   "the first rule that matches an interface decides about it", err);
}
