/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts.c - see facts.h */

#include <stdio.h>

#include "plugin/facts.h"
#include "plugin/facts_uses.h"
#include "plugin/facts_vms.h"
#include "xenhelpers/mounts.h"

/* Has the question been asked, and what came of it?  Most have an answer: a text is made for those that fail. */
struct answer {
	bool asked;
	int rc;
	struct err *err; /* NULL: rc is 0 */
};

enum {
	A_pci, A_xapi, A_vms, A_xen, A_boot, A_storage, A_net, A_numa, A_dmar, A_groups, A_this, A_line_dom0, A_line_xen, A_now, A_next,
	A_domains, A_assignable, A_pool, A_own, A_uses, A_keyboards, A_usb, A_usb_policy, A_xapi_usb, A_bars, N_ANSWERS
};

struct facts {
	struct host *host;
	struct answer answers[N_ANSWERS];
	struct pcidevs pci;
	struct xapi *xapi;
	struct vms vms;
	struct vm_index vm_index;
	struct xen *xen;
	struct bootfile boot;
	struct storage storage;
	struct net net;
	struct numa numa;
	struct dmar dmar;
	struct pcigroups groups;
	struct this_host this;
	struct xapi_pool pool;
	struct xapi_own own;
	struct pool_uses uses;
	struct bdfset keyboards;
	struct usbdevs usb;
	struct policy usb_policy;
	struct xapi_usb xapi_usb;
	struct bdfset present, hidden_now, hidden_next, assignable;
	struct xen_domain *domains;
	size_t n_domains;
	struct sriov_index vfs;
	struct strv vdpa_places;
	bool brand_asked, locality_asked, present_asked, vfs_asked, vdpa_asked;
	const char *session; /* of the caller; NULL: we log in */
	bool no_xapi;
	char *brand, *line_dom0, *line_xen;
	struct numa_locality locality;
	const struct pcidev *bars_of; /* whose `bars` are */
	struct pcibars bars;
};

static void answer_keep(struct answer *a, int rc, const struct err *why)
{
	a->rc = rc;
	if (rc < 0) {
		a->err = xcalloc(1, sizeof(*a->err));
		*a->err = *why;
	}
}

static int answer_give(const struct answer *a, struct err *err)
{
	if (a->err && err)
		*err = *a->err;
	return a->rc;
}

static void answer_forget(struct answer *a)
{
	free(a->err);
	*a = (struct answer){ 0 };
}

/* Ask once: run `question` (which may use `why` as its err) at the first call, and hand out what it gave. */
#define ASK(f, name, question, caller)                                                                                 \
	do {                                                                                                           \
		struct answer *const answer = &(f)->answers[A_##name];                                                 \
		if (!answer->asked) {                                                                                  \
			struct err because = { 0 }, *const why = &because;                                             \
			answer->asked = true;                                                                          \
			answer_keep(answer, (question), why);                                                          \
		}                                                                                                      \
		if (answer->rc < 0)                                                                                    \
			return answer_give(answer, caller);                                                            \
	} while (0)

struct facts *facts_new(struct host *h, const char *session)
{
	struct facts *f = xcalloc(1, sizeof(*f));

	f->host = h;
	f->session = session;
	return f;
}

const char *facts_session(const struct facts *f)
{
	return f->session;
}

void facts_free(struct facts *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < N_ANSWERS; i++)
		answer_forget(&f->answers[i]);
	pcigroups_done(&f->groups);
	sriov_index_done(&f->vfs);
	strv_done(&f->vdpa_places);
	pcidevs_done(&f->pci);
	xapi_free(f->xapi);
	vm_index_done(&f->vm_index);
	vms_done(&f->vms);
	xen_domains_free(f->domains, f->n_domains);
	xen_free(f->xen);
	bootfile_done(&f->boot);
	storage_done(&f->storage);
	net_done(&f->net);
	numa_done(&f->numa);
	numa_locality_done(&f->locality);
	dmar_done(&f->dmar);
	pool_uses_done(&f->uses);
	bdfset_done(&f->keyboards);
	usbdevs_done(&f->usb);
	policy_done(&f->usb_policy);
	xapi_usb_done(&f->xapi_usb);
	xapi_pool_done(&f->pool);
	xapi_own_done(&f->own);
	free(f->this.ref);
	free(f->this.uuid);
	free(f->this.name);
	bdfset_done(&f->present);
	bdfset_done(&f->hidden_now);
	bdfset_done(&f->hidden_next);
	bdfset_done(&f->assignable);
	free(f->brand);
	free(f->line_dom0);
	free(f->line_xen);
	free(f);
}

struct facts *facts_renew(struct facts *f)
{
	struct facts *anew = facts_new(f->host, f->session);

	/* A store of records is read when it is opened: others write it, too. */
	if (host_is_live(f->host))
		anew->xapi = TAKE_PTR(f->xapi);
	anew->answers[A_xapi].asked = anew->xapi != NULL;
	facts_free(f);
	return anew;
}

struct host *facts_host(struct facts *f)
{
	return f->host;
}

int facts_pci(struct facts *f, struct pcidevs **ret, struct err *err)
{
	ASK(f, pci, pcidevs_read(f->host, &f->pci, why), err);
	*ret = &f->pci;
	return 0;
}

int facts_xapi(struct facts *f, struct xapi **ret, struct err *err)
{
	const struct xapi_options opt = { .session = f->session };

	ASK(f, xapi, xapi_open(f->host, &opt, &f->xapi, why), err);
	*ret = f->xapi;
	return 0;
}

bool facts_leaves_out_xapi(const struct facts *f)
{
	return f->no_xapi;
}

void facts_without_xapi(struct facts *f)
{
	struct err why = { 0 };

	f->no_xapi = true;
	answer_forget(&f->answers[A_xapi]);
	f->answers[A_xapi].asked = true;
	answer_keep(&f->answers[A_xapi], err_set(&why, ENODATA, "XAPI was not asked"), &why);
}

static int ask_vms(struct facts *f, struct err *err)
{
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err);

	if (rc == 0)
		rc = xapi_vms(x, &f->vms, err);
	if (rc == 0)
		vm_index_build(&f->vms, &f->vm_index);
	return rc;
}

int facts_vms(struct facts *f, struct vms **ret, struct err *err)
{
	ASK(f, vms, ask_vms(f, why), err);
	*ret = &f->vms;
	return 0;
}

int facts_xen(struct facts *f, struct xen **ret, struct err *err)
{
	ASK(f, xen, xen_open(f->host, &f->xen, why), err);
	*ret = f->xen;
	return 0;
}

int facts_boot(struct facts *f, struct bootfile **ret, struct err *err)
{
	ASK(f, boot, bootfile_read(f->host, facts_brand(f), &f->boot, why), err);
	*ret = &f->boot;
	return 0;
}

int facts_storage(struct facts *f, struct storage **ret, struct err *err)
{
	ASK(f, storage, storage_read(f->host, &f->storage, why), err);
	*ret = &f->storage;
	return 0;
}

int facts_net(struct facts *f, struct net **ret, struct err *err)
{
	ASK(f, net, net_read(f->host, &f->net, why), err);
	*ret = &f->net;
	return 0;
}

/* Xen where it answers; NULL otherwise: for questions that have a second source. */
static struct xen *xen_or_null(struct facts *f)
{
	struct xen *x = NULL;

	return facts_xen(f, &x, NULL) == 0 ? x : NULL;
}

static int ask_numa(struct facts *f, struct err *err)
{
	struct err no_xen = { 0 };
	struct xen *x = NULL;

	facts_xen(f, &x, &no_xen);
	return numa_read(f->host, x, no_xen.text, &f->numa, err);
}

int facts_numa(struct facts *f, struct numa **ret, struct err *err)
{
	ASK(f, numa, ask_numa(f, why), err);
	*ret = &f->numa;
	return 0;
}

int facts_dmar(struct facts *f, struct dmar **ret, struct err *err)
{
	ASK(f, dmar, dmar_read(f->host, &f->dmar, why), err);
	*ret = &f->dmar;
	return 0;
}

static int ask_groups(struct facts *f, struct err *err)
{
	struct pcidevs *set = NULL;
	int rc = facts_pci(f, &set, err);

	if (rc == 0)
		pcigroups_compute(set, &f->groups);
	return rc;
}

int facts_groups(struct facts *f, struct pcigroups **ret, struct err *err)
{
	ASK(f, groups, ask_groups(f, why), err);
	*ret = &f->groups;
	return 0;
}

const char *facts_brand(struct facts *f)
{
	if (!f->brand_asked) {
		f->brand_asked = true;
		net_inventory_get(f->host, "PRODUCT_BRAND", &f->brand, NULL);
	}
	return f->brand;
}

static int ask_this_host(struct facts *f, struct err *err)
{
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err);

	return rc < 0 ? rc : xapi_this_host(x, f->host, &f->this.ref, &f->this.uuid, &f->this.name, err);
}

int facts_this_host(struct facts *f, const struct this_host **ret, struct err *err)
{
	ASK(f, this, ask_this_host(f, why), err);
	*ret = &f->this;
	return 0;
}

static int ask_pool(struct facts *f, struct err *err)
{
	const struct this_host *this;
	int rc = facts_this_host(f, &this, err);

	if (rc == 0)
		xapi_pool_read(f->xapi, this->ref, &f->pool);
	return rc;
}

int facts_pool(struct facts *f, const struct xapi_pool **ret, struct err *err)
{
	ASK(f, pool, ask_pool(f, why), err);
	*ret = &f->pool;
	return 0;
}

static int ask_own(struct facts *f, struct err *err)
{
	struct xapi *x = NULL;
	int rc = facts_xapi(f, &x, err);

	return rc < 0 ? rc : xapi_own_read(x, &f->own, err);
}

int facts_own(struct facts *f, const struct xapi_own **ret, struct err *err)
{
	ASK(f, own, ask_own(f, why), err);
	*ret = &f->own;
	return 0;
}

int facts_host_record(struct facts *f, const struct xapi_host **ret, struct err *err)
{
	const struct xapi_pool *pool = NULL;
	int rc = facts_pool(f, &pool, err);

	if (rc < 0)
		return rc;
	*ret = xapi_pool_host(pool, f->this.ref);
	return *ret ? 0 : err_set(err, ENODATA, "%s", pool->hosts_told.why ? pool->hosts_told.why : "XAPI does not tell of this host");
}

int facts_uses(struct facts *f, const struct pool_uses **ret, struct err *err)
{
	ASK(f, uses, pool_uses_read(f, &f->uses, why), err);
	*ret = &f->uses;
	return 0;
}

int facts_keyboards(struct facts *f, const struct bdfset **ret, struct err *err)
{
	ASK(f, keyboards, keyboards_read(f->host, &f->keyboards, why), err);
	*ret = &f->keyboards;
	return 0;
}

int facts_usb(struct facts *f, struct usbdevs **ret, struct err *err)
{
	ASK(f, usb, usbdevs_read(f->host, &f->usb, why), err);
	*ret = &f->usb;
	return 0;
}

static int ask_usb_policy(struct facts *f, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc = host_read(f->host, POLICY_PATH, POLICY_MAX, &text, err);

	if (rc == -ENOENT || rc == -ENOTDIR) {
		err_set(err, ENOENT, "there is no USB policy: '" POLICY_PATH "' is missing");
		return err_hint(err, "where XAPI runs without that file, its scanner fails and offers no USB device to any VM: usb-policy-reset puts "
				     "the shipped one there");
	}
	if (rc == 0)
		policy_parse(strbuf_str(&text), text.len, &f->usb_policy);
	return rc;
}

int facts_usb_policy(struct facts *f, const struct policy **ret, struct err *err)
{
	ASK(f, usb_policy, ask_usb_policy(f, why), err);
	*ret = &f->usb_policy;
	return 0;
}

static int ask_xapi_usb(struct facts *f, struct err *err)
{
	const struct this_host *this;
	int rc = facts_this_host(f, &this, err);

	return rc < 0 ? rc : xapi_usb_read(f->xapi, this->ref, &f->xapi_usb, err);
}

int facts_xapi_usb(struct facts *f, const struct xapi_usb **ret, struct err *err)
{
	ASK(f, xapi_usb, ask_xapi_usb(f, why), err);
	*ret = &f->xapi_usb;
	return 0;
}

const struct bdfset *facts_present(struct facts *f)
{
	struct pcidevs *set = NULL;

	if (facts_pci(f, &set, NULL) < 0)
		return NULL;
	if (!f->present_asked) {
		f->present_asked = true;
		for (size_t i = 0; i < set->n; i++)
			bdfset_add(&f->present, set->v[i].bdf);
	}
	return &f->present;
}

int facts_node(struct facts *f, const struct pcidev *dev)
{
	if (!f->locality_asked) {
		f->locality_asked = true;
		numa_locality_read(xen_or_null(f), &f->locality);
	}
	return numa_locality_node(&f->locality, dev);
}

void facts_vfs(struct facts *f, struct bdf pf, struct bdfset *ret)
{
	struct pcidevs *set = NULL;

	if (facts_pci(f, &set, NULL) < 0)
		return;
	if (!f->vfs_asked)
		sriov_index_build(set, &f->vfs);
	f->vfs_asked = true;
	sriov_vfs(&f->vfs, pf, ret);
}

const char *facts_vdpa(struct facts *f, struct bdf bdf)
{
	if (!f->vdpa_asked)
		sriov_vdpa_places(f->host, &f->vdpa_places);
	f->vdpa_asked = true;
	return sriov_vdpa(&f->vdpa_places, bdf);
}

static int ask_bars(struct facts *f, const struct pcidev *dev, struct err *err)
{
	struct pcidevs *set = NULL;
	int rc = facts_pci(f, &set, err);

	return rc < 0 ? rc : pcibars_read(set, dev, &f->bars, err);
}

int facts_bars(struct facts *f, const struct pcidev *dev, const struct pcibars **ret, struct err *err)
{
	if (f->bars_of != dev)
		answer_forget(&f->answers[A_bars]);
	f->bars_of = dev;
	ASK(f, bars, ask_bars(f, dev, why), err);
	*ret = &f->bars;
	return 0;
}

/* ---- hidden --------------------------------------------------------------------------------------------- */

static int ask_line_dom0(struct facts *f, struct err *err)
{
	_cleanup_strbuf_ struct strbuf line = { 0 };
	int rc = host_read(f->host, "/proc/cmdline", 65536, &line, err);

	if (rc < 0)
		return rc;
	while (line.len && (line.s[line.len - 1] == '\n' || line.s[line.len - 1] == '\0'))
		line.s[--line.len] = '\0';
	f->line_dom0 = strbuf_take(&line);
	return 0;
}

static int ask_line_xen(struct facts *f, struct err *err)
{
	struct xen *x = NULL;
	int rc = facts_xen(f, &x, err);

	return rc < 0 ? rc : xen_command_line(x, &f->line_xen, err);
}

static int line_dom0(struct facts *f, struct err *err)
{
	ASK(f, line_dom0, ask_line_dom0(f, why), err);
	return 0;
}

static int line_xen(struct facts *f, struct err *err)
{
	ASK(f, line_xen, ask_line_xen(f, why), err);
	return 0;
}

int facts_running_line(struct facts *f, enum grub_target target, const char **ret, struct err *err)
{
	int rc = target == GRUB_XEN ? line_xen(f, err) : line_dom0(f, err);

	if (rc == 0)
		*ret = target == GRUB_XEN ? f->line_xen : f->line_dom0;
	return rc;
}

static int ask_hidden_now(struct facts *f, struct err *err)
{
	const char *line = NULL;
	int rc = facts_running_line(f, GRUB_DOM0, &line, err);

	if (rc == 0)
		bootargs_hidden(line, strlen(line), facts_present(f), &f->hidden_now);
	return rc;
}

int facts_hidden_now(struct facts *f, const struct bdfset **ret, struct err *err)
{
	ASK(f, now, ask_hidden_now(f, why), err);
	*ret = &f->hidden_now;
	return 0;
}

static int ask_hidden_next(struct facts *f, struct err *err)
{
	struct bootfile *b = NULL;
	int rc = facts_boot(f, &b, err), entry;

	if (rc < 0)
		return rc;
	entry = bootfile_next_entry(b);
	if (entry < 0)
		return err_set(err, ENODATA, "which entry of '%s' boots next is unknown: %s", b->path, b->cfg.def_why);
	return bootfile_hidden(b, (size_t)entry, facts_present(f), &f->hidden_next, NULL, err);
}

int facts_hidden_next(struct facts *f, const struct bdfset **ret, struct err *err)
{
	ASK(f, next, ask_hidden_next(f, why), err);
	*ret = &f->hidden_next;
	return 0;
}

/* ---- who has a device ----------------------------------------------------------------------------------- */

int facts_assigned_to(struct facts *f, struct bdf bdf, struct vmlist *ret, struct err *err)
{
	const struct vm_index_item *item;
	struct vms *vms = NULL;
	size_t n;
	int rc = facts_vms(f, &vms, err);

	if (rc < 0)
		return rc;
	*ret = (struct vmlist){ 0 };
	item = vm_index_find(&f->vm_index, bdf, &n);
	for (size_t i = 0; i < n; i++) {
		ARRAY_GROW(ret->v, ret->n);
		ret->v[ret->n++] = item[i].vm;
	}
	return 0;
}

enum tristate facts_vm_is_here(struct facts *f, const struct vm *vm)
{
	const struct this_host *this;
	const struct xapi_pool *pool;
	const char *at = vm->resident_on ? vm->resident_on : vm->affinity;

	if (facts_this_host(f, &this, NULL) < 0 || facts_pool(f, &pool, NULL) < 0)
		return TRI_UNKNOWN;
	if (at)
		return streq(at, this->ref) ? TRI_YES : TRI_NO;
	return pool->n_hosts == 1 ? TRI_YES : TRI_UNKNOWN;
}

static int ask_domains(struct facts *f, struct err *err)
{
	struct xen *x = NULL;
	int rc = facts_xen(f, &x, err);

	return rc < 0 ? rc : xen_domains(x, &f->domains, &f->n_domains, err);
}

static int domains(struct facts *f, struct err *err)
{
	ASK(f, domains, ask_domains(f, why), err);
	return 0;
}

const struct xen_domain *facts_held_by(struct facts *f, struct bdf bdf, bool *known)
{
	*known = domains(f, NULL) == 0;
	for (size_t i = 0; i < f->n_domains; i++)
		if (f->domains[i].domid > 0 && bdfset_has(&f->domains[i].devices, bdf))
			return &f->domains[i];
	return NULL;
}

int facts_domain(struct facts *f, const char *vm_uuid, const struct xen_domain **ret, struct err *err)
{
	int rc = domains(f, err);

	for (size_t i = 0; rc == 0 && i < f->n_domains; i++)
		if (f->domains[i].domid > 0 && streq(f->domains[i].uuid, vm_uuid)) {
			*ret = &f->domains[i];
			return 0;
		}
	return rc < 0 ? rc : err_set(err, ENOENT, "the VM %s does not run on this host", vm_uuid);
}

int facts_pins(struct facts *f, const struct xen_domain *d, char **ret, struct err *err)
{
	_cleanup_free_ struct cpumask *v = NULL;
	_cleanup_strv_ struct strv lists = { 0 };
	struct xen *x = NULL;
	size_t n = 0;
	int rc = facts_xen(f, &x, err);

	if (rc == 0)
		rc = xen_vcpu_pins(x, d->domid, &v, &n, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		strv_add_take(&lists, cpumask_format_ranges(&v[i]));
	*ret = strv_join(&lists, ";");
	return 0;
}

static int ask_assignable(struct facts *f, struct err *err)
{
	struct xen *x = NULL;
	int rc = facts_xen(f, &x, err);

	return rc < 0 ? rc : xen_assignable(x, &f->assignable, err);
}

static int assignable(struct facts *f, struct err *err)
{
	ASK(f, assignable, ask_assignable(f, why), err);
	return 0;
}

int facts_all_assignable(struct facts *f, const struct bdfset **ret, struct err *err)
{
	int rc = assignable(f, err);

	if (rc == 0)
		*ret = &f->assignable;
	return rc;
}

int facts_is_assignable(struct facts *f, struct bdf bdf, bool *ret, struct err *err)
{
	int rc = assignable(f, err);

	if (rc == 0)
		*ret = bdfset_has(&f->assignable, bdf);
	return rc;
}
