/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_usb.c - usb-device-list, usb-policy-list. */

#include <jansson.h>

#include "plugin/commands.h"
#include "plugin/usbplan.h"
#include "usbpolicy/policy_merge.h"
#include "usbpolicy/usbclass.h"

/* ---- usb-device-list --------------------------------------------------------------------------------------------- */

enum {
	D_DEVICE, D_VENDOR_ID, D_PRODUCT_ID, D_VENDOR, D_PRODUCT, D_SERIAL, D_SPEED, D_VERSION, D_INTERFACES, D_DRIVERS, D_STATUS,
	D_VERDICT, D_RULES, D_CONTROLLER, D_PUSB, D_PASSTHROUGH, D_GROUP, D_VUSB, D_VM_UUID, D_VM_NAME,
};

static const struct field device_fields[] = {
	[D_DEVICE] = { "device", V_TEXT, true, "bus path: bus, and the ports on the way" },
	[D_VENDOR_ID] = { "vendor-id", V_TEXT, true, "four hex digits", .hex = true },
	[D_PRODUCT_ID] = { "product-id", V_TEXT, true, "four hex digits", .hex = true },
	[D_VENDOR] = { "vendor-name", V_TEXT, true, "of the names database; else what the device says" },
	[D_PRODUCT] = { "product-name", V_TEXT, true, "of the names database; else what the device says" },
	[D_SERIAL] = { "serial", V_TEXT, false, "what tells two of a kind apart; empty: it has none" },
	[D_SPEED] = { "speed", V_TEXT, false, "Mbit/s" },
	[D_VERSION] = { "usb-version", V_TEXT, false, "of the standard" },
	[D_INTERFACES] = { "interfaces", V_LIST, true, "name, class/subclass/protocol, and what that is" },
	[D_DRIVERS] = { "drivers", V_LIST, false, "that dom0 has on them" },
	[D_STATUS] = { "status", V_TEXT, false, "ready, hub, or why the policy is not asked about it" },
	[D_VERDICT] = { "verdict", V_TEXT, true, "of the policy: allow, deny" },
	[D_RULES] = { "rules", V_LIST, true, "that decided, by line: all of those that allow it, or the one that denies; default: none matched" },
	[D_CONTROLLER] = { "controller", V_TEXT, false, "address of the PCI function that it hangs on" },
	[D_PUSB] = { "pusb-uuid", V_TEXT, false, "XAPI's object" },
	[D_PASSTHROUGH] = { "passthrough-enabled", V_BOOL, false, "XAPI may give it to a VM" },
	[D_GROUP] = { "usb-group-uuid", V_TEXT, false, "XAPI's group of it" },
	[D_VUSB] = { "vusb-uuid", V_TEXT, false, "by which a VM has it" },
	[D_VM_UUID] = { "vm-uuid", V_TEXT, false, "the VM that has it" },
	[D_VM_NAME] = { "vm-name", V_TEXT, true, "the VM that has it" },
};
static const struct record_type device_type = RECORD_TYPE("USB device", device_fields);

static void put_or_none(struct record *rec, unsigned field, const char *text)
{
	if (text && *text)
		record_text(rec, field, text);
	else
		record_none(rec, field, NULL);
}

/* Without blanks around it: attributes of sysfs have them. */
static void put_trimmed(struct record *rec, unsigned field, const char *text)
{
	size_t n;

	if (!text)
		return;
	text += strspn(text, " ");
	for (n = strlen(text); n && text[n - 1] == ' ';)
		n--;
	record_text_take(rec, field, xstrndup(text, n));
}

static void put_interfaces(struct record *rec, const struct usbdev *d)
{
	_cleanup_strv_ struct strv list = { 0 }, drivers = { 0 };

	for (size_t i = 0; i < d->n; i++) {
		const struct usbif *f = &d->v[i];
		_cleanup_free_ char *words = f->ids_known ? usb_class_words(f) : NULL;

		if (words)
			strv_addf(&list, "%s %02x/%02x/%02x %s", f->name, f->class, f->subclass, f->prot, words);
		else
			strv_addf(&list, "%s unreadable", f->name);
		if (f->driver && !strv_has(&drivers, f->driver))
			strv_add(&drivers, f->driver);
	}
	record_list(rec, D_INTERFACES, &list);
	record_list(rec, D_DRIVERS, &drivers);
}

/* The rules that allow each interface; each once, in the order of the interfaces. */
static void add_allowing(const struct policy *p, const struct usbdev *d, struct strv *list)
{
	for (size_t i = 0; i < d->n; i++) {
		struct policy_ids ids = usb_ids_of(d, &d->v[i]);
		const struct policy_rule *rule = d->v[i].counts ? policy_decide(p, &ids) : NULL;
		_cleanup_free_ char *line = rule ? xasprintf("%u", rule->line) : NULL;

		if (line && !strv_has(list, line))
			strv_add(list, line);
	}
}

static void put_verdict(struct record *rec, const struct policy *p, const struct usbdev *d, bool with_rules)
{
	_cleanup_strv_ struct strv rules = { 0 };
	struct usb_verdict v;

	record_text(rec, D_STATUS, d->status == USB_READY ? "ready" : d->status == USB_HUB ? "hub" : d->why);
	if (!p || p->n_bad)
		return;
	v = usb_judge(p, d);
	record_text(rec, D_VERDICT, v.allowed ? "allow" : "deny");
	if (!with_rules)
		return;
	if (v.allowed)
		add_allowing(p, d, &rules);
	else if (v.rule)
		strv_addf(&rules, "%u", v.rule->line);
	else if (d->status == USB_READY)
		strv_add(&rules, "default");
	record_list(rec, D_RULES, &rules);
}

static void put_vm(struct run *r, struct record *rec, const char *ref)
{
	struct vms *vms = NULL;

	if (!ref) {
		record_none(rec, D_VM_UUID, NULL);
		record_none(rec, D_VM_NAME, NULL);
		return;
	}
	if (facts_vms(r->facts, &vms, NULL) < 0)
		return;
	for (size_t i = 0; i < vms->n; i++)
		if (streq(vms->v[i].ref, ref)) {
			record_text(rec, D_VM_UUID, vms->v[i].uuid);
			record_text(rec, D_VM_NAME, vms->v[i].name);
		}
}

/* What XAPI does not tell stays unknown. */
static void put_xapi(struct run *r, struct record *rec, const struct xapi_usb *xapi, const struct usbdev *d)
{
	const struct xapi_pusb *p = xapi ? xapi_usb_find(xapi, d->name) : NULL;

	if (!xapi)
		return;
	put_or_none(rec, D_PUSB, p ? p->uuid : NULL);
	if (p)
		record_bool(rec, D_PASSTHROUGH, p->passthrough);
	else
		record_none(rec, D_PASSTHROUGH, NULL);
	put_or_none(rec, D_GROUP, p ? p->group : NULL);
	if (p && !xapi->vusbs_known)
		return;
	put_or_none(rec, D_VUSB, p ? p->vusb : NULL);
	put_vm(r, rec, p && p->vusb ? p->vm : NULL);
}

static void put_device(struct run *r, const struct policy *p, const struct xapi_usb *xapi, const struct usbdev *d)
{
	const struct records *recs = &r->res->records;
	struct record *rec = records_add(&r->res->records);

	record_text(rec, D_DEVICE, d->name);
	put_trimmed(rec, D_VENDOR_ID, d->vendor_text);
	put_trimmed(rec, D_PRODUCT_ID, d->product_text);
	put_or_none(rec, D_VENDOR, d->vendor_name ? d->vendor_name : d->manufacturer);
	put_or_none(rec, D_PRODUCT, d->product_name ? d->product_name : d->model);
	put_trimmed(rec, D_SERIAL, d->serial ? d->serial : "");
	put_trimmed(rec, D_SPEED, d->speed);
	put_trimmed(rec, D_VERSION, d->version);
	if (records_want(recs, D_INTERFACES) || records_want(recs, D_DRIVERS))
		put_interfaces(rec, d);
	if (records_want(recs, D_STATUS) || records_want(recs, D_VERDICT) || records_want(recs, D_RULES))
		put_verdict(rec, p, d, records_want(recs, D_RULES));
	if (d->has_controller)
		record_text(rec, D_CONTROLLER, BDF_STR(d->controller));
	put_xapi(r, rec, xapi, d);
}

/* ---- the form of the platform's scanner ------------------------------------------------------------------------------ */

static char *python_strip(const char *s)
{
	size_t n;

	s += strspn(s, " \t\n\v\f\r\x1c\x1d\x1e\x1f");
	for (n = strlen(s); n && strchr(" \t\n\v\f\r\x1c\x1d\x1e\x1f", s[n - 1]);)
		n--;
	return xstrndup(s, n);
}

static json_t *scan_device(const struct usbdev *d)
{
	_cleanup_free_ char *version = python_strip(d->version), *serial = python_strip(d->serial ? d->serial : "");
	const char *vendor = d->vendor_name ? d->vendor_name : "", *product = d->product_name ? d->product_name : "";
	_cleanup_free_ char *description = xasprintf("%s%s%s%s%s", vendor, *product ? "_" : "", product, *serial ? "_" : "", serial);

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "path", d->name, "version", version, "vendor-id", d->vendor_text,
			 "product-id", d->product_text, "vendor-desc", vendor, "product-desc", product, "speed", d->speed, "serial", serial,
			 "description", description);
}

/* What the scanner fails for, it fails for as a whole. */
static int check_scan(const struct usbdev *d, bool allowed, struct err *err)
{
	const char *lacks = d->lacks ? d->lacks : !allowed ? NULL : !d->version ? "version" : !d->speed ? "speed" : NULL;

	if (!lacks)
		return 0;
	return err_set(err, ENODATA, "the scanner fails here, for all devices: USB device %s has no attribute '%s'", d->name, lacks);
}

static int run_scan(struct run *r, const struct policy *p, const struct usbdevs *set, struct err *err)
{
	json_auto_t *all = json_array();
	int rc = policy_check(p, POLICY_PATH, err);

	for (size_t i = 0; rc == 0 && i < set->n; i++) {
		bool allowed = usb_judge(p, &set->v[i]).allowed;
		json_t *one;

		rc = check_scan(&set->v[i], allowed, err);
		if (rc < 0 || !allowed)
			continue;
		one = scan_device(&set->v[i]);
		if (!one)
			return err_set(err, EILSEQ, "the scanner fails here, for all devices: a string of USB device %s is no UTF-8", set->v[i].name);
		json_array_append_new(all, one);
	}
	if (rc == 0)
		r->res->answer = json_dumps(all, JSON_ENSURE_ASCII | JSON_PRESERVE_ORDER);
	return rc;
}

static bool wants_xapi(const struct records *recs)
{
	for (unsigned field = D_PUSB; field <= D_VM_NAME; field++)
		if (records_want(recs, field))
			return true;
	return false;
}

/* Names and details cost more than the rest. */
static void read_wanted(struct run *r, struct usbdevs *set, bool scan)
{
	const struct records *recs = &r->res->records;
	bool names = scan || records_want(recs, D_VENDOR) || records_want(recs, D_PRODUCT);

	if (names)
		usbdevs_name(facts_host(r->facts), set);
	else if (records_want(recs, D_SERIAL) || records_want(recs, D_SPEED) || records_want(recs, D_VERSION) ||
		 records_want(recs, D_DRIVERS))
		usbdevs_details(facts_host(r->facts), set);
}

static int run_device_list(struct run *r, struct err *err)
{
	const char *format = args_get(r->args, "format");
	bool scan = format && streq(format, "scan");
	const struct xapi_usb *xapi = NULL;
	const struct policy *p = NULL;
	struct usbdevs *set = NULL;
	struct err why = { 0 };
	int rc = facts_usb(r->facts, &set, err);

	if (rc < 0)
		return rc;
	read_wanted(r, set, scan);
	rc = facts_usb_policy(r->facts, &p, scan ? err : &why);
	if (scan)
		return rc < 0 ? rc : run_scan(r, p, set, err);
	if (rc == 0)
		rc = policy_check(p, POLICY_PATH, &why);
	if (rc < 0)
		strv_addf(&r->res->notes, "verdicts are unknown: %s", why.text);
	if (wants_xapi(&r->res->records))
		facts_xapi_usb(r->facts, &xapi, NULL);
	for (size_t i = 0; i < set->n; i++)
		if (!usbdev_is_root_hub(&set->v[i]))
			put_device(r, p, xapi, &set->v[i]);
	return 0;
}

static const struct param device_params[] = {
	{ "format", "scan", 0, "one JSON array, as the platform's usb_scan.py prints it: devices that the policy allows" },
	{ 0 },
};

const struct command cmd_usb_device_list = {
	.name = "usb-device-list",
	.summary = "USB devices: what they are, what the policy says, which VM has them",
	.params = device_params,
	.flags = CMD_LIST,
	.type = &device_type,
	.run = run_device_list,
};

/* ---- usb-policy-list ------------------------------------------------------------------------------------------------------ */

enum { P_RULE, P_TEXT, P_MEANING, P_COUNT, P_DECIDES, P_ACTION, P_LOCAL, P_COMMENT };

static const struct field policy_fields[] = {
	[P_RULE] = { "rule", V_NUMBER, true, "the rule's number: its line; what rule= and before= take" },
	[P_TEXT] = { "text", V_TEXT, true, "as it stands there" },
	[P_MEANING] = { "meaning", V_TEXT, true, "in words" },
	[P_COUNT] = { "devices", V_NUMBER, true, "how many of the devices that are there it decides about" },
	[P_DECIDES] = { "decides", V_LIST, false, "which ones" },
	[P_ACTION] = { "action", V_TEXT, false, "allow or deny" },
	[P_LOCAL] = { "local", V_BOOL, false, "it came here, and was not shipped" },
	[P_COMMENT] = { "comment", V_TEXT, false, "what stands behind it in the line" },
};
static const struct record_type policy_type = RECORD_TYPE("rule", policy_fields);

/* Of each rule, the devices that have an interface which it decides about. */
static struct strv *find_decided(const struct policy *p, const struct usbdevs *set)
{
	struct strv *decided = xcalloc(p->n + 1, sizeof(*decided));

	for (size_t d = 0; d < set->n; d++)
		for (size_t i = 0; set->v[d].status == USB_READY && i < set->v[d].n; i++) {
			struct policy_ids ids = usb_ids_of(&set->v[d], &set->v[d].v[i]);
			const struct policy_rule *rule = set->v[d].v[i].counts ? policy_decide(p, &ids) : NULL;
			struct strv *list = rule ? &decided[rule - p->v] : NULL;

			if (list && !(list->n && streq(list->v[list->n - 1], set->v[d].name)))
				strv_add(list, set->v[d].name);
		}
	return decided;
}

static bool is_local(const struct usb_local *local, const struct policy_rule *rule)
{
	for (size_t i = 0; i < local->shipped.n; i++)
		if (policy_rule_eq(&local->shipped.v[i], rule))
			return false;
	return usb_local_known(local);
}

static void put_rule(struct run *r, const struct policy *p, const struct policy_rule *rule, const struct strv *decided,
		     const struct usb_local *local)
{
	struct record *rec = records_add(&r->res->records);

	record_number(rec, P_RULE, rule->line);
	record_text_take(rec, P_TEXT, policy_rule_text(p, rule));
	record_text_take(rec, P_MEANING, usbclass_rule_words(rule));
	record_text(rec, P_ACTION, rule->allow ? "allow" : "deny");
	record_bool(rec, P_LOCAL, is_local(local, rule) ? TRI_YES : TRI_NO);
	record_text_take(rec, P_COMMENT, xstrndup(strbuf_str(&p->text) + rule->comment, rule->comment_len));
	if (!decided)
		return;
	record_number(rec, P_COUNT, (long long)decided->n);
	record_list(rec, P_DECIDES, decided);
}

static int run_policy_list(struct run *r, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	const struct policy *p = NULL;
	struct strv *decided = NULL;
	struct usbdevs *set = NULL;
	struct err why = { 0 };
	int rc = facts_usb_policy(r->facts, &p, err);

	if (rc < 0)
		return rc;
	usbplan_local(r->facts, p, &local, NULL);
	if (facts_usb(r->facts, &set, &why) == 0)
		decided = find_decided(p, set);
	else
		strv_addf(&r->res->notes, "which devices the rules decide about is unknown: %s", why.text);
	for (size_t i = 0; i < p->n; i++)
		put_rule(r, p, &p->v[i], decided ? &decided[i] : NULL, &local);
	for (size_t i = 0; decided && i < p->n; i++)
		strv_done(&decided[i]);
	free(decided);
	if (policy_check(p, POLICY_PATH, &why) < 0)
		strv_addf(&r->res->notes, "none of these rules counts: %s; usb-policy-lint shows it", why.text);
	usbplan_tell_local(r, p);
	return 0;
}

const struct command cmd_usb_policy_list = {
	.name = "usb-policy-list",
	.summary = "the rules of the USB policy, what they mean, and which devices they decide about",
	.flags = CMD_LIST,
	.type = &policy_type,
	.run = run_policy_list,
};
