/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks.c - the table of checks; see checks.h. */

#include <stdarg.h>
#include <stdio.h>

#include "cmdline/irqbudget.h"
#include "plugin/checks.h"
#include "xenhelpers/vmpci.h"

/* ---- findings --------------------------------------------------------------------------------------- */

enum { F_CODE, F_SEVERITY, F_FINAL, F_SUBJECT, F_TEXT, F_EVIDENCE, F_REMEDY, F_WHERE };

static const struct field finding_fields[] = {
	[F_CODE] = { "code", V_TEXT, true, "stable name of the finding" },
	[F_SEVERITY] = { "severity", V_TEXT, true, "refuse, warn, info or unknown; forced: a refusal that force= named" },
	[F_FINAL] = { "final", V_BOOL, false, "no option overrides it" },
	[F_SUBJECT] = { "subject", V_TEXT, true, "the device, VM or file it is about" },
	[F_TEXT] = { "text", V_TEXT, true, "what it is" },
	[F_EVIDENCE] = { "evidence", V_TEXT, true, "what shows it" },
	[F_REMEDY] = { "remedy", V_TEXT, true, "what to do" },
	[F_WHERE] = { "where", V_LIST, false, "the place in a file, its line, and a caret below it" },
};
const struct record_type finding_type = RECORD_TYPE("finding", finding_fields);

const char *severity_name(enum severity s)
{
	static const char *const names[] = {
		[SEV_REFUSE] = "refuse", [SEV_WARN] = "warn", [SEV_INFO] = "info", [SEV_UNKNOWN] = "unknown",
	};

	return names[s];
}

void findings_done(struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->v[i].subject);
		free(f->v[i].text);
		free(f->v[i].evidence);
		free(f->v[i].remedy);
		free(f->v[i].where);
	}
	free(f->v);
	*f = (struct findings){ 0 };
}

struct finding *findings_add(struct findings *f, const char *code, enum severity severity, const char *subject,
			     const char *text)
{
	ARRAY_GROW(f->v, f->n);
	f->v[f->n] = (struct finding){
		.code = code, .severity = severity, .subject = xstrdup(subject), .text = xstrdup(text),
	};
	return &f->v[f->n++];
}

void findings_records(const struct findings *f, struct records *ret)
{
	records_init(ret, &finding_type);
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *x = &f->v[i];
		struct record *r = records_add(ret);
		_cleanup_strv_ struct strv where = { 0 };

		record_text(r, F_CODE, x->code);
		record_text(r, F_SEVERITY, x->forced ? "forced" : severity_name(x->severity));
		record_bool(r, F_FINAL, x->final ? TRI_YES : TRI_NO);
		record_text(r, F_SUBJECT, x->subject);
		record_text(r, F_TEXT, x->text);
		record_text(r, F_EVIDENCE, x->evidence ? x->evidence : "");
		record_text(r, F_REMEDY, x->remedy ? x->remedy : "");
		strv_split(&where, x->where ? x->where : "", '\n');
		record_list(r, F_WHERE, &where);
	}
}

const struct finding *findings_refusal(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity == SEV_REFUSE && !f->v[i].forced)
			return &f->v[i];
	return NULL;
}

/* ---- the table's row, and what a check works with ----------------------------------------------------- */

struct check;

struct asking {
	struct facts *facts;
	const struct check_request *req;
	const struct check *check;
	struct findings *out;
};

struct check {
	const char *code;
	enum severity severity;
	bool final;
	unsigned intent;				/* any of these intents asks it */
	void (*device)(struct asking *a, struct bdf bdf); /* once for each device of the request */
	void (*vm)(struct asking *a, const struct vm *vm); /* once for its VM */
};

static bool is_forced(const struct strv *force, const char *code, const char *subject)
{
	_cleanup_free_ char *name = xasprintf("%s@%s", code, subject);

	return force && strv_has(force, name);
}

/* Add a finding of the check's own severity; evidence and remedy may be NULL. */
static void found_as(struct asking *a, enum severity severity, const char *subject, const char *evidence,
		     const char *remedy, const char *text)
{
	struct finding *x = findings_add(a->out, a->check->code, severity, subject, text);

	x->final = a->check->final && severity == SEV_REFUSE;
	x->forced = severity == SEV_REFUSE && !x->final && is_forced(a->req->force, x->code, subject);
	x->evidence = evidence ? xstrdup(evidence) : NULL;
	x->remedy = remedy ? xstrdup(remedy) : NULL;
}

_printf_(5, 6) static void found(struct asking *a, const char *subject, const char *evidence, const char *remedy,
				 const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	found_as(a, a->check->severity, subject, evidence, remedy, text);
}

/* The fact could not be had: say so once for the subject, with the reason. */
static void unknown(struct asking *a, const char *subject, const char *what, const char *why, const char *remedy)
{
	_cleanup_free_ char *text = xasprintf("%s is unknown: %s", what, why);

	found_as(a, SEV_UNKNOWN, subject, NULL, remedy, text);
}

/* The device's record; NULL when it is absent or nothing is known of the host's devices. */
static const struct pcidev *device_of(struct asking *a, struct bdf bdf)
{
	struct pcidevs *set = NULL;

	return facts_pci(a->facts, &set, NULL) < 0 ? NULL : pcidevs_find(set, bdf);
}

/* ---- the device itself -------------------------------------------------------------------------------- */

static void check_absent(struct asking *a, struct bdf bdf)
{
	struct err err = { 0 };
	struct pcidevs *set = NULL;

	if (facts_pci(a->facts, &set, &err) < 0)
		unknown(a, BDF_STR(bdf), "whether the device is there", err.text, "record the host with its /sys/bus/pci");
	else if (!pcidevs_find(set, bdf))
		found(a, BDF_STR(bdf), set->from_dump ? "lspci.txt" : "/sys/bus/pci/devices",
		      "pci-device-list shows the devices that are there", "there is no PCI device %s", BDF_STR(bdf));
}

static void check_bridge(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = device_of(a, bdf);
	_cleanup_free_ char *evidence = NULL;

	if (!dev || !pcidev_is_bridge(dev))
		return;
	evidence = xasprintf("class %04x, header type %u", dev->class >> 8, dev->header);
	found(a, BDF_STR(bdf), evidence, dev->header == 1 ? "name the devices behind it" : "choose another device",
	      "%s is a bridge: it belongs to the host and cannot be given to a VM", BDF_STR(bdf));
}

/* Intel VMD numbers its domains from 10000: neither the kernel's list nor XAPI's key can name such an address. */
static void check_domain(struct asking *a, struct bdf bdf)
{
	if (!bdf_is_xapi(bdf))
		found(a, BDF_STR(bdf), "a domain of more than four digits", "turn VMD off in the BIOS: the device then gets an ordinary address",
		      "%s cannot be given to a VM: the kernel's hide list and XAPI know four digits of domain only", BDF_STR(bdf));
}

/* ---- what dom0 lives on --------------------------------------------------------------------------------- */

/* What of dom0 stands on the device, and the chains that show it; what cannot be followed goes to `lost`. */
static void storage_uses(const struct storage *s, struct bdf bdf, struct strv *uses, struct strv *chains, struct strv *lost)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct storage_use *use = &s->v[i];

		if (bdfset_has(&use->devices, bdf)) {
			strv_add(uses, use->what);
			strv_add(chains, use->chain);
		} else if (!use->complete) {
			strv_add(lost, use->chain);
		}
	}
}

static void check_storage(struct asking *a, struct bdf bdf)
{
	_cleanup_strv_ struct strv uses = { 0 }, chains = { 0 }, lost = { 0 };
	struct err err = { 0 };
	struct storage *s = NULL;

	if (facts_storage(a->facts, &s, &err) < 0 || !s->mounts_known) {
		unknown(a, BDF_STR(bdf), "what dom0's file systems stand on",
			err.text[0] ? err.text : "/proc/self/mountinfo cannot be read",
			"make sure by hand that dom0 does not live on this device");
		return;
	}
	storage_uses(s, bdf, &uses, &chains, &lost);
	if (uses.n) {
		_cleanup_free_ char *what = strv_join(&uses, ", "), *how = strv_join(&chains, "; ");

		found(a, BDF_STR(bdf), how, "choose another device, or move dom0 off this one first",
		      "dom0 lives on %s: it holds %s", BDF_STR(bdf), what);
	} else if (lost.n) {
		_cleanup_free_ char *how = strv_join(&lost, "; ");

		unknown(a, BDF_STR(bdf), "which device all of dom0's storage stands on", how,
			"make sure by hand that it is not this device");
	}
}

static void check_network(struct asking *a, struct bdf bdf)
{
	struct err err = { 0 };
	struct net *n = NULL;

	if (facts_net(a->facts, &n, &err) < 0) {
		unknown(a, BDF_STR(bdf), "which interface dom0 is managed through", err.text, NULL);
		return;
	}
	if (!n->management_known)
		unknown(a, BDF_STR(bdf), "which interface dom0 is managed through",
			"/etc/xensource-inventory does not tell MANAGEMENT_INTERFACE",
			"make sure by hand that dom0 is not reached through this device");
	for (size_t i = 0; i < n->n; i++)
		if (bdfset_has(&n->v[i].devices, bdf))
			found(a, BDF_STR(bdf), n->v[i].chain,
			      "choose another device, or move the management interface to another card first",
			      "dom0 is reached through %s: it carries the %s", BDF_STR(bdf), n->v[i].what);
		else if (!n->v[i].complete)
			unknown(a, BDF_STR(bdf), "which device the management interface stands on", n->v[i].chain,
				"make sure by hand that it is not this device");
}

static void check_console(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = device_of(a, bdf);

	if (dev && dev->boot_vga == TRI_YES)
		found(a, BDF_STR(bdf), "boot_vga is 1", "set the console to another display in the BIOS, or choose another device",
		      "%s is the console display of the host", BDF_STR(bdf));
}

/* ---- who has it ------------------------------------------------------------------------------------------ */

static const char *vm_kind(const struct vm *vm)
{
	if (vm->is_control_domain == TRI_YES)
		return "the control domain";
	if (vm->is_snapshot == TRI_YES)
		return "the snapshot";
	return vm->is_template == TRI_YES ? "the template" : "the VM";
}

static void check_assigned(struct asking *a, struct bdf bdf)
{
	_cleanup_free_ const struct vm **others = NULL;
	struct vmlist list = { 0 };
	struct err err = { 0 };

	if (facts_assigned_to(a->facts, bdf, &list, &err) < 0) {
		unknown(a, BDF_STR(bdf), "whether a VM has the device", err.text, err.hint[0] ? err.hint : NULL);
		return;
	}
	others = list.v;
	for (size_t i = 0; i < list.n; i++) {
		_cleanup_free_ char *evidence = xasprintf("other-config:pci of %s is '%s'", list.v[i]->uuid, list.v[i]->pci);
		_cleanup_free_ char *remedy = xasprintf("vm-pci-detach uuid=%s device=%s", list.v[i]->uuid, BDF_STR(bdf));

		if (a->req->vm && streq(a->req->vm->uuid, list.v[i]->uuid))
			continue;
		if (!vm_is_guest(list.v[i])) {
			_cleanup_free_ char *text = xasprintf("%s '%s' names %s too: a VM made or reverted from it asks for the device",
							      vm_kind(list.v[i]), list.v[i]->name, BDF_STR(bdf));

			found_as(a, SEV_WARN, BDF_STR(bdf), evidence, NULL, text);
			continue;
		}
		found(a, BDF_STR(bdf), evidence, remedy, "%s is assigned to %s '%s'", BDF_STR(bdf), vm_kind(list.v[i]),
		      list.v[i]->name);
	}
}

static void check_held(struct asking *a, struct bdf bdf)
{
	const struct xen_domain *d;
	_cleanup_free_ char *evidence = NULL;
	bool known;

	d = facts_held_by(a->facts, bdf, &known);
	if (!known)
		unknown(a, BDF_STR(bdf), "whether a running domain holds the device", "Xen does not tell", NULL);
	if (!d || (a->req->vm && streq(a->req->vm->uuid, d->uuid)))
		return;
	evidence = xasprintf("Xen: domain %d, %s", d->domid, d->uuid);
	found(a, BDF_STR(bdf), evidence, "shut that VM down first", "%s is held by the running domain %d '%s'", BDF_STR(bdf),
	      d->domid, d->name ? d->name : "");
}

/* With its physical function a VF goes away: from under the VM that has it. */
static void check_vf_in_use(struct asking *a, struct bdf bdf)
{
	struct pcidevs *set = NULL;

	if (facts_pci(a->facts, &set, NULL) < 0)
		return;
	for (size_t i = 0; i < set->n; i++) {
		const struct pcidev *vf = &set->v[i];
		const struct xen_domain *d;
		bool known;

		if (!vf->has_physfn || !bdf_eq(vf->physfn, bdf))
			continue;
		d = facts_held_by(a->facts, vf->bdf, &known);
		if (d || facts_assignable(a->facts, vf) == TRI_YES) {
			_cleanup_free_ char *evidence = d ? xasprintf("Xen: domain %d, %s", d->domid, d->uuid)
							  : xasprintf("Xen: %s is assignable", BDF_STR(vf->bdf));

			found(a, BDF_STR(bdf), evidence, "take the virtual function back first, or name another device",
			      "%s takes its virtual function %s with it, which is %s", BDF_STR(bdf), BDF_STR(vf->bdf),
			      d ? "held by a running VM" : "meant for a VM");
		}
	}
}

/* ---- the VM ------------------------------------------------------------------------------------------------ */

static void check_vm_kind(struct asking *a, const struct vm *vm)
{
	if (!vm_is_guest(vm))
		found(a, vm->uuid, NULL, "name a VM that can be started", "'%s' is no VM: it is %s%s", vm->name,
		      vm->is_control_domain == TRI_YES ? "the control domain" : "a ",
		      vm->is_control_domain == TRI_YES ? "" : vm->is_snapshot == TRI_YES ? "snapshot" : "template");
}

static void check_vm_halted(struct asking *a, const struct vm *vm)
{
	_cleanup_free_ char *remedy = NULL, *evidence = NULL;

	if (!vm_is_guest(vm))
		return;
	if (!vm->power_state) {
		unknown(a, vm->uuid, "whether the VM runs", "XAPI's record has no power_state", "make sure that the VM is halted");
		return;
	}
	if (streq(vm->power_state, "Halted"))
		return;
	remedy = xasprintf("shut it down first: xe vm-shutdown uuid=%s", vm->uuid);
	evidence = xasprintf("power_state is %s", vm->power_state);
	found(a, vm->uuid, evidence, remedy, "the VM '%s' is not halted: XAPI cannot plug or unplug PCI devices while it runs",
	      vm->name);
}

/* XAPI drops what it cannot scan without a word, and the VM then starts without the device (facts F7). */
static void check_vm_key(struct asking *a, const struct vm *vm)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &p);
	for (size_t i = 0; i < p.n; i++)
		if (p.v[i].dropped)
			found(a, vm->uuid, vm->pci, "vm-pci-list shows what XAPI reads; correct or remove the item with xe vm-param-set",
			      "XAPI ignores the item '%.*s' of other-config:pci of '%s'", (int)MIN(p.v[i].len, (size_t)64),
			      vm->pci + p.v[i].off, vm->name);
}

/* ---- vectors ------------------------------------------------------------------------------------------------- */

static void check_vectors(struct asking *a, struct bdf bdf)
{
	const struct pcidev *dev = device_of(a, bdf);
	struct pcidevs *set = NULL;

	if (!dev || facts_pci(a->facts, &set, NULL) < 0 || pcidev_msix_vectors(set, dev) != PCIDEV_UNKNOWN)
		return;
	unknown(a, BDF_STR(bdf), "how many interrupt vectors the device asks for", "its config space is too short to tell",
		"look with lspci -vvv as root for MSI-X, and set extra-irqs-set by hand where a VM needs more");
}

/* ---- the table ------------------------------------------------------------------------------------------------ */

static const struct check checks[] = {
	{ "DEVICE_ABSENT", SEV_REFUSE, true, CHECK_HIDE | CHECK_ATTACH, check_absent, NULL },
	{ "DEVICE_BRIDGE", SEV_REFUSE, true, CHECK_HIDE | CHECK_ATTACH, check_bridge, NULL },
	{ "DEVICE_DOMAIN", SEV_REFUSE, true, CHECK_HIDE | CHECK_ATTACH, check_domain, NULL },
	{ "DOM0_STORAGE", SEV_REFUSE, true, CHECK_HIDE | CHECK_ATTACH | CHECK_DOM0, check_storage, NULL },
	{ "DOM0_NETWORK", SEV_REFUSE, true, CHECK_HIDE | CHECK_ATTACH | CHECK_DOM0, check_network, NULL },
	{ "DOM0_CONSOLE", SEV_REFUSE, true, CHECK_HIDE | CHECK_ATTACH | CHECK_DOM0, check_console, NULL },
	{ "DEVICE_ASSIGNED", SEV_REFUSE, false, CHECK_UNHIDE | CHECK_ATTACH, check_assigned, NULL },
	{ "DEVICE_HELD", SEV_REFUSE, false, CHECK_UNHIDE | CHECK_ATTACH | CHECK_ASSIGN, check_held, NULL },
	{ "VF_IN_USE", SEV_REFUSE, false, CHECK_HIDE, check_vf_in_use, NULL },
	{ "VM_NOT_A_GUEST", SEV_REFUSE, true, CHECK_VM, NULL, check_vm_kind },
	{ "VM_NOT_HALTED", SEV_REFUSE, true, CHECK_VM_OFF, NULL, check_vm_halted },
	{ "VM_KEY_DROPPED", SEV_WARN, false, CHECK_ATTACH, NULL, check_vm_key },
	{ "IRQ_UNKNOWN", SEV_UNKNOWN, false, CHECK_ATTACH, check_vectors, NULL },
};

static void run_one(struct asking *a)
{
	const struct check_request *req = a->req;

	if (a->check->vm && req->vm)
		a->check->vm(a, req->vm);
	if (!a->check->device || !req->devices)
		return;
	for (size_t i = 0; i < req->devices->n; i++)
		a->check->device(a, req->devices->v[i]);
}

void checks_run(struct facts *facts, const struct check_request *req, struct findings *ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++) {
		struct asking a = { facts, req, &checks[i], ret };

		if (checks[i].intent & req->intent)
			run_one(&a);
	}
}
