/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_vm.c - which keys of a VM a plan may write, and what it may ask of XAPI beyond its changes; see plan.h. */

#include "plugin/plan.h"

/* ---- keys ------------------------------------------------------------------------------------------------------- */

#define KEY_MAX 255

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (streq(word, *words))
			return true;
	return false;
}

bool plan_vm_key_is_ours(const char *map, const char *key)
{
	static const char *const maps[] = { "other_config", "platform", "HVM_boot_params", NULL };
	static const char *const vcpus[] = { "mask", "weight", "cap", NULL };
	/* hvm_serial opens what it names in dom0: XAPI asks for pool-admin (facts 2.3).  The others are ours, of the pool. */
	bool foreign = streq(map, "other_config") && (streq(key, "hvm_serial") || str_after(key, "xe-passthrough:"));

	if (streq(map, "VCPUs_params"))
		return is_one_of(key, vcpus);
	if (foreign || !is_one_of(map, maps) || !*key || strlen(key) > KEY_MAX)
		return false;
	for (const char *c = key; *c; c++)
		if (*c <= ' ' || *c > '~')
			return false;
	return true;
}

/* ---- actions ---------------------------------------------------------------------------------------------------- */

static char *copy_text(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

void plan_action(struct plan *p, const char *method, json_t *params, const char *what, char *where, const char *from, const char *to,
		 const char *why)
{
	ARRAY_GROW(p->actions, p->n_actions);
	p->actions[p->n_actions++] = (struct action){
		.method = xstrdup(method),
		.params = params,
		.what = xstrdup(what),
		.where = where,
		.from = copy_text(from),
		.to = copy_text(to),
		.why = xstrdup(why),
	};
}
