/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_record.c - keys and fields of XAPI's records, written and taken back. */

#include "plugin/apply_step.h"

static int edit_record(struct facts *f, const struct change *c, const struct xapi_edit *edits, size_t n, struct err *err)
{
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err);

	if (rc == 0)
		rc = xapi_edit(x, change_class(c), c->ref, edits, n, err);
	return rc < 0 ? err_wrap(err, "%s %s", change_class(c), c->uuid) : 0;
}

static struct xapi_edit edit_of(const struct change *c, const struct setting *from, const struct setting *to)
{
	return (struct xapi_edit){ c->key ? c->field : NULL, c->key ? c->key : c->field, from->text, to->text };
}

static int write_record(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to,
		    struct err *err)
{
	struct xapi_edit edit = edit_of(c, from, to);

	return edit_record(f, c, &edit, 1, err);
}

/* Changes of one record that stand one after the other are written together. */
size_t step_records(const struct plan *p, size_t first)
{
	size_t n = 0;

	while (first + n < p->n && change_is_xapi(&p->v[first + n]) && streq(p->v[first + n].ref, p->v[first].ref))
		n++;
	return n;
}

int step_write_records(struct facts *f, const struct plan *p, size_t first, size_t n, struct err *err)
{
	_cleanup_free_ struct xapi_edit *edits = xcalloc(n, sizeof(*edits));

	for (size_t i = 0; i < n; i++)
		edits[i] = edit_of(&p->v[first + i], &p->v[first + i].old, &p->v[first + i].new);
	return edit_record(f, &p->v[first], edits, n, err);
}

/* ---- taking back --------------------------------------------------------------------------------------------------- */

static char *copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* The record that a change is of, borrowed, and its value now, which the caller frees.  -ENOENT: it is gone. */
static int vm_now(struct facts *f, const struct change *c, const char **ref, char **value, struct err *err)
{
	const struct vm *vm;
	int rc = facts_find_vm(f, c->uuid, &vm, err);

	if (rc < 0)
		return rc;
	*ref = vm->ref;
	return facts_vm_value(f, vm, c->field, c->key, value, err);
}

static int pool_now(struct facts *f, const struct change *c, const char **ref, char **value, struct err *err)
{
	const struct xapi_own *own;
	int rc = facts_own(f, &own, err);

	if (rc == 0 && !streq(own->uuid, c->uuid))
		rc = err_set(err, ENOENT, "there is no pool with the uuid '%s'", c->uuid);
	if (rc < 0)
		return rc;
	*ref = own->ref;
	*value = copy(xapi_own_get(own, c->key));
	return 0;
}

static int host_now(struct facts *f, const struct change *c, const char **ref, char **value, struct err *err)
{
	const struct xapi_host *host;
	int rc = facts_host_record(f, &host, err);

	if (rc == 0 && !streq(host->uuid, c->uuid))
		rc = err_set(err, ENOENT, "this is not the host %s", c->uuid);
	if (rc < 0)
		return rc;
	*ref = host->ref;
	*value = copy(c->kind == CHANGE_HOST_KEY ? host->guest_mask : host->numa_policy);
	return 0;
}

static int object_now(struct facts *f, const struct change *c, const char **ref, char **value, struct err *err)
{
	switch (c->kind) {
	case CHANGE_POOL_KEY: return pool_now(f, c, ref, value, err);
	case CHANGE_HOST_KEY:
	case CHANGE_HOST_FIELD: return host_now(f, c, ref, value, err);
	default: return vm_now(f, c, ref, value, err);
	}
}

/*
 * One field of a record of XAPI as it is now; its value and the record's reference are the caller's to free.  XAPI replaces a key by
 * removing and adding: a key that is gone although it was there before and should be there after is half of such a step, and not
 * done.  A record that is gone is foreign.
 */
static int look_at_record(struct facts *f, const struct change *c, char **ref, struct setting *now, enum progress *ret, struct err *err)
{
	const char *borrowed = NULL;
	int rc = object_now(f, c, &borrowed, &now->text, err);

	*ret = P_FOREIGN;
	if (rc < 0)
		return rc == -ENOENT ? 0 : rc;
	*ref = xstrdup(borrowed);
	now->there = now->text != NULL;
	if (setting_eq(now, &c->new))
		*ret = P_DONE;
	else if (setting_eq(now, &c->old) || !now->there)
		*ret = P_NOT_DONE;
	return 0;
}

static int record_progress(struct facts *f, const struct change *c, enum progress *ret, struct err *err)
{
	_cleanup_(setting_done) struct setting now = { 0 };
	_cleanup_free_ char *ref = NULL;

	return look_at_record(f, c, &ref, &now, ret, err);
}

static int record_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	_cleanup_(setting_done) struct setting now = { 0 };
	_cleanup_free_ char *ref = NULL;
	struct change here = *c; /* a journal's change has no reference: that is the session's */
	enum progress progress;
	int rc = look_at_record(f, c, &ref, &now, &progress, err);

	if (rc < 0 || progress == P_FOREIGN || setting_eq(&now, &c->old))
		return rc;
	here.ref = ref;
	rc = write_record(f, &here, &now, &c->old, err);
	*n += rc == 0;
	return rc;
}

const struct step_ops step_record = { write_record, record_progress, record_back, NULL };
