/* SPDX-License-Identifier: GPL-2.0-or-later */
/* place_here.c - see place_here.h */

#include "plugin/checks.h"
#include "plugin/place_here.h"
#include "xenhelpers/sriov.h"
#include "xenhelpers/vmpci.h"

/* ---- the pool's aliases ------------------------------------------------------------------------------------ */

static int cmp_entry(const void *a, const void *b)
{
	return strcmp(((const struct alias_entry *)a)->name, ((const struct alias_entry *)b)->name);
}

int aliases_read(struct facts *f, struct aliases *ret, struct err *err)
{
	const struct xapi_own *own;
	int rc = facts_own(f, &own, err);

	if (rc < 0)
		return rc;
	*ret = (struct aliases){ .more = own->more };
	for (size_t i = 0; i < own->n; i++) {
		const char *name = str_after(own->v[i].key, ALIAS_KEY);
		struct alias_entry e = { .text = own->v[i].value };
		struct err why = { 0 };

		if (!name)
			continue;
		if (ret->n == ALIASES_MAX) {
			ret->more = true;
			break;
		}
		e.name = xstrdup(name);
		if (alias_parse(name, e.text, &e.alias, &why) < 0)
			e.problem = xstrdup(why.text);
		ARRAY_GROW(ret->v, ret->n);
		ret->v[ret->n++] = e;
	}
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), cmp_entry);
	return 0;
}

void aliases_done(struct aliases *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free(a->v[i].name);
		free(a->v[i].problem);
		alias_done(&a->v[i].alias);
	}
	free(a->v);
	*a = (struct aliases){ 0 };
}

const struct alias_entry *aliases_find(const struct aliases *a, const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (streq(a->v[i].name, name))
			return &a->v[i];
	return NULL;
}

static char *full_name(const struct pcidev *dev)
{
	char vendor[256], device[256];

	return dev->ids_known ? xasprintf("%s %s", pciname_vendor(dev->vendor, vendor, sizeof(vendor)),
					  pciname_device(dev->vendor, dev->device, device, sizeof(device)))
			      : NULL;
}

int alias_devices(struct facts *f, const struct alias *a, struct bdfset *ret, struct err *err)
{
	bool names = alias_wants(a, SPEC_NAME), identities = alias_wants(a, SPEC_IDENTITY);
	struct pcidevs *set = NULL;
	int rc = facts_pci(f, &set, err);

	if (rc == 0 && names)
		rc = pcinames_load(facts_host(f), err);
	for (size_t i = 0; rc == 0 && i < set->n; i++) {
		_cleanup_free_ char *name = names ? full_name(&set->v[i]) : NULL;
		_cleanup_free_ char *identity = identities ? pcidev_identity(set, &set->v[i]) : NULL;

		if (alias_selects(a, &set->v[i], name, identity))
			bdfset_add(ret, set->v[i].bdf);
	}
	return rc < 0 ? err_wrap(err, "alias '%s'", a->name) : 0;
}

/* ---- nodes ---------------------------------------------------------------------------------------------------- */

/* The socket of all CPUs of a node, where there is but one. */
static int socket_of(const struct xen_cpu *cpus, size_t n, const struct cpumask *of)
{
	int socket = PCIDEV_UNKNOWN;

	for (int cpu = cpumask_next(of, -1); cpu >= 0; cpu = cpumask_next(of, cpu)) {
		if ((size_t)cpu >= n || (socket >= 0 && cpus[cpu].socket != socket))
			return PCIDEV_UNKNOWN;
		socket = cpus[cpu].socket;
	}
	return socket;
}

/* The CPUs where the VM may run: its mask, as XAPI reads it, or all. */
static struct cpumask guest_cpus(const struct vm *vm, const struct numa *numa, struct strv *notes)
{
	struct cpumask mask = { 0 };

	if (!vm->mask)
		return numa->cpus;
	if (!cpumask_parse_xapi(vm->mask, &mask)) {
		strv_addf(notes, "the CPU mask '%s' of the VM is one that XAPI cannot read and ignores: so does this choice", vm->mask);
		return numa->cpus;
	}
	cpumask_and(&mask, &numa->cpus);
	if (!cpumask_is_empty(&mask))
		return mask;
	strv_addf(notes, "the CPU mask '%s' of the VM has no CPU of this host: it is left out of account", vm->mask);
	return numa->cpus;
}

static void add_nodes(struct facts *f, const struct vm *vm, struct place_here *h)
{
	_cleanup_free_ struct xen_cpu *cpus = NULL;
	struct numa *numa = NULL;
	struct xen *x = NULL;
	struct cpumask mask;
	struct err why = { 0 };
	size_t n = 0;

	if (facts_numa(f, &numa, &why) < 0) {
		strv_addf(&h->notes, "nodes are left out of account: %s", why.text);
		return;
	}
	if (facts_xen(f, &x, NULL) == 0)
		xen_cpus(x, &cpus, &n, NULL);
	mask = guest_cpus(vm, numa, &h->notes);
	h->host.nodes = xcalloc(numa->n + 1, sizeof(*h->host.nodes));
	for (size_t i = 0; i < numa->n; i++) {
		const struct numa_node *node = &numa->v[i];
		struct cpumask common = node->cpus;

		cpumask_and(&common, &mask);
		h->host.nodes[h->host.n_nodes++] = (struct place_node){
			.id = (int)node->id,
			.socket = socket_of(cpus, n, &node->cpus),
			.guest = !cpumask_is_empty(&common),
			.dists = node->dists,
			.n_dists = node->n_dists,
		};
	}
}

/* Where there is one node only, everything is near it. */
static int node_of(struct facts *f, const struct place_here *h, struct bdf bdf)
{
	const struct pcidev *dev;
	struct pcidevs *set = NULL;

	if (h->host.n_nodes == 1)
		return h->host.nodes[0].id;
	if (facts_pci(f, &set, NULL) < 0)
		return PCIDEV_UNKNOWN;
	dev = pcidevs_find(set, bdf);
	return dev ? facts_node(f, dev) : PCIDEV_UNKNOWN;
}

/* ---- can it be given? --------------------------------------------------------------------------------------------- */

struct judging {
	struct facts *facts;
	const struct vm *vm;
	const struct alias *const *aliases;
	size_t n;
	const struct bdfset *selected; /* by alias */
	struct pcidevs *set;
	struct place_here *here;
};

static const char *own_text(struct place_here *h, char *text)
{
	strv_add_take(&h->owned, text);
	return text;
}

static void block(const struct judging *j, struct place_unit *u, const char *code, char *why)
{
	u->code = code;
	u->why = own_text(j->here, why);
}

/* A VM of this host, halted ones too, whose key names the device; NULL: none. */
static const struct vm *user_of(const struct judging *j, struct bdf bdf)
{
	_cleanup_free_ const struct vm **all = NULL;
	struct vmlist list = { 0 };

	if (facts_assigned_to(j->facts, bdf, &list, NULL) < 0)
		return NULL;
	all = list.v;
	for (size_t i = 0; i < list.n; i++)
		if (vm_is_guest(list.v[i]) && facts_vm_is_here(j->facts, list.v[i]) != TRI_NO)
			return list.v[i];
	return NULL;
}

/* With a physical function its VFs go away: those that VMs have, those that this very request may choose, and those nobody spoke of. */
static void judge_pf(const struct judging *j, struct bdf pf, struct place_unit *u)
{
	_cleanup_bdfset_ struct bdfset vfs = { 0 };
	bool meant = false;

	facts_vfs(j->facts, pf, &vfs);
	for (size_t i = 0; i < vfs.n && !u->code; i++) {
		const struct vm *vm = user_of(j, vfs.v[i]);

		if (vm)
			block(j, u, "VF_IN_USE", xasprintf("its virtual function %s is of VM '%s'", BDF_STR(vfs.v[i]), vm->name));
		for (size_t a = 0; a < j->n && !u->code; a++)
			if (bdfset_has(&j->selected[a], vfs.v[i]))
				block(j, u, "PF_HAS_VFS", xasprintf("its virtual function %s may be chosen for '%s'", BDF_STR(vfs.v[i]),
								    j->aliases[a]->name));
	}
	for (size_t a = 0; a < j->n; a++)
		meant |= u->wants >> a & 1 && j->aliases[a]->type == ALIAS_PF;
	if (vfs.n && !meant && !u->code)
		block(j, u, "PF_HAS_VFS", xasprintf("it has %zu virtual functions, which would go: an alias with type=pf takes it", vfs.n));
}

static void judge_vf(const struct judging *j, const struct pcidev *vf, struct place_unit *u)
{
	const struct vm *vm = vf->has_physfn ? user_of(j, vf->physfn) : NULL;

	if (vm)
		block(j, u, "VF_WITHOUT_PF", xasprintf("its physical function %s is of VM '%s', which has no driver there to make it",
						       BDF_STR(vf->physfn), vm->name));
}

/* What vm-pci-attach would meet with; a VF that the next boot does not bring back is no device to choose either. */
static void ask_checks(const struct judging *j, const struct bdfset *members, struct place_unit *u)
{
	_cleanup_(findings_done) struct findings found = { 0 };
	struct check_request req = { .intent = CHECK_HIDE | CHECK_ATTACH | CHECK_ALONG, .devices = members, .vm = j->vm };
	const struct finding *x;

	checks_run_choice(j->facts, &req, &found);
	x = findings_refusal(&found);
	for (size_t i = 0; !x && i < found.n; i++)
		if (found.v[i].severity == SEV_WARN && streq(found.v[i].code, "VF_WITHOUT_PF"))
			x = &found.v[i];
	if (x)
		block(j, u, x->code, xstrdup(x->text));
}

static enum place_ready readiness(struct facts *f, const struct bdfset *members)
{
	enum place_ready worst = READY_NOW;

	for (size_t i = 0; i < members->n; i++) {
		const char *access = facts_dom0_access(f, members->v[i]);
		enum place_ready one = !access || streq(access, "enabled") ? READY_AFTER_HIDE :
				       streq(access, "disabled")	   ? READY_NOW :
									     READY_AFTER_BOOT;

		worst = MAX(worst, one);
	}
	return worst;
}

static void judge(const struct judging *j, const struct bdfset *members, struct place_unit *u)
{
	for (size_t i = 0; i < members->n; i++)
		u->own |= j->vm->pci && vmpci_names(j->vm->pci, members->v[i]);
	u->ready = readiness(j->facts, members);
	if (u->own)
		return;
	for (size_t i = 0; i < members->n && !u->code; i++) {
		const struct pcidev *dev = pcidevs_find(j->set, members->v[i]);

		if (dev && dev->is_vf)
			judge_vf(j, dev, u);
		else if (dev)
			judge_pf(j, dev->bdf, u);
	}
	if (!u->code)
		ask_checks(j, members, u);
}

/* ---- units --------------------------------------------------------------------------------------------------------- */

static void add_members(const struct pcidevs *set, const struct pcidev *dev, bool whole_cards, struct bdfset *ret)
{
	struct bdf bdf = dev->bdf;

	if (!whole_cards || dev->is_vf) {
		bdfset_add(ret, bdf);
		return;
	}
	for (bdf.fn = 0; bdf.fn < 8; bdf.fn++) {
		const struct pcidev *other = pcidevs_find(set, bdf);

		if (other && !other->is_vf && !pcidev_is_bridge(other))
			bdfset_add(ret, bdf);
	}
}

static uint32_t wants_of(const struct judging *j, const struct bdfset *members)
{
	uint32_t wants = 0;

	for (size_t a = 0; a < j->n; a++)
		for (size_t i = 0; i < members->n; i++)
			if (bdfset_has(&j->selected[a], members->v[i]))
				wants |= 1u << a;
	return wants;
}

static void add_units(struct judging *j, bool whole_cards)
{
	struct place_here *h = j->here;
	_cleanup_bdfset_ struct bdfset done = { 0 };
	size_t room = 0;

	for (size_t i = 0; i < j->set->n; i++) {
		struct bdfset members = { 0 };
		struct place_unit u = { .bdf = j->set->v[i].bdf };

		for (size_t a = 0; a < j->n && !u.wants; a++)
			u.wants = bdfset_has(&j->selected[a], u.bdf);
		if (!u.wants || bdfset_has(&done, u.bdf))
			continue;
		add_members(j->set, &j->set->v[i], whole_cards, &members);
		for (size_t m = 0; m < members.n; m++)
			bdfset_add(&done, members.v[m]);
		u.wants = wants_of(j, &members);
		u.node = node_of(j->facts, h, u.bdf);
		u.along = (uint8_t)(members.n - 1);
		judge(j, &members, &u);
		if (h->host.n == room) {
			room = room ? 2 * room : 16;
			h->host.v = xreallocarray(h->host.v, room, sizeof(*h->host.v));
			h->members = xreallocarray(h->members, room, sizeof(*h->members));
		}
		h->members[h->host.n] = members;
		h->host.v[h->host.n++] = u;
	}
}

static void add_present(struct facts *f, const struct vm *vm, struct place_here *h)
{
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &devices);
	h->host.has = xcalloc(devices.n + 1, sizeof(*h->host.has));
	for (size_t i = 0; i < devices.n; i++)
		h->host.has[h->host.n_has++] = node_of(f, h, devices.v[i]);
}

int place_here(struct facts *f, const struct vm *vm, const struct alias *const *aliases, size_t n, bool whole_cards,
	       struct place_here *ret, struct err *err)
{
	struct bdfset selected[PLACE_WANTS_MAX] = { 0 };
	struct place_here h = { 0 };
	struct judging j = { .facts = f, .vm = vm, .aliases = aliases, .n = n, .selected = selected, .here = &h };
	const struct this_host *here;
	int rc = facts_pci(f, &j.set, err);

	for (size_t a = 0; rc == 0 && a < n; a++)
		rc = alias_devices(f, aliases[a], &selected[a], err);
	if (rc == 0) {
		h.host.name = facts_this_host(f, &here, NULL) == 0 ? here->name : "this host";
		add_nodes(f, vm, &h);
		add_present(f, vm, &h);
		add_units(&j, whole_cards);
		*ret = h;
	}
	for (size_t a = 0; a < n; a++)
		bdfset_done(&selected[a]);
	return rc;
}

void place_here_done(struct place_here *h)
{
	for (size_t i = 0; i < h->host.n; i++)
		bdfset_done(&h->members[i]);
	free(h->members);
	free(h->host.v);
	free(h->host.nodes);
	free(h->host.has);
	strv_done(&h->owned);
	strv_done(&h->notes);
	*h = (struct place_here){ 0 };
}
