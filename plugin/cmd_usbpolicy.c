/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_usbpolicy.c - usb-policy-add, -remove, -move, -reset: what changes the policy. */

#include <stdio.h>

#include "plugin/commands.h"
#include "plugin/usbplan.h"
#include "usbpolicy/policy_edit.h"
#include "usbpolicy/policy_merge.h"

/* What every edit begins with: a policy that the scanner reads, with its local changes in it. */
static int begin(struct run *r, const struct policy **ret, struct usb_local *local, struct err *err)
{
	int rc = usbplan_policy(r, ret, local, err);

	if (rc == 0 && local->lost) {
		err_set(err, EBUSY, "local changes are not in '" POLICY_PATH "' any more: an update of the package has overwritten it");
		return err_hint(err, "usb-policy-reset local=merge brings them back, usb-policy-reset local=drop lets go of them");
	}
	return rc == 0 ? policy_check(*ret, POLICY_PATH, err) : rc;
}

static int put(struct run *r, const struct policy *p, const struct usb_local *local, const struct strbuf *text,
	       const char *from, const char *to, const char *why, struct err *err)
{
	return usbplan_write(r, p, local,
			     &(struct usb_change){ .text = text,
						   .shipped = local->there ? &local->shipped.text : &p->text,
						   .old_shown = from,
						   .new_shown = to,
						   .why = why },
			     err);
}

static char *shown_at(unsigned line, const char *text)
{
	return xasprintf("line %u: %s", line, text);
}

/* ---- naming rules and places ----------------------------------------------------------------------------------- */

static int no_rule(const struct policy *p, unsigned line, const char *param, struct err *err)
{
	err_set(err, ENOENT, "%s=%u: there is no rule in line %u of '" POLICY_PATH "', which has %u lines", param, line, line, p->lines);
	return err_hint(err, "usb-policy-list shows the rules: a rule's number is its line");
}

/* `rule=`: its line, or its text; *ret NULL: no rule says that. */
static int find_rule(struct run *r, const struct policy *p, const struct policy_rule **ret, struct err *err)
{
	const char *text = args_get(r->args, "rule");
	struct policy_rule want = { 0 };
	unsigned line;
	int rc;

	*ret = NULL;
	if (str_to_uint(text, 1u << 30, &line)) {
		*ret = policy_at_line(p, line);
		return *ret ? 0 : no_rule(p, line, "rule", err);
	}
	rc = policy_parse_rule(text, &want, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < p->n && !*ret; i++)
		if (policy_rule_eq(&p->v[i], &want))
			*ret = &p->v[i];
	return 0;
}

/* Where a rule goes: *before NULL is behind all.  False in *given: no word about it. */
static int find_place(struct run *r, const struct policy *p, const struct policy_rule **before, bool *given, struct err *err)
{
	const char *word = args_get(r->args, "before");
	unsigned line;

	*before = p->n ? &p->v[0] : NULL;
	*given = word != NULL;
	if (!word || streq(word, "first"))
		return 0;
	*before = NULL;
	if (streq(word, "last"))
		return 0;
	if (!str_to_uint(word, 1u << 30, &line)) {
		err_set(err, EINVAL, "before=%s: must be first, last or the number of a rule", word);
		return err_usage(err);
	}
	*before = policy_at_line(p, line);
	return *before ? 0 : no_rule(p, line, "before", err);
}

/* The rule that stands right in front of a place; NULL: none. */
static const struct policy_rule *in_front(const struct policy *p, const struct policy_rule *before)
{
	if (!before)
		return p->n ? &p->v[p->n - 1] : NULL;
	return before > p->v ? before - 1 : NULL;
}

/* ---- usb-policy-add ------------------------------------------------------------------------------------------------ */

static unsigned line_at(const struct policy *p, const struct policy_rule *before)
{
	return before ? before->line : p->n ? p->v[p->n - 1].line + 1 : p->lines + 1;
}

static int add_rule(struct run *r, const struct policy *p, const struct usb_local *local, const char *rule,
		    const struct policy_rule *before, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *to = shown_at(line_at(p, before), rule);

	policy_edit(p, &(struct policy_edit){ .put = rule, .before = before }, &text);
	return put(r, p, local, &text, "(no such rule)", to, "the first rule that matches an interface decides about it", err);
}

static int add_text(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	const char *given = args_get(r->args, "rule");
	const struct policy_rule *before, *front;
	struct policy_rule rule = { 0 };
	_cleanup_free_ char *text = NULL;
	bool placed;
	int rc = policy_parse_rule(given, &rule, err);

	if (rc == 0)
		rc = find_place(r, p, &before, &placed, err);
	if (rc < 0)
		return rc;
	front = in_front(p, before);
	if ((front && policy_rule_eq(front, &rule)) || (before && policy_rule_eq(before, &rule)))
		return 0;
	text = xstrdup(given + rule.off);
	for (size_t n = strlen(text); n && text[n - 1] == ' ';)
		text[--n] = '\0';
	return add_rule(r, p, local, text, before, err);
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

static int add_device(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	const struct policy_rule *before = NULL;
	const struct usbdev *dev = NULL;
	_cleanup_free_ char *text = NULL;
	struct policy_rule rule = { .allow = true };
	struct denied denied;
	bool placed;
	int rc = usbplan_device(r->facts, args_get(r->args, "device"), &dev, err);

	if (rc == 0)
		rc = find_place(r, p, &before, &placed, err);
	if (rc < 0)
		return rc;
	if (dev->status != USB_READY)
		return dev->status == USB_HUB ? err_set(err, EINVAL, "%s is a hub: no rule can allow one", dev->name)
					      : err_set(err, EINVAL, "%s is not ready, and no rule can allow it: %s", dev->name, dev->why);
	denied = denied_of(p, dev);
	if (!denied.n) {
		strv_addf(&r->res->notes, "the policy allows %s already", dev->name);
		return 0;
	}
	rule.keys = denied.keys;
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		rule.ids.v[k] = denied.keys & 1u << k ? denied.ids.v[k] : 0;
	text = policy_rule_format(&rule);
	if (!placed)
		before = denied.first;
	rc = check_wins(p, text, before, dev, err);
	return rc < 0 ? rc : add_rule(r, p, local, text, before, err);
}

static int run_add(struct run *r, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	const struct policy *p = NULL;
	int rc;

	if (!args_get(r->args, "rule") == !args_get(r->args, "device")) {
		err_set(err, EINVAL, "Required parameter not found: rule or device, and not both");
		return err_usage(err);
	}
	rc = begin(r, &p, &local, err);
	if (rc < 0)
		return rc;
	return args_get(r->args, "device") ? add_device(r, p, &local, err) : add_text(r, p, &local, err);
}

static const struct param add_params[] = {
	{ "rule", "RULE", 0, "as it shall stand there: \"ALLOW:vid=0658 pid=0200\"" },
	{ "device", "PATH", 0, "or a USB device, for the narrowest rule that allows it, placed so that it wins" },
	{ "before", "N|first|last", 0, "which rule it goes in front of; without it, first" },
	PARAM_FORCE,
	{ 0 },
};

const struct command cmd_usb_policy_add = {
	.name = "usb-policy-add",
	.summary = "add a rule to the USB policy, or the rule that allows a device",
	.params = add_params,
	.flags = CMD_WRITES,
	.run = run_add,
};

/* ---- usb-policy-remove, -move ----------------------------------------------------------------------------------------- */

static int run_remove(struct run *r, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const struct policy_rule *rule = NULL;
	_cleanup_free_ char *words = NULL, *from = NULL;
	const struct policy *p = NULL;
	int rc = begin(r, &p, &local, err);

	if (rc == 0)
		rc = find_rule(r, p, &rule, err);
	if (rc < 0 || !rule)
		return rc;
	words = policy_rule_text(p, rule);
	from = shown_at(rule->line, words);
	policy_edit(p, &(struct policy_edit){ .take = rule, .stays_away = true }, &text);
	return put(r, p, &local, &text, from, "(no such rule)", "the rules below it decide what it did", err);
}

static const struct param remove_params[] = {
	{ "rule", "N|RULE", P_REQUIRED, "the number that usb-policy-list shows, or the rule's text" },
	PARAM_FORCE,
	{ 0 },
};

const struct command cmd_usb_policy_remove = {
	.name = "usb-policy-remove",
	.summary = "take a rule out of the USB policy",
	.params = remove_params,
	.flags = CMD_WRITES,
	.run = run_remove,
};

static int run_move(struct run *r, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const struct policy_rule *rule = NULL, *before = NULL;
	_cleanup_free_ char *words = NULL, *from = NULL, *to = NULL;
	const struct policy *p = NULL;
	bool placed;
	int rc = begin(r, &p, &local, err);

	if (rc == 0)
		rc = find_rule(r, p, &rule, err);
	if (rc == 0 && !rule)
		rc = err_set(err, ENOENT, "rule=%s: '" POLICY_PATH "' has no such rule", args_get(r->args, "rule"));
	if (rc == 0)
		rc = find_place(r, p, &before, &placed, err);
	if (rc < 0 || before == rule || in_front(p, before) == rule)
		return rc;
	words = policy_rule_text(p, rule);
	from = shown_at(rule->line, words);
	to = shown_at(line_at(p, before) - (rule->line < line_at(p, before)), words);
	policy_edit(p, &(struct policy_edit){ .take = rule, .before = before }, &text);
	return put(r, p, &local, &text, from, to, "the first rule that matches an interface decides about it", err);
}

static const struct param move_params[] = {
	{ "rule", "N|RULE", P_REQUIRED, "the number that usb-policy-list shows, or the rule's text" },
	{ "before", "N|first|last", P_REQUIRED, "which rule it goes in front of" },
	PARAM_FORCE,
	{ 0 },
};

const struct command cmd_usb_policy_move = {
	.name = "usb-policy-move",
	.summary = "move a rule of the USB policy",
	.params = move_params,
	.flags = CMD_WRITES,
	.run = run_move,
};

/* ---- usb-policy-reset ---------------------------------------------------------------------------------------------------- */

/* What was overwritten comes back; and what overwrote it is the shipped text from now on. */
static int merge(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	int rc = policy_check(p, POLICY_PATH, err);

	if (rc < 0 || !local->there || !local->lost)
		return rc;
	return usbplan_write(r, p, local,
			     &(struct usb_change){ .text = &local->merged,
						   .shipped = &p->text,
						   .old_shown = "the policy as the package brought it",
						   .new_shown = "the same with the local changes",
						   .why = "an update of the package overwrites the file" },
			     err);
}

static int drop(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	/* What was overwritten is as shipped already. */
	const struct strbuf *text = local->lost ? &p->text : &local->shipped.text;

	if (!local->there) {
		strv_add(&r->res->notes, "nothing is recorded as local: '" POLICY_PATH "' counts as it was shipped");
		return policy_check(p, POLICY_PATH, err);
	}
	return usbplan_write(r, p, local,
			     &(struct usb_change){ .text = text,
						   .old_shown = "the policy with local changes",
						   .new_shown = "the policy as it was shipped",
						   .why = "local changes go" },
			     err);
}

static int run_reset(struct run *r, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	const struct policy *p = NULL;
	const char *word = args_get(r->args, "local");
	int rc = usbplan_policy(r, &p, &local, err);

	if (rc < 0)
		return rc;
	return word && streq(word, "merge") ? merge(r, p, &local, err) : drop(r, p, &local, err);
}

static const struct param reset_params[] = {
	{ "local", "drop|merge", 0, "drop: local changes go (the default); merge: those that an update has overwritten come back" },
	PARAM_FORCE,
	{ 0 },
};

const struct command cmd_usb_policy_reset = {
	.name = "usb-policy-reset",
	.summary = "the USB policy as it was shipped, or that with the local changes after an update has overwritten it",
	.params = reset_params,
	.flags = CMD_WRITES,
	.run = run_reset,
};
