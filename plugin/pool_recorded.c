/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pool_recorded.c - the hosts of a folder of recordings: what their plugin would answer, found out in this process; see pool.h. */

#include "plugin/output.h"
#include "plugin/pool.h"

static int fill_args(struct args *a, const json_t *args, struct err *err)
{
	const char *name;
	json_t *value;
	int rc = 0;

	json_object_foreach((json_t *)args, name, value)
		if (rc == 0)
			rc = args_add(a, name, json_string_value(value), err);
	return rc == 0 ? args_check(a, err) : rc;
}

/* As xapireply.h makes an API error of it. */
static void name_error(const struct result *res, struct err *err)
{
	const struct finding *x = findings_refusal(&res->findings);

	if (x) {
		err_set(err, EPERM, "%s (%s): %s", x->code, x->subject, x->text);
		if (x->remedy)
			err_hint(err, "%s", x->remedy);
	}
	if (!err->api[0])
		err_api(err, x ? "PASSTHROUGH_REFUSED" : err->usage ? "PASSTHROUGH_USAGE" : "PASSTHROUGH_FAILED");
}

static void ask(struct run *r, struct host *h, const struct pool_question *q, struct pool_host *ret)
{
	const struct command *cmd = command_find(q->command);
	_cleanup_(result_done) struct result res = { 0 };
	_cleanup_(args_done) struct args a = { .cmd = cmd };
	struct run_options opt = {
		.dry_run = r->opt->dry_run && cmd->flags & CMD_WRITES, .show = SHOW_ALL, .door = "pool", .command = r->opt->command,
	};
	struct err err = { 0 };
	int rc = fill_args(&a, q->args, &err);

	if (rc == 0)
		rc = command_run(h, &a, &opt, &res, &err);
	if (rc < 0) {
		name_error(&res, &err);
		pool_fail(ret, cmd->name, &err);
	} else {
		_cleanup_free_ char *text = output_json(cmd, &res, opt.dry_run, NULL);

		ret->reply = json_loads(text, 0, NULL);
	}
}

struct gather {
	struct run *run;
	const struct pool_question *q;
	struct pool *pool;
	json_t *known; /* {uuid: name} of the hosts that any of the recordings has heard of */
};

/* Which host is it?  Its folder's name does where XAPI's part is missing. */
static void name_host(const struct gather *g, struct host *h, const char *folder, struct pool_host *ret)
{
	struct facts *f = facts_new(h, NULL);
	const struct this_host *this;
	const struct xapi_pool *pool;
	bool told = facts_this_host(f, &this, NULL) == 0;

	ret->uuid = xstrdup(told ? this->uuid : "");
	ret->name = xstrdup(told ? this->name : folder);
	if (facts_pool(f, &pool, NULL) == 0)
		for (size_t i = 0; i < pool->n_hosts; i++)
			json_object_set_new(g->known, pool->hosts[i].uuid, json_string(pool->hosts[i].name));
	facts_free(f);
}

static void add(const struct gather *g, const struct pool_host *one)
{
	ARRAY_GROW(g->pool->v, g->pool->n);
	g->pool->v[g->pool->n++] = *one;
}

static void ask_member(const struct gather *g, struct host *h, const char *folder, const struct err *why)
{
	struct pool_host one = { 0 };

	if (h)
		name_host(g, h, folder, &one);
	else
		one = (struct pool_host){ .uuid = xstrdup(""), .name = xstrdup(folder) };
	if (g->q->only && !streq(one.uuid, g->q->only)) {
		free(one.uuid);
		free(one.name);
		return;
	}
	if (h)
		ask(g->run, h, g->q, &one);
	else
		pool_fail(&one, g->q->command, why);
	add(g, &one);
}

static bool has_member(const struct pool *p, const char *uuid)
{
	for (size_t i = 0; i < p->n; i++)
		if (streq(p->v[i].uuid, uuid))
			return true;
	return false;
}

/* Hosts of which XAPI knows, and nobody made a recording. */
static void add_absent(const struct gather *g)
{
	const char *uuid;
	json_t *name;

	json_object_foreach(g->known, uuid, name) {
		struct pool_host one = { 0 };
		struct err why = { 0 };

		if (has_member(g->pool, uuid) || (g->q->only && !streq(g->q->only, uuid)))
			continue;
		one.uuid = xstrdup(uuid);
		one.name = xstrdup(json_string_value(name));
		err_set(&why, ENOENT, "there is no recording of it");
		pool_fail(&one, g->q->command, &why);
		add(g, &one);
	}
}

static void ask_all(const struct gather *g, struct host *h, const struct strv *members)
{
	if (!host_is_pool(h))
		ask_member(g, h, host_name(h), NULL);
	for (size_t i = 0; i < members->n; i++) {
		_cleanup_(host_freep) struct host *m = NULL;
		struct err why = { 0 };

		host_open_member(h, members->v[i], &m, &why);
		ask_member(g, m, members->v[i], &why);
	}
	add_absent(g);
}

static int cmp_host(const void *a, const void *b)
{
	const struct pool_host *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : strcmp(x->uuid, y->uuid);
}

int pool_ask_recorded(struct run *r, const struct pool_question *q, struct pool *ret, struct err *err)
{
	struct host *h = facts_host(r->facts);
	_cleanup_strv_ struct strv members = { 0 };
	json_auto_t *known = json_object();
	struct pool all = { 0 };
	struct gather g = { .run = r, .q = q, .pool = &all, .known = known };
	int rc = host_is_pool(h) ? host_members(h, &members, err) : 0;

	if (rc < 0)
		return rc;
	ask_all(&g, h, &members);
	if (!all.n)
		return err_set(err, ENOENT, "the pool has no host '%s'", q->only ? q->only : "");
	qsort(all.v, all.n, sizeof(*all.v), cmp_host);
	*ret = all;
	return 0;
}

int pool_each_facts(struct run *r, int (*f)(struct run *r, struct facts *facts, void *ctx, struct err *err), void *ctx, struct err *err)
{
	struct host *h = facts_host(r->facts);
	_cleanup_strv_ struct strv members = { 0 };
	int rc = 0;

	if (!host_is_pool(h))
		return f(r, r->facts, ctx, err);
	rc = host_members(h, &members, err);
	for (size_t i = 0; rc == 0 && i < members.n; i++) {
		_cleanup_(host_freep) struct host *m = NULL;
		struct facts *facts;

		rc = host_open_member(h, members.v[i], &m, err);
		if (rc < 0)
			break;
		facts = facts_new(m, NULL);
		rc = f(r, facts, ctx, err);
		facts_free(facts);
	}
	return rc;
}
