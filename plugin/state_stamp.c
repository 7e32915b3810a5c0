/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_stamp.c - since when, from which door, by which command something is wanted. */

#include "plugin/state.h"

void state_stamp_done(struct state_stamp *s)
{
	free(s->since);
	free(s->door);
	free(s->command);
	*s = (struct state_stamp){ 0 };
}

struct state_stamp state_stamp_copy(const struct state_stamp *s)
{
	return (struct state_stamp){
		.since = s->since ? xstrdup(s->since) : NULL,
		.door = s->door ? xstrdup(s->door) : NULL,
		.command = s->command ? xstrdup(s->command) : NULL,
	};
}

void state_stamp_renew(struct state_stamp *old, const struct state_stamp *s)
{
	state_stamp_done(old);
	*old = state_stamp_copy(s);
}

/* One that has none: as it was, else anew. */
static void inherit(struct state_stamp *to, const struct state_stamp *from, const struct state_stamp *anew)
{
	if (!to->since && from && from->since)
		state_stamp_renew(to, from);
	else if (!to->since && anew)
		state_stamp_renew(to, anew);
}

static const struct state_param *find_param(const struct state *s, const struct state_param *p)
{
	for (size_t i = 0; i < s->n_params; i++)
		if (s->params[i].target == p->target && streq(s->params[i].key, p->key) && setting_eq(&s->params[i].value, &p->value))
			return &s->params[i];
	return NULL;
}

void state_inherit_stamps(struct state *to, const struct state *from, const struct state_stamp *anew)
{
	for (size_t i = 0; i < to->hidden.n; i++) {
		const struct state_device *old = state_devices_find(&from->hidden, to->hidden.v[i].bdf);

		inherit(&to->hidden.v[i].stamp, old && streq0(old->identity, to->hidden.v[i].identity) ? &old->stamp : NULL, anew);
	}
	for (size_t i = 0; i < to->n_params; i++) {
		const struct state_param *old = find_param(from, &to->params[i]);

		inherit(&to->params[i].stamp, old ? &old->stamp : NULL, anew);
	}
	for (size_t i = 0; i < to->n_vms; i++) {
		const struct state_vm *old = state_find_vm(from, to->vms[i].uuid);

		inherit(&to->vms[i].stamp, old ? &old->stamp : NULL, anew);
	}
	if (to->usb_policy)
		inherit(&to->usb_stamp, streq0(to->usb_policy, from->usb_policy) ? &from->usb_stamp : NULL, anew);
}
