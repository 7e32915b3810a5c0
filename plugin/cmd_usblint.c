/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_usblint.c - usb-policy-lint: what the scanner, and a reader, make of a USB policy. */

#include "plugin/commands.h"
#include "plugin/usbplan.h"

enum { L_LINE, L_SEVERITY, L_CODE, L_TEXT, L_COLUMN, L_PLACE, L_EVIDENCE, L_REMEDY, L_FILE };

static const struct field lint_fields[] = {
	[L_LINE] = { "line", V_NUMBER, true, "in the file; 0: the file as a whole" },
	[L_SEVERITY] = { "severity", V_TEXT, true, "refuse: XAPI's scanner rejects the file; warn, info, unknown" },
	[L_CODE] = { "code", V_TEXT, true, "stable name of what is found" },
	[L_TEXT] = { "text", V_TEXT, true, "what is wrong" },
	[L_COLUMN] = { "column", V_NUMBER, false, "of the first byte that shows it; 0: none in particular" },
	[L_PLACE] = { "shown", V_TEXT, false, "the bytes that show it" },
	[L_EVIDENCE] = { "evidence", V_TEXT, false, "where the facts came from" },
	[L_REMEDY] = { "remedy", V_TEXT, true, "what to do" },
	[L_FILE] = { "file", V_TEXT, false, "the file" },
};
static const struct record_type lint_type = RECORD_TYPE("remark", lint_fields);

static size_t column_of(const struct policy *p, size_t off)
{
	const char *s = strbuf_str(&p->text);
	size_t start = off;

	while (start && s[start - 1] != '\n' && s[start - 1] != '\r')
		start--;
	return off - start + 1;
}

static void put_text(struct record *rec, unsigned field, const char *text)
{
	if (text)
		record_text(rec, field, text);
	else
		record_none(rec, field, NULL);
}

static void put_item(struct run *r, const struct policy *p, const char *name, const struct usblint_item *x)
{
	struct record *rec = records_add(&r->res->records);
	_cleanup_free_ char *shown = x->len ? xstrndup(strbuf_str(&p->text) + x->off, x->len) : NULL;

	record_number(rec, L_LINE, x->line);
	record_text(rec, L_SEVERITY, severity_name(x->severity));
	record_text(rec, L_CODE, x->code);
	record_text(rec, L_TEXT, x->text);
	record_number(rec, L_COLUMN, x->len ? (long long)column_of(p, x->off) : 0);
	put_text(rec, L_PLACE, shown);
	put_text(rec, L_EVIDENCE, x->evidence);
	put_text(rec, L_REMEDY, x->remedy);
	record_text(rec, L_FILE, name);
}

/* What the scanner stops at, with a caret. */
static void put_refusal(struct run *r, const struct policy *p, const char *name, const struct usblint_item *x)
{
	struct finding *f = findings_add(&r->res->findings, x->code, SEV_REFUSE, name, x->text);
	_cleanup_strbuf_ struct strbuf where = { 0 };

	err_point_format(&where, name, strbuf_str(&p->text), p->text.len, x->off, x->len);
	f->where = strbuf_take(&where);
	f->final = true;
	f->remedy = x->remedy ? xstrdup(x->remedy) : NULL;
}

/* The host's policy, or a file of this machine. */
static int get_policy(struct run *r, const char *file, struct policy *own, const struct policy **ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc;

	if (!file)
		return facts_usb_policy(r->facts, ret, err);
	rc = host_read_local(file, POLICY_MAX, &text, err);
	if (rc < 0)
		return rc;
	policy_parse(strbuf_str(&text), text.len, own);
	*ret = own;
	return 0;
}

static int run_lint(struct run *r, struct err *err)
{
	const char *file = args_get(r->args, "file"), *name = file ? file : POLICY_PATH;
	_cleanup_(policy_done) struct policy own = { 0 };
	_cleanup_(usblint_done) struct usblint l = { 0 };
	const struct policy *p = NULL;
	int rc = get_policy(r, file, &own, &p, err);

	if (rc < 0)
		return rc;
	usblint_host(r->facts, p, &l);
	usblint_sort(&l);
	for (size_t i = 0; i < l.n; i++) {
		put_item(r, p, name, &l.v[i]);
		if (l.v[i].severity == SEV_REFUSE)
			put_refusal(r, p, name, &l.v[i]);
	}
	if (p->n_bad)
		r->res->status = 3;
	if (!file)
		usbplan_tell_local(r, p);
	if (!l.n)
		strv_addf(&r->res->notes, "nothing to complain about in '%s'", name);
	return 0;
}

static const struct param lint_params[] = {
	{ "file", "FILE", P_LOCAL_FILE, "a policy file of this machine instead of the host's own" },
	{ 0 },
};

const struct command cmd_usb_policy_lint = {
	.name = "usb-policy-lint",
	.summary = "what is wrong with the USB policy; exits 3 when XAPI's scanner would reject it",
	.params = lint_params,
	.flags = CMD_LIST | CMD_CHECK,
	.type = &lint_type,
	.minimal = "severity",
	.run = run_lint,
};

/* ---- usb-policy-explain ----------------------------------------------------------------------------------------- */

enum { E_INTERFACE, E_VERDICT, E_RULE, E_TEXT, E_CLASS, E_WHY, E_TRACE, E_DEVICE };

static const struct field explain_fields[] = {
	[E_INTERFACE] = { "interface", V_TEXT, true, "device:configuration.number; the device itself where it has no interface" },
	[E_VERDICT] = { "verdict", V_TEXT, true, "allow or deny; a device is offered when all its interfaces are allowed" },
	[E_RULE] = { "rule", V_NUMBER, true, "the rule that decided: its line; 0: none did" },
	[E_TEXT] = { "text", V_TEXT, true, "the rule as it stands there" },
	[E_CLASS] = { "class", V_TEXT, true, "what the interface is" },
	[E_WHY] = { "why", V_TEXT, true, "why, where no rule decided" },
	[E_TRACE] = { "trace", V_LIST, false, "the rules that were asked, and what each answered" },
	[E_DEVICE] = { "device", V_TEXT, false, "vendor:product, release" },
};
static const struct record_type explain_type = RECORD_TYPE("interface", explain_fields);

#define TRACE_MAX 64 /* lines; a longer one says how many more */

/* What was asked, up to the rule that decided. */
static void put_trace(struct record *rec, const struct policy *p, const struct policy_ids *ids)
{
	_cleanup_strv_ struct strv lines = { 0 };
	size_t more = 0;

	for (size_t i = 0; i < p->n; i++) {
		_cleanup_free_ char *text = policy_rule_text(p, &p->v[i]);
		enum policy_key k;

		if (policy_rule_matches(&p->v[i], ids, &k)) {
			strv_addf(&lines, "line %u '%s': matches, %s", p->v[i].line, text, p->v[i].allow ? "allowed" : "denied");
			break;
		}
		if (lines.n == TRACE_MAX)
			more++;
		else
			strv_addf(&lines, "line %u '%s': no, %s is %0*x", p->v[i].line, text, policy_key_names[k],
				  (int)policy_key_digits(k), ids->v[k]);
	}
	if (more)
		strv_addf(&lines, "%zu more rules that do not match", more);
	record_list(rec, E_TRACE, &lines);
}

static void put_denied(struct run *r, const struct usbdev *d, const char *interface, const char *class, const char *why)
{
	struct record *rec = records_add(&r->res->records);

	record_text(rec, E_INTERFACE, interface);
	record_text(rec, E_VERDICT, "deny");
	record_number(rec, E_RULE, 0);
	record_none(rec, E_TEXT, NULL);
	put_text(rec, E_CLASS, class);
	record_text(rec, E_WHY, why);
	record_list(rec, E_TRACE, &(struct strv){ 0 });
	record_textf(rec, E_DEVICE, "%04x:%04x, release %04x", d->vendor, d->product, d->release);
}

/* No rule is asked about it. */
static void explain_unasked(struct run *r, const struct usbdev *d)
{
	static const char hub[] = "hubs are always denied, whatever the rules say";
	_cleanup_free_ char *why = d->status == USB_HUB ? xstrdup(hub) : xasprintf("the device is not ready: %s", d->why);

	for (size_t i = 0; i < d->n; i++) {
		_cleanup_free_ char *class = NULL;

		if (d->v[i].ids_known)
			class = usb_class_words(&d->v[i]);
		put_denied(r, d, d->v[i].name, class, why);
	}
	if (!d->n)
		put_denied(r, d, d->name, NULL, why);
}

static void explain_interface(struct run *r, const struct policy *p, const struct usbdev *d, const struct usbif *i)
{
	struct policy_ids ids = usb_ids_of(d, i);
	const struct policy_rule *rule = policy_decide(p, &ids);
	_cleanup_free_ char *class = usb_class_words(i), *text = rule ? policy_rule_text(p, rule) : NULL;
	struct record *rec;

	if (!rule)
		put_denied(r, d, i->name, class, "no rule matches it, and what none matches is denied");
	rec = rule ? records_add(&r->res->records) : &r->res->records.v[r->res->records.n - 1];
	put_trace(rec, p, &ids);
	if (!rule)
		return;
	record_text(rec, E_INTERFACE, i->name);
	record_text(rec, E_VERDICT, rule->allow ? "allow" : "deny");
	record_number(rec, E_RULE, rule->line);
	record_text(rec, E_TEXT, text);
	record_text(rec, E_CLASS, class);
	record_none(rec, E_WHY, NULL);
	record_textf(rec, E_DEVICE, "%04x:%04x, release %04x", d->vendor, d->product, d->release);
}

static int run_explain(struct run *r, struct err *err)
{
	const char *file = args_get(r->args, "file");
	_cleanup_(policy_done) struct policy own = { 0 };
	const struct policy *p = NULL;
	const struct usbdev *d = NULL;
	int rc = get_policy(r, file, &own, &p, err);

	if (rc == 0)
		rc = policy_check(p, file ? file : POLICY_PATH, err);
	if (rc == 0)
		rc = usbplan_device(r->facts, args_get(r->args, "device"), &d, err);
	if (rc < 0)
		return rc;
	if (d->status != USB_READY)
		explain_unasked(r, d);
	for (size_t i = 0; d->status == USB_READY && i < d->n; i++)
		if (d->v[i].counts)
			explain_interface(r, p, d, &d->v[i]);
	if (!file)
		usbplan_tell_local(r, p);
	return 0;
}

static const struct param explain_params[] = {
	{ "device", "PATH", P_REQUIRED, "a USB device: its bus path (1-2.4), or vendor:product" },
	{ "file", "FILE", P_LOCAL_FILE, "a policy file of this machine instead of the host's own" },
	{ 0 },
};

const struct command cmd_usb_policy_explain = {
	.name = "usb-policy-explain",
	.summary = "which rule of the USB policy decides about each interface of a device",
	.params = explain_params,
	.flags = CMD_LIST,
	.type = &explain_type,
	.minimal = "verdict",
	.run = run_explain,
};
