/* SPDX-License-Identifier: GPL-2.0-or-later */
/* journal_settle.c - which entries stand; see journal.h */

#include "plugin/journal.h"

/* `v` is by id. */
static struct journal_entry *find_entry(const struct journal *j, size_t below, unsigned id)
{
	for (size_t from = 0; from < below;) {
		size_t middle = from + (below - from) / 2;

		if (j->v[middle].id == id)
			return &j->v[middle];
		if (j->v[middle].id < id)
			from = middle + 1;
		else
			below = middle;
	}
	return NULL;
}

/*
 * Whether an entry stands follows from the ones after it, and those are looked at first: one that was taken back stands again when its
 * taker is itself taken back.  Where none that is kept took it back, its name counts.
 */
void journal_settle(struct journal *j)
{
	_cleanup_free_ bool *taken = xcalloc(j->n, sizeof(*taken));

	for (size_t i = j->n; i--;) {
		const struct journal_entry *e = &j->v[i];
		bool stands = e->state == JOURNAL_DONE;

		for (size_t k = 0; (stands || e->state == JOURNAL_UNDONE) && k < e->plan.n_undoes; k++) {
			struct journal_entry *old = find_entry(j, i, e->plan.undoes[k]);

			if (!old || (old->state != JOURNAL_DONE && old->state != JOURNAL_UNDONE))
				continue;
			taken[old - j->v] |= stands;
			old->state = taken[old - j->v] ? JOURNAL_UNDONE : JOURNAL_DONE;
		}
	}
}
