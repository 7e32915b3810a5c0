/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks.c - findings, and asking the checks of all tables; see checks.h. */

#include <stdarg.h>
#include <stdio.h>

#include "plugin/checks_private.h"
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

static void finding_done(struct finding *x)
{
	free(x->subject);
	free(x->text);
	free(x->evidence);
	free(x->remedy);
	free(x->where);
}

void findings_done(struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		finding_done(&f->v[i]);
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
	findings_put(f, ret);
}

void findings_put(const struct findings *f, struct records *recs)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *x = &f->v[i];
		struct record *r = records_add(recs);
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

void findings_sort(struct findings *f)
{
	static const enum severity order[] = { SEV_REFUSE, SEV_WARN, SEV_UNKNOWN, SEV_INFO };
	struct finding *v = xcalloc(f->n + 1, sizeof(*v));
	size_t n = 0;

	for (size_t s = 0; s < ARRAY_SIZE(order); s++)
		for (size_t i = 0; i < f->n; i++)
			if (f->v[i].severity == order[s])
				v[n++] = f->v[i];
	/* The array stays the one that findings_add() lets grow. */
	if (n)
		memcpy(f->v, v, n * sizeof(*v));
	free(v);
}

bool findings_have(const struct findings *f, const char *code, const char *subject)
{
	for (size_t i = 0; i < f->n; i++)
		if (streq(f->v[i].code, code) && (!subject || streq(f->v[i].subject, subject)))
			return true;
	return false;
}

const struct finding *findings_refusal(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity == SEV_REFUSE && !f->v[i].forced)
			return &f->v[i];
	return NULL;
}

/* ---- what checks add ----------------------------------------------------------------------------------- */

static bool is_forced(const struct strv *force, const char *code, const char *subject)
{
	_cleanup_free_ char *name = xasprintf("%s@%s", code, subject);

	return force && strv_has(force, name);
}

void findings_force(struct findings *f, const struct strv *force)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity == SEV_REFUSE && !f->v[i].final && is_forced(force, f->v[i].code, f->v[i].subject))
			f->v[i].forced = true;
}

void check_found_as(struct asking *a, enum severity severity, const char *subject, const char *evidence,
		     const char *remedy, const char *text)
{
	struct finding *x = findings_add(a->out, a->check->code, severity, subject, text);

	x->final = a->check->final && severity == SEV_REFUSE;
	x->forced = severity == SEV_REFUSE && !x->final && is_forced(a->req->force, x->code, subject);
	/* What is good to know of a device is not what a plan is about. */
	x->detail = severity == SEV_INFO;
	x->evidence = evidence ? xstrdup(evidence) : NULL;
	x->remedy = remedy ? xstrdup(remedy) : NULL;
}

void check_found(struct asking *a, const char *subject, const char *evidence, const char *remedy,
				 const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	check_found_as(a, a->check->severity, subject, evidence, remedy, text);
}

void check_found_absent(struct asking *a, struct bdf bdf)
{
	a->out->v[a->out->n - 1].absent = true;
	a->out->v[a->out->n - 1].bdf = bdf;
}

void check_unknown(struct asking *a, const char *subject, const char *what, const char *why, const char *remedy)
{
	_cleanup_free_ char *text = xasprintf("%s is unknown: %s", what, why);

	check_found_as(a, SEV_UNKNOWN, subject, NULL, remedy, text);
}

const struct pcidev *check_device(struct asking *a, struct bdf bdf)
{
	struct pcidevs *set = NULL;

	return facts_pci(a->facts, &set, NULL) < 0 ? NULL : pcidevs_find(set, bdf);
}

bool check_would_refuse(struct asking *a, const struct check_table *table, struct bdf bdf, char **why, bool *final)
{
	struct findings found = { 0 };
	const struct finding *x;

	for (size_t i = 0; i < table->n; i++) {
		struct asking one = { .facts = a->facts, .req = a->req, .check = &table->rows[i], .out = &found };

		if (one.check->intent & a->req->intent && one.check->device)
			one.check->device(&one, bdf);
	}
	x = findings_refusal(&found);
	if (x) {
		*why = x->evidence ? xasprintf("%s (%s)", x->text, x->evidence) : xstrdup(x->text);
		*final = x->final;
	}
	findings_done(&found);
	return x;
}

/* ---- asking ------------------------------------------------------------------------------------------------ */

static const struct check_table *const check_tables[] = {
	&checks_platform,
	&checks_device,
	&checks_dom0,
	&checks_board,
	&checks_owner,
	&checks_isolation,
	&checks_rmrr,
	&checks_irq,
	&checks_reset,
	&checks_mmio,
	&checks_sriov,
	&checks_gpu,
	&checks_start,
	&checks_vm,
	&checks_vmcpu,
};

/* Which callbacks of a row are asked; ASK_DECIDING: only of rows that can say no. */
enum ask { ASK_HOST = 1 << 0, ASK_DEVICES = 1 << 1, ASK_VM = 1 << 2, ASK_DECIDING = 1 << 3 };

/* A row at work, with its findings: they are told row by row. */
struct row {
	struct asking a;
	struct findings found;
};

/* The rows that concern the request; caller frees. */
static struct row *rows_of(struct facts *facts, const struct check_request *req, size_t *n)
{
	struct row *rows = NULL;

	*n = 0;
	for (size_t t = 0; t < ARRAY_SIZE(check_tables); t++)
		for (size_t i = 0; i < check_tables[t]->n; i++) {
			const struct check *check = &check_tables[t]->rows[i];

			if (!(check->intent & req->intent))
				continue;
			ARRAY_GROW(rows, *n);
			rows[(*n)++] = (struct row){ .a = { .facts = facts, .req = req, .check = check } };
		}
	for (size_t i = 0; i < *n; i++)
		rows[i].a.out = &rows[i].found;
	return rows;
}

static void findings_take(struct findings *to, struct findings *from)
{
	for (size_t i = 0; i < from->n; i++) {
		ARRAY_GROW(to->v, to->n);
		to->v[to->n++] = from->v[i];
	}
	free(from->v);
	*from = (struct findings){ 0 };
}

static bool decides(const struct check *check)
{
	return check->severity == SEV_REFUSE || check->decides;
}

static void run(struct facts *facts, const struct check_request *req, unsigned what, struct findings *ret)
{
	size_t n;
	_cleanup_free_ struct row *rows = rows_of(facts, req, &n);

	for (size_t i = 0; i < n; i++) {
		const struct check *check = rows[i].a.check;

		if (what & ASK_DECIDING && !decides(check))
			continue;
		if (what & ASK_HOST && check->host)
			check->host(&rows[i].a);
		if (what & ASK_VM && check->vm && req->vm)
			check->vm(&rows[i].a, req->vm);
	}
	/* Device by device: its files stay open while all rows ask about it. */
	for (size_t d = 0; what & ASK_DEVICES && req->devices && d < req->devices->n; d++)
		for (size_t i = 0; i < n; i++)
			if (rows[i].a.check->device && (!(what & ASK_DECIDING) || decides(rows[i].a.check)))
				rows[i].a.check->device(&rows[i].a, req->devices->v[d]);
	for (size_t i = 0; i < n; i++)
		findings_take(ret, &rows[i].found);
}

static int cmp_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : !!a - !!b;
}

/* Equal findings side by side, in the order in which they were found. */
static int cmp_finding(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
	int c = strcmp(x->subject, y->subject);

	if (!c)
		c = strcmp(x->code, y->code);
	if (!c)
		c = (int)x->severity - (int)y->severity;
	if (!c)
		c = strcmp(x->text, y->text);
	return c ? c : cmp_text(x->where, y->where);
}

static int cmp_finding_stable(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
	int c = cmp_finding(a, b);

	return c ? c : x < y ? -1 : x > y;
}

/* Several parts of a plan may ask about one device, and several rows about one that stands for its card. */
static void drop_doubles(struct findings *f)
{
	_cleanup_free_ struct finding **order = xcalloc(f->n + 1, sizeof(*order));
	_cleanup_free_ bool *twice = xcalloc(f->n + 1, sizeof(*twice));
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		order[i] = &f->v[i];
	qsort(order, f->n, sizeof(*order), cmp_finding_stable);
	for (size_t i = 1; i < f->n; i++)
		if (!cmp_finding(&order[i - 1], &order[i]))
			twice[order[i] - f->v] = true;
	for (size_t i = 0; i < f->n; i++)
		if (twice[i])
			finding_done(&f->v[i]);
		else
			f->v[n++] = f->v[i];
	f->n = n;
}

void checks_run(struct facts *facts, const struct check_request *req, struct findings *ret)
{
	run(facts, req, ASK_HOST | ASK_DEVICES | ASK_VM, ret);
	drop_doubles(ret);
}

void checks_run_choice(struct facts *facts, const struct check_request *req, struct findings *ret)
{
	run(facts, req, ASK_DEVICES | ASK_DECIDING, ret);
}

void checks_run_refusals(struct facts *facts, const struct check_request *req, struct findings *ret)
{
	run(facts, req, ASK_HOST | ASK_DEVICES | ASK_VM | ASK_DECIDING, ret);
}

/* ---- the host as it is ------------------------------------------------------------------------------------- */

void check_vm_devices(const struct vm *vm, struct bdfset *ret)
{
	_cleanup_(vmpci_done) struct vmpci p = { 0 };

	vmpci_parse(vm->pci ? vm->pci : "", &p);
	vmpci_plug_order(&p, ret);
}

static void add_all(struct bdfset *to, const struct bdfset *from)
{
	for (size_t i = 0; i < from->n; i++)
		bdfset_add(to, from->v[i]);
}

/* Named by a guest's key, hidden now or at the next boot, assignable or bound to pciback: what passthrough is about here. */
static void devices_in_use(struct facts *facts, struct bdfset *ret)
{
	struct pcidevs *pci = NULL;
	const struct bdfset *set;
	struct vms *vms = NULL;

	for (size_t i = 0; facts_vms(facts, &vms, NULL) == 0 && i < vms->n; i++)
		if (vms->v[i].pci && vm_is_guest(&vms->v[i]) && facts_vm_is_here(facts, &vms->v[i]) != TRI_NO)
			check_vm_devices(&vms->v[i], ret);
	if (facts_hidden_now(facts, &set, NULL) == 0)
		add_all(ret, set);
	if (facts_hidden_next(facts, &set, NULL) == 0)
		add_all(ret, set);
	if (facts_all_assignable(facts, &set, NULL) == 0)
		add_all(ret, set);
	for (size_t i = 0; facts_pci(facts, &pci, NULL) == 0 && i < pci->n; i++)
		if (pci->v[i].driver && streq(pci->v[i].driver, "pciback"))
			bdfset_add(ret, pci->v[i].bdf);
	bdfset_sort(ret);
}

static void run_vm(struct facts *facts, const struct vm *vm, struct findings *ret)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct check_request req = { .intent = CHECK_HOST | CHECK_ATTACH | CHECK_VM, .devices = &devices, .vm = vm };

	check_vm_devices(vm, &devices);
	run(facts, &req, ASK_VM, ret);
}

void checks_run_host(struct facts *facts, struct findings *ret)
{
	_cleanup_bdfset_ struct bdfset devices = { 0 };
	struct check_request req = { .intent = CHECK_HOST | CHECK_HIDE | CHECK_ATTACH, .devices = &devices };
	struct vms *vms = NULL;

	devices_in_use(facts, &devices);
	run(facts, &req, ASK_HOST | ASK_DEVICES, ret);
	for (size_t i = 0; facts_vms(facts, &vms, NULL) == 0 && i < vms->n; i++)
		if (vm_is_guest(&vms->v[i]) && (vms->v[i].pci || vms->v[i].mask || vms->v[i].n_vusbs))
			run_vm(facts, &vms->v[i], ret);
	drop_doubles(ret);
}
