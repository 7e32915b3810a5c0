/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command_reboot.c - see command_reboot.h */

#include "plugin/command_reboot.h"
#include "plugin/journal.h"
#include "plugin/plan_reboot.h"
#include "xenhelpers/vmpci.h"

enum fate_of_vms { VMS_REFUSE, VMS_EVACUATE, VMS_SHUTDOWN };

struct asking {
	struct run *r;
	struct xapi *x;
	const struct this_host *here;
	const struct xapi_pool *pool;
	enum fate_of_vms vms;
	struct strv others; /* names of the hosts that take VMs */
	struct strv back;   /* uuids of the VMs that are shut down, now or for an earlier one, and that reapply starts again */
	json_t *prevent;    /* VM -> why XAPI cannot move it; NULL: XAPI was not asked */
	struct findings *out;
	struct plan *plan;
	char *boot; /* id of this one */
};

static void asking_done(struct asking *a)
{
	strv_done(&a->others);
	strv_done(&a->back);
	json_decref(a->prevent);
	free(a->boot);
	if (a->plan)
		plan_done(a->plan);
	free(a->plan);
}

/* ---- without XAPI ------------------------------------------------------------------------------------------------ */

static void running_domains(struct facts *f, struct strv *ret)
{
	struct xen_domain *v = NULL;
	struct xen *x = NULL;
	size_t n = 0;

	if (facts_xen(f, &x, NULL) < 0 || xen_domains(x, &v, &n, NULL) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (v[i].domid && v[i].name)
			strv_add(ret, v[i].name);
		else if (v[i].domid)
			strv_addf(ret, "domain %d", v[i].domid);
	xen_domains_free(v, n);
}

/*
 * Who reboots such a host is its init, which stops its services and whatever takes care of its guests (xendomains): that is one command of the
 * administrator's, and nothing would be gained by giving it for him.
 */
static int no_xapi(struct facts *f, struct err *err)
{
	_cleanup_free_ char *names = NULL;
	_cleanup_strv_ struct strv domains = { 0 };

	running_domains(f, &domains);
	names = strv_join(&domains, "', '");
	if (!domains.n) {
		err_set(err, ENOTSUP, "there is no XAPI on this host, and only through it this program reboots one");
		return err_hint(err, "xl list shows what runs; the host's own command is: systemctl reboot");
	}
	err_set(err, ENOTSUP, "there is no XAPI on this host, and only through it this program reboots one; VMs run here: '%s'", names);
	return err_hint(err, "shut them down (xl shutdown NAME); then the host's own command is: systemctl reboot");
}

/* ---- who runs here, and who can move ----------------------------------------------------------------------------- */

static void ask_pool(struct asking *a)
{
	for (size_t i = 0; i < a->pool->n_hosts; i++) {
		const struct xapi_host *h = &a->pool->hosts[i];

		if (!streq(h->ref, a->here->ref) && h->enabled != TRI_NO)
			strv_add(&a->others, h->name);
	}
}

/*
 * XAPI knows storage, networks, memory and drivers of the VM, and the PCI devices that it has objects of; it does not look at
 * other_config:pci (facts 3.4).
 */
static void ask_prevent(struct asking *a)
{
	struct err why = { 0 };

	if (!host_is_live(facts_host(a->r->facts)))
		return;
	if (xapi_call(a->x, "host.get_vms_which_prevent_evacuation", json_pack("[s]", a->here->ref), &a->prevent, &why) < 0)
		strv_addf(&a->r->res->notes, "which VMs XAPI could not move is unknown: %s", why.text);
}

static char *words_for(const struct asking *a, const char *code)
{
	static const struct {
		const char *code, *words;
	} known[] = {
		{ "NO_HOSTS_AVAILABLE", "no other host of the pool takes VMs" },
		{ "VM_REQUIRES_SR", "a disk of it is on storage that no other host has" },
		{ "VM_REQUIRES_NETWORK", "no other host has its network" },
		{ "HOST_NOT_ENOUGH_FREE_MEMORY", "no other host has room for its memory" },
		{ "VM_MISSING_PV_DRIVERS", "it runs without the drivers that a move needs" },
		{ "VM_LACKS_FEATURE", "it runs without the drivers that a move needs" },
		{ "VM_HAS_PCI_ATTACHED", "it has a PCI device" },
		{ "VM_HAS_VUSBS", "it has a USB device" },
		{ "VM_HAS_VGPU", "it has a virtual GPU" },
	};

	/* XAPI has this one code for two reasons (xapi_host.ml, compute_evacuation_plan_no_wlb). */
	if (streq(code, "HOST_NOT_ENOUGH_FREE_MEMORY") && a->pool->ha == TRI_YES)
		return xasprintf("no other host has room for its memory, or HA is on and does not protect it (%s)", code);
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (streq(code, known[i].code))
			return xasprintf("%s (%s)", known[i].words, code);
	return xasprintf("XAPI does not move it (%s)", code);
}

/* Why it cannot move; NULL: it can, as far as is known.  Caller frees. */
static char *why_it_stays(const struct asking *a, const struct vm *vm)
{
	const char *code = json_string_value(json_array_get(json_object_get(a->prevent, vm->ref), 0));
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	_cleanup_(vmpci_done) struct vmpci items = { 0 };
	_cleanup_free_ char *names = NULL;

	vmpci_parse(vm->pci ? vm->pci : "", &items);
	vmpci_plug_order(&items, &devices);
	names = bdfset_format(&devices, ", ");
	if (devices.n)
		return xasprintf("it has the PCI device%s %s", devices.n == 1 ? "" : "s", names);
	if (vm->n_vusbs)
		return xasprintf("it has %zu USB device%s", vm->n_vusbs, vm->n_vusbs == 1 ? "" : "s");
	if (code)
		return words_for(a, code);
	return a->others.n ? NULL : xstrdup("no other host of the pool takes VMs");
}

/* Where it would go: XAPI says so of a running pool.  Caller frees. */
static char *where_it_goes(const struct asking *a, const struct vm *vm)
{
	_cleanup_strv_ struct strv names = { 0 };
	json_auto_t *refs = NULL;

	if (a->prevent)
		xapi_call(a->x, "VM.get_possible_hosts", json_pack("[s]", vm->ref), &refs, NULL);
	for (size_t i = 0; i < json_array_size(refs); i++) {
		const char *ref = json_string_value(json_array_get(refs, i));
		const struct xapi_host *h = ref && !streq(ref, a->here->ref) ? xapi_pool_host(a->pool, ref) : NULL;

		if (h)
			strv_add(&names, h->name);
	}
	return names.n ? strv_join(&names, " or ") : strv_join(&a->others, " or ");
}

static void refuse_vm(struct asking *a, const struct vm *vm, const char *code, char *text, const char *remedy)
{
	struct finding *f = findings_add(a->out, code, SEV_REFUSE, vm->uuid, text);

	f->final = true;
	f->remedy = xstrdup(remedy);
	free(text);
}

/* When the host is back; else it is reapply that does. */
static bool xapi_starts(const struct asking *a, const struct vm *vm)
{
	return vm->auto_poweron && a->pool->auto_poweron == TRI_YES;
}

static void leave_vm(struct asking *a, const struct vm *vm)
{
	bool paused = vm->power_state && streq(vm->power_state, "Paused");
	_cleanup_free_ char *stays = why_it_stays(a, vm), *where = stays ? NULL : where_it_goes(a, vm), *why = NULL;

	if (paused)
		refuse_vm(a, vm, "REBOOT_VM_STAYS", xasprintf("'%s' is paused here: it can be neither moved nor shut down", vm->name),
			  "unpause it, or switch it off");
	else if (stays && a->vms == VMS_REFUSE)
		refuse_vm(a, vm, "REBOOT_VM_RUNS", xasprintf("'%s' runs here, and cannot move: %s", vm->name, stays),
			  "shut it down, or vms=shutdown");
	else if (stays && a->vms == VMS_EVACUATE)
		refuse_vm(a, vm, "REBOOT_VM_STAYS", xasprintf("'%s' runs here, and cannot move: %s", vm->name, stays),
			  "shut it down, or vms=shutdown, which moves the others");
	else if (a->vms == VMS_REFUSE)
		refuse_vm(a, vm, "REBOOT_VM_RUNS", xasprintf("'%s' runs here; it can move to %s", vm->name, where), "vms=evacuate");
	if (paused || a->vms == VMS_REFUSE || (stays && a->vms == VMS_EVACUATE))
		return;
	if (!stays) {
		plan_leave(a->plan, LEAVE_MOVE, a->boot, vm->ref, vm->uuid, vm->name, where,
			   "XAPI moves it while it runs; it is not moved back afterwards");
		return;
	}
	why = xasprintf("it cannot move: %s; %s starts it again when the host is back", stays, xapi_starts(a, vm) ? "XAPI" : "reapply");
	plan_leave(a->plan, LEAVE_SHUTDOWN, a->boot, vm->ref, vm->uuid, vm->name, NULL, why);
}

static bool is_leaving(const struct asking *a, const struct vm *vm)
{
	return vm_is_guest(vm) && streq0(vm->resident_on, a->here->ref) && !(vm->power_state && streq(vm->power_state, "Halted"));
}

/* The mark, which comes before all that is done, has them. */
static void collect_back(struct asking *a, const struct vms *vms)
{
	for (size_t i = 0; a->vms == VMS_SHUTDOWN && i < vms->n; i++) {
		const struct vm *vm = &vms->v[i];
		_cleanup_free_ char *stays = is_leaving(a, vm) && !xapi_starts(a, vm) ? why_it_stays(a, vm) : NULL;

		if (stays)
			strv_add(&a->back, vm->uuid);
	}
}

/* Those that are shut down come first: what else has to move is then all that is left. */
static void leave_vms(struct asking *a, const struct vms *vms)
{
	for (unsigned moving = 0; moving < 2; moving++)
		for (size_t i = 0; i < vms->n; i++) {
			const struct vm *vm = &vms->v[i];
			_cleanup_free_ char *stays = NULL;

			if (!is_leaving(a, vm))
				continue;
			stays = why_it_stays(a, vm);
			if ((stays == NULL) == moving)
				leave_vm(a, vm);
		}
}

/* Who starts them: what stands in the plan is told together with whether it comes by itself. */
static void tell_back(struct asking *a)
{
	static const char units[] = "/etc/systemd/system", service[] = "/etc/systemd/system/multi-user.target.wants/" REAPPLY_SERVICE;
	struct host *h = facts_host(a->r->facts);
	struct result *res = a->r->res;
	_cleanup_free_ char *vms = a->back.n == 1 ? xstrdup("the VM that was") : xasprintf("the %zu VMs that were", a->back.n);

	if (!a->back.n)
		return;
	if (host_exists(h, service, NULL) > 0)
		strv_addf(&res->notes, "when this host is back, " REAPPLY_SERVICE " brings back %s shut down", vms);
	else
		strv_addf(&res->plan.next, "when this host is back: xe-passthrough reapply, which brings back %s shut down (%s)", vms,
			  host_exists(h, units, NULL) > 0 ? REAPPLY_SERVICE ", which runs it at boot, is not enabled here" :
							    REAPPLY_SERVICE " runs it at boot, where it is enabled");
}

#define TIME_FORM "dddddddd" "T" "dddddd"

/* ISO 8601 with separators or without, as the digits and the T of it; false: it is no such time. */
static bool plain_time(const char *time, char ret[sizeof(TIME_FORM)])
{
	size_t n = 0;

	for (; *time && n + 1 < sizeof(TIME_FORM); time++) {
		if (*time == '-' || *time == ':')
			continue;
		if (TIME_FORM[n] == 'T' ? *time != 'T' : *time < '0' || *time > '9')
			return false;
		ret[n++] = *time;
	}
	ret[n] = '\0';
	return n + 1 == sizeof(TIME_FORM);
}

/* XAPI writes 20261121T12:00:00Z; another form, or a metrics object that it does not have, tells nothing. */
static bool was_started_since(struct facts *f, const struct vm *vm, const char *time)
{
	json_auto_t *metrics = NULL, *start = NULL;
	char then[sizeof(TIME_FORM)], asked[sizeof(TIME_FORM)];
	struct xapi *x = NULL;

	return facts_xapi(f, &x, NULL) == 0 && xapi_call(x, "VM.get_metrics", json_pack("[s]", vm->ref), &metrics, NULL) == 0 &&
	       json_is_string(metrics) &&
	       xapi_call(x, "VM_metrics.get_start_time", json_pack("[s]", json_string_value(metrics)), &start, NULL) == 0 &&
	       json_is_string(start) && plain_time(json_string_value(start), then) && plain_time(time, asked) && strcmp(then, asked) > 0;
}

bool reboot_vm_waits(struct facts *f, const struct vm *vm, const struct reboot_mark *m)
{
	return vm_is_guest(vm) && streq0(vm->power_state, "Halted") && !was_started_since(f, vm, m->time);
}

/* ---- the host ---------------------------------------------------------------------------------------------------- */

static void check_host(struct asking *a)
{
	const json_t *pools = NULL, *pool;
	struct finding *f;
	const char *ref;

	if (a->pool->ha == TRI_YES) {
		f = findings_add(a->out, "REBOOT_HA", SEV_REFUSE, "pool", "HA is enabled: other hosts take a host that goes for one that failed");
		f->remedy = xstrdup("reboot it in XAPI's maintenance mode, or pool-ha-disable first");
	}
	if (a->pool->n_hosts < 2 || xapi_records(a->x, "pool", &pools, NULL) < 0)
		return;
	json_object_foreach((json_t *)pools, ref, pool)
		if (streq0(json_string_value(json_object_get(pool, "master")), a->here->ref)) {
			f = findings_add(a->out, "REBOOT_MASTER", SEV_WARN, "pool",
					 "this host is the pool's master: no host of the pool can be managed until it is back");
			f->remedy = xstrdup("xe pool-designate-new-master, where that matters");
		}
}

/* The mark, and what an older one says. */
static int mark(struct asking *a, bool automatic, enum tristate enabled, struct err *err)
{
	_cleanup_free_ char *time = journal_time(), *text = NULL, *said = NULL, *shown = NULL;
	_cleanup_(reboot_mark_done) struct reboot_mark was = { 0 };
	struct reboot_mark m = { .boot = a->boot, .time = time, .command = (char *)a->r->opt->command };
	const struct vm *vm;
	int rc = reboot_mark_read(facts_host(a->r->facts), &was, &text, err);

	if (rc < 0 && rc != -ENOENT)
		return err_hint(err, "look at it, and remove it: rm " REBOOT_MARK);
	m.enable = enabled != TRI_NO || was.enable;
	/* One by hand is no leave for another one by itself. */
	m.automatic = automatic || was.automatic;
	m.told = was.told;
	for (size_t i = 0; i < was.vms.n; i++)
		if (facts_find_vm(a->r->facts, was.vms.v[i], &vm, NULL) == 0 && reboot_vm_waits(a->r->facts, vm, &was))
			strv_add(&a->back, vm->uuid);
	m.vms = a->back;
	if (text && streq(was.boot, a->boot)) {
		shown = reboot_mark_shown(&was);
		said = xasprintf("XAPI was asked for a reboot in this boot already, by %s", shown);
		findings_add(a->out, "REBOOT_AGAIN", SEV_WARN, "host", said)->remedy = xstrdup("wait for it, or see what holds it up: xe task-list");
	}
	plan_mark(a->plan, text, &m,
		  automatic ? "so that this is not done a second time when it does not help, and the host is enabled again" :
		   m.vms.n  ? "so that the host is enabled, and its VMs are started again, when it is back" :
			      "so that the host is enabled again when it is back");
	return 0;
}

static int boot_id(struct asking *a, struct err *err)
{
	struct host *h = facts_host(a->r->facts);
	int rc = reboot_boot_id(h, &a->boot, err);

	if (rc < 0 && !host_is_live(h)) {
		a->boot = xstrdup("unknown");
		return 0;
	}
	return rc;
}

static enum fate_of_vms wanted_vms(const struct args *args)
{
	const char *word = args_get(args, "vms");

	return !word || streq(word, "refuse") ? VMS_REFUSE : streq(word, "evacuate") ? VMS_EVACUATE : VMS_SHUTDOWN;
}

static int make(struct asking *a, bool automatic, struct err *err)
{
	struct facts *f = a->r->facts;
	const struct xapi_host *host = NULL;
	struct vms *vms = NULL;
	int rc = facts_xapi(f, &a->x, err);

	/* One that should be there is only down. */
	if (rc == -ENOENT && host_exists(facts_host(f), "/etc/xensource-inventory", NULL) == 0)
		return no_xapi(f, err);
	if (rc == 0)
		rc = facts_this_host(f, &a->here, err);
	if (rc == 0)
		rc = facts_pool(f, &a->pool, err);
	if (rc == 0)
		rc = facts_host_record(f, &host, err);
	if (rc == 0)
		rc = boot_id(a, err);
	if (rc == 0)
		rc = facts_vms(f, &vms, err);
	if (rc < 0)
		return rc;
	check_host(a);
	ask_pool(a);
	ask_prevent(a);
	collect_back(a, vms);
	rc = mark(a, automatic, host->enabled, err);
	if (rc == 0 && host->enabled != TRI_NO)
		plan_leave(a->plan, LEAVE_DISABLE, a->boot, host->ref, host->uuid, host->name, NULL, "XAPI starts no VM here from now on");
	if (rc < 0)
		return rc;
	leave_vms(a, vms);
	plan_leave(a->plan, LEAVE_REBOOT, a->boot, host->ref, host->uuid, host->name, NULL,
		   automatic ? "what is wanted takes effect when this host starts, and reboot=auto" : "asked for");
	return 0;
}

int reboot_plan(struct run *r, bool automatic, struct findings *found, struct plan **ret, struct err *err)
{
	_cleanup_(asking_done) struct asking a = { .r = r, .vms = wanted_vms(r->args), .out = found };
	_cleanup_strv_ struct strv names = { 0 };
	int rc;

	*ret = NULL;
	a.plan = xcalloc(1, sizeof(*a.plan));
	a.plan->keep_state = true;
	rc = make(&a, automatic, err);
	run_forced(r, &names);
	findings_force(found, &names);
	if (rc < 0 || findings_refusal(found))
		return rc;
	tell_back(&a);
	*ret = TAKE_PTR(a.plan);
	return 0;
}

/* ---- reboot=true ------------------------------------------------------------------------------------------------- */

static int wants_reboot(const struct args *a, bool *ret, struct err *err)
{
	const char *word = args_get(a, "reboot");

	*ret = word && streq(word, "true");
	if (!*ret && args_get(a, "vms")) {
		err_set(err, EINVAL, "vms= is for reboot=true");
		return err_usage(err);
	}
	return 0;
}

int command_end_with_reboot(struct run *r, struct err *err)
{
	struct result *res = r->res;
	bool wanted;
	int rc;

	if (!(command_param_flags(r->args->cmd, "reboot") & P_REBOOT))
		return 0;
	rc = wants_reboot(r->args, &wanted, err);
	if (rc < 0 || !wanted)
		return rc;
	if (!res->plan.says_reboot) {
		strv_add(&res->notes, "reboot=true: what is asked for needs no reboot");
		return 0;
	}
	if (strv_has(&res->plan.next, "update-grub")) {
		err_set(err, EINVAL, "reboot=true: here update-grub comes before the reboot, and that is yours to call");
		return err_hint(err, "leave reboot= out, then update-grub, then reboot");
	}
	plan_unsay_reboot(&res->plan);
	rc = reboot_plan(r, false, &res->findings, &res->plan.then, err);
	plan_unsay_restart(&res->plan);
	return rc == -ENOTSUP ? err_wrap(err, "reboot=true, so nothing was changed") : rc;
}
