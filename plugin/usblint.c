/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usblint.c - see usblint.h */

#include <stdarg.h>
#include <stdio.h>

#include "plugin/facts_uses.h"
#include "plugin/usblint.h"
#include "usbpolicy/shadow.h"
#include "usbpolicy/usbclass.h"

void usblint_done(struct usblint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].text);
		free(l->v[i].remedy);
		free(l->v[i].evidence);
	}
	free(l->v);
	*l = (struct usblint){ 0 };
}

static int compare_items(const void *a, const void *b)
{
	const struct usblint_item *x = a, *y = b;

	if (x->severity != y->severity)
		return x->severity < y->severity ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->text, y->text);
}

void usblint_sort(struct usblint *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), compare_items);
}

static struct usblint_item *say(struct usblint *l, enum severity severity, const char *code, unsigned line, const char *fmt, ...)
	_printf_(5, 6);

static struct usblint_item *say(struct usblint *l, enum severity severity, const char *code, unsigned line, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	ARRAY_GROW(l->v, l->n);
	l->v[l->n] = (struct usblint_item){ .severity = severity, .code = code, .line = line, .text = xstrdup(text) };
	return &l->v[l->n++];
}

static struct usblint_item *say_rule(struct usblint *l, const char *code, const struct policy_rule *r, const char *text)
{
	struct usblint_item *x = say(l, SEV_WARN, code, r->line, "%s", text);

	x->off = r->off;
	x->len = r->len;
	return x;
}

/* ---- verdicts -------------------------------------------------------------------------------------------------------- */

struct policy_ids usb_ids_of(const struct usbdev *d, const struct usbif *i)
{
	return (struct policy_ids){ .v = { [POLICY_VID] = d->vendor,
					   [POLICY_PID] = d->product,
					   [POLICY_REL] = d->release,
					   [POLICY_CLASS] = i->class,
					   [POLICY_SUBCLASS] = i->subclass,
					   [POLICY_PROT] = i->prot } };
}

struct usb_verdict usb_judge(const struct policy *p, const struct usbdev *d)
{
	struct usb_verdict v = { .allowed = d->status == USB_READY };

	for (size_t i = 0; v.allowed && i < d->n; i++) {
		struct policy_ids ids = usb_ids_of(d, &d->v[i]);
		const struct policy_rule *rule = d->v[i].counts ? policy_decide(p, &ids) : NULL;

		if (d->v[i].counts && !(rule && rule->allow))
			v = (struct usb_verdict){ .allowed = false, .interface = &d->v[i], .rule = rule };
	}
	return v;
}

char *usb_class_words(const struct usbif *i)
{
	/* Zeros say nothing, but for the class that says so by them. */
	return usbclass_words(i->class, i->subclass || i->class == 0x03 ? i->subclass : -1, i->prot ? i->prot : -1);
}

bool usb_is_keyboard(const struct usbdev *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct policy_ids ids = usb_ids_of(d, &d->v[i]);

		if (d->v[i].counts && usbclass_is_keyboard(&ids))
			return true;
	}
	return false;
}

bool usb_is_only_keyboard(const struct usbdevs *set, const struct usbdev *d)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++)
		n += usb_is_keyboard(&set->v[i]);
	return n == 1 && usb_is_keyboard(d);
}

static void add_use(struct strbuf *out, const struct strv *usb, const struct usbdev *d, const char *chain)
{
	if (strv_has(usb, d->name) && chain && !strstr(strbuf_str(out), chain))
		strbuf_addf(out, "%s%s", out->len ? "; " : "", chain);
}

char *usb_dom0_use(struct facts *f, const struct usbdev *d)
{
	const struct pool_uses *uses = NULL;
	struct storage *storage = NULL;
	struct net *net = NULL;
	struct strbuf out = { 0 };

	if (facts_storage(f, &storage, NULL) == 0)
		for (size_t i = 0; i < storage->n; i++)
			add_use(&out, &storage->v[i].usb, d, storage->v[i].chain);
	if (facts_net(f, &net, NULL) == 0)
		for (size_t i = 0; i < net->n; i++)
			add_use(&out, &net->v[i].usb, d, net->v[i].chain);
	if (facts_uses(f, &uses, NULL) == 0)
		for (size_t i = 0; i < uses->n; i++)
			add_use(&out, &uses->v[i].usb, d, uses->v[i].chain);
	return out.len ? strbuf_take(&out) : NULL;
}

char *usb_shown(const struct usbdev *d)
{
	const char *vendor = d->manufacturer ? d->manufacturer : d->vendor_name;
	const char *model = d->model ? d->model : d->product_name;

	return xasprintf("%s (%04x:%04x%s%.60s%s%.60s)", d->name, d->vendor, d->product, vendor ? " " : "", vendor ? vendor : "",
			 model ? " " : "", model ? model : "");
}

/* ---- the text ---------------------------------------------------------------------------------------------------------- */

static void lint_bad(const struct policy *p, struct usblint *l)
{
	for (size_t i = 0; i < p->n_bad; i++) {
		const struct policy_bad *b = &p->bad[i];
		struct usblint_item *x = say(l, SEV_REFUSE, "USB_POLICY_BAD", b->line, "line %u: %s%s", b->line, b->why,
					     i ? "" : ": XAPI's scanner stops here, and no device is offered to any VM");

		x->off = b->off;
		x->len = b->len;
		x->remedy = b->remedy ? xstrdup(b->remedy) : NULL;
	}
}

static void lint_bytes(const struct policy *p, struct usblint *l)
{
	if (p->blank_line)
		say(l, SEV_INFO, "USB_POLICY_BLANK", p->blank_line,
		    "line %u is blank: some builds of XAPI from before 2025-08 stop at such a line", p->blank_line);
	if (p->raw_line)
		say(l, SEV_WARN, "USB_POLICY_RAW", p->raw_line,
		    "line %u has bytes that are not plain ASCII: builds of XAPI differ in whether they can read them", p->raw_line)
			->remedy = xstrdup("write it in plain ASCII");
}

static void lint_shadows(const struct policy *p, struct usblint *l)
{
	_cleanup_free_ size_t *by = xcalloc(p->n + 1, sizeof(*by));

	if (!shadow_find(p->v, p->n, shadow_domain, by))
		say(l, SEV_UNKNOWN, "USB_RULE_SHADOWED", 0, "too many rules to tell of all which of them are never reached");
	for (size_t j = 0; j < p->n; j++) {
		_cleanup_free_ char *text = NULL;

		if (by[j] == SHADOW_NONE)
			continue;
		if (by[j] == SHADOW_SEVERAL)
			text = xasprintf("line %u never decides: the rules above it match all that it matches", p->v[j].line);
		else
			text = xasprintf("line %u never decides: line %u matches all that it matches, and %s it", p->v[j].line,
					 p->v[by[j]].line, p->v[by[j]].allow ? "allows" : "denies");
		say_rule(l, "USB_RULE_SHADOWED", &p->v[j], text)->remedy =
			by[j] != SHADOW_SEVERAL && p->v[by[j]].allow == p->v[j].allow
				? xasprintf("usb-policy-remove rule=%u", p->v[j].line)
				: xasprintf("usb-policy-move rule=%u before=%u, if it is meant to decide; else usb-policy-remove", p->v[j].line,
					    by[j] == SHADOW_SEVERAL ? p->v[0].line : p->v[by[j]].line);
	}
}

static bool has(const struct policy_rule *r, enum policy_key k)
{
	return r->keys & 1u << k;
}

/* A number that means nothing without another one. */
static void lint_keys(const struct policy_rule *r, struct usblint *l)
{
	static const struct {
		enum policy_key key, without;
	} pairs[] = { { POLICY_PID, POLICY_VID }, { POLICY_SUBCLASS, POLICY_CLASS }, { POLICY_PROT, POLICY_CLASS }, { POLICY_REL, POLICY_PID } };

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		_cleanup_free_ char *text = NULL;

		if (!has(r, pairs[i].key) || has(r, pairs[i].without))
			continue;
		text = xasprintf("line %u %s more than it seems to: '%s' without '%s' matches that number with every %s", r->line,
				 r->allow ? "allows" : "denies", policy_key_names[pairs[i].key], policy_key_names[pairs[i].without],
				 pairs[i].without == POLICY_VID ? "vendor" : pairs[i].without == POLICY_PID ? "product" : "class");
		say_rule(l, "USB_RULE_WIDE", r, text)->remedy = xasprintf("name the %s, too", policy_key_names[pairs[i].without]);
		return;
	}
}

/* A match that was put behind the "#" by mistake, or to be back some day. */
static void lint_comment(const struct policy *p, const struct policy_rule *r, struct usblint *l)
{
	_cleanup_free_ char *comment = xstrndup(strbuf_str(&p->text) + r->comment, r->comment_len), *text = NULL;
	_cleanup_free_ char *as_rule = xasprintf("ALLOW:%s", comment);
	struct policy_rule would = { 0 };

	if (policy_parse_rule(as_rule, &would, NULL) < 0 || !would.keys)
		return;
	text = xasprintf("line %u %s more than it seems to: what stands behind '#' asks for nothing", r->line, r->allow ? "allows" : "denies");
	say_rule(l, "USB_RULE_WIDE", r, text)->remedy = xstrdup("take the '#' away, or say it in words");
}

static void lint_rule(const struct policy *p, const struct policy_rule *r, struct usblint *l)
{
	_cleanup_free_ char *text = NULL;

	lint_keys(r, l);
	lint_comment(p, r, l);
	if (has(r, POLICY_CLASS) && r->ids.v[POLICY_CLASS] == 0x09)
		text = xasprintf("line %u never decides: hubs are always denied, and their interfaces never asked about", r->line);
	else if (has(r, POLICY_CLASS) && r->ids.v[POLICY_CLASS] == 0x00)
		text = xasprintf("line %u hardly ever decides: class 00 is what devices say, and the class of interfaces is what counts", r->line);
	if (text)
		say_rule(l, "USB_RULE_NEVER", r, text);
}

static void lint_end(const struct policy *p, struct usblint *l)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->v[i].keys)
			return;
	say(l, SEV_WARN, "USB_NO_CATCH_ALL", 0, "no rule matches everything: an interface that none matches is denied%s",
	    p->n ? "" : ", and so no device is offered at all")
		->remedy = xstrdup("say so with DENY: as the last rule, or allow the rest with ALLOW:");
}

void usblint_text(const struct policy *p, struct usblint *ret)
{
	lint_bad(p, ret);
	lint_bytes(p, ret);
	lint_shadows(p, ret);
	for (size_t i = 0; i < p->n; i++)
		lint_rule(p, &p->v[i], ret);
	lint_end(p, ret);
}

/* ---- with devices ------------------------------------------------------------------------------------------------------- */

/* The rule that allows what is dangerous of a device: the keyboard's interface, or the first one. */
static const struct policy_rule *allowing_rule(const struct policy *p, const struct usbdev *d, bool keyboard)
{
	for (size_t i = 0; i < d->n; i++) {
		struct policy_ids ids = usb_ids_of(d, &d->v[i]);

		if (d->v[i].counts && (!keyboard || usbclass_is_keyboard(&ids)))
			return policy_decide(p, &ids);
	}
	return NULL;
}

static void lint_device(struct facts *f, const struct policy *p, const struct usbdevs *set, const struct usbdev *d, struct usblint *l)
{
	_cleanup_free_ char *use = usb_dom0_use(f, d), *shown = usb_shown(d), *text = NULL;
	const struct policy_rule *rule = allowing_rule(p, d, !use);
	struct usblint_item *x;

	if (!rule || (!use && !usb_is_only_keyboard(set, d)))
		return;
	text = use ? xasprintf("line %u offers %s to VMs, and dom0 lives on it", rule->line, shown)
		   : xasprintf("line %u offers %s to VMs, the only keyboard of this host", rule->line, shown);
	x = say_rule(l, use ? "USB_DOM0" : "USB_ONLY_KEYBOARD", rule, text);
	x->evidence = use ? xstrdup(use) : NULL;
	x->remedy = xasprintf("usb-policy-add rule=\"DENY:vid=%04x pid=%04x\"", d->vendor, d->product);
}

void usblint_host(struct facts *f, const struct policy *p, struct usblint *ret)
{
	struct usbdevs *set = NULL;

	usblint_text(p, ret);
	if (p->n_bad || facts_usb(f, &set, NULL) < 0)
		return;
	usbdevs_details(facts_host(f), set);
	for (size_t i = 0; i < set->n; i++)
		if (usb_judge(p, &set->v[i]).allowed)
			lint_device(f, p, set, &set->v[i], ret);
}
