/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbplan.c - see usbplan.h */

#include <stdio.h>

#include "plugin/journal.h"
#include "plugin/usbplan.h"
#include "usbpolicy/policy_merge.h"
#include "usbpolicy/policy_shipped.h"
#include "usbpolicy/shadow.h"

/* ---- local changes --------------------------------------------------------------------------------------------- */

void usb_local_done(struct usb_local *l)
{
	policy_done(&l->shipped);
	policy_done(&l->ours);
	strbuf_done(&l->bytes);
	strbuf_done(&l->merged);
	*l = (struct usb_local){ 0 };
}

/* A file with a bad line has no rules to compare: it is not ours, and says nothing of what became of ours. */
int usbplan_find_lost(const struct policy *now, struct usb_local *l, struct err *err)
{
	_cleanup_(policy_done) struct policy merged = { 0 };
	int rc;

	if (now->n_bad)
		return 0;
	rc = policy_merge(&l->shipped, &l->ours, now, &l->merged, err);
	if (rc < 0)
		return rc;
	policy_parse(strbuf_str(&l->merged), l->merged.len, &merged);
	l->lost = !policy_same_rules(&merged, now);
	return 0;
}

/* No record: the file may have been edited by hand all the same. */
static void find_shipped(const struct policy *now, struct usb_local *l)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *version = NULL;

	if (!policy_shipped_find(now, &text, &version))
		return;
	policy_parse(strbuf_str(&text), text.len, &l->shipped);
	if (!now->n_bad && policy_same_rules(now, &l->shipped)) {
		policy_done(&l->shipped);
		return;
	}
	l->version = version;
	policy_parse(strbuf_str(&now->text), now->text.len, &l->ours);
}

int usbplan_local(struct facts *f, const struct policy *now, struct usb_local *ret, struct err *err)
{
	struct usb_local l = { 0 };
	int rc = host_read(facts_host(f), POLICY_RECORD_PATH, POLICY_MAX, &l.bytes, err);

	if (rc == -ENOENT || rc == -ENOTDIR) {
		find_shipped(now, &l);
		*ret = l;
		return 0;
	}
	if (rc == 0 && !policy_record_parse(strbuf_str(&l.bytes), l.bytes.len, &l.shipped, &l.ours)) {
		rc = err_set(err, EINVAL, "'" POLICY_RECORD_PATH "' is not what this program writes");
		err_hint(err, "move it away: what was shipped and what is local is then found out anew from the policy as it is");
	}
	if (rc == 0) {
		l.there = true;
		rc = usbplan_find_lost(now, &l, err);
	}
	if (rc < 0) {
		usb_local_done(&l);
		return rc;
	}
	*ret = l;
	return 0;
}

void usbplan_tell_local(struct run *r, const struct policy *now)
{
	_cleanup_(usb_local_done) struct usb_local l = { 0 };
	struct err why = { 0 };

	if (usbplan_local(r->facts, now, &l, &why) < 0)
		strv_addf(&r->res->notes, "which rules are local is unknown: %s", why.text);
	else if (l.lost)
		strv_add(&r->res->notes, "local changes are not in '" POLICY_PATH "' any more: an update of the package overwrites it; "
					 "usb-policy-reset local=merge brings them back");
}

/* ---- the file ----------------------------------------------------------------------------------------------------- */

static int check_editable(const struct policy *p, struct err *err)
{
	const char *s = strbuf_str(&p->text);
	_cleanup_strbuf_ struct strbuf safe = { 0 };

	if (p->text.len > USBPLAN_MAX)
		return err_set(err, EFBIG, "'" POLICY_PATH "' has %zu bytes: more than %u are not edited", p->text.len, USBPLAN_MAX);
	/* The journal keeps the text as it was, as JSON. */
	for (size_t i = 0; i < p->text.len; i++)
		if (s[i] != '\n' && s[i] != '\r' && s[i] != '\t' && s[i] != '\\')
			strbuf_addc(&safe, s[i]);
	if (strlen(s) == p->text.len) {
		_cleanup_strbuf_ struct strbuf again = { 0 };

		strbuf_add_printable(&again, strbuf_str(&safe), safe.len);
		if (streq(strbuf_str(&again), strbuf_str(&safe)))
			return 0;
	}
	err_set(err, EILSEQ, "'" POLICY_PATH "' has bytes that are no UTF-8 text, or control characters");
	return err_hint(err, "usb-policy-lint shows the line; write it in plain ASCII first");
}

int usbplan_policy(struct run *r, const struct policy **ret, struct usb_local *local, struct err *err)
{
	const struct policy *p = NULL;
	int rc = facts_usb_policy(r->facts, &p, err);

	if (rc == 0)
		rc = check_editable(p, err);
	if (rc == 0)
		rc = usbplan_local(r->facts, p, local, err);
	if (rc == 0)
		*ret = p;
	return rc;
}

/* ---- what a change means for the devices --------------------------------------------------------------------------- */

static struct finding *add(struct run *r, const char *code, enum severity severity, const struct usbdev *d, const char *text)
{
	return findings_add(&r->res->findings, code, severity, d->name, text);
}

static void tell_offered(struct run *r, const struct usbdevs *set, const struct usbdev *d)
{
	_cleanup_free_ char *use = usb_dom0_use(r->facts, d), *shown = usb_shown(d), *text = NULL;
	struct finding *x;

	strv_addf(&r->res->notes, "XAPI will offer %s to VMs", shown);
	if (use) {
		text = xasprintf("dom0 lives on %s, and the rule would offer it to VMs", shown);
		x = add(r, "USB_DOM0", SEV_REFUSE, d, text);
		x->final = true;
		x->evidence = xstrdup(use);
		x->remedy = xstrdup("choose a narrower rule, or put a DENY rule for this device in front of it");
	} else if (usb_is_only_keyboard(set, d)) {
		text = xasprintf("%s is the only keyboard of this host: once a VM has it, the console has none", shown);
		x = add(r, "USB_ONLY_KEYBOARD", SEV_WARN, d, text);
		x->remedy = xstrdup("keep another way to the console");
	}
}

static const char *vm_uuid(struct run *r, const char *ref)
{
	struct vms *vms = NULL;

	if (facts_vms(r->facts, &vms, NULL) == 0)
		for (size_t i = 0; i < vms->n; i++)
			if (streq0(vms->v[i].ref, ref))
				return vms->v[i].uuid;
	return "UUID";
}

static void tell_withdrawn(struct run *r, const struct usbdev *d)
{
	const struct xapi_usb *xapi = NULL;
	const struct xapi_pusb *pusb = NULL;
	_cleanup_free_ char *shown = usb_shown(d), *text = NULL;
	struct finding *x;

	strv_addf(&r->res->notes, "XAPI will no longer offer %s to VMs", shown);
	if (facts_xapi_usb(r->facts, &xapi, NULL) == 0)
		pusb = xapi_usb_find(xapi, d->name);
	if (!pusb || !pusb->vusb || plan_takes_usb(&r->res->plan, d->name))
		return;
	text = xasprintf("a VM has %s: at its next scan XAPI takes it from the VM for good", shown);
	x = add(r, "USB_ASSIGNMENT_LOST", SEV_REFUSE, d, text);
	x->evidence = xasprintf("PUSB %s, VUSB %s", pusb->uuid ? pusb->uuid : "?", pusb->vusb);
	x->remedy = xasprintf("vm-usb-detach uuid=%s device=%s first, when the VM no longer needs it", vm_uuid(r, pusb->vm), d->name);
}

/* Did XAPI have it before?  Of a policy that it could not read, or that was not there, what its last good scan left. */
static bool was_offered(struct run *r, const struct policy *now, const struct usbdev *d)
{
	const struct xapi_usb *xapi = NULL;

	if (now && !now->n_bad)
		return usb_judge(now, d).allowed;
	return facts_xapi_usb(r->facts, &xapi, NULL) == 0 && xapi_usb_find(xapi, d->name);
}

void usbplan_tell_devices(struct run *r, const struct policy *now, const struct policy *then)
{
	_cleanup_strv_ struct strv force = { 0 };
	struct usbdevs *set = NULL;
	struct err why = { 0 };

	if (facts_usb(r->facts, &set, &why) < 0) {
		strv_addf(&r->res->notes, "what this means for devices is unknown: %s", why.text);
		return;
	}
	usbdevs_details(facts_host(r->facts), set);
	for (size_t i = 0; i < set->n; i++) {
		bool was = was_offered(r, now, &set->v[i]), will = usb_judge(then, &set->v[i]).allowed;

		if (will && !was)
			tell_offered(r, set, &set->v[i]);
		else if (was && !will)
			tell_withdrawn(r, &set->v[i]);
	}
	run_forced(r, &force);
	findings_force(&r->res->findings, &force);
}

/* ---- the plan -------------------------------------------------------------------------------------------------------- */

/* "2 local changes"; caller frees. */
static char *count_local(const struct policy *shipped, const struct policy *ours)
{
	_cleanup_(policy_changes_done) struct policy_changes c = { 0 };

	if (policy_changes_find(shipped, ours, &c, NULL) < 0)
		return xstrdup("local changes");
	return xasprintf("%zu local %s", c.n, c.n == 1 ? "change" : "changes");
}

static void plan_record(struct run *r, const struct usb_local *local, const struct usb_change *c)
{
	_cleanup_(policy_done) struct policy shipped = { 0 }, ours = { 0 };
	_cleanup_free_ char *was = NULL, *will = NULL;
	_cleanup_strbuf_ struct strbuf record = { 0 };

	if (c->shipped && !strbuf_eq(c->shipped, c->text))
		policy_record_format(c->shipped, c->text, &record);
	if (strbuf_eq(&record, &local->bytes))
		return;
	was = count_local(&local->shipped, &local->ours);
	if (policy_record_parse(strbuf_str(&record), record.len, &shipped, &ours))
		will = count_local(&shipped, &ours);
	plan_file(&r->res->plan, POLICY_RECORD_PATH, local->there ? &local->bytes : NULL, record.len ? &record : NULL, was, will,
		  "so that they can be told from what was shipped, and brought back after an update of the package");
}

/* The paths that the policy lets XAPI offer; gives their number. */
static size_t expected_paths(struct run *r, const struct policy *then, struct strbuf *paths)
{
	struct usbdevs *set = NULL;
	size_t n = 0;

	if (facts_usb(r->facts, &set, NULL) < 0)
		return 0;
	for (size_t i = 0; i < set->n; i++)
		if (usb_judge(then, &set->v[i]).allowed)
			strbuf_addf(paths, "%s%s", n++ ? " " : "", set->v[i].name);
	return n;
}

void usbplan_scan(struct run *r, const struct policy *then, const char *must)
{
	_cleanup_free_ char *was = NULL, *will = NULL;
	_cleanup_strbuf_ struct strbuf paths = { 0 };
	const struct xapi_usb *xapi = NULL;
	const struct this_host *this = NULL;
	struct change *scan;
	size_t n;

	if ((must || host_is_live(facts_host(r->facts))) && facts_xapi_usb(r->facts, &xapi, NULL) == 0) {
		n = expected_paths(r, then, &paths);
		scan = plan_scan_find(&r->res->plan);
		if (scan && must && !scan->key)
			scan->key = xstrdup(must);
		if (scan)
			return;
		was = xasprintf("%zu", xapi->n);
		will = xasprintf("%zu: %s", n, strbuf_str(&paths));
		plan_scan(&r->res->plan, must, strbuf_str(&paths), was, will,
			  "XAPI looks at the policy only when it is asked to, and does not tell when it has");
		return;
	}
	if (facts_this_host(r->facts, &this, NULL) == 0 && this->uuid)
		strv_addf(&r->res->plan.next, "let XAPI look at the devices again: xe pusb-scan host-uuid=%s", this->uuid);
	else
		strv_add(&r->res->plan.next, "let XAPI look at the devices again: xe pusb-scan host-uuid=UUID");
}

void usbplan_rescan(struct run *r, const struct strbuf *then)
{
	_cleanup_(policy_done) struct policy p = { 0 };

	policy_parse(strbuf_str(then), then->len, &p);
	usbplan_scan(r, &p, NULL);
}

/* Rules that will never decide, and did before, or come. */
static void tell_shadowed(struct run *r, const struct policy *now, const struct policy *then)
{
	size_t n_now = now ? now->n : 0;
	_cleanup_free_ size_t *was = xcalloc(n_now + 1, sizeof(*was)), *will = xcalloc(then->n + 1, sizeof(*will));
	_cleanup_free_ char *text = NULL, *rule = NULL;
	size_t first = 0, n = 0;

	if (now)
		shadow_find(now->v, now->n, shadow_domain, was);
	shadow_find(then->v, then->n, shadow_domain, will);
	for (size_t i = 0; i < then->n; i++) {
		bool before = false;

		for (size_t k = 0; k < n_now && !before && will[i] != SHADOW_NONE; k++)
			before = was[k] != SHADOW_NONE && policy_rule_eq(&now->v[k], &then->v[i]);
		if (before || will[i] == SHADOW_NONE)
			continue;
		if (!n++)
			first = i;
	}
	if (!n)
		return;
	rule = policy_rule_text(then, &then->v[first]);
	if (n > 1)
		text = xasprintf("%zu rules will never decide (usb-policy-lint shows them), the first in line %u: '%s'", n, then->v[first].line, rule);
	else if (will[first] == SHADOW_SEVERAL)
		text = xasprintf("line %u '%s' will never decide: the rules above it match all that it matches", then->v[first].line, rule);
	else
		text = xasprintf("line %u '%s' will never decide: line %u matches all that it matches, and %s it", then->v[first].line, rule,
				 then->v[will[first]].line, then->v[will[first]].allow ? "allows" : "denies");
	findings_add(&r->res->findings, "USB_RULE_SHADOWED", SEV_WARN, POLICY_PATH, text);
}

int usbplan_write(struct run *r, const struct policy *now, const struct usb_local *local, const struct usb_change *c,
		  struct err *err)
{
	_cleanup_(policy_done) struct policy then = { 0 };
	bool differs = !now || !strbuf_eq(&now->text, c->text);
	int rc;

	policy_parse(strbuf_str(c->text), c->text->len, &then);
	rc = policy_check(&then, "the policy as it would be", err);
	if (rc == 0)
		rc = check_editable(&then, err);
	if (rc < 0)
		return rc;
	if (differs) {
		tell_shadowed(r, now, &then);
		usbplan_tell_devices(r, now, &then);
		plan_file(&r->res->plan, POLICY_PATH, now ? &now->text : NULL, c->text, c->old_shown, c->new_shown, c->why);
	}
	plan_record(r, local, c);
	if (differs)
		usbplan_scan(r, &then, NULL);
	if (differs && now && now->n_bad) {
		r->res->plan.one_way = true;
		strv_add(&r->res->notes, "the policy as it was is one that XAPI's scanner rejects, and no state-rollback writes it again; its text stays "
					 "with the history entry, below '" JOURNAL_DIR "'");
	}
	return 0;
}

/* ---- naming a device --------------------------------------------------------------------------------------------------- */

static bool has_ids(const struct usbdev *d, const char *name)
{
	char ids[16];

	snprintf(ids, sizeof(ids), "%04x:%04x", d->vendor, d->product);
	return d->ids_known && !strcasecmp(ids, name);
}

int usbplan_device(struct facts *f, const char *name, const struct usbdev **ret, struct err *err)
{
	_cleanup_strv_ struct strv found = { 0 };
	const struct usbdev *one = NULL;
	struct usbdevs *set = NULL;
	int rc = facts_usb(f, &set, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < set->n && !streq0(one ? one->name : NULL, name); i++)
		if (streq(set->v[i].name, name) || has_ids(&set->v[i], name)) {
			one = &set->v[i];
			strv_add(&found, one->name);
		}
	if (one && (found.n == 1 || streq(one->name, name))) {
		*ret = one;
		return 0;
	}
	if (found.n) {
		_cleanup_free_ char *names = strv_join(&found, ", ");

		return err_set(err, ENOTUNIQ, "several USB devices are '%s': %s; name one by its bus path", name, names);
	}
	err_set(err, ENOENT, "there is no USB device '%s'", name);
	return err_hint(err, "usb-device-list shows them: name one by its bus path (1-2.4), or by vendor:product");
}
