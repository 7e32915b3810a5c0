/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbplan_restore.c - the USB policy as it is wanted, after an update or an upgrade has overwritten it; see usbplan.h */

#include "plugin/usbplan.h"
#include "usbpolicy/policy_merge.h"

/* What asking for it now would be refused for; NULL: nothing.  Caller frees. */
static char *refusal_of(struct run *r, const struct policy *now, const struct strbuf *text, const struct strv *force)
{
	_cleanup_(policy_done) struct policy then = { 0 };
	_cleanup_(result_done) struct result res = { 0 };
	const struct finding *f;
	struct run aside = *r;

	aside.res = &res;
	policy_parse(strbuf_str(text), text->len, &then);
	usbplan_tell_devices(&aside, now, &then);
	findings_force(&res.findings, force);
	f = findings_refusal(&res.findings);
	return f ? xasprintf("%s: %s", f->code, f->text) : NULL;
}

/* The record that is wanted, beside the policy that its rules go into. */
static int read_wanted(const struct policy *base, const char *record, struct usb_local *ret, struct err *err)
{
	strbuf_add(&ret->bytes, record);
	if (!policy_record_parse(strbuf_str(&ret->bytes), ret->bytes.len, &ret->shipped, &ret->ours))
		return err_set(err, EINVAL, "the wanted USB policy is none");
	ret->there = true;
	return usbplan_find_lost(base, ret, err);
}

static int write_text(struct run *r, const struct policy *now, const struct usb_local *have, const struct strbuf *text,
		      const struct strbuf *shipped, const struct strv *force, struct err *err)
{
	_cleanup_free_ char *refusal = refusal_of(r, now, text, force);

	if (refusal)
		return err_set(err, EPERM, "%s", refusal);
	return usbplan_write(r, now, have,
			     &(struct usb_change){ .text = text,
						   .shipped = shipped,
						   .old_shown = "the policy as it is",
						   .new_shown = shipped ? "with the local rules that are wanted" : "as it was shipped",
						   .why = shipped ? "an update or an upgrade overwrites the file" : "its local rules are wanted no more" },
			     err);
}

bool usbplan_restore(struct run *r, const char *record, const char *before, const struct strv *force)
{
	_cleanup_(usb_local_done) struct usb_local wanted = { 0 }, have = { 0 };
	const struct policy *now = NULL, *base;
	struct err why = { 0 };
	int rc;

	if (!record && !before)
		return true;
	rc = usbplan_policy(r, &now, &have, &why);
	if (rc == 0)
		rc = policy_check(now, POLICY_PATH, &why);
	/* Other local rules than so far come into the policy as it was shipped. */
	base = have.there && !have.lost && before && !streq0(before, record) ? &have.shipped : now;
	if (rc == 0 && record)
		rc = read_wanted(base, record, &wanted, &why);
	if (rc == 0 && !record && have.there)
		rc = write_text(r, now, &have, &base->text, NULL, force, &why);
	else if (rc == 0 && record && wanted.lost)
		rc = write_text(r, now, &have, &wanted.merged, &base->text, force, &why);
	else if (rc == 0 && record && !strbuf_eq(&wanted.bytes, &have.bytes))
		rc = write_text(r, now, &have, &base->text, &wanted.shipped.text, force, &why);
	if (rc == 0)
		return true;
	findings_add(&r->res->findings, "WANTED_POLICY", SEV_WARN, POLICY_PATH, why.text)->remedy =
		xstrdup(why.hint[0] ? why.hint : "usb-policy-lint and usb-policy-list show the policy, usb-policy-add adds rules");
	return false;
}
