/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gather_xen.c - Xen's answers as xen.json, in the form that xen.h describes and xen_recorded.c reads; see gather.h */

#include <stdio.h>

#include <jansson.h>

#include "gather.h"

static json_t *tristate_json(enum tristate t)
{
	return t == TRI_UNKNOWN ? json_null() : json_boolean(t);
}

static json_t *int_json(int v)
{
	return v == XEN_UNKNOWN ? json_null() : json_integer(v);
}

static json_t *set_json(const struct bdfset *set)
{
	json_t *list = json_array();

	for (size_t i = 0; i < set->n; i++)
		json_array_append_new(list, json_string(BDF_STR(set->v[i])));
	return list;
}

/* Unknown ones are left out: a member that is not there is unknown. */
static void put_known(json_t *o, const char *name, json_t *value)
{
	if (json_is_null(value))
		json_decref(value);
	else
		json_object_set_new(o, name, value);
}

static void put_physinfo(json_t *all, struct xen *x)
{
	struct xen_physinfo info;
	json_t *o;

	if (xen_physinfo(x, &info, NULL) < 0)
		return;
	o = json_object();
	put_known(o, "nr_cpus", int_json(info.nr_cpus));
	put_known(o, "nr_nodes", int_json(info.nr_nodes));
	put_known(o, "cap_hvm", tristate_json(info.cap_hvm));
	put_known(o, "cap_pv", tristate_json(info.cap_pv));
	put_known(o, "cap_hap", tristate_json(info.cap_hap));
	put_known(o, "cap_hvm_directio", tristate_json(info.cap_hvm_directio));
	json_object_set_new(all, "physinfo", o);
}

static void put_cpus(json_t *all, struct xen *x)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	size_t n = 0;
	json_t *list;

	if (xen_cpus(x, &v, &n, NULL) < 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put_known(o, "core", int_json(v[i].core));
		put_known(o, "socket", int_json(v[i].socket));
		put_known(o, "node", int_json(v[i].node));
		if (json_object_size(o)) {
			json_array_append_new(list, o);
			continue;
		}
		json_decref(o);
		json_array_append_new(list, json_null());
	}
	json_object_set_new(all, "cpu_topology", list);
}

static void put_nodes(json_t *all, struct xen *x)
{
	struct xen_node *v = NULL;
	size_t n = 0;
	json_t *list;

	if (xen_nodes(x, &v, &n, NULL) < 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *dists = json_array();

		for (size_t k = 0; k < v[i].n_dists; k++)
			json_array_append_new(dists, json_integer(v[i].dists[k]));
		if (v[i].there)
			json_array_append_new(list, json_pack("{s:I, s:I, s:O}", "size", (json_int_t)v[i].size, "free",
							      (json_int_t)v[i].free, "dists", dists));
		else
			json_array_append_new(list, json_null());
		json_decref(dists);
	}
	xen_nodes_free(v, n);
	json_object_set_new(all, "numainfo", list);
}

static void put_pci_nodes(json_t *all, struct xen *x)
{
	_cleanup_free_ struct xen_pci_node *v = NULL;
	size_t n = 0;
	json_t *list;

	if (xen_pci_nodes(x, &v, &n, NULL) < 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:s, s:o}", "pci", BDF_STR(v[i].bdf), "node", int_json(v[i].node)));
	json_object_set_new(all, "pci_topology", list);
}

/* One question a device: what is not answered for one of them is null. */
static void put_groups(json_t *all, struct xen *x, const struct pcidevs *set)
{
	json_t *o = json_object();
	bool any = false;

	for (size_t i = 0; set && i < set->n; i++) {
		_cleanup_bdfset_ struct bdfset others = { 0 };
		bool known = xen_device_group(x, set->v[i].bdf, &others, NULL) == 0;

		any |= known;
		json_object_set_new(o, BDF_STR(set->v[i].bdf), known ? set_json(&others) : json_null());
	}
	if (any)
		json_object_set(all, "device_groups", o);
	json_decref(o);
}

/* False: not answered, and null is put. */
static bool put_reserved_of(json_t *o, const char *name, struct xen *x, const struct bdf *bdf)
{
	_cleanup_free_ struct xen_rdm *v = NULL;
	size_t n = 0;
	json_t *list;

	if (xen_reserved_memory(x, bdf, &v, &n, NULL) < 0) {
		json_object_set_new(o, name, json_null());
		return false;
	}
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:I, s:I}", "start_pfn", (json_int_t)v[i].start_pfn, "nr_pages",
						      (json_int_t)v[i].nr_pages));
	json_object_set_new(o, name, list);
	return true;
}

static void put_reserved(json_t *all, struct xen *x, const struct pcidevs *set)
{
	json_t *o = json_object();
	bool any = false;

	for (size_t i = 0; set && i < set->n; i++)
		any |= put_reserved_of(o, BDF_STR(set->v[i].bdf), x, &set->v[i].bdf);
	any |= put_reserved_of(o, "all", x, NULL);
	if (any)
		json_object_set(all, "reserved_memory", o);
	json_decref(o);
}

static void put_assignable(json_t *all, struct xen *x)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };

	if (xen_assignable(x, &set, NULL) == 0)
		json_object_set_new(all, "assignable", set_json(&set));
}

static void put_pins(json_t *pins, struct xen *x, int domid)
{
	_cleanup_free_ char *key = xasprintf("%d", domid);
	_cleanup_free_ struct cpumask *v = NULL;
	size_t n = 0;
	json_t *list;

	/* A recording may name one domain many times. */
	if (json_object_get(pins, key) || xen_vcpu_pins(x, domid, &v, &n, NULL) < 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *text = cpumask_format_ranges(&v[i]);

		json_array_append_new(list, json_string(text));
	}
	json_object_set_new(pins, key, list);
}

static void put_affinity(json_t *all, struct xen *x, int domid)
{
	_cleanup_free_ char *key = xasprintf("%d", domid), *text = NULL;
	struct cpumask nodes;

	if (xen_node_affinity(x, domid, &nodes, NULL) < 0)
		return;
	text = cpumask_format_ranges(&nodes);
	json_object_set_new(all, key, json_string(text));
}

static void put_domains(json_t *all, struct xen *x)
{
	struct xen_domain *v = NULL;
	json_t *list, *pins, *nodes;
	size_t n = 0;

	if (xen_domains(x, &v, &n, NULL) < 0)
		return;
	list = json_array();
	pins = json_object();
	nodes = json_object();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_pack("{s:i, s:s, s:o}", "domid", v[i].domid, "uuid", v[i].uuid, "pci", set_json(&v[i].devices));

		if (o && v[i].name)
			json_object_set_new(o, "name", json_string(v[i].name));
		json_array_append_new(list, o);
		put_pins(pins, x, v[i].domid);
		put_affinity(nodes, x, v[i].domid);
	}
	xen_domains_free(v, n);
	json_object_set_new(all, "domains", list);
	if (json_object_size(pins))
		json_object_set(all, "vcpu_pins", pins);
	if (json_object_size(nodes))
		json_object_set(all, "node_affinity", nodes);
	json_decref(pins);
	json_decref(nodes);
}

static void put_pools(json_t *all, struct xen *x)
{
	struct xen_cpupool *v = NULL;
	size_t n = 0;
	json_t *list;

	if (xen_cpu_pools(x, &v, &n, NULL) < 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *cpus = cpumask_format_ranges(&v[i].cpus);
		json_t *o = json_pack("{s:i, s:s}", "id", v[i].id, "cpus", cpus);

		if (v[i].name)
			json_object_set_new(o, "name", json_string(v[i].name));
		json_array_append_new(list, o);
	}
	xen_cpu_pools_free(v, n);
	json_object_set_new(all, "cpu_pools", list);
}

/* Command line and log, which repeats it. */
static void put_text(struct gather *g, json_t *all, const char *name, int rc, const char *text)
{
	_cleanup_strbuf_ struct strbuf out = { 0 };
	json_t *value;

	if (rc < 0)
		return;
	g->blotted += gather_text_args(text, strlen(text), &out);
	value = json_string(strbuf_str(&out));
	if (!value) { /* not UTF-8: a console takes anything */
		_cleanup_strbuf_ struct strbuf safe = { 0 };

		strbuf_add_printable(&safe, strbuf_str(&out), out.len);
		value = json_string(strbuf_str(&safe));
	}
	json_object_set_new(all, name, value);
}

int gather_xen(struct gather *g, struct xen *x, struct err *err)
{
	json_auto_t *all = json_object();
	_cleanup_free_ char *line = NULL, *log = NULL, *text = NULL;
	int rc;

	put_physinfo(all, x);
	put_cpus(all, x);
	put_nodes(all, x);
	put_pci_nodes(all, x);
	put_groups(all, x, g->pci);
	put_reserved(all, x, g->pci);
	put_assignable(all, x);
	put_domains(all, x);
	put_pools(all, x);
	rc = xen_command_line(x, &line, NULL);
	put_text(g, all, "command_line", rc, line);
	rc = xen_log(x, &log, NULL);
	put_text(g, all, "log", rc, log);
	text = json_dumps(all, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	if (!text)
		return err_set(err, EILSEQ, "Xen's answers cannot be written as JSON");
	return host_record_part(g->to, "xen.json", text, strlen(text), err);
}
