/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_record.c - a recording of the host: what --host-dir takes, and what a bug report is made of. */

#include <stdio.h>

#include "plugin/commands.h"
#include "xenhelpers/gather.h"

enum { C_PATH, C_ABOUT, C_FILES, C_BYTES, C_DEVICES, C_XEN, C_XAPI, C_BLOTTED, C_LEFT_OUT };

static const struct field record_fields[] = {
	[C_PATH] = { "path", V_TEXT, true, "the new directory; root alone can read it" },
	[C_ABOUT] = { "about", V_TEXT, true, "its description" },
	[C_FILES] = { "files", V_NUMBER, true, "how many were written" },
	[C_BYTES] = { "bytes", V_NUMBER, true, "" },
	[C_DEVICES] = { "device-count", V_NUMBER, true, "PCI functions" },
	[C_XEN] = { "xen", V_BOOL, true, "Xen's answers are in it" },
	[C_XAPI] = { "xapi", V_BOOL, true, "XAPI's records are in it" },
	[C_BLOTTED] = { "passwords-removed", V_NUMBER, true, "values in boot arguments and boot files that looked like passwords" },
	[C_LEFT_OUT] = { "left-out", V_LIST, true, "what is there and could not be recorded" },
};
static const struct record_type record_type = RECORD_TYPE("recording", record_fields);

static char *about(struct run *r, const struct gather *g)
{
	_cleanup_free_ char *version = NULL;
	struct strbuf b = { 0 };

	net_inventory_get(facts_host(r->facts), "PRODUCT_VERSION", &version, NULL);
	strbuf_add(&b, facts_brand(r->facts) ? facts_brand(r->facts) : "unknown brand");
	strbuf_addf(&b, " %s, ", version ? version : "of unknown version");
	if (g->pci)
		strbuf_addf(&b, "%zu PCI functions", g->pci->n);
	else
		strbuf_add(&b, "PCI functions unknown");
	/* One line, whatever stands in the inventory. */
	for (size_t i = 0; i < b.len; i++)
		if (b.s[i] == '\n' || b.s[i] == '\r')
			b.s[i] = ' ';
	return strbuf_take(&b);
}

static int put_about(struct gather *g, const char *text, struct err *err)
{
	_cleanup_free_ char *line = xasprintf("%s\n", text);

	return host_record_part(g->to, "about", line, strlen(line), err);
}

/* Xen and XAPI may be missing: then their parts are. */
static int gather_answers(struct run *r, struct gather *g, struct record *rec, struct err *err)
{
	struct xapi *xapi = NULL;
	struct xen *xen = NULL;
	struct err why = { 0 };
	int rc = facts_xen(r->facts, &xen, &why);

	record_bool(rec, C_XEN, (enum tristate)(rc == 0));
	if (rc < 0)
		strv_addf(&r->res->notes, "without Xen's answers: %s", why.text);
	else if ((rc = gather_xen(g, xen, err)) < 0)
		return rc;
	rc = facts_xapi(r->facts, &xapi, &why);
	record_bool(rec, C_XAPI, (enum tristate)(rc == 0));
	if (rc < 0) {
		strv_addf(&r->res->notes, "without XAPI's records: %s", why.text);
		return 0;
	}
	return gather_xapi(g, xapi, err);
}

static void put_summary(struct run *r, const struct gather *g, struct record *rec)
{
	record_number(rec, C_FILES, (long long)host_record_files(g->to));
	record_number(rec, C_BYTES, (long long)host_record_bytes(g->to));
	record_number(rec, C_DEVICES, g->pci ? (long long)g->pci->n : -1);
	record_number(rec, C_BLOTTED, (long long)g->blotted);
	record_list(rec, C_LEFT_OUT, &g->left_out);
	if (g->more)
		strv_addf(&r->res->notes, "%zu more files were left out", g->more);
}

static int gather_all(struct run *r, struct gather *g, struct record *rec, struct err *err)
{
	struct pcidevs *set = NULL;
	_cleanup_free_ char *text = NULL;
	int rc;

	facts_pci(r->facts, &set, NULL);
	g->pci = set;
	text = about(r, g);
	rc = put_about(g, text, err);
	if (rc == 0)
		rc = gather_root(g, err);
	if (rc == 0)
		rc = gather_answers(r, g, rec, err);
	if (rc == 0)
		rc = host_record_end(g->to, err);
	if (rc < 0)
		return rc;
	record_text(rec, C_ABOUT, text);
	put_summary(r, g, rec);
	return 0;
}

static int run_host_record(struct run *r, struct err *err)
{
	const char *path = args_get(r->args, "path");
	_cleanup_(host_record_freep) struct host_record *to = NULL;
	_cleanup_(gather_done) struct gather g = { .from = facts_host(r->facts) };
	struct record *rec = records_add(&r->res->records);
	int rc = host_record_begin(path, &to, err);

	if (rc < 0)
		return rc;
	g.to = to;
	record_text(rec, C_PATH, path);
	rc = gather_all(r, &g, rec, err);
	return rc < 0 ? err_wrap(err, "the recording '%s' was not made", path) : 0;
}

static const struct param record_params[] = {
	{ "path", "DIR", P_REQUIRED | P_LOCAL_FILE, "the directory to make; it must not exist" },
	{ 0 },
};

const struct command cmd_host_record = {
	.name = "host-record",
	.summary = "record what commands read of this host, for --host-dir and for bug reports",
	.params = record_params,
	.flags = CMD_SHOW | CMD_NO_PLUGIN,
	.type = &record_type,
	.run = run_host_record,
};
