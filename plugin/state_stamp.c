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

/* A command names its devices, and each of them keeps the command: whole, that would be a file that grows with their square. */
#define COMMAND_MAX 200

static char *command_cut(const char *command)
{
	size_t len = strlen(command);

	if (len <= COMMAND_MAX)
		return xstrdup(command);
	len = COMMAND_MAX;
	while (len && (command[len] & 0xc0) == 0x80) /* not within a character */
		len--;
	return xasprintf("%.*s...", (int)len, command);
}

struct state_stamp state_stamp_copy(const struct state_stamp *s)
{
	return (struct state_stamp){
		.since = s->since ? xstrdup(s->since) : NULL,
		.door = s->door ? xstrdup(s->door) : NULL,
		.command = s->command ? command_cut(s->command) : NULL,
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

static size_t find_override(const struct state *s, const char *text)
{
	size_t i = 0;

	while (i < s->overrides.n && !streq(s->overrides.v[i], text))
		i++;
	return i;
}

void state_add_override(struct state *s, const char *text, const struct state_stamp *stamp)
{
	if (strv_has(&s->overrides, text))
		return;
	ARRAY_GROW(s->override_stamps, s->overrides.n);
	s->override_stamps[s->overrides.n] = state_stamp_copy(stamp);
	strv_add(&s->overrides, text);
}

void state_drop_override(struct state *s, const char *text)
{
	size_t i = find_override(s, text);

	if (i == s->overrides.n)
		return;
	free(s->overrides.v[i]);
	state_stamp_done(&s->override_stamps[i]);
	s->overrides.n--;
	memmove(&s->overrides.v[i], &s->overrides.v[i + 1], (s->overrides.n - i) * sizeof(*s->overrides.v));
	memmove(&s->override_stamps[i], &s->override_stamps[i + 1], (s->overrides.n - i) * sizeof(*s->override_stamps));
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
	for (size_t i = 0; i < to->overrides.n; i++) {
		size_t old = find_override(from, to->overrides.v[i]);

		inherit(&to->override_stamps[i], old < from->overrides.n ? &from->override_stamps[old] : NULL, anew);
	}
	if (to->usb_policy)
		inherit(&to->usb_stamp, streq0(to->usb_policy, from->usb_policy) ? &from->usb_stamp : NULL, anew);
}
