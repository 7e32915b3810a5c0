/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shadow.c - see shadow.h */

#include "usbpolicy/shadow.h"

#define WORK_MAX 400000000u /* rules looked at; real files need thousands */

const unsigned shadow_domain[POLICY_KEYS] = {
	[POLICY_VID] = 65536, [POLICY_PID] = 65536,   [POLICY_REL] = 65536,
	[POLICY_CLASS] = 256, [POLICY_SUBCLASS] = 256, [POLICY_PROT] = 256,
};

struct search {
	const unsigned *domain;
	size_t work;
};

/* Rules that match what has been chosen so far. */
struct chosen {
	const struct policy_rule **v;
	size_t n;
};

static bool shadows(const struct policy_rule *early, const struct policy_rule *late)
{
	return !(early->keys & ~late->keys) && policy_rule_matches(early, &late->ids, NULL);
}

static bool is_done(struct search *s, size_t work)
{
	s->work += work;
	return s->work > WORK_MAX;
}

/* Do these rules use every value of the key? */
static bool uses_up(struct search *s, const struct chosen *c, unsigned k)
{
	_cleanup_free_ bool *seen = NULL;
	size_t distinct = 0;

	if (c->n < s->domain[k] || is_done(s, c->n))
		return false;
	seen = xcalloc(s->domain[k], sizeof(*seen));
	for (size_t i = 0; i < c->n; i++) {
		const struct policy_rule *r = c->v[i];

		if (r->keys & 1u << k && !seen[r->ids.v[k]]) {
			seen[r->ids.v[k]] = true;
			distinct++;
		}
	}
	return distinct == s->domain[k];
}

static bool cover(struct search *s, const struct chosen *c, unsigned fixed);

/* Does every value of the key leave rules that cover the rest? */
static bool cover_each(struct search *s, const struct chosen *c, unsigned fixed, unsigned k)
{
	struct chosen sub = { .v = xcalloc(c->n, sizeof(*sub.v)) };
	bool all = true;

	for (unsigned value = 0; all && value < s->domain[k]; value++) {
		sub.n = 0;
		for (size_t i = 0; i < c->n; i++)
			if (!(c->v[i]->keys & 1u << k) || c->v[i]->ids.v[k] == value)
				sub.v[sub.n++] = c->v[i];
		all = !is_done(s, c->n) && cover(s, &sub, fixed | 1u << k);
	}
	free(sub.v);
	return all;
}

/* Do these rules match everything, whatever the keys that are not fixed are? */
static bool cover(struct search *s, const struct chosen *c, unsigned fixed)
{
	for (size_t i = 0; i < c->n; i++)
		if (!(c->v[i]->keys & ~fixed))
			return true;
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		if (!(fixed & 1u << k) && uses_up(s, c, k))
			return cover_each(s, c, fixed, k);
	return false;
}

static bool agree(const struct policy_rule *a, const struct policy_rule *b)
{
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		if (a->keys & b->keys & 1u << k && a->ids.v[k] != b->ids.v[k])
			return false;
	return true;
}

static bool several_shadow(struct search *s, const struct policy_rule *v, size_t j)
{
	struct chosen c = { .v = xcalloc(j, sizeof(*c.v)) };
	bool covered;

	for (size_t i = 0; i < j; i++)
		if (agree(&v[i], &v[j]))
			c.v[c.n++] = &v[i];
	covered = !is_done(s, j) && cover(s, &c, v[j].keys);
	free(c.v);
	return covered;
}

static size_t one_shadows(struct search *s, const struct policy_rule *v, size_t j)
{
	if (is_done(s, j))
		return SHADOW_NONE;
	for (size_t i = 0; i < j; i++)
		if (shadows(&v[i], &v[j]))
			return i;
	return SHADOW_NONE;
}

/* From which rule on some key has been used up by those before it: no rule before that is shadowed by several. */
static size_t first_used_up(const struct policy_rule *v, size_t n, const unsigned *domain)
{
	bool *seen[POLICY_KEYS];
	unsigned left[POLICY_KEYS];
	size_t first = n;

	for (unsigned k = 0; k < POLICY_KEYS; k++) {
		seen[k] = xcalloc(domain[k], sizeof(bool));
		left[k] = domain[k];
	}
	for (size_t i = 0; i < n && first == n; i++)
		for (unsigned k = 0; k < POLICY_KEYS; k++) {
			if (!(v[i].keys & 1u << k) || seen[k][v[i].ids.v[k]])
				continue;
			seen[k][v[i].ids.v[k]] = true;
			if (!--left[k])
				first = i + 1;
		}
	for (unsigned k = 0; k < POLICY_KEYS; k++)
		free(seen[k]);
	return first;
}

bool shadow_find(const struct policy_rule *v, size_t n, const unsigned domain[POLICY_KEYS], size_t *by)
{
	size_t used_up = first_used_up(v, n, domain);
	struct search s = { .domain = domain };

	for (size_t j = 0; j < n; j++) {
		by[j] = one_shadows(&s, v, j);
		if (by[j] == SHADOW_NONE && j >= used_up && several_shadow(&s, v, j))
			by[j] = SHADOW_SEVERAL;
	}
	return s.work <= WORK_MAX;
}
