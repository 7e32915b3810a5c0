/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pool.c - see pool.h */

#include "plugin/pool.h"
#include "xenhelpers/xapi_task.h"

#define PLUGIN "passthrough"
#define SECONDS_MAX 3600

void pool_done(struct pool *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].uuid);
		free(p->v[i].name);
		json_decref(p->v[i].reply);
		free(p->v[i].code);
		free(p->v[i].why);
		free(p->v[i].remedy);
	}
	free(p->v);
	*p = (struct pool){ 0 };
}

size_t pool_answers(const struct pool *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->v[i].reply != NULL;
	return n;
}

int pool_need_answer(const struct pool *p, struct err *err)
{
	const struct pool_host *h = &p->v[0];
	bool same = true;

	if (pool_answers(p))
		return 0;
	for (size_t i = 1; i < p->n; i++)
		same &= streq(p->v[i].why, h->why);
	if (same && p->n > 1)
		err_set(err, EREMOTEIO, "each of the %zu hosts says: %s (%s)", p->n, h->why, h->code);
	else
		err_set(err, EREMOTEIO, "no host of the pool gave an answer; host '%s': %s (%s)", h->name, h->why, h->code);
	return h->remedy ? err_hint(err, "%s", h->remedy) : -EREMOTEIO;
}

void pool_tell_silent(const struct pool *p, struct strv *notes)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->v[i].reply)
			strv_addf(notes, "host '%s': %s (%s)%s%s", p->v[i].name, p->v[i].why, p->v[i].code, p->v[i].remedy ? "; " : "",
				  p->v[i].remedy ? p->v[i].remedy : "");
}

const json_t *pool_items(const struct pool_host *h, const char *name)
{
	const json_t *items = json_object_get(h->reply, name);

	return json_is_array(items) ? items : NULL;
}

/* ---- why there is no answer ------------------------------------------------------------------------------------------ */

static const struct {
	const char *code, *why, *remedy;
} known[] = {
	{ "XENAPI_MISSING_PLUGIN", "xe-passthrough is not installed there", "install the package on every host of the pool" },
	{ "HOST_OFFLINE", "it is off, or XAPI does not hear of it", "xe host-list params=name-label,enabled,host-metrics-live" },
	{ "HOST_NOT_LIVE", "it is off, or XAPI does not hear of it", "xe host-list params=name-label,enabled,host-metrics-live" },
	{ "UNKNOWN_XENAPI_PLUGIN_FUNCTION", "its xe-passthrough is older and does not have the command", "install the same version on every host" },
	{ "RBAC_PERMISSION_DENIED", "the caller's role may not call plugins", "ask as a pool-admin" },
};

void pool_fail(struct pool_host *h, const char *command, const struct err *err)
{
	const char *code = err->api[0] ? err->api : err->code == ETIMEDOUT ? "TIMEOUT" : err->code == EBADMSG ? "BAD_ANSWER" : "NO_ANSWER";

	h->code = xstrdup(code);
	for (size_t i = 0; i < ARRAY_SIZE(known) && !h->why; i++)
		if (streq(code, known[i].code)) {
			h->why = xstrdup(known[i].why);
			h->remedy = xstrdup(known[i].remedy);
		}
	if (!h->why) {
		const char *rest = str_after(err->text, code);

		h->why = xasprintf("%s: %s", command, rest && str_after(rest, ": ") ? rest + 2 : err->text);
	}
	if (!h->remedy && err->hint[0])
		h->remedy = xstrdup(err->hint);
}

/* ---- through XAPI ---------------------------------------------------------------------------------------------------- */

static int cmp_host(const void *a, const void *b)
{
	const struct xapi_host *x = *(const struct xapi_host *const *)a, *y = *(const struct xapi_host *const *)b;
	int c = strcmp(x->name, y->name);

	return c ? c : strcmp(x->uuid, y->uuid);
}

/* The hosts that are asked, in order. */
static int choose_hosts(struct run *r, const char *only, const struct xapi_host ***ret, size_t *n, struct err *err)
{
	_cleanup_free_ const struct xapi_host **v = NULL;
	const struct xapi_pool *pool;
	int rc = facts_pool(r->facts, &pool, err);

	if (rc < 0)
		return rc;
	if (!pool->hosts_told.known)
		return err_set(err, ENODATA, "XAPI does not tell of the pool's hosts: %s", pool->hosts_told.why);
	*n = 0;
	v = xcalloc(pool->n_hosts + 1, sizeof(*v));
	for (size_t i = 0; i < pool->n_hosts; i++)
		if (!only || streq(pool->hosts[i].uuid, only))
			v[(*n)++] = &pool->hosts[i];
	if (!*n)
		return err_set(err, ENOENT, "the pool has no host '%s'", only ? only : "");
	qsort(v, *n, sizeof(*v), cmp_host);
	*ret = TAKE_PTR(v);
	return 0;
}

/* What has no list of records (or no plan, of a command that writes) says nothing, least of all that all is well. */
static bool is_answer(const json_t *reply, const struct command *cmd)
{
	return json_is_integer(json_object_get(reply, "api")) &&
	       json_is_array(json_object_get(reply, cmd->flags & CMD_WRITES ? "plan" : "records"));
}

static void take_answer(struct pool_host *h, const struct command *cmd, const struct xapi_task *t)
{
	struct err err = t->err;
	json_error_t where;

	if (err.code == ETIMEDOUT)
		err_hint(&err, "timeout=SECONDS waits longer for it");

	if (t->state == XAPI_TASK_DONE) {
		h->reply = json_loads(t->result, 0, &where);
		if (is_answer(h->reply, cmd))
			return;
		json_decref(h->reply);
		h->reply = NULL;
		err = (struct err){ 0 };
		err_set(&err, EBADMSG, "what its plugin '" PLUGIN "' answers is no answer of xe-passthrough");
	}
	pool_fail(h, cmd->name, &err);
}

static void put_all(struct run *r, const struct pool_question *q, struct pool *p)
{
	for (size_t i = 0; i < p->n; i++)
		if ((p->v[i].reply || p->v[i].code) && !p->v[i].is_put) {
			p->v[i].is_put = true;
			q->put(r, &p->v[i]);
		}
}

struct gather {
	struct run *run;
	const struct pool_question *q;
	struct xapi_task *tasks; /* one a host */
	struct pool *pool;	 /* of the same order */
};

static void take_ended(void *ctx)
{
	const struct gather *g = ctx;
	const struct command *cmd = command_find(g->q->command);

	for (size_t i = 0; i < g->pool->n; i++) {
		struct pool_host *h = &g->pool->v[i];

		if (!h->reply && !h->code && g->tasks[i].state != XAPI_TASK_PENDING)
			take_answer(h, cmd, &g->tasks[i]);
	}
	if (g->q->put && g->run->opt->early) {
		put_all(g->run, g->q, g->pool);
		run_show_early(g->run);
	}
}

static int ask_hosts(struct xapi *x, const struct xapi_host *const *hosts, struct gather *g, const struct xapi_wait *how, struct err *err)
{
	size_t begun = 0;
	int rc = 0;

	for (; begun < g->pool->n && rc == 0; begun++)
		rc = xapi_task_start(x, "host.call_plugin", json_pack("[sssO]", hosts[begun]->ref, PLUGIN, g->q->command, g->q->args),
				     &g->tasks[begun], err);
	/* Those that were begun are not left behind. */
	if (rc < 0)
		xapi_tasks_wait(x, g->tasks, begun - 1, &(struct xapi_wait){ 0 });
	else
		xapi_tasks_wait(x, g->tasks, begun, how);
	return rc;
}

static int ask_xapi(struct run *r, const struct pool_question *q, const struct xapi_wait *how, struct pool *ret, struct err *err)
{
	_cleanup_free_ const struct xapi_host **hosts = NULL;
	_cleanup_free_ struct xapi_task *tasks = NULL;
	_cleanup_(pool_done) struct pool pool = { 0 };
	struct gather g = { .run = r, .q = q, .pool = &pool };
	struct xapi_wait wait = *how;
	struct xapi *x = NULL;
	size_t n = 0;
	int rc = facts_xapi(r->facts, &x, err);

	if (rc == 0)
		rc = choose_hosts(r, q->only, &hosts, &n, err);
	if (rc < 0)
		return rc;
	g.tasks = tasks = xcalloc(n, sizeof(*tasks));
	pool = (struct pool){ .v = xcalloc(n, sizeof(*pool.v)), .n = n };
	for (size_t i = 0; i < n; i++) {
		pool.v[i].uuid = xstrdup(hosts[i]->uuid);
		pool.v[i].name = xstrdup(hosts[i]->name);
	}
	wait.ended = take_ended;
	wait.ctx = &g;
	rc = ask_hosts(x, hosts, &g, &wait, err);
	if (rc == 0) {
		take_ended(&g);
		*ret = pool;
		pool = (struct pool){ 0 };
	}
	for (size_t i = 0; i < n; i++)
		xapi_task_done(&tasks[i]);
	return rc;
}

/* ---- either ---------------------------------------------------------------------------------------------------------- */

int pool_ask(struct run *r, const struct pool_question *q, struct pool *ret, struct err *err)
{
	bool writes = command_find(q->command)->flags & CMD_WRITES;
	struct xapi_wait how = { .seconds = q->seconds, .impatient = !writes && !q->patient && !(q->put && r->opt->early) && !args_get(r->args, "timeout") };
	json_auto_t *args = json_copy((json_t *)q->args);
	struct pool_question all = *q;
	int rc = run_timeout(r, SECONDS_MAX, &how.seconds, err);

	if (rc < 0)
		return rc;
	all.args = args;
	if (host_is_live(facts_host(r->facts)) && r->opt->dry_run && writes)
		json_object_set_new(args, "dry-run", json_string("true"));
	rc = host_is_live(facts_host(r->facts)) ? ask_xapi(r, &all, &how, ret, err) : pool_ask_recorded(r, &all, ret, err);
	if (rc == 0 && q->put)
		put_all(r, q, ret);
	return rc;
}

/* ---- records of others -------------------------------------------------------------------------------------------------- */

static void put_list(struct record *rec, unsigned field, const json_t *from)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (size_t i = 0; i < json_array_size(from); i++) {
		const char *s = json_string_value(json_array_get(from, i));

		if (s)
			strv_add(&list, s);
	}
	record_list(rec, field, &list);
}

void pool_put(struct record *rec, const struct record_type *type, unsigned first, const json_t *from)
{
	for (unsigned i = first; i < type->n; i++) {
		const json_t *value = json_object_get(from, type->fields[i].name);

		switch (type->fields[i].kind) {
		case V_TEXT:
			record_text(rec, i, json_string_value(value));
			break;
		case V_NUMBER:
			record_number(rec, i, json_is_integer(value) ? json_integer_value(value) : -1);
			break;
		case V_BOOL:
			record_bool(rec, i, json_is_boolean(value) ? (enum tristate)json_is_true(value) : TRI_UNKNOWN);
			break;
		case V_LIST:
			if (json_is_array(value))
				put_list(rec, i, value);
			break;
		}
	}
}
