/* SPDX-License-Identifier: GPL-2.0-or-later */
/* place.c - see place.h */

#include "plugin/place.h"

/*
 * Costs are compared as one number, each kind of cost in bits of its own, wide enough for the sum over all that a request can have
 * (PLACE_WANTS_MAX * ALIAS_DEVICES_MAX is 2^11 units).
 */
#define COST_ALONG 1ull		 /* 7 a unit */
#define COST_READY (1ull << 16) /* 2 */
#define COST_FAR (1ull << 32)	 /* FAR_UNKNOWN */
#define COST_NEW (1ull << 52)	 /* 1 */
#define FAR_UNKNOWN 255u	 /* behind all that is known */
#define FAR_MAX 250u
#define FAR_OTHER 10u /* another node, where Xen tells no distance */
#define HAS_MAX 1024  /* devices of a VM that count */

enum { NO_WANT = -1 };

static enum numa_policy policy_of(const struct place_want *w)
{
	return w->policy == POLICY_UNSET ? POLICY_PREFERRED : w->policy;
}

/* ---- near and far --------------------------------------------------------------------------------------------- */

static const struct place_node *find_node(const struct place_host *h, int id)
{
	for (size_t i = 0; id >= 0 && i < h->n_nodes; i++)
		if (h->nodes[i].id == id)
			return &h->nodes[i];
	return NULL;
}

/* How much farther than on the guest's own node. */
static unsigned distance(const struct place_node *guest, int node)
{
	unsigned d;

	if (!guest || node == guest->id)
		return 0;
	if (node < 0)
		return FAR_UNKNOWN;
	d = guest->dists && (size_t)node < guest->n_dists ? guest->dists[node] : 10 + FAR_OTHER;
	return d > 10 ? MIN(d - 10, FAR_MAX) : 1;
}

static bool same_socket(const struct place_host *h, const struct place_node *guest, int node)
{
	const struct place_node *other = find_node(h, node);

	return other && other->socket >= 0 && other->socket == guest->socket;
}

static bool suits(enum numa_policy policy, const struct place_host *h, const struct place_node *guest, int node)
{
	switch (policy) {
	case POLICY_REQUIRED:
		return guest && node == guest->id;
	case POLICY_SOCKET:
		return guest && node >= 0 && (node == guest->id || same_socket(h, guest, node));
	case POLICY_LEGACY:
		return !guest || node < 0 || node == guest->id;
	default:
		return true;
	}
}

/* ---- one host, one node of the guest ----------------------------------------------------------------------------- */

struct candidate {
	uint64_t cost;
	size_t unit;
};

struct try {
	const struct place_want *wants;
	size_t n_wants;
	const struct place_host *host;
	const struct place_node *guest; /* NULL: unknown */
	uint32_t *may;			/* by unit: wants that it may fill */
	int *want;			/* by unit: the one that it fills */
	size_t *chosen;			/* units that fill one */
	size_t n_chosen;
	uint32_t dead; /* wants from which no way leads to an empty place any more */
	unsigned got[PLACE_WANTS_MAX];
	uint64_t cost;
};

static uint64_t cost_of(const struct try *t, const struct place_unit *u)
{
	if (u->own)
		return 0; /* what it costs is in the host's own part */
	return COST_NEW + COST_FAR * distance(t->guest, u->node) + COST_READY * (uint64_t)u->ready + COST_ALONG * MIN(u->along, (uint8_t)7);
}

static int cmp_candidate(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/*
 * A place for the unit in one of the wants, if need be by moving a unit that has one to another want.  `seen` are wants that have been
 * asked: no deeper than there are wants.
 */
static bool find_place(struct try *t, size_t unit, uint32_t *seen)
{
	for (size_t w = 0; w < t->n_wants; w++) {
		bool room = t->got[w] < t->wants[w].count;

		if (!(t->may[unit] >> w & 1) || *seen >> w & 1)
			continue;
		*seen |= 1u << w;
		for (size_t i = 0; !room && i < t->n_chosen; i++)
			if (t->want[t->chosen[i]] == (int)w && find_place(t, t->chosen[i], seen)) {
				t->got[w]--;
				room = true;
			}
		if (room) {
			t->want[unit] = (int)w;
			t->got[w]++;
			return true;
		}
	}
	return false;
}

/* Cheapest first; stops when every want is full, or can never be. */
static void fill(struct try *t, struct candidate *c, size_t n)
{
	unsigned missing = 0;

	for (size_t w = 0; w < t->n_wants; w++)
		missing += t->wants[w].count;
	for (size_t i = 0; i < n && missing; i++) {
		uint32_t seen = t->dead;

		/* Wants that a failed search has seen lead to no free place, now or later: units only ever move to others of these. */
		if (!(t->may[c[i].unit] & ~t->dead))
			continue;
		if (!find_place(t, c[i].unit, &seen)) {
			t->dead = seen;
			continue;
		}
		t->chosen[t->n_chosen++] = c[i].unit;
		t->cost += c[i].cost;
		missing--;
	}
}

static void try_done(struct try *t)
{
	free(t->may);
	free(t->want);
	free(t->chosen);
	*t = (struct try){ 0 };
}

static struct try try_node(const struct place_want *wants, size_t n_wants, const struct place_host *h, const struct place_node *guest)
{
	struct try t = { .wants = wants, .n_wants = n_wants, .host = h, .guest = guest };
	_cleanup_free_ struct candidate *c = xcalloc(h->n + 1, sizeof(*c));
	size_t n = 0, slots = 0;

	t.may = xcalloc(h->n + 1, sizeof(*t.may));
	t.want = xcalloc(h->n + 1, sizeof(*t.want));
	for (size_t w = 0; w < n_wants; w++)
		slots += wants[w].count;
	t.chosen = xcalloc(slots + 1, sizeof(*t.chosen));
	for (size_t i = 0; i < h->n; i++) {
		t.want[i] = NO_WANT;
		for (size_t w = 0; w < n_wants && !h->v[i].code; w++)
			if (h->v[i].wants >> w & 1 && suits(policy_of(&wants[w]), h, guest, h->v[i].node))
				t.may[i] |= 1u << w;
		if (t.may[i])
			c[n++] = (struct candidate){ cost_of(&t, &h->v[i]), i };
	}
	if (n)
		qsort(c, n, sizeof(*c), cmp_candidate);
	for (size_t i = 0; i < h->n_has && i < HAS_MAX; i++)
		t.cost += COST_FAR * distance(guest, h->has[i]);
	fill(&t, c, n);
	return t;
}

/* ---- one host ------------------------------------------------------------------------------------------------------ */

static unsigned total_got(const unsigned *got, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += got[i];
	return sum;
}

static struct place_outcome outcome_of(const struct try *t, size_t host)
{
	const struct place_host *h = t->host;
	struct place_outcome o = { .found = !h->refused, .host = host, .node = t->guest ? t->guest->id : PCIDEV_UNKNOWN, .cost = t->cost };

	o.seen = xcalloc(h->n + 1, sizeof(*o.seen));
	for (size_t w = 0; w < t->n_wants; w++) {
		o.got[w] = t->got[w];
		o.found &= t->got[w] == t->wants[w].count;
	}
	for (size_t i = 0; i < h->n; i++) {
		o.seen[i].want = t->want[i];
		o.seen[i].verdict = t->want[i] != NO_WANT ? PLACE_CHOSEN :
				    h->v[i].code	  ? PLACE_BLOCKED :
				    t->may[i]		  ? PLACE_SPARE :
							    PLACE_FAR;
	}
	return o;
}

/* More devices first, then less cost. */
static bool is_better(const struct try *a, const struct try *b)
{
	unsigned x = total_got(a->got, a->n_wants), y = total_got(b->got, b->n_wants);

	return x != y ? x > y : a->cost < b->cost;
}

static struct place_outcome place_on(const struct place_want *wants, size_t n_wants, const struct place_host *h, size_t host)
{
	struct try best = { 0 };
	struct place_outcome o;
	bool any = false;

	for (size_t i = 0; i < h->n_nodes; i++) {
		struct try t;

		if (!h->nodes[i].guest)
			continue;
		t = try_node(wants, n_wants, h, &h->nodes[i]);
		if (!any || is_better(&t, &best)) {
			try_done(&best);
			best = t;
		} else {
			try_done(&t);
		}
		any = true;
	}
	if (!any)
		best = try_node(wants, n_wants, h, NULL);
	o = outcome_of(&best, host);
	try_done(&best);
	return o;
}

/* ---- all hosts ------------------------------------------------------------------------------------------------------ */

static int cmp_outcome(const void *a, const void *b)
{
	const struct place_outcome *x = a, *y = b;
	unsigned p = total_got(x->got, PLACE_WANTS_MAX), q = total_got(y->got, PLACE_WANTS_MAX);

	if (x->found != y->found)
		return x->found ? -1 : 1;
	if (!x->found && p != q)
		return p > q ? -1 : 1;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return x->host < y->host ? -1 : 1;
}

void place(const struct place_want *wants, size_t n_wants, const struct place_host *hosts, size_t n_hosts, struct place_result *ret)
{
	*ret = (struct place_result){ .v = xcalloc(n_hosts + 1, sizeof(*ret->v)), .n = n_hosts };
	for (size_t i = 0; i < n_hosts; i++)
		ret->v[i] = place_on(wants, n_wants, &hosts[i], i);
	place_rank(ret->v, n_hosts);
}

void place_rank(struct place_outcome *v, size_t n)
{
	if (n)
		qsort(v, n, sizeof(*v), cmp_outcome);
}

struct place_cost place_cost_parts(uint64_t cost)
{
	return (struct place_cost){
		.fresh = (unsigned)(cost / COST_NEW),
		.far = (unsigned)(cost % COST_NEW / COST_FAR),
		.unready = (unsigned)(cost % COST_FAR / COST_READY),
		.along = (unsigned)(cost % COST_READY),
	};
}

uint64_t place_cost_of(const struct place_cost *p)
{
	return COST_NEW * MIN(p->fresh, 2048u) + COST_FAR * MIN(p->far, (1u << 20) - 1) + COST_READY * MIN(p->unready, 65535u) +
	       MIN(p->along, 65535u);
}

void place_done(struct place_result *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->v[i].seen);
	free(r->v);
	*r = (struct place_result){ 0 };
}

/* ---- why not ----------------------------------------------------------------------------------------------------------- */

/* "alias 'gpu' (numa-policy required)", of the wants that select the unit. */
static char *wanted_by(const struct place_want *wants, size_t n_wants, uint32_t bits)
{
	struct strbuf out = { 0 };

	for (size_t w = 0; w < n_wants; w++)
		if (bits >> w & 1)
			strbuf_addf(&out, "%s'%s' (numa-policy %s)", out.len ? ", " : "", wants[w].alias,
				    numa_policy_name(policy_of(&wants[w])));
	return strbuf_take(&out);
}

char *place_why(const struct place_want *wants, size_t n_wants, const struct place_host *h, const struct place_outcome *o, size_t unit)
{
	const struct place_unit *u = &h->v[unit];
	_cleanup_free_ char *by = NULL, *guest = NULL, *node = NULL;

	switch (o->seen[unit].verdict) {
	case PLACE_CHOSEN:
		return xasprintf("%s '%s'", u->own ? "the VM has it already, for" : "chosen for", wants[o->seen[unit].want].alias);
	case PLACE_BLOCKED:
		return xstrdup(u->why ? u->why : u->code);
	case PLACE_SPARE:
		return xstrdup(o->found ? "it could be given; others come first" : "it could be given");
	case PLACE_FAR:
		break;
	}
	by = wanted_by(wants, n_wants, u->wants);
	guest = o->node < 0 ? xstrdup("unknown") : xasprintf("%d", o->node);
	node = u->node < 0 ? xstrdup("its node is unknown") : xasprintf("it is near node %d", u->node);
	return xasprintf("%s, and the guest's node is %s: too far for alias %s", node, guest, by);
}

struct reason {
	const char *code;
	size_t count;
	struct strv texts;
};

#define TEXTS_SHOWN 4

static const char *code_of(const struct place_host *h, const struct place_outcome *o, size_t unit)
{
	switch (o->seen[unit].verdict) {
	case PLACE_BLOCKED:
		return h->v[unit].code;
	case PLACE_FAR:
		return "NUMA_POLICY";
	default:
		return NULL;
	}
}

static int cmp_reason(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;

	return x->count != y->count ? (x->count > y->count ? -1 : 1) : strcmp(x->code, y->code);
}

static void add_reason(struct reason **v, size_t *n, const char *code, const char *text)
{
	size_t i = 0;

	while (i < *n && !streq((*v)[i].code, code))
		i++;
	if (i == *n) {
		ARRAY_GROW(*v, *n);
		(*v)[(*n)++] = (struct reason){ .code = code };
	}
	(*v)[i].count++;
	if ((*v)[i].texts.n < TEXTS_SHOWN)
		strv_add(&(*v)[i].texts, text);
}

static void say_missing(const struct place_want *wants, size_t n_wants, const struct place_host *h, const struct place_outcome *o,
			struct strv *ret)
{
	_cleanup_free_ char *node = o->node < 0 ? xstrdup("") : xasprintf(" with the guest on node %d", o->node);

	for (size_t w = 0; w < n_wants; w++) {
		size_t selected = 0;

		if (o->got[w] == wants[w].count)
			continue;
		for (size_t i = 0; i < h->n; i++)
			selected += h->v[i].wants >> w & 1;
		strv_addf(ret, "%s: '%s' needs %u, and %u can be had%s; it selects %zu here", h->name, wants[w].alias, wants[w].count,
			  o->got[w], node, selected);
	}
}

void place_reasons(const struct place_want *wants, size_t n_wants, const struct place_host *h, const struct place_outcome *o,
		   struct strv *ret)
{
	struct reason *v = NULL;
	size_t n = 0;

	if (h->refused)
		strv_addf(ret, "%s: %s", h->name, h->refused);
	say_missing(wants, n_wants, h, o, ret);
	for (size_t i = 0; i < h->n; i++) {
		const char *code = code_of(h, o, i);
		_cleanup_free_ char *why = NULL, *text = NULL;

		if (!code)
			continue;
		why = place_why(wants, n_wants, h, o, i);
		text = strstr(why, BDF_STR(h->v[i].bdf)) ? xstrdup(why) : xasprintf("%s: %s", BDF_STR(h->v[i].bdf), why);
		add_reason(&v, &n, code, text);
	}
	if (n)
		qsort(v, n, sizeof(*v), cmp_reason);
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *texts = strv_join(&v[i].texts, "; ");

		strv_addf(ret, "%s: %zu %s, %s: %s%s", h->name, v[i].count, v[i].count == 1 ? "device" : "devices", v[i].code, texts, v[i].count > v[i].texts.n ? "; ..." : "");
		strv_done(&v[i].texts);
	}
	free(v);
}
