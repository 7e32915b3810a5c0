/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply_file.c - small files as a whole, and the desired state. */

#include "plugin/apply_step.h"
#include "plugin/state.h"

#define SMALL_FILE_MAX (1u << 20)

/* Do the bytes of the file (or that it is not there) come to this? */
static int file_is(struct host *h, const char *path, const struct setting *s, bool *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf now = { 0 };
	size_t want = s->text ? strlen(s->text) : 0;
	int rc = host_read(h, path, SMALL_FILE_MAX, &now, err);

	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	*ret = rc < 0 ? !s->there : s->there && now.len == want && !memcmp(strbuf_str(&now), s->text, want);
	return 0;
}

static int write_file(struct host *h, const char *path, const struct setting *from, const struct setting *to, struct err *err)
{
	_cleanup_strbuf_ struct strbuf expect = { 0 };
	_cleanup_free_ char *directory = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	struct host_write w = { .path = path, .mode = 0644 };
	bool same = false;
	int rc = file_is(h, path, from, &same, err);

	if (rc == 0 && !same)
		rc = err_set(err, ESTALE, "'%s' was changed by another program meanwhile", path);
	if (rc < 0)
		return rc;
	if (!to->there)
		return host_unlink(h, path, err);
	rc = host_mkdirs(h, directory, 0755, err);
	if (from->there) {
		strbuf_add(&expect, from->text);
		w.expect = &expect;
	}
	w.data = to->text;
	w.len = strlen(to->text);
	return rc < 0 ? rc : host_replace(h, &w, err);
}

static int write_step(struct facts *f, const struct change *c, const struct setting *from, const struct setting *to, struct err *err)
{
	return write_file(facts_host(f), c->key, from, to, err);
}

static int file_progress(struct facts *f, const struct change *c, enum progress *ret, struct err *err)
{
	bool is_old = false, is_new = false;
	int rc = file_is(facts_host(f), c->key, &c->new, &is_new, err);

	if (rc == 0)
		rc = file_is(facts_host(f), c->key, &c->old, &is_old, err);
	*ret = is_new ? P_DONE : is_old ? P_NOT_DONE : P_FOREIGN;
	return rc;
}

static int file_back(struct facts *f, const struct change *c, unsigned *n, struct err *err)
{
	enum progress progress;
	int rc;

	host_sweep(facts_host(f), c->key, false);
	rc = file_progress(f, c, &progress, err);
	if (rc < 0 || progress != P_DONE)
		return rc;
	rc = write_file(facts_host(f), c->key, &c->new, &c->old, err);
	*n += rc == 0;
	return rc;
}

const struct step_ops step_file = { write_step, file_progress, file_back, NULL };

/* ---- the desired state -------------------------------------------------------------------------------------- */

void state_write_done(struct state_write *w)
{
	strbuf_done(&w->old);
	strbuf_done(&w->new);
}

int step_state_leave_out(struct plan *p, const char *device, struct err *err)
{
	_cleanup_(state_done) struct state s = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct change *step = NULL;
	int rc;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].kind == CHANGE_STATE)
			step = &p->v[i];
	if (!step)
		return 0;
	strbuf_add(&text, step->new.text);
	rc = state_parse("the new desired state", &text, &s, err);
	for (size_t i = 0; rc == 0 && i < p->n; i++) {
		struct change back = p->v[i];
		struct state_vm *vm = back.kind == CHANGE_VUSB && streq(back.key, device) ? state_find_vm(&s, back.uuid) : NULL;

		back.new.there = false;
		if (vm)
			state_usb_change(vm, &back);
	}
	strbuf_reset(&text);
	if (rc == 0)
		rc = state_format(&s, &text, err);
	if (rc < 0)
		return rc;
	setting_done(&step->new);
	step->new = setting_copy(true, strbuf_str(&text));
	free(step->new_shown);
	step->new_shown = state_summary(&s);
	return 0;
}

int state_write_prepare(struct facts *f, const struct plan *p, const struct bootfile *then, const char *door,
			 const char *command, struct state_write *ret, struct err *err)
{
	_cleanup_free_ char *now = journal_time();
	const struct state_stamp stamp = { now, (char *)door, (char *)command };
	_cleanup_(state_done) struct state s = { 0 };
	int rc = state_read(facts_host(f), &s, &ret->old, &ret->there, err);

	/* What follows what is wanted can be done all the same. */
	if (rc == 0 && s.newer && p->keep_state && !plan_has(p, CHANGE_STATE))
		return 0;
	if (rc == 0 && s.newer) {
		err_set(err, ENOTSUP, STATE_FILE ": a newer xe-passthrough wrote it: this one cannot keep what is wanted");
		return err_hint(err, "install that version again, or move the file away");
	}
	if (rc == 0)
		rc = state_fold(&s, f, p, then, &stamp, err);
	if (rc < 0 || (!ret->there && state_is_empty(&s)))
		return rc;
	return state_format(&s, &ret->new, err);
}

int state_write_do(struct host *h, const struct state_write *w, struct err *err)
{
	const struct host_write file = {
		.path = STATE_FILE,
		.expect = w->there ? &w->old : NULL,
		.data = w->new.s,
		.len = w->new.len,
		.mode = 0600,
	};
	int rc = 0;

	if (!w->new.len || (w->there && strbuf_eq(&w->old, &w->new)))
		return 0;
	if (!w->there)
		rc = host_mkdirs(h, STATE_DATA_DIR, 0755, err);
	if (rc == 0)
		rc = host_replace(h, &file, err);
	return rc < 0 ? err_wrap(err, "desired state") : 0;
}

/* Its write may have failed after the new file stood. */
int state_write_take_back(struct host *h, const struct state_write *w, struct err *err)
{
	_cleanup_strbuf_ struct strbuf now = { 0 };
	struct err why = { 0 };
	int rc = host_read(h, STATE_FILE, w->new.len, &now, &why);

	if (rc == -ENOENT || (rc == 0 && !strbuf_eq(&now, &w->new)))
		return 0;
	if (rc == 0 && w->there)
		rc = host_replace(h, &(struct host_write){ .path = STATE_FILE, .expect = &w->new, .data = w->old.s, .len = w->old.len }, &why);
	else if (rc == 0)
		rc = host_unlink(h, STATE_FILE, &why);
	if (rc < 0)
		err_hint(err, "the plan itself is done, and " STATE_FILE " could not be taken back (%s): the next command that "
			      "changes anything completes it", why.text);
	return rc;
}
