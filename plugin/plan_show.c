/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_show.c - a plan as records, and as a message of XAPI; see plan.h */

#include "plugin/plan.h"
#include "plugin/plan_reboot.h"

enum { C_STEP, C_CHANGE, C_WHERE, C_FROM, C_TO, C_EFFECT, C_REASON };

static const struct field change_fields[] = {
	[C_STEP] = { "step", V_NUMBER, true, "order in which the changes are made" },
	[C_CHANGE] = { "change", V_TEXT, true, "what is changed" },
	[C_WHERE] = { "where", V_TEXT, true, "the file and its menu entries, or the VM" },
	[C_FROM] = { "from", V_TEXT, true, "the value now" },
	[C_TO] = { "to", V_TEXT, true, "the value then" },
	[C_EFFECT] = { "takes-effect", V_TEXT, true, "now, vm-start or host-reboot" },
	[C_REASON] = { "reason", V_TEXT, true, "why" },
};
const struct record_type change_type = RECORD_TYPE("change", change_fields);

/* XAPI's field name as xe spells it: "other_config" is "other-config", but guest_VCPUs_params stays as it is (facts, 7.1). */
static char *xe_field(const char *field)
{
	char *s = xstrdup(field);

	if (streq(field, "guest_VCPUs_params"))
		return s;

	for (char *c = s; *c; c++)
		if (*c == '_')
			*c = '-';
	return s;
}

/* What the value stands for, where it is of no use itself (a reference of XAPI, a whole file).  For programs null when absent, "" for a flag. */
static void setting_record(struct record *r, unsigned field, const struct setting *s, const char *shown)
{
	_cleanup_free_ char *words = setting_shown(s);

	if (shown && (s->there || !streq(shown, words)))
		record_text(r, field, shown);
	else if (!s->there)
		record_none(r, field, words);
	else
		record_text(r, field, !s->text ? "" : s->before.n ? words : s->text);
	if (s->there && !shown && !s->text)
		record_shown(r, field, words);
}

char *change_name(const struct change *c)
{
	_cleanup_free_ char *field = NULL;

	if (c->kind == CHANGE_BOOT)
		return xasprintf("%s boot parameter %s", grub_target_name(c->target), c->key);
	if (c->kind == CHANGE_DEVICE)
		return xstrdup("who has the device");
	if (c->kind == CHANGE_STATE)
		return xstrdup("desired state");
	if (c->kind == CHANGE_TRY)
		return xstrdup("menu entry to be tried");
	if (c->kind == CHANGE_FILE)
		return xasprintf("file %s", c->key);
	if (c->kind == CHANGE_PINS)
		return xstrdup("CPUs of the running vCPUs");
	if (change_is_usb(c))
		return change_usb_name(c);
	if (c->kind == CHANGE_LEAVE)
		return xstrdup(c->field);
	field = xe_field(c->field);
	return c->key ? xasprintf("%s:%s", field, c->key) : TAKE_PTR(field);
}

char *change_where(const struct plan *p, const struct change *c)
{
	const char *boot_path = p->boot_path ? p->boot_path : "boot file";
	_cleanup_free_ char *titles = NULL;

	if (change_is_usb(c))
		return change_usb_where(c);
	switch (c->kind) {
	case CHANGE_BOOT:
		titles = strv_join(&c->titles, "', '");
		return xasprintf("%s: '%s'", boot_path, titles);
	case CHANGE_DEVICE: return xasprintf("device %s", BDF_STR(c->bdf));
	case CHANGE_STATE: return xstrdup("this host");
	case CHANGE_TRY: return xstrdup(boot_path);
	case CHANGE_FILE: return xstrdup(c->key);
	default: return xasprintf("%s %s '%s'", change_class(c), c->uuid, c->name);
	}
}

static void change_record(const struct plan *p, const struct change *c, struct record *r)
{
	record_text_take(r, C_CHANGE, change_name(c));
	record_text_take(r, C_WHERE, change_where(p, c));
	setting_record(r, C_FROM, &c->old, c->old_shown);
	setting_record(r, C_TO, &c->new, c->new_shown);
	record_text(r, C_EFFECT, effect_name(c->effect));
	record_text(r, C_REASON, c->why);
}

static void action_record(const struct action *a, struct record *r)
{
	const struct setting from = { .there = a->from, .text = a->from }, to = { .there = a->to, .text = a->to };

	record_text(r, C_CHANGE, a->what);
	record_text(r, C_WHERE, a->where);
	setting_record(r, C_FROM, &from, NULL);
	setting_record(r, C_TO, &to, NULL);
	record_text(r, C_EFFECT, effect_name(EFFECT_NOW));
	record_text(r, C_REASON, a->why);
}

static struct record *add_step(struct records *ret)
{
	struct record *r = records_add(ret);

	record_number(r, C_STEP, (long long)ret->n);
	return r;
}

static void put_plan(const struct plan *p, struct records *ret)
{
	for (size_t i = 0; i < p->n; i++)
		change_record(p, &p->v[i], add_step(ret));
	for (size_t i = 0; i < p->n_actions; i++)
		action_record(&p->actions[i], add_step(ret));
	for (size_t i = 0; i < p->n_by_hand; i++) {
		const struct by_hand *b = &p->by_hand[i];
		const struct setting from = { .there = b->from, .text = b->from }, to = { .there = b->to, .text = b->to };
		struct record *r = add_step(ret);

		record_text_take(r, C_CHANGE, xasprintf("xl.cfg %s", b->key));
		record_text(r, C_WHERE, "the VM's file for xl, by hand");
		setting_record(r, C_FROM, &from, NULL);
		setting_record(r, C_TO, &to, NULL);
		record_text(r, C_EFFECT, effect_name(EFFECT_VM_START));
		record_text(r, C_REASON, b->why);
	}
	if (p->then)
		put_plan(p->then, ret);
}

void plan_records(const struct plan *p, struct records *ret)
{
	records_init(ret, &change_type);
	put_plan(p, ret);
}

char *plan_message(const struct plan *p)
{
	struct strbuf out = { 0 };
	size_t n = 0;

	for (size_t i = 0; !plan_only_looks(p) && i < p->n; i++)
		n += !change_is_passing(&p->v[i]);
	if (n)
		strbuf_addf(&out, "xe-passthrough put passthrough on this host back as it is wanted: %zu change%s.", n, n == 1 ? "" : "s");
	else
		strbuf_add(&out, "xe-passthrough looked at what is wanted of this host.");
	for (size_t i = 0; i < p->next.n; i++)
		strbuf_addf(&out, " Next: %s.", p->next.v[i]);
	strbuf_add(&out, p->message);
	for (size_t i = 0; i < p->n_left; i++) {
		_cleanup_free_ char *left = left_out_text(&p->left[i]);

		strbuf_addf(&out, " But: %s.", left);
	}
	if (n)
		strbuf_add(&out, " xe-passthrough state-history shows the changes, and what state-rollback to= can go back to.");
	return strbuf_take(&out);
}
