/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_usbpolicy.c - usb-policy-add, -remove, -move, -reset: what changes the policy. */

#include <stdio.h>

#include "plugin/commands.h"
#include "plugin/usbplan.h"
#include "usbpolicy/policy_edit.h"
#include "usbpolicy/policy_merge.h"
#include "usbpolicy/policy_shipped.h"
#include "xenhelpers/net.h"

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

static int move_rule(struct run *r, const struct policy *p, const struct usb_local *local, const struct policy_rule *rule,
		     const struct policy_rule *before, struct err *err)
{
	_cleanup_free_ char *words = policy_rule_text(p, rule), *from = usbplan_shown_at(rule->line, words), *to = NULL;
	unsigned line = usbplan_line_at(p, before);
	_cleanup_strbuf_ struct strbuf text = { 0 };

	to = usbplan_shown_at(line - (rule->line < line), words);
	policy_edit(p, &(struct policy_edit){ .take = rule, .before = before }, &text);
	return usbplan_put(r, p, local, &text, from, to, "the first rule that matches an interface decides about it", err);
}

/* ---- usb-policy-add ------------------------------------------------------------------------------------------------ */

/* Is there an interface that both match? */
static bool can_meet(const struct policy_rule *a, const struct policy_rule *b)
{
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		if (a->keys & b->keys & 1u << k && a->ids.v[k] != b->ids.v[k])
			return false;
	return true;
}

/* Does it decide about all that it matches, or does another one that says the same? */
static bool has_its_way(const struct policy *p, const struct policy_rule *rule)
{
	for (const struct policy_rule *above = p->v; above < rule; above++)
		if (above->allow != rule->allow && can_meet(above, rule))
			return false;
	return true;
}

/* A rule that is there already is not added once more. */
static int add_again(struct run *r, const struct policy *p, const struct usb_local *local, const struct policy_rule *rule, struct err *err)
{
	if (!has_its_way(p, rule))
		return move_rule(r, p, local, rule, &p->v[0], err);
	strv_addf(&r->res->notes, "line %u says so already, and no rule above it says otherwise", rule->line);
	return 0;
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
	for (size_t i = 0; !placed && i < p->n; i++)
		if (policy_rule_eq(&p->v[i], &rule))
			return add_again(r, p, local, &p->v[i], err);
	front = in_front(p, before);
	if ((front && policy_rule_eq(front, &rule)) || (before && policy_rule_eq(before, &rule)))
		return 0;
	text = xstrdup(given + rule.off);
	for (size_t n = strlen(text); n && text[n - 1] == ' ';)
		text[--n] = '\0';
	return usbplan_add_rule(r, p, local, text, before, err);
}

static int add_device(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	const struct policy_rule *before = NULL;
	const struct usbdev *dev = NULL;
	bool placed;
	int rc = usbplan_device(r->facts, args_get(r->args, "device"), &dev, err);

	if (rc == 0)
		rc = find_place(r, p, &before, &placed, err);
	return rc < 0 ? rc : usbplan_allow(r, p, local, dev, before, placed, err);
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
	rc = usbplan_begin(r, &p, &local, err);
	if (rc < 0)
		return rc;
	return args_get(r->args, "device") ? add_device(r, p, &local, err) : add_text(r, p, &local, err);
}

static const struct param add_params[] = {
	{ "rule", "RULE", 0, "as it shall stand there: \"ALLOW:vid=0658 pid=0200\"" },
	{ "device", "PATH", 0, "or a USB device, for the narrowest rule that allows it, placed so that it wins" },
	{ "before", "N|first|last", 0, "which rule it goes in front of; without it, first, and not where it stands already and has its way" },
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
	int rc = usbplan_begin(r, &p, &local, err);

	if (rc == 0)
		rc = find_rule(r, p, &rule, err);
	if (rc < 0 || !rule)
		return rc;
	words = policy_rule_text(p, rule);
	from = usbplan_shown_at(rule->line, words);
	policy_edit(p, &(struct policy_edit){ .take = rule, .stays_away = true }, &text);
	return usbplan_put(r, p, &local, &text, from, "(no such rule)", "the rules below it decide what it did", err);
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
	const struct policy_rule *rule = NULL, *before = NULL;
	const struct policy *p = NULL;
	bool placed;
	int rc = usbplan_begin(r, &p, &local, err);

	if (rc == 0)
		rc = find_rule(r, p, &rule, err);
	if (rc == 0 && !rule)
		rc = err_set(err, ENOENT, "rule=%s: '" POLICY_PATH "' has no such rule", args_get(r->args, "rule"));
	if (rc == 0)
		rc = find_place(r, p, &before, &placed, err);
	if (rc < 0 || before == rule || in_front(p, before) == rule)
		return rc;
	return move_rule(r, p, &local, rule, before, err);
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

#define TOLD_MAX 12 /* rules; more are counted */

/* A whole text takes another one's place: which rules that means. */
static void tell_rules(struct run *r, const struct policy *now, const struct strbuf *text)
{
	_cleanup_(policy_changes_done) struct policy_changes c = { 0 };
	_cleanup_(policy_done) struct policy then = { 0 };

	policy_parse(strbuf_str(text), text->len, &then);
	if (policy_changes_find(now, &then, &c, NULL) < 0)
		return;
	for (size_t i = 0; i < c.n && i < TOLD_MAX; i++) {
		_cleanup_free_ char *rule = policy_rule_text(c.v[i].came ? &then : now, c.v[i].rule);

		strv_addf(&r->res->notes, "line %u '%s' %s", c.v[i].rule->line, rule, c.v[i].came ? "comes" : "goes");
	}
	if (c.n > TOLD_MAX)
		strv_addf(&r->res->notes, "and %zu more rules come or go", c.n - TOLD_MAX);
}

/* What was overwritten comes back; and what overwrote it is the shipped text from now on. */
static int merge(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	int rc = policy_check(p, POLICY_PATH, err);

	if (rc < 0 || !local->there || !local->lost)
		return rc;
	tell_rules(r, p, &local->merged);
	return usbplan_write(r, p, local,
			     &(struct usb_change){ .text = &local->merged,
						   .shipped = &p->text,
						   .old_shown = "the policy as the package brought it",
						   .new_shown = "the same with the local changes",
						   .why = "an update of the package overwrites the file" },
			     err);
}

/* Where nothing tells what was shipped, somebody has to say which rules it shall be. */
#define TAKE_VERSION "usb-policy-reset version=8.3 (or 8.2) takes the rules that this version of XCP-ng ships"

/* No record, and no difference to a list that is known: it is one of these, or nobody knows where it has come from. */
static int nothing_local(struct run *r, const struct policy *p, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *name = NULL;

	if (policy_shipped_find(p, &text, &name)) {
		strv_addf(&r->res->notes, "nothing is local: '" POLICY_PATH "' has the rules that %s ships", name);
		return 0;
	}
	if (!p->n_bad) {
		strv_add(&r->res->notes, "what was shipped is unknown: '" POLICY_PATH "' is like no policy that is known here, and stays; " TAKE_VERSION);
		return 0;
	}
	err_set(err, ENODATA, "XAPI's scanner rejects '" POLICY_PATH "' (usb-policy-lint says where), and what was shipped is unknown: it is like no "
			      "policy that is known here");
	return err_hint(err, TAKE_VERSION);
}

static int drop(struct run *r, const struct policy *p, const struct usb_local *local, struct err *err)
{
	/* What was overwritten is as shipped already. */
	const struct strbuf *text = local->lost ? &p->text : &local->shipped.text;

	if (!usb_local_known(local))
		return nothing_local(r, p, err);
	if (local->version)
		strv_addf(&r->res->notes, "the file was changed before this program looked: shipped is what %s ships", local->version);
	tell_rules(r, p, text);
	return usbplan_write(r, p, local,
			     &(struct usb_change){ .text = text,
						   .old_shown = "the policy with local changes",
						   .new_shown = "the policy as it was shipped",
						   .why = "local changes go" },
			     err);
}

/* What this version of the platform ships. */
static int find_shipped(struct run *r, struct strbuf *ret, const char **name, struct err *err)
{
	_cleanup_free_ char *version = NULL;
	const char *brand = facts_brand(r->facts), *text;

	net_inventory_get(facts_host(r->facts), "PRODUCT_VERSION", &version, NULL);
	text = policy_shipped_by(brand, version, name);
	if (text) {
		strbuf_add(ret, text);
		return 0;
	}
	err_set(err, ENOENT, "'" POLICY_PATH "' is missing, and which rules %s%s%s ships is not known here", brand ? brand : "this platform",
		brand && version ? " " : "", brand && version ? version : "");
	return err_hint(err, "copy the file from another host of the same version; " TAKE_VERSION);
}

/* There is no file: the shipped one comes, as it is recorded, else as this version of the platform ships it. */
static int create(struct run *r, bool merges, struct err *err)
{
	_cleanup_free_ char *shown = NULL;
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const struct policy none = { 0 };
	const char *name = NULL;
	int rc = usbplan_local(r->facts, &none, &local, err);

	merges = merges && local.there;
	if (rc == 0 && local.there)
		strbuf_add(&text, strbuf_str(merges ? &local.ours.text : &local.shipped.text));
	else if (rc == 0)
		rc = find_shipped(r, &text, &name, err);
	if (rc < 0)
		return rc;
	shown = name ? xasprintf("the policy as %s ships it", name) :
		       xstrdup(merges ? "the policy as it was shipped, with the local changes" : "the policy as it was shipped");
	return usbplan_write(r, NULL, &local,
			     &(struct usb_change){ .text = &text,
						   .shipped = merges ? &local.shipped.text : NULL,
						   .new_shown = shown,
						   .why = "without this file XAPI's scanner fails, and no device is offered to any VM" },
			     err);
}

/* The rules of that version of XCP-ng, whatever is there; now NULL: nothing is. */
static int take_version(struct run *r, const char *version, const struct policy *now, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	_cleanup_(policy_done) struct policy then = { 0 };
	_cleanup_free_ char *shown = NULL, *why = NULL;
	const struct policy none = { 0 };
	const char *name = NULL, *text = policy_shipped_by("XCP-ng", version, &name);
	int rc;

	if (!text || args_get(r->args, "local")) {
		if (text)
			err_set(err, EINVAL, "give one of local= and version=");
		else
			err_set(err, EINVAL, "version=%s: the rules that XCP-ng 8.3 and 8.2 ship are known", version);
		return err_usage(err);
	}
	policy_parse(text, strlen(text), &then);
	rc = now ? usbplan_policy(r, &now, &local, err) : usbplan_local(r->facts, &none, &local, err);
	if (rc < 0)
		return rc;
	if (now && !local.there && !now->n_bad && policy_same_rules(now, &then)) {
		strv_addf(&r->res->notes, "'" POLICY_PATH "' has the rules that %s ships", name);
		return 0;
	}
	if (now)
		tell_rules(r, now, &then.text);
	shown = xasprintf("the policy as %s ships it", name);
	why = xasprintf("asked for: version=%s", version);
	return usbplan_write(r, now, &local,
			     &(struct usb_change){ .text = &then.text, .old_shown = "the policy as it is", .new_shown = shown, .why = why }, err);
}

static int run_reset(struct run *r, struct err *err)
{
	_cleanup_(usb_local_done) struct usb_local local = { 0 };
	const struct policy *p = NULL;
	const char *version = args_get(r->args, "version");
	bool merges = streq0(args_get(r->args, "local"), "merge");
	int rc = facts_usb_policy(r->facts, &p, NULL);

	if (version && (rc == 0 || rc == -ENOENT))
		return take_version(r, version, p, err);
	if (rc == -ENOENT)
		return create(r, merges, err);
	rc = usbplan_policy(r, &p, &local, err);
	if (rc < 0)
		return rc;
	return merges ? merge(r, p, &local, err) : drop(r, p, &local, err);
}

static const struct param reset_params[] = {
	{ "local", "drop|merge", 0, "drop: local changes go (the default); merge: those that an update has overwritten come back" },
	{ "version", "8.3|8.2", 0, "the rules that this version of XCP-ng ships, where what was shipped here is unknown" },
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
