/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_place.c - choosing devices: policies on small hosts, everything else against trying every way there is. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plugin/place.h"

/* Two sockets of two nodes each. */
static const unsigned dists[4][4] = { { 10, 11, 21, 21 }, { 11, 10, 21, 21 }, { 21, 21, 10, 11 }, { 21, 21, 11, 10 } };

static void set_nodes(struct place_node *nodes)
{
	for (int i = 0; i < 4; i++)
		nodes[i] = (struct place_node){ .id = i, .socket = i / 2, .guest = true, .dists = dists[i], .n_dists = 4 };
}

static struct place_unit unit(unsigned bus, int node, uint32_t wants)
{
	return (struct place_unit){ .bdf = { .bus = (uint8_t)bus }, .node = node, .wants = wants };
}

/* ---- policies ------------------------------------------------------------------------------------------------ */

/* Units "NODE" in order of address, of one alias; what is chosen, as positions. */
struct policy_case {
	enum numa_policy policy;
	unsigned count;
	int nodes[5]; /* of the units; -2 ends */
	unsigned guest;	/* bit i: the guest may be on node i; 0: the host's nodes are unknown */
	const char *chosen; /* positions and "@" the guest's node; NULL: no room */
};

static char *chosen_text(const struct place_host *h, const struct place_outcome *o)
{
	struct strbuf out = { 0 };

	for (size_t i = 0; i < h->n; i++)
		if (o->seen[i].verdict == PLACE_CHOSEN)
			strbuf_addf(&out, "%zu", i);
	strbuf_addf(&out, "@%d", o->node);
	return strbuf_take(&out);
}

static void test_policies(void **state)
{
	static const struct policy_case cases[] = {
		{ POLICY_REQUIRED, 2, { 0, 1, 1, 0, -2 }, 0xf, "03@0" },
		{ POLICY_REQUIRED, 2, { 0, 1, 1, 0, -2 }, 0x2, "12@1" },
		{ POLICY_REQUIRED, 3, { 0, 1, 1, 0, -2 }, 0xf, NULL },
		{ POLICY_REQUIRED, 1, { -1, -2 }, 0xf, NULL },
		{ POLICY_REQUIRED, 1, { 0, -2 }, 0, NULL },
		{ POLICY_SOCKET, 3, { 0, 1, 1, 2, -2 }, 0xf, "012@1" },
		{ POLICY_SOCKET, 3, { 0, 1, 2, 3, -2 }, 0xf, NULL },
		{ POLICY_SOCKET, 1, { -1, -2 }, 0xf, NULL },
		{ POLICY_LEGACY, 2, { -1, 0, 1, -2 }, 0x1, "01@0" },
		{ POLICY_LEGACY, 2, { 1, 0, 2, -2 }, 0x1, NULL },
		{ POLICY_LEGACY, 2, { -1, -1, -2 }, 0, "01@-1" },
		{ POLICY_PREFERRED, 2, { 2, 0, 1, -1, -2 }, 0x1, "12@0" },
		{ POLICY_PREFERRED, 3, { 2, 0, 1, -1, -2 }, 0x1, "012@0" },
		{ POLICY_PREFERRED, 4, { 2, 0, 1, -1, -2 }, 0x1, "0123@0" },
		{ POLICY_PREFERRED, 2, { 0, 2, 2, -2 }, 0xf, "12@2" },
		{ POLICY_UNSET, 2, { 0, 2, 2, -2 }, 0xf, "12@2" },
		{ POLICY_PREFERRED, 1, { 3, -2 }, 0, "0@-1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct place_want want = { "a", cases[i].count, cases[i].policy };
		struct place_node nodes[4];
		struct place_unit units[5];
		struct place_host h = { .name = "h", .v = units, .nodes = nodes, .n_nodes = cases[i].guest ? 4 : 0 };
		_cleanup_(place_done) struct place_result r = { 0 };
		_cleanup_free_ char *text = NULL;

		set_nodes(nodes);
		for (size_t k = 0; k < 4; k++)
			nodes[k].guest = cases[i].guest >> k & 1;
		for (; cases[i].nodes[h.n] != -2; h.n++)
			units[h.n] = unit((unsigned)h.n, cases[i].nodes[h.n], 1);
		place(&want, 1, &h, 1, &r);
		text = chosen_text(&h, &r.v[0]);
		if (r.v[0].found != !!cases[i].chosen || (r.v[0].found && !streq(text, cases[i].chosen)))
			fail_msg("case %zu: %s %s", i, r.v[0].found ? "found" : "not found", text);
	}
}

/* Nearness first, then what is ready, then what takes little along, then the address; the VM's own before all. */
static void test_order(void **state)
{
	struct place_want want = { "a", 1, POLICY_PREFERRED };
	struct place_node nodes[4];
	struct place_unit u[6];
	struct place_host h = { .name = "h", .v = u, .n = 6, .nodes = nodes, .n_nodes = 4 };
	static const size_t order[] = { 5, 4, 3, 2, 1, 0 };

	(void)state;
	set_nodes(nodes);
	nodes[1].guest = nodes[2].guest = nodes[3].guest = false;
	for (unsigned i = 0; i < 6; i++)
		u[i] = unit(i, i ? 0 : 2, 1);
	u[1].ready = READY_AFTER_HIDE;
	u[2].ready = READY_AFTER_BOOT;
	u[3].along = 1;
	u[5].own = true;
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		_cleanup_(place_done) struct place_result r = { 0 };

		place(&want, 1, &h, 1, &r);
		assert_true(r.v[0].found);
		assert_int_equal(r.v[0].seen[order[i]].verdict, PLACE_CHOSEN);
		u[order[i]].code = "TAKEN";
	}
}

/* What the VM has decides where its new device is best, as long as nothing stronger does. */
static void test_has(void **state)
{
	struct place_want want = { "a", 1, POLICY_PREFERRED };
	struct place_node nodes[4];
	struct place_unit u[2] = { unit(0, 0, 1), unit(1, 3, 1) };
	int has[] = { 3 };
	struct place_host h = { .name = "h", .v = u, .n = 2, .nodes = nodes, .n_nodes = 4, .has = has, .n_has = 1 };
	_cleanup_(place_done) struct place_result r = { 0 };

	(void)state;
	set_nodes(nodes);
	place(&want, 1, &h, 1, &r);
	assert_int_equal(r.v[0].seen[1].verdict, PLACE_CHOSEN);
	assert_int_equal(r.v[0].node, 3);
}

/* ---- hosts, and reasons ----------------------------------------------------------------------------------------- */

static void test_hosts(void **state)
{
	struct place_want wants[] = { { "gpu", 2, POLICY_REQUIRED }, { "nvme", 1, POLICY_PREFERRED } };
	struct place_node nodes[4];
	struct place_unit a[] = { unit(1, 0, 1), unit(2, 1, 1), unit(3, 0, 2) };
	struct place_unit b[] = { unit(1, 0, 1), unit(2, 0, 1), unit(3, 2, 2) };
	struct place_unit c[] = { unit(1, 0, 1), unit(2, 0, 1), unit(3, 0, 2) };
	struct place_unit d[] = { unit(1, 0, 1), unit(2, 0, 1), unit(3, 0, 1), unit(4, 0, 1), unit(5, 1, 2) };
	struct place_host h[] = {
		{ .name = "a", .v = a, .n = 3, .nodes = nodes, .n_nodes = 4 },
		{ .name = "b", .v = b, .n = 3, .nodes = nodes, .n_nodes = 4 },
		{ .name = "c", .v = c, .n = 3, .nodes = nodes, .n_nodes = 4 },
		{ .name = "d", .v = d, .n = 5, .nodes = nodes, .n_nodes = 4 },
		{ .name = "e", .v = c, .n = 3, .nodes = nodes, .n_nodes = 4, .refused = "it is switched off" },
	};
	_cleanup_(place_done) struct place_result r = { 0 };
	_cleanup_strv_ struct strv why = { 0 };

	(void)state;
	set_nodes(nodes);
	d[0].code = d[1].code = "HELD";
	d[2].code = "LIVES";
	d[0].why = d[1].why = "a VM has it";
	d[2].why = "dom0 lives on 0000:03:00.0";
	place(wants, 2, h, ARRAY_SIZE(h), &r);
	assert_int_equal(r.v[0].host, 2); /* all near */
	assert_int_equal(r.v[1].host, 1);
	assert_true(r.v[0].found && r.v[1].found && !r.v[2].found);
	assert_int_equal(r.v[2].host, 4); /* it has everything, and cannot */
	assert_int_equal(r.v[4].host, 3);

	place_reasons(wants, 2, &h[3], &r.v[4], &why);
	assert_int_equal(why.n, 3);
	assert_string_equal(why.v[0], "d: 'gpu' needs 2, and 1 can be had with the guest on node 0; it selects 4 here");
	assert_string_equal(why.v[1], "d: 2 devices, HELD: 0000:01:00.0: a VM has it; 0000:02:00.0: a VM has it");
	assert_string_equal(why.v[2], "d: 1 device, LIVES: dom0 lives on 0000:03:00.0");
}

static void test_far(void **state)
{
	struct place_want wants[] = { { "gpu", 2, POLICY_REQUIRED } };
	struct place_node nodes[4];
	struct place_unit u[] = { unit(1, 0, 1), unit(2, 1, 1) };
	struct place_host h = { .name = "h", .v = u, .n = 2, .nodes = nodes, .n_nodes = 4 };
	_cleanup_(place_done) struct place_result r = { 0 };
	_cleanup_strv_ struct strv why = { 0 };

	(void)state;
	set_nodes(nodes);
	place(wants, 1, &h, 1, &r);
	place_reasons(wants, 1, &h, &r.v[0], &why);
	assert_int_equal(why.n, 2);
	assert_string_equal(why.v[1], "h: 1 device, NUMA_POLICY: 0000:02:00.0: it is near node 1, and the guest's node is 0: too far for "
				      "alias 'gpu' (numa-policy required)");
}

/* ---- against trying every way -------------------------------------------------------------------------------------- */

#define BRUTE_UNITS 7

struct brute {
	const struct place_want *wants;
	size_t n_wants;
	const struct place_host *h;
	const struct place_node *guest;
	unsigned left[3];
	uint64_t best; /* UINT64_MAX: no way */
};

static unsigned far(const struct place_node *guest, int node)
{
	return !guest || node == guest->id ? 0 : node < 0 ? 255 : guest->dists[node] - 10;
}

/* Written again from the words of place.h, not from place.c. */
static bool counts(const struct brute *b, size_t w, const struct place_unit *u)
{
	if (u->code || !(u->wants >> w & 1))
		return false;
	switch (b->wants[w].policy) {
	case POLICY_REQUIRED:
		return b->guest && u->node == b->guest->id;
	case POLICY_SOCKET:
		return b->guest && u->node >= 0 && u->node / 2 == b->guest->id / 2;
	case POLICY_LEGACY:
		return !b->guest || u->node < 0 || u->node == b->guest->id;
	default:
		return true;
	}
}

static void each_way(struct brute *b, size_t i, uint64_t cost)
{
	const struct place_unit *u = &b->h->v[i];

	if (i == b->h->n) {
		for (size_t w = 0; w < b->n_wants; w++)
			if (b->left[w])
				return;
		b->best = MIN(b->best, cost);
		return;
	}
	each_way(b, i + 1, cost);
	for (size_t w = 0; w < b->n_wants; w++) {
		uint64_t one = u->own ? 0 : (1ull << 52) + ((uint64_t)far(b->guest, u->node) << 32) + ((uint64_t)u->ready << 16) + u->along;

		if (!b->left[w] || !counts(b, w, u))
			continue;
		b->left[w]--;
		each_way(b, i + 1, cost + one);
		b->left[w]++;
	}
}

static uint64_t brute_best(const struct place_want *wants, size_t n_wants, const struct place_host *h)
{
	uint64_t best = UINT64_MAX;
	bool any = false;

	for (size_t k = 0; k <= h->n_nodes; k++) {
		struct brute b = { .wants = wants, .n_wants = n_wants, .h = h, .best = UINT64_MAX };
		uint64_t cost = 0;

		if (k < h->n_nodes ? !h->nodes[k].guest : any)
			continue;
		any = true;
		b.guest = k < h->n_nodes ? &h->nodes[k] : NULL;
		for (size_t w = 0; w < n_wants; w++)
			b.left[w] = wants[w].count;
		for (size_t i = 0; i < h->n_has; i++)
			cost += (uint64_t)far(b.guest, h->has[i]) << 32;
		each_way(&b, 0, cost);
		best = MIN(best, b.best);
	}
	return best;
}

static uint32_t dice_state = 1;

static unsigned dice(unsigned n)
{
	dice_state = dice_state * 1664525u + 1013904223u;
	return (dice_state >> 8) % n;
}

static void test_brute(void **state)
{
	unsigned found = 0, none = 0;

	(void)state;
	for (unsigned round = 0; round < 4000; round++) {
		struct place_want wants[3];
		struct place_node nodes[4];
		struct place_unit u[BRUTE_UNITS];
		int has[2] = { (int)dice(5) - 1, (int)dice(4) };
		struct place_host h = { .name = "h", .v = u, .n = 1 + dice(BRUTE_UNITS), .nodes = nodes,
					.n_nodes = dice(6) ? 4 : 0, .has = has, .n_has = dice(3) };
		_cleanup_(place_done) struct place_result r = { 0 };
		size_t n_wants = 1 + dice(3), taken[3] = { 0 };
		uint64_t best;

		set_nodes(nodes);
		for (size_t i = 0; i < 4; i++)
			nodes[i].guest = dice(3);
		for (size_t w = 0; w < n_wants; w++)
			wants[w] = (struct place_want){ "abc", 1 + dice(3), (enum numa_policy)dice(5) };
		for (unsigned i = 0; i < h.n; i++) {
			u[i] = unit(i, (int)dice(5) - 1, 1 + dice(7));
			u[i].wants &= (1u << n_wants) - 1;
			u[i].ready = (enum place_ready)dice(3);
			u[i].along = (uint8_t)dice(3);
			u[i].own = !dice(8);
			u[i].code = dice(8) ? NULL : "TAKEN";
		}
		place(wants, n_wants, &h, 1, &r);
		best = brute_best(wants, n_wants, &h);
		if (r.v[0].found != (best != UINT64_MAX) || (r.v[0].found && r.v[0].cost != best))
			fail_msg("round %u: %s, cost %llx, should be %llx", round, r.v[0].found ? "found" : "not found",
				 (unsigned long long)r.v[0].cost, (unsigned long long)best);
		for (size_t i = 0; i < h.n; i++)
			if (r.v[0].seen[i].want >= 0) {
				assert_true(u[i].wants >> r.v[0].seen[i].want & 1 && !u[i].code);
				taken[r.v[0].seen[i].want]++;
			}
		for (size_t w = 0; w < n_wants; w++) {
			assert_int_equal(taken[w], r.v[0].got[w]);
			assert_true(taken[w] <= wants[w].count);
		}
		found += r.v[0].found;
		none += !r.v[0].found;
	}
	assert_true(found > 400 && none > 400);
}

/* A pool of 64 hosts with 8,192 functions: the one host that has all on one node comes first, then those that have less of it. */
static void test_many(void **state)
{
	enum { HOSTS = 64, EACH = 128, BEST = 41 };
	struct place_want wants[] = { { "gpu", 8, POLICY_REQUIRED }, { "nvme", 8, POLICY_PREFERRED }, { "any", 16, POLICY_LEGACY } };
	struct place_node nodes[4];
	_cleanup_free_ struct place_unit *u = xcalloc(HOSTS * EACH, sizeof(*u));
	struct place_host h[HOSTS];
	_cleanup_(place_done) struct place_result r = { 0 };

	(void)state;
	set_nodes(nodes);
	for (unsigned i = 0; i < HOSTS; i++) {
		h[i] = (struct place_host){ .name = "h", .v = &u[i * EACH], .n = EACH, .nodes = nodes, .n_nodes = 4 };
		for (unsigned k = 0; k < EACH; k++) {
			u[i * EACH + k] = unit(k, (int)(k % 4), k % 3 ? 7 : 4);
			u[i * EACH + k].ready = i == BEST ? READY_NOW : READY_AFTER_HIDE;
			u[i * EACH + k].code = i != BEST && k % 4 && k % 5 ? "TAKEN" : NULL;
		}
	}
	place(wants, 3, h, HOSTS, &r);
	assert_true(r.v[0].found);
	assert_int_equal(r.v[0].host, BEST);
	assert_int_equal(r.v[0].cost & ((1ull << 52) - 1), 0);
	for (unsigned i = 1; i < HOSTS; i++)
		assert_int_equal(r.v[i].host, i <= BEST ? i - 1 : i);
}

/* ---- hosts that were asked one by one ------------------------------------------------------------------------------ */

static void test_rank(void **state)
{
	/* In order: what counts first comes first. */
	static const struct place_cost costs[] = {
		{ 0, 0, 0, 0 },	 { 0, 0, 0, 7 },    { 0, 0, 1, 0 },	     { 0, 11, 0, 0 },	  { 1, 0, 0, 0 },
		{ 1, 0, 2, 3 },	 { 1, 21, 0, 0 },   { 2, 0, 0, 65535 },	     { 2, 0, 65535, 0 },  { 2, 1048575, 0, 0 },
		{ 2047, 0, 0, 0 },
	};
	struct place_outcome v[ARRAY_SIZE(costs) + 3] = { 0 };
	size_t n = ARRAY_SIZE(costs);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct place_cost back = place_cost_parts(place_cost_of(&costs[i]));

		assert_memory_equal(&back, &costs[i], sizeof(back));
		v[n - 1 - i] = (struct place_outcome){ .found = true, .host = i, .cost = place_cost_of(&costs[i]) };
	}
	/* Without room: by what they have; one that said nothing is last, whatever its cost. */
	v[n] = (struct place_outcome){ .host = n + 2, .cost = UINT64_MAX };
	v[n + 1] = (struct place_outcome){ .host = n + 1, .got = { 1 }, .cost = 5 };
	v[n + 2] = (struct place_outcome){ .host = n, .got = { 2 }, .cost = 9 };
	place_rank(v, n + 3);
	for (size_t i = 0; i < n + 3; i++)
		assert_int_equal(v[i].host, i);
	place_rank(NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_policies), cmocka_unit_test(test_order), cmocka_unit_test(test_has),
		cmocka_unit_test(test_hosts),	 cmocka_unit_test(test_far),   cmocka_unit_test(test_brute),
		cmocka_unit_test(test_many),	 cmocka_unit_test(test_rank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
