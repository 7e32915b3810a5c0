/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain_judge.c - arguments and commands that were pasted, judged by the grammars that the kernel, XAPI and xe read
 * them with: cmdline/hide.h, xenhelpers/vmpci.h, cpumask_parse_xapi(), and facts 5.2 and 10.1.  See explain.h.
 */

#include <ctype.h>

#include "cmdline/hide.h"
#include "plugin/explain_private.h"
#include "xenhelpers/cpumask.h"
#include "xenhelpers/vmpci.h"

enum { VALUE_MAX = 4096, COMMAND_MAX = 600, ITEMS_SHOWN = 16 };

enum {
	J_HIDE_REFUSED,
	J_HIDE_XAPI,
	J_HIDE_FORM,
	J_HIDE_OLD_KEY,
	J_HIDE_SPLIT,
	J_HIDE_TWO,
	J_VMPCI_DROPPED,
	J_VMPCI_FORM,
	J_VMPCI_ORDER,
	J_MASK,
	J_XE_GLUED,
	J_EDITOR_OPTION,
	J_EDITOR_KEYS,
};

static const struct explain_entry judged[] = {
	[J_HIDE_REFUSED] = { "EXPLAIN_HIDE_REFUSED", SAYS_LINUX, .here = HERE_HIDE,
	  .cause = "one bad item is enough: the driver does not register, no device is hidden, and none can be given "
		   "to any VM",
	  .check = "boot-lint",
	  .remedy = "correct the item and write every one as (dddd:bb:dd.f); pci-hide does so" },
	[J_HIDE_XAPI] = { "EXPLAIN_HIDE_XAPI", SAYS_XAPI, .here = HERE_HIDE,
	  .cause = "XAPI's reader takes nothing but (dddd:bb:dd.f): its commands about hidden devices fail, and so "
		   "does Xen Orchestra's list",
	  .check = "boot-lint",
	  .remedy = "write every item as (dddd:bb:dd.f); boot-normalize does so" },
	[J_HIDE_FORM] = { "EXPLAIN_HIDE_FORM", SAYS_XAPI, .here = HERE_HIDE,
	  .cause = "XAPI compares text: it calls such a device not hidden",
	  .check = "boot-lint",
	  .remedy = "write hex digits in lower case; boot-normalize does so" },
	[J_HIDE_OLD_KEY] = { "EXPLAIN_HIDE_OLD_KEY", SAYS_LINUX, .here = HERE_HIDE,
	  .meaning = "pciback.hide is a name of old kernels: nothing reads it, it hides no device",
	  .cause = "the driver is called xen-pciback today; guides for XenServer 6 have the old name",
	  .check = "boot-lint",
	  .remedy = "boot-param-delete target=dom0 key=pciback.hide; the devices belong into xen-pciback.hide: "
		    "pci-hide" },
	[J_HIDE_SPLIT] = { "EXPLAIN_HIDE_SPLIT", SAYS_LINUX, .here = HERE_HIDE,
	  .meaning = "a blank ends the hide list for the kernel: what follows it is an argument of its own, and hides "
		     "nothing",
	  .cause = "arguments of a boot line are separated by blanks; quotes in a shell do not reach the boot file",
	  .check = "boot-lint",
	  .remedy = "write the items without blanks between them; pci-hide does so" },
	[J_HIDE_TWO] = { "EXPLAIN_HIDE_TWO", SAYS_LINUX, .here = HERE_HIDE,
	  .meaning = "there are two hide lists on the line: the kernel takes the last one only, and XAPI can read "
		     "neither",
	  .cause = "a list was added beside the one that was there",
	  .check = "boot-lint",
	  .remedy = "make one list of them: boot-normalize" },
	[J_VMPCI_DROPPED] = { "EXPLAIN_VMPCI_DROPPED", SAYS_XAPI,
	  .cause = "XAPI drops an item that it cannot read, without an error: the VM starts without that device",
	  .check = "vm-pci-list",
	  .remedy = "write every item as N/dddd:bb:dd.f, commas between, no blanks; vm-pci-attach does so" },
	[J_VMPCI_FORM] = { "EXPLAIN_VMPCI_FORM", SAYS_XAPI,
	  .cause = "XAPI's reader is liberal where others are not: Xen Orchestra and scripts compare the text, and do "
		   "not find the device",
	  .check = "vm-pci-list",
	  .remedy = "write N/dddd:bb:dd.f with four, two, two and one lower-case hex digits; vm-pci-attach does so" },
	[J_VMPCI_ORDER] = { "EXPLAIN_VMPCI_ORDER", SAYS_XAPI,
	  .meaning = "items with the same number before the slash are plugged in the reverse of the order in which "
		     "they are written",
	  .cause = "the number is an order group, no bus; it matters to guests that number their devices",
	  .check = "vm-pci-list",
	  .remedy = "give every item a number of its own, 0/,1/,2/; vm-pci-attach does so" },
	[J_MASK] = { "EXPLAIN_MASK_IGNORED", SAYS_XAPI,
	  .meaning = "XAPI ignores this CPU mask as a whole, without a word: the VM is not pinned at all",
	  .cause = "it reads a plain list of numbers with commas: no ranges, no blanks, no comma at the end",
	  .check = "vm-numa-get",
	  .remedy = "write every CPU out; vm-numa-set takes ranges and does so" },
	[J_XE_GLUED] = { "EXPLAIN_XE_BLANKS", SAYS_XE,
	  .meaning = "blanks are missing in the command: xe takes what stands together for one word",
	  .cause = "blanks get lost when a command is copied from a web page",
	  .check = "help" },
	[J_EDITOR_OPTION] = { "EXPLAIN_EDITOR_OPTION", SAYS_XEN_CMDLINE,
	  .meaning = "xen-cmdline has no such option: it ignores it, changes nothing, and exits with success",
	  .cause = "an option and its value are two words, and there is no option that lists",
	  .check = "boot-param-list",
	  .remedy = "--set-dom0 KEY=VALUE with a blank between; boot-param-list lists, boot-param-set sets" },
	[J_EDITOR_KEYS] = { "EXPLAIN_EDITOR_KEYS", SAYS_XEN_CMDLINE,
	  .meaning = "xen-cmdline spoils the boot line when an option gets more than one word",
	  .cause = "on 8.3 every other argument is doubled, once a word, and nothing is replaced or deleted; on 8.2 "
		   "the old values stay",
	  .check = "boot-param-list",
	  .remedy = "one option a word: --set-dom0 A --set-dom0 B; or boot-param-set, which has no such defect" },
};
const struct explain_table explain_judged = { judged, ARRAY_SIZE(judged) };

/* ---- pieces ------------------------------------------------------------------------------------- */

static bool ends_value(char c)
{
	return is_blank(c) || strchr("\"'`<>", c);
}

/* A value may stand between quotes of its own: key="value". */
static const char *behind_quote(const char *s, const char *end)
{
	return s < end && (*s == '"' || *s == '\'') ? s + 1 : s;
}

static const char *value_end(const char *s, const char *end)
{
	const char *to = s;

	end = MIN(end, s + VALUE_MAX);
	while (to < end && !ends_value(*to))
		to++;
	return to;
}

/* The argument and a caret below the byte at `at` of its value. */
static void point(struct explanation *e, const char *name, const char *value, size_t at)
{
	_cleanup_strbuf_ struct strbuf text = { 0 }, shown = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };

	strbuf_addf(&text, "%s%s", name, value);
	err_point_format(&shown, "argument", strbuf_str(&text), text.len, strlen(name) + at, 1);
	strv_split(&lines, strbuf_str(&shown), '\n');
	strv_done(&e->where);
	for (size_t i = 1; i < lines.n; i++)
		if (*lines.v[i])
			strv_add(&e->where, lines.v[i]);
}

static struct explanation *judge_add(struct explainer *x, unsigned which, const char *from, const char *to,
				     const char *subject)
{
	return explain_add(x, &judged[which], from, to, subject);
}

/* ---- xen-pciback.hide=
 * ------------------------------------------------------------------------------------------------ */

/* "(0000:04:00.0) (0000:05:00.0)": does the list go on behind a blank? */
static bool goes_on(const char *at, const char *end)
{
	return end - at > 2 && *at == ' ' && at[1] == '(' && isxdigit((unsigned char)at[2]);
}

/* A list that stands between quotes with all its blanks. */
static const char *whole_list(const char *s, const char *end)
{
	const char *to = value_end(s, end);

	while (goes_on(to, end) && to - s < VALUE_MAX)
		to = value_end(to + 1, end);
	return to;
}

static void show_items(struct explanation *e, const char *value, const struct hidelist *l)
{
	size_t shown = 0;

	for (size_t i = 0; i < l->n && shown < ITEMS_SHOWN; i++) {
		const struct hide_item *item = &l->v[i];

		if (item->verdict == HIDE_CANONICAL)
			continue;
		strv_addf(&e->found, "item=%.*s: %s", (int)MIN(item->len, (size_t)64), value + item->off, item->why);
		if (!shown++ || !l->kernel_accepts)
			point(e, HIDE_KEY "=", value, item->at);
	}
}

/* The list as it should be, where what it means is certain. */
static char *canonical(const struct hidelist *l)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };
	_cleanup_free_ char *list = NULL;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].any_dev || l->v[i].any_fn || !bdf_is_xapi(l->v[i].bdf))
			return NULL;
		bdfset_add(&set, l->v[i].bdf);
	}
	list = hide_format(&set);
	return xasprintf("write " HIDE_KEY "=%s and reboot; boot-normalize does so", list);
}

static void judge_list(struct explainer *x, const char *from, const char *to, const char *value)
{
	_cleanup_(hide_done) struct hidelist l = { 0 };
	struct explanation *e;
	bool plain = true;

	hide_parse(value, &l);
	for (size_t i = 0; i < l.n; i++)
		plain = plain && l.v[i].verdict == HIDE_CANONICAL;
	if (plain) {
		explain_fine(x, from, to, "the kernel and XAPI both read this list");
		return;
	}
	e = judge_add(x,
		      !l.kernel_accepts ? J_HIDE_REFUSED
		      : !l.xapi_accepts ? J_HIDE_XAPI
					: J_HIDE_FORM,
		      from, to, value);
	if (!e)
		return;
	if (!l.kernel_accepts) {
		const struct hide_item *bad = &l.v[l.n - 1];

		e->meaning = xasprintf("the kernel refuses the whole list at %.*s: %s", (int)MIN(bad->len, (size_t)64),
				       value + bad->off, bad->why);
	} else {
		e->meaning = xstrdup(
			l.xapi_accepts ? "the kernel reads this list; XAPI reads it, but does not find the devices"
				       : "the kernel reads this list, XAPI cannot");
		e->remedy = canonical(&l);
	}
	show_items(e, value, &l);
}

static const char *judge_hide(struct explainer *x, const char *at, const char *behind)
{
	bool live = at - x->text >= 4 && (match_folded(at - 4, at, "xen-") || match_folded(at - 4, at, "xen_"));
	const char *from = live ? at - 4 : at, *to;
	_cleanup_free_ char *value = NULL;
	char before = from > x->text ? from[-1] : ' ';

	behind = behind_quote(behind, x->end);
	to = value_end(behind, x->end);
	if (is_word(before) || before == '-' || !(*behind == '(' || isxdigit((unsigned char)*behind)) || to == behind)
		return NULL;
	if (!live) {
		judge_add(x, J_HIDE_OLD_KEY, from, to, NULL);
		return to;
	}
	if (x->hide_end && x->hide_end <= from && find_line_end(x->hide_end, from) == from)
		judge_add(x, J_HIDE_TWO, from, to, NULL);
	if (goes_on(to, x->end)) {
		/* The kernel's part is the first; XAPI, asked through the editor, gets it all. */
		judge_add(x, J_HIDE_SPLIT, from, whole_list(behind, x->end), NULL);
		to = whole_list(behind, x->end);
	}
	x->hide_end = to;
	value = xstrndup(behind, (size_t)(to - behind));
	judge_list(x, from, to, value);
	return to;
}

/* ---- other-config:pci=
 * --------------------------------------------------------------------------------------------------- */

static bool all_hex(const char *s, size_t n)
{
	return n && strspn(s, "0123456789abcdefABCDEF_") >= n;
}

static const char *why_dropped(const char *item, size_t len)
{
	const char *slash = memchr(item, '/', len);

	if (!len)
		return "it is empty";
	if (*item == ' ')
		return "a blank stands before it";
	if (!slash)
		return "the order number and the slash before the address are missing: 0/";
	if (memchr(item, '*', len))
		return "a star is not read here: every function is written out";
	if (strspn(slash + 1, "0123456789abcdefABCDEF_") > 4)
		return "the domain has more than four digits";
	if (all_hex(slash + 1, 2) && slash + 6 <= item + len && slash[3] == ':' && slash[6] == '.')
		return "the domain is missing: 0000:";
	return "it is no address of the form dddd:bb:dd.f";
}

static const char *why_odd(const struct vmpci_item *item, const char *text)
{
	_cleanup_free_ char *plain = xasprintf("%ld/%s", item->order, BDF_STR(item->bdf));

	if (item->bdf.dev > 31 || item->bdf.fn > 7)
		return "there is no such device or function number; XAPI does not look";
	if (strlen(plain) == item->len && !memcmp(plain, text, item->len))
		return NULL;
	return item->len > strlen(plain) && !memcmp(plain, text, strlen(plain))
		       ? "what stands behind the address is ignored"
		       : "the digits are not written in full";
}

static void judge_item(struct explainer *x, const char *from, const char *to, const char *name, const char *value,
		       const struct vmpci_item *item)
{
	const char *text = value + item->off, *why = item->dropped ? why_dropped(text, item->len) : why_odd(item, text);
	_cleanup_free_ char *subject =
		why ? xstrndup(item->len ? text : ",", item->len ? MIN(item->len, (size_t)64) : 1) : NULL;
	struct explanation *e;

	if (!why)
		return;
	e = judge_add(x, item->dropped ? J_VMPCI_DROPPED : J_VMPCI_FORM, from, to, subject);
	if (!e)
		return;
	if (item->dropped)
		e->meaning = xasprintf("XAPI does not see the item '%s': %s", subject, why);
	else
		e->meaning = xasprintf("XAPI reads the item '%s' as %ld/%s: %s", subject, item->order,
				       BDF_STR(item->bdf), why);
	point(e, name, value, item->off);
}

static bool has_group(const struct vmpci *p)
{
	for (size_t i = 1; i < p->n && i < 64; i++)
		for (size_t k = 0; k < i; k++)
			if (!p->v[i].dropped && !p->v[k].dropped && p->v[i].order == p->v[k].order)
				return true;
	return false;
}

/* Where a list ends: a shell splits "a, b", but it is meant as one. A parameter that is glued on is none of it. */
static const char *items_end(const char *s, const char *end)
{
	const char *to = value_end(s, end), *glued;

	while (to > s && to[-1] == ',' && end - to > 1 && *to == ' ' && isdigit((unsigned char)to[1]) &&
	       to - s < VALUE_MAX)
		to = value_end(to + 1, end);
	glued = find_folded(s, to, "uuid=");
	if (glued)
		to = glued;
	while (to > s && strchr(".)", to[-1]))
		to--;
	return to;
}

static const char *judge_vmpci(struct explainer *x, const char *at, const char *behind)
{
	_cleanup_free_ char *value = NULL, *name = xstrndup(at, (size_t)(behind - at));
	_cleanup_(vmpci_done) struct vmpci p = { 0 };
	size_t before = x->ret->n;
	const char *to;

	behind = behind_quote(behind, x->end);
	to = items_end(behind, x->end);
	if (to == behind || !isxdigit((unsigned char)*behind))
		return NULL;
	value = xstrndup(behind, (size_t)(to - behind));
	vmpci_parse(value, &p);
	for (size_t i = 0; i < p.n && i < 64; i++)
		judge_item(x, at, to, name, value, &p.v[i]);
	if (has_group(&p))
		judge_add(x, J_VMPCI_ORDER, at, to, NULL);
	if (x->ret->n == before)
		explain_fine(x, at, to, "XAPI reads every item of this list");
	return to;
}

/* ---- VCPUs-params:mask=
 * ----------------------------------------------------------------------------------------------------- */

/* Behind "VCPUs-params" stands ":mask=", "-mask=", or " mask=" as xe vm-param-add has it. */
static const char *find_mask(const char *s, const char *end)
{
	size_t len = s < end && strchr(":- ", *s) ? match_folded(s + 1, end, "mask=") : 0;

	return len ? behind_quote(s + 1 + len, end) : NULL;
}

static const char *judge_mask(struct explainer *x, const char *at, const char *behind)
{
	const char *value = find_mask(behind, x->end), *to;
	_cleanup_free_ char *text = NULL;
	struct cpumask mask = { 0 };
	struct explanation *e;

	if (!value || value == x->end || ends_value(*value))
		return NULL;
	to = items_end(value, x->end);
	if (to == value)
		return NULL;
	text = xstrndup(value, (size_t)(to - value));
	if (cpumask_parse_xapi(text, &mask)) {
		explain_fine(x, at, to, "XAPI reads this mask");
		return to;
	}
	e = judge_add(x, J_MASK, at, to, text);
	if (!e)
		return to;
	point(e, "VCPUs-params:mask=", text, strspn(text, "0123456789,;"));
	memset(&mask, 0, sizeof(mask));
	if (cpumask_parse(text, &mask, NULL) == 0 && cpumask_count(&mask) > 0 && cpumask_count(&mask) <= 256) {
		_cleanup_free_ char *list = cpumask_format_list(&mask);

		e->remedy = xasprintf("write VCPUs-params:mask=%s; vm-numa-set takes ranges and does so", list);
	}
	return to;
}

/* ---- xe commands with missing blanks
 * -------------------------------------------------------------------------------------------- */

static const char *word_end(const char *s, const char *end)
{
	while (s < end && !is_blank(*s))
		s++;
	return s;
}

/* The next "uuid=" that is glued to the end of another parameter's value, from `s` on. */
static const char *glued_uuid(const char *s, const char *end)
{
	while (s < end) {
		const char *to = word_end(s, end), *eq = memchr(s, '=', (size_t)(to - s));
		const char *uuid = eq ? find_folded(eq, to, "uuid=") : NULL;

		if (uuid && is_word(uuid[-1]))
			return uuid;
		s = to + 1;
	}
	return NULL;
}

static const char *judge_xe(struct explainer *x, const char *at, const char *behind)
{
	const char *end = find_line_end(at, MIN(x->end, at + COMMAND_MAX)), *word = word_end(behind, end), *uuid, *to;
	bool verb = behind < end && isalpha((unsigned char)*behind) && memchr(behind, '=', (size_t)(word - behind));
	_cleanup_free_ char *subject = xstrndup(at, (size_t)(behind - at));
	struct explanation *e;

	if ((at > x->text && (is_word(at[-1]) || at[-1] == '-')) || (!verb && behind < end && *behind != ' '))
		return NULL;
	uuid = glued_uuid(behind, end);
	if (!verb && !uuid)
		return NULL;
	to = uuid ? word_end(uuid, end) : word;
	e = judge_add(x, J_XE_GLUED, at, to, subject);
	if (e)
		e->remedy = xasprintf("write it with blanks: xe %s %.*s%s%.*s", subject,
				      (int)((uuid ? uuid : end) - behind - (*behind == ' ')), behind + (*behind == ' '),
				      uuid ? " " : "", uuid ? (int)(end - uuid) : 0, uuid ? uuid : "");
	return to;
}

/* ---- xen-cmdline
 * ---------------------------------------------------------------------------------------------------------------------
 */

/* Is this word, the second one behind an option, an argument, too, and no prose?  One with "=", or the last of the
 * line. */
static bool is_second(const char *s, const char *to, const char *end)
{
	if (s == to || *s == '-' || strchr(";&|#", *s))
		return false;
	for (const char *c = s; c < to; c++)
		if (!is_word(*c) && !strchr("-=.,:()*/", *c))
			return false;
	return memchr(s, '=', (size_t)(to - s)) || to == end;
}

static const char *quoted_end(const char *s, const char *end)
{
	const char *close = s < end && (*s == '"' || *s == '\'') ? memchr(s + 1, *s, (size_t)(end - s - 1)) : NULL;

	return close ? close + 1 : word_end(s, end);
}

static void judge_option(struct explainer *x, const char *at, const char *s, const char *end)
{
	const char *to = word_end(s, end), *eq = memchr(s, '=', (size_t)(to - s)), *first, *second;
	_cleanup_free_ char *option = xstrndup(s, (size_t)((eq ? eq : to) - s));
	bool known = str_after(option, "--set-") || str_after(option, "--get-") || str_after(option, "--delete-");

	if ((eq && known) || streq(option, "--list-xen") || streq(option, "--list-dom0")) {
		judge_add(x, J_EDITOR_OPTION, at, to, option);
		return;
	}
	if (!known || str_after(option, "--get-") || to == end)
		return;
	first = quoted_end(to + 1, end);
	if (first == end || to[1] == '-')
		return;
	second = quoted_end(first + 1, end);
	if (is_second(first + 1, second, end))
		judge_add(x, J_EDITOR_KEYS, at, second, option);
}

static const char *judge_editor(struct explainer *x, const char *at, const char *behind)
{
	const char *end = find_line_end(at, MIN(x->end, at + COMMAND_MAX));

	for (const char *s = behind; s < end; s = word_end(s, end) + 1)
		if (end - s > 2 && s[0] == '-' && s[1] == '-')
			judge_option(x, at, s, end);
	return behind; /* the arguments in it are judged by themselves */
}

const struct judge explain_judges[] = {
	{ "pciback.hide=", judge_hide },
	{ "other-config:pci=", judge_vmpci },
	{ "other-config-pci=", judge_vmpci },
	{ "VCPUs-params", judge_mask },
	{ "xen-cmdline", judge_editor },
	{ "vm-param-set", judge_xe },
	{ "vm-param-get", judge_xe },
	{ "vm-param-add", judge_xe },
	{ "vm-param-remove", judge_xe },
	{ "vm-param-clear", judge_xe },
	{ "vm-param-list", judge_xe },
	{ "vm-start", judge_xe },
	{ "vm-shutdown", judge_xe },
	{ "vm-list", judge_xe },
	{ "pci-list", judge_xe },
	{ "pci-param-list", judge_xe },
	{ "pci-disable-dom0-access", judge_xe },
	{ "pci-enable-dom0-access", judge_xe },
	{ "pci-get-dom0-access-status", judge_xe },
	{ "pusb-list", judge_xe },
	{ "pusb-param-set", judge_xe },
	{ "pusb-param-list", judge_xe },
	{ "pusb-scan", judge_xe },
	{ "usb-group-list", judge_xe },
	{ "vusb-create", judge_xe },
	{ "vusb-list", judge_xe },
	{ "vusb-unplug", judge_xe },
	{ "vusb-destroy", judge_xe },
	{ "host-call-plugin", judge_xe },
};
const size_t explain_judges_n = ARRAY_SIZE(explain_judges);
