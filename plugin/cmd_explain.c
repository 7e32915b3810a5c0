/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_explain.c - explain: what an error text means, and, where a host is at hand, what that host says about it. */

#include <stdio.h>

#include "plugin/checks.h"
#include "plugin/commands.h"
#include "plugin/explain.h"
#include "plugin/state_places.h"

enum {
	X_CODE,
	X_SOURCE,
	X_SUBJECT,
	X_LINE,
	X_MATCHED,
	X_MEANING,
	X_CAUSE,
	X_HERE,
	X_CHECK,
	X_REMEDY,
	X_FOUND,
	X_WHERE
};

static const struct field explain_fields[] = {
	[X_CODE] = { "code", V_TEXT, true, "stable name of the explanation" },
	[X_SOURCE] = { "source", V_TEXT, true, "who says it" },
	[X_SUBJECT] = { "subject", V_TEXT, true, "the device, VM, word or number that the text is about" },
	[X_LINE] = { "line", V_NUMBER, true, "of the text" },
	[X_MATCHED] = { "matched", V_TEXT, true, "what was recognised" },
	[X_MEANING] = { "meaning", V_TEXT, true, "what it says" },
	[X_CAUSE] = { "cause", V_TEXT, true, "why it comes" },
	[X_HERE] = { "here", V_TEXT, true, "what this host says about it; unknown where it cannot be had" },
	[X_CHECK] = { "check", V_TEXT, true, "command of this program that looks closer" },
	[X_REMEDY] = { "remedy", V_TEXT, true, "what to do" },
	[X_FOUND] = { "found", V_LIST, false, "all that was pulled out of the text, name=value" },
	[X_WHERE] = { "where", V_LIST, false, "a pasted argument, and a caret below what is wrong in it" },
};
static const struct record_type explain_type = RECORD_TYPE("explanation", explain_fields);

/* ---- what this host says: a sentence, or NULL where it cannot tell ------------------------------ */

static char *here_pciback(struct run *r)
{
	struct host *h = facts_host(r->facts);
	int there = host_exists(h, "/sys/bus/pci/drivers/pciback", NULL);

	if (there > 0)
		return xstrdup("the pciback driver is there");
	/* A recording without drivers tells nothing. */
	if (there < 0 || host_exists(h, "/sys/bus/pci/drivers", NULL) <= 0)
		return NULL;
	return xstrdup("the pciback driver is not there");
}

static char *here_hide(struct run *r)
{
	const struct bdfset *next;
	struct err err = { 0 };
	int rc = facts_hidden_next(r->facts, &next, &err);

	if (rc == 0)
		return xasprintf("the kernel can read what the next boot hides: %zu device%s", next->n,
				 next->n == 1 ? "" : "s");
	return rc == -EINVAL ? xstrdup(err.text) : NULL;
}

static char *here_iommu(struct run *r)
{
	struct xen_physinfo info = { .cap_hvm_directio = TRI_UNKNOWN };
	struct xen *x = NULL;

	if (facts_xen(r->facts, &x, NULL) < 0 || xen_physinfo(x, &info, NULL) < 0 ||
	    info.cap_hvm_directio == TRI_UNKNOWN)
		return NULL;
	return xstrdup(info.cap_hvm_directio == TRI_YES ? "Xen can pass devices through: the IOMMU is on"
							: "Xen cannot pass devices through: the IOMMU is off");
}

static void add_owners(struct run *r, struct bdf bdf, struct strbuf *out)
{
	bool known;
	const struct xen_domain *held = facts_held_by(r->facts, bdf, &known);
	struct vmlist vms = { 0 };

	if (held)
		strbuf_addf(out, ", held by domain %d%s%s", held->domid, held->name ? " " : "",
			    held->name ? held->name : "");
	if (facts_assigned_to(r->facts, bdf, &vms, NULL) == 0)
		for (size_t i = 0; i < vms.n; i++)
			strbuf_addf(out, "%s%s", i ? " and " : ", named by the key of VM ",
				    vms.v[i]->name ? vms.v[i]->name : vms.v[i]->uuid);
	free(vms.v);
}

static bool is_in(const struct dmar_region *region, struct bdf bdf, const struct pcidevs *set)
{
	struct bdf at;

	for (size_t i = 0; i < region->n; i++)
		if (region->v[i].kind == DMAR_PATH && dmar_resolve(region, &region->v[i], set, &at) && bdf_eq(at, bdf))
			return true;
	return false;
}

/* RMRRs that the device is in; nothing is said where none is found, for a path that cannot be resolved may hide one. */
static void add_rmrrs(struct run *r, struct bdf bdf, const struct pcidevs *set, struct strbuf *out)
{
	struct dmar *d = NULL;
	bool any = false, shared = false;

	if (facts_dmar(r->facts, &d, NULL) < 0)
		return;
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].kind == DMAR_RMRR && is_in(&d->v[i], bdf, set)) {
			any = true;
			shared = shared || dmar_is_shared(&d->v[i]);
		}
	if (any)
		strbuf_addf(out, ", its reserved memory is %s", shared ? "shared with other devices" : "its own");
}

#define FINDINGS_SHOWN 3

/* The checks on the host look at everything, and are run once for all that the text names. */
struct asked {
	struct findings host;
	bool ran;
};

/* A machine that is no Xen host would only be said to be none. */
static bool is_checkable(struct run *r)
{
	struct xen *x = NULL;

	return facts_brand(r->facts) || facts_xen(r->facts, &x, NULL) == 0;
}

/* The worst of what a check says, of all subjects or of one; `none` where it says nothing against it. */
static void add_findings(const struct findings *found, const char *subject, const char *none, struct strbuf *out)
{
	size_t n = 0, unknown = 0;

	for (size_t i = 0; i < found->n; i++) {
		const struct finding *f = &found->v[i];

		if (subject && !streq(f->subject, subject))
			continue;
		unknown += f->severity == SEV_UNKNOWN;
		if (f->severity != SEV_REFUSE && f->severity != SEV_WARN)
			continue;
		if (n++ < FINDINGS_SHOWN)
			strbuf_addf(out, "; %s %s: %s", severity_name(f->severity), f->code, f->text);
	}
	if (n > FINDINGS_SHOWN)
		strbuf_addf(out, "; and %zu more", n - FINDINGS_SHOWN);
	if (!n)
		strbuf_addf(out, "; %s", none);
	if (!n && unknown)
		strbuf_addf(out, ", and cannot tell %zu thing%s", unknown, unknown == 1 ? "" : "s");
}

/* What pci-check says against the device. */
static void add_check(struct run *r, struct bdf bdf, struct strbuf *out)
{
	_cleanup_(findings_done) struct findings found = { 0 };
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	const struct check_request req = { .intent = CHECK_HIDE | CHECK_ATTACH, .devices = &devices };

	if (!is_checkable(r))
		return;
	bdfset_add(&devices, bdf);
	checks_run(r->facts, &req, &found);
	state_tell_places(r->facts, &found);
	findings_sort(&found);
	add_findings(&found, NULL, "pci-check neither refuses it nor warns of it", out);
}

/* What host-check says of this host, or of the VM that the text names. */
static void add_host_check(struct run *r, struct asked *asked, const struct explanation *e, struct strbuf *out)
{
	bool is_vm = str_after(e->entry->check, "host-check subject=") && e->subject && strlen(e->subject) == 36;

	if (!is_checkable(r))
		return;
	if (!asked->ran) {
		checks_run_host(r->facts, &asked->host);
		state_tell_places(r->facts, &asked->host);
		findings_sort(&asked->host);
		asked->ran = true;
	}
	add_findings(&asked->host, is_vm ? e->subject : NULL, is_vm ? "host-check has nothing against this VM" : "host-check finds nothing wrong", out);
}

static char *here_device(struct run *r, const char *check, const char *subject)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	struct pcidevs *set = NULL;
	const struct pcidev *dev;
	struct bdf bdf;

	if (!subject || !bdf_parse(subject, &bdf) || facts_pci(r->facts, &set, NULL) < 0)
		return NULL;
	dev = pcidevs_find(set, bdf);
	if (!dev)
		strbuf_addf(&out, "%s is not there", BDF_STR(bdf));
	else if (dev->has_driver == TRI_UNKNOWN)
		strbuf_addf(&out, "%s is there", BDF_STR(bdf));
	else
		strbuf_addf(&out, "%s is there, driver %s", BDF_STR(bdf), dev->driver ? dev->driver : "none");
	add_rmrrs(r, bdf, set, &out);
	add_owners(r, bdf, &out);
	if (dev && str_after(check, "pci-check "))
		add_check(r, bdf, &out);
	return strbuf_take(&out);
}

static char *here_vm(struct run *r, const char *subject)
{
	const struct vm *vm = NULL;
	struct vms *vms = NULL;

	if (!subject || facts_vms(r->facts, &vms, NULL) < 0)
		return NULL;
	vm = vms_find(vms, subject);
	if (!vm)
		return NULL; /* it may be a reference, or of another pool */
	return xasprintf("VM %s: %s, other-config:pci %s", vm->name ? vm->name : vm->uuid,
			 vm->power_state ? vm->power_state : "state unknown", vm->pci ? vm->pci : "not set");
}

static char *here_fact(struct run *r, const struct explanation *e)
{
	switch (e->entry->here) {
	case HERE_NOTHING: break;
	case HERE_PCIBACK: return here_pciback(r);
	case HERE_HIDE: return here_hide(r);
	case HERE_IOMMU: return here_iommu(r);
	case HERE_DEVICE: return here_device(r, e->entry->check, e->subject);
	case HERE_VM: return here_vm(r, e->subject);
	}
	return NULL;
}

static char *here(struct run *r, struct asked *asked, const struct explanation *e)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	_cleanup_free_ char *fact = here_fact(r, e);

	if (!str_after(e->entry->check, "host-check"))
		return TAKE_PTR(fact);
	strbuf_add(&out, fact ? fact : "");
	add_host_check(r, asked, e, &out);
	if (!out.len)
		return NULL;
	return fact ? strbuf_take(&out) : xstrdup(strbuf_str(&out) + strlen("; "));
}

/* ---- records
 * ---------------------------------------------------------------------------------------------------------- */

/* The command with the subject in the place of DEVICE or UUID; as it stands where there is no fitting one. */
static char *check_of(const struct explanation *e)
{
	const char *check = e->entry->check, *at = strstr(check, "DEVICE");
	struct bdf bdf;

	if (at && e->subject && bdf_parse(e->subject, &bdf))
		return xasprintf("%.*s%s%s", (int)(at - check), check, BDF_STR(bdf), at + strlen("DEVICE"));
	at = strstr(check, "UUID");
	if (at && e->subject && strlen(e->subject) == 36)
		return xasprintf("%.*s%s%s", (int)(at - check), check, e->subject, at + strlen("UUID"));
	return xstrdup(check);
}

static void put(struct run *r, struct asked *asked, const struct explanation *e)
{
	struct record *rec = records_add(&r->res->records);

	record_text(rec, X_CODE, e->entry->code);
	record_text(rec, X_SOURCE, explain_source_name(e->entry->source));
	if (e->subject)
		record_text(rec, X_SUBJECT, e->subject);
	else
		record_none(rec, X_SUBJECT, NULL);
	record_number(rec, X_LINE, e->line);
	record_text(rec, X_MATCHED, e->matched);
	record_text(rec, X_MEANING, e->meaning ? e->meaning : e->entry->meaning);
	record_text(rec, X_CAUSE, e->entry->cause);
	if (records_want(&r->res->records, X_HERE))
		record_text_take(rec, X_HERE, here(r, asked, e));
	record_text_take(rec, X_CHECK, check_of(e));
	record_text(rec, X_REMEDY, e->remedy ? e->remedy : e->entry->remedy);
	record_list(rec, X_FOUND, &e->found);
	record_list(rec, X_WHERE, &e->where);
}

static void put_all(struct run *r, const struct explanations *all)
{
	struct strv *notes = &r->res->notes;
	struct asked asked = { 0 };

	for (size_t i = 0; i < all->n; i++)
		put(r, &asked, &all->v[i]);
	findings_done(&asked.host);
	for (size_t i = 0; i < all->fine.n; i++)
		strv_add(notes, all->fine.v[i]);
	if (all->more)
		strv_addf(notes, "%zu more of these messages, about other subjects, are left out", all->more);
	if (!all->n)
		strv_add(notes, all->fine.n ? "nothing else in the text is known"
					    : "nothing in this text is known: no cause is guessed; host-check looks at "
					      "the whole host");
}

/* ---- the text
 * --------------------------------------------------------------------------------------------------------- */

static int run_explain(struct run *r, struct err *err)
{
	const char *message = args_get(r->args, "message"), *file = args_get(r->args, "file");
	_cleanup_(explanations_done) struct explanations all = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	int rc;

	if (message && file)
		return err_set(err, EINVAL, "give message= or file=, not both");
	if (message && strlen(message) > EXPLAIN_TEXT_MAX)
		return err_set(err, EFBIG, "the message is larger than %u bytes", EXPLAIN_TEXT_MAX);
	if (file && !streq(file, "-")) {
		rc = host_read_local(file, EXPLAIN_TEXT_MAX, &text, err);
		if (rc < 0)
			return rc;
	} else if (message) {
		strbuf_add(&text, message);
	}
	if (!text.len && !r->args->input.len) {
		err_set(err, EINVAL, "there is nothing to explain");
		return err_hint(err, "give the text as message=..., name a file with file=..., or pipe it in");
	}
	if (text.len)
		explain(strbuf_str(&text), text.len, &all);
	else
		explain(strbuf_str(&r->args->input), r->args->input.len, &all);
	put_all(r, &all);
	return 0;
}

static const struct param explain_params[] = {
	{ "message", "TEXT", 0,
	  "the error, in whatever text surrounds it; one that is not known gives no record, and exit status 0" },
	{ "file", "FILE|-", P_LOCAL_FILE | P_STDIN,
	  "a log of this machine; -, also by itself, or no parameter in a pipe is standard input" },
	{ 0 },
};

const struct command cmd_explain = {
	.name = "explain",
	.summary = "what an error of XAPI, xl, Xen or the kernel means and what to do",
	.params = explain_params,
	.flags = CMD_LIST,
	.type = &explain_type,
	.run = run_explain,
};
