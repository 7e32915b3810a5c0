/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xen_recorded.c - what Xen answered when the recording was made: xen.json, in the form that xen.h describes. */

#include <stdio.h>

#include <jansson.h>

#include "str.h"
#include "xen.h"

#define PART "xen.json"
#define PART_MAX (64u << 20)

struct recorded {
	struct host *host;
	char *name;	     /* the recording, for messages */
	json_t *root;
	struct strbuf text; /* what root was read from: a write is refused when the file is another by then */
};

static void recorded_close(void *priv)
{
	struct recorded *r = priv;

	free(r->name);
	json_decref(r->root);
	strbuf_done(&r->text);
	free(r);
}

static int recorded_open(struct host *h, void **priv, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct recorded *r;
	json_error_t where;
	json_t *root;
	int rc;

	rc = host_read_part(h, PART, PART_MAX, &text, err);
	if (rc == -ENOENT) {
		err_set(err, ENOENT, "the recording '%s' has no xen.json", host_name(h));
		return err_hint(err, "what Xen says is unknown here: record the host again while it runs under Xen");
	}
	if (rc < 0)
		return rc;
	root = json_loadb(strbuf_str(&text), text.len, JSON_REJECT_DUPLICATES, &where);
	if (!json_is_object(root)) {
		json_decref(root);
		err_set(err, EINVAL, "xen.json of '%s' cannot be read: %s", host_name(h), root ? "not an object" : where.text);
		return err_point(err, PART, strbuf_str(&text), text.len, (size_t)MAX(where.position, 0), 1);
	}
	r = xcalloc(1, sizeof(*r));
	r->host = h;
	r->name = xstrdup(host_name(h));
	r->root = root;
	r->text = text;
	text = (struct strbuf){ 0 };
	*priv = r;
	return 0;
}

/* One member of the given type, or the sentence that it is unknown. */
static int member(struct recorded *r, const char *name, json_type type, json_t **ret, struct err *err)
{
	json_t *value = json_object_get(r->root, name);

	if (!value || json_is_null(value))
		return err_set(err, ENODATA, "xen.json of '%s' has no '%s'", r->name, name);
	if (json_typeof(value) != type)
		return err_set(err, EINVAL, "'%s' in xen.json of '%s' has the wrong type", name, r->name);
	*ret = value;
	return 0;
}

static int int_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	json_int_t n = json_integer_value(value);

	return json_is_integer(value) && n >= 0 && n <= INT32_MAX ? (int)n : XEN_UNKNOWN;
}

static uint64_t u64_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	json_int_t n = json_integer_value(value);

	return json_is_integer(value) && n > 0 ? (uint64_t)n : 0;
}

static enum tristate bool_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_integer(value))
		return json_integer_value(value) ? TRI_YES : TRI_NO;
	return json_is_boolean(value) ? (enum tristate)json_is_true(value) : TRI_UNKNOWN;
}

/* An address: "dddd:bb:dd.f", an object with one in "pci" (or "sbdf", "bdf"), or one with seg, bus and devfn. */
static bool bdf_of(const json_t *value, struct bdf *ret)
{
	static const char *const names[] = { "pci", "sbdf", "bdf" };
	int seg, bus, devfn;

	if (json_is_string(value))
		return bdf_parse(json_string_value(value), ret);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *s = json_string_value(json_object_get(value, names[i]));

		if (s)
			return bdf_parse(s, ret);
	}
	seg = int_of(value, "seg");
	bus = int_of(value, "bus");
	devfn = int_of(value, "devfn");
	if (bus < 0 || bus > 255 || devfn < 0 || devfn > 255)
		return false;
	*ret = (struct bdf){ .domain = (uint32_t)MAX(seg, 0), .bus = (uint8_t)bus, .dev = (uint8_t)(devfn >> 3),
			     .fn = (uint8_t)(devfn & 7) };
	return true;
}

static int recorded_physinfo(void *priv, struct xen_physinfo *ret, struct err *err)
{
	json_t *info;
	int rc = member(priv, "physinfo", JSON_OBJECT, &info, err);

	if (rc < 0)
		return rc;
	*ret = (struct xen_physinfo){
		.nr_cpus = int_of(info, "nr_cpus"),
		.nr_nodes = int_of(info, "nr_nodes"),
		.cap_hvm = bool_of(info, "cap_hvm"),
		.cap_pv = bool_of(info, "cap_pv"),
		.cap_hap = bool_of(info, "cap_hap"),
		.cap_hvm_directio = bool_of(info, "cap_hvm_directio"),
	};
	return 0;
}

static int recorded_cpus(void *priv, struct xen_cpu **ret, size_t *n, struct err *err)
{
	struct xen_cpu *v;
	json_t *list, *item;
	size_t i;
	int rc = member(priv, "cpu_topology", JSON_ARRAY, &list, err);

	if (rc < 0)
		return rc;
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item)
		v[i] = (struct xen_cpu){ int_of(item, "core"), int_of(item, "socket"), int_of(item, "node") };
	*ret = v;
	*n = json_array_size(list);
	return 0;
}

static int recorded_nodes(void *priv, struct xen_node **ret, size_t *n, struct err *err)
{
	struct xen_node *v;
	json_t *list, *item;
	size_t i;
	int rc = member(priv, "numainfo", JSON_ARRAY, &list, err);

	if (rc < 0)
		return rc;
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item) {
		const json_t *dists = json_object_get(item, "dists");

		v[i].there = json_is_object(item);
		v[i].size = u64_of(item, "size");
		v[i].free = u64_of(item, "free");
		v[i].n_dists = json_array_size(dists);
		v[i].dists = xcalloc(v[i].n_dists, sizeof(*v[i].dists));
		for (size_t j = 0; j < v[i].n_dists; j++)
			v[i].dists[j] = (unsigned)json_integer_value(json_array_get(dists, j));
	}
	*ret = v;
	*n = json_array_size(list);
	return 0;
}

static int recorded_pci_nodes(void *priv, struct xen_pci_node **ret, size_t *n, struct err *err)
{
	struct xen_pci_node *v;
	json_t *list, *item;
	size_t i, found = 0;
	int rc = member(priv, "pci_topology", JSON_ARRAY, &list, err);

	if (rc < 0)
		return rc;
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item)
		if (bdf_of(item, &v[found].bdf))
			v[found++].node = int_of(item, "node");
	*ret = v;
	*n = found;
	return 0;
}

static void add_bdfs(const json_t *list, struct bdfset *set)
{
	json_t *item;
	struct bdf bdf;
	size_t i;

	json_array_foreach(list, i, item)
		if (bdf_of(item, &bdf))
			bdfset_add(set, bdf);
}

static int recorded_assignable(void *priv, struct bdfset *ret, struct err *err)
{
	json_t *list = NULL;
	int rc = member(priv, "assignable", JSON_ARRAY, &list, err);

	if (rc < 0)
		return rc;
	add_bdfs(list, ret);
	return 0;
}

static int recorded_domains(void *priv, struct xen_domain **ret, size_t *n, struct err *err)
{
	struct xen_domain *v;
	json_t *list, *item;
	size_t i;
	int rc = member(priv, "domains", JSON_ARRAY, &list, err);

	if (rc < 0)
		return rc;
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item) {
		const char *uuid = json_string_value(json_object_get(item, "uuid"));
		const char *name = json_string_value(json_object_get(item, "name"));

		v[i].domid = int_of(item, "domid");
		v[i].uuid = xstrdup(uuid ? uuid : "");
		v[i].name = name ? xstrdup(name) : NULL;
		add_bdfs(json_object_get(item, "pci"), &v[i].devices);
	}
	*ret = v;
	*n = json_array_size(list);
	return 0;
}

static int recorded_command_line(void *priv, char **ret, struct err *err)
{
	json_t *value;
	int rc = member(priv, "command_line", JSON_STRING, &value, err);

	if (rc < 0)
		return rc;
	*ret = xstrdup(json_string_value(value));
	return 0;
}

/* ---- groups, reserved memory, the log ------------------------------------------------------------------- */

static int recorded_device_group(void *priv, struct bdf bdf, struct bdfset *ret, struct err *err)
{
	json_t *groups, *members;
	int rc = member(priv, "device_groups", JSON_OBJECT, &groups, err);

	if (rc < 0)
		return rc;
	members = json_object_get(groups, BDF_STR(bdf));
	if (json_is_null(members)) /* asked, and Xen did not tell */
		return err_set(err, ENODATA, "the recording has no group of %s", BDF_STR(bdf));
	add_bdfs(members, ret);
	return 0;
}

/* Regions of one device, and of all: who compares them with each other's takes them for few, as firmware has them. */
#define REGIONS_MAX 64u
#define ALL_REGIONS_MAX 1024u

static int recorded_reserved_memory(void *priv, const struct bdf *bdf, struct xen_rdm **ret, size_t *n, struct err *err)
{
	struct recorded *r = priv;
	struct xen_rdm *v;
	json_t *all, *list, *item;
	size_t i;
	int rc = member(r, "reserved_memory", JSON_OBJECT, &all, err);

	if (rc < 0)
		return rc;
	list = json_object_get(all, bdf ? BDF_STR(*bdf) : "all");
	if (json_is_null(list) || (!bdf && !list))
		return err_set(err, ENODATA, "the recording has no reserved memory of %s", bdf ? BDF_STR(*bdf) : "all devices");
	if (json_array_size(list) > (bdf ? REGIONS_MAX : ALL_REGIONS_MAX))
		return err_set(err, E2BIG, "xen.json of '%s' has %zu regions of memory for %s", r->name, json_array_size(list),
			       bdf ? BDF_STR(*bdf) : "all devices");
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item)
		v[i] = (struct xen_rdm){ u64_of(item, "start_pfn"), u64_of(item, "nr_pages") };
	*ret = v;
	*n = json_array_size(list);
	return 0;
}

static int recorded_log(void *priv, char **ret, struct err *err)
{
	json_t *value;
	int rc = member(priv, "log", JSON_STRING, &value, err);

	if (rc < 0)
		return rc;
	*ret = xstrdup(json_string_value(value));
	return 0;
}

/* ---- CPUs of domains and of pools ------------------------------------------------------------------------ */

/* More is no machine's, and a mask is large. */
#define VCPUS_MAX 8192u

static int few_enough(struct recorded *r, const json_t *list, const char *what, struct err *err)
{
	if (!json_is_array(list))
		return err_set(err, EINVAL, "'%s' in xen.json of '%s' has the wrong type", what, r->name);
	if (json_array_size(list) > VCPUS_MAX)
		return err_set(err, E2BIG, "'%s' in xen.json of '%s' has more than %u members", what, r->name, VCPUS_MAX);
	return 0;
}

static int cpus_of(const json_t *value, const char *what, struct cpumask *ret, struct err *err)
{
	if (!json_is_string(value))
		return err_set(err, EINVAL, "%s in xen.json is no list of CPUs", what);
	return cpumask_parse(json_string_value(value), ret, err) < 0 ? err_wrap(err, "%s in xen.json", what) : 0;
}

static int recorded_vcpu_pins(void *priv, int domid, struct cpumask **ret, size_t *n, struct err *err)
{
	_cleanup_free_ char *key = xasprintf("%d", domid);
	_cleanup_free_ struct cpumask *v = NULL;
	json_t *all, *list, *item;
	size_t i;
	int rc = member(priv, "vcpu_pins", JSON_OBJECT, &all, err);

	if (rc < 0)
		return rc;
	list = json_object_get(all, key);
	if (!list)
		return err_set(err, ENOENT, "there is no domain %d", domid);
	rc = few_enough(priv, list, "vcpu_pins", err);
	if (rc < 0)
		return rc;
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item)
		if ((rc = cpus_of(item, "vcpu_pins", &v[i], err)) < 0)
			return rc;
	*ret = TAKE_PTR(v);
	*n = json_array_size(list);
	return 0;
}

static int recorded_node_affinity(void *priv, int domid, struct cpumask *ret, struct err *err)
{
	_cleanup_free_ char *key = xasprintf("%d", domid);
	json_t *all, *nodes;
	int rc = member(priv, "node_affinity", JSON_OBJECT, &all, err);

	if (rc < 0)
		return rc;
	nodes = json_object_get(all, key);
	if (!nodes)
		return err_set(err, ENOENT, "there is no domain %d", domid);
	return cpus_of(nodes, "node_affinity", ret, err);
}

static int recorded_cpu_pools(void *priv, struct xen_cpupool **ret, size_t *n, struct err *err)
{
	struct xen_cpupool *v;
	json_t *list, *item;
	size_t i;
	int rc = member(priv, "cpu_pools", JSON_ARRAY, &list, err);

	if (rc == 0)
		rc = few_enough(priv, list, "cpu_pools", err);
	if (rc < 0)
		return rc;
	v = xcalloc(json_array_size(list), sizeof(*v));
	json_array_foreach(list, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));

		v[i].id = int_of(item, "id");
		rc = cpus_of(json_object_get(item, "cpus"), "cpu_pools", &v[i].cpus, err);
		if (rc < 0) {
			xen_cpu_pools_free(v, i);
			return rc;
		}
		v[i].name = name ? xstrdup(name) : NULL;
	}
	*ret = v;
	*n = json_array_size(list);
	return 0;
}

/* ---- assigning --------------------------------------------------------------------------------------------- */

/* Does a guest of the recording hold it, or is it no device that Xen knows? */
static int recorded_assign_state(void *priv, struct bdf bdf, enum xen_assign_state *ret, struct err *err)
{
	_cleanup_free_ struct xen_pci_node *known = NULL;
	struct xen_domain *domains = NULL;
	bool held = false, there = false;
	size_t n_known = 0, n = 0;
	int rc = recorded_domains(priv, &domains, &n, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		held |= domains[i].domid > 0 && bdfset_has(&domains[i].devices, bdf);
	xen_domains_free(domains, n);
	rc = recorded_pci_nodes(priv, &known, &n_known, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n_known; i++)
		there |= bdf_eq(known[i].bdf, bdf);
	*ret = held || !there ? XEN_ASSIGN_TAKEN : XEN_ASSIGN_FREE;
	return 0;
}

static int write_root(struct recorded *r, struct err *err)
{
	_cleanup_free_ char *text = json_dumps(r->root, JSON_INDENT(2));
	_cleanup_strbuf_ struct strbuf next = { 0 };
	struct host_write w = { .path = PART, .part = true, .expect = &r->text };
	int rc;

	if (!text)
		return err_set(err, EILSEQ, "xen.json of '%s' cannot be written", r->name);
	strbuf_add(&next, text);
	strbuf_addc(&next, '\n');
	w.data = next.s;
	w.len = next.len;
	rc = host_replace(r->host, &w, err);
	if (rc < 0)
		return rc;
	strbuf_done(&r->text);
	r->text = next;
	next = (struct strbuf){ 0 };
	return 0;
}

/* Where the list has the device; its size when it has not. */
static size_t index_of(const json_t *list, struct bdf bdf)
{
	struct bdf other;
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
		if (bdf_of(item, &other) && bdf_eq(other, bdf))
			return i;
	return json_array_size(list);
}

static int recorded_assignable_add(void *priv, struct bdf bdf, bool rebind _unused_, struct err *err)
{
	enum xen_assign_state state = XEN_ASSIGN_TAKEN;
	json_t *list = NULL;
	int rc = member(priv, "assignable", JSON_ARRAY, &list, err);

	if (rc == 0)
		rc = recorded_assign_state(priv, bdf, &state, err);
	if (rc < 0)
		return rc;
	if (state == XEN_ASSIGN_TAKEN)
		return err_set(err, EBUSY, "%s is held by a guest, or is absent", BDF_STR(bdf));
	if (index_of(list, bdf) < json_array_size(list))
		return 0;
	json_array_append_new(list, json_string(BDF_STR(bdf)));
	return write_root(priv, err);
}

static int recorded_assignable_remove(void *priv, struct bdf bdf, bool rebind _unused_, struct err *err)
{
	json_t *list = NULL;
	int rc = member(priv, "assignable", JSON_ARRAY, &list, err);

	if (rc < 0)
		return rc;
	if (json_array_remove(list, index_of(list, bdf)) < 0)
		return err_set(err, ENOENT, "%s is not assignable", BDF_STR(bdf));
	return write_root(priv, err);
}

static int recorded_pin_vcpus(void *priv, int domid, const struct cpumask *v, size_t n, struct err *err)
{
	_cleanup_free_ char *key = xasprintf("%d", domid);
	json_t *all = NULL, *list;
	int rc = member(priv, "vcpu_pins", JSON_OBJECT, &all, err);

	if (rc < 0)
		return rc;
	list = json_object_get(all, key);
	if (n > json_array_size(list))
		return err_set(err, ENOENT, "domain %d has no %zu vCPUs", domid, n);
	for (size_t i = 0; i < n; i++) {
		_cleanup_free_ char *cpus = cpumask_format_ranges(&v[i]);

		json_array_set_new(list, i, json_string(cpus));
	}
	return write_root(priv, err);
}

const struct xen_ops xen_recorded_ops = {
	.open = recorded_open,
	.close = recorded_close,
	.physinfo = recorded_physinfo,
	.cpus = recorded_cpus,
	.nodes = recorded_nodes,
	.pci_nodes = recorded_pci_nodes,
	.assignable = recorded_assignable,
	.domains = recorded_domains,
	.command_line = recorded_command_line,
	.device_group = recorded_device_group,
	.reserved_memory = recorded_reserved_memory,
	.log = recorded_log,
	.vcpu_pins = recorded_vcpu_pins,
	.node_affinity = recorded_node_affinity,
	.cpu_pools = recorded_cpu_pools,
	.assign_state = recorded_assign_state,
	.assignable_add = recorded_assignable_add,
	.assignable_remove = recorded_assignable_remove,
	.pin_vcpus = recorded_pin_vcpus,
};
