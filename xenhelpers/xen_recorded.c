/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xen_recorded.c - what Xen answered when the recording was made: xen.json, in the form that xen.h describes. */

#include <stdio.h>

#include <jansson.h>

#include "str.h"
#include "xen.h"

#define PART "xen.json"
#define PART_MAX (64u << 20)

struct recorded {
	char *name; /* the recording, for messages */
	json_t *root;
};

static void recorded_close(void *priv)
{
	struct recorded *r = priv;

	free(r->name);
	json_decref(r->root);
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
	r->name = xstrdup(host_name(h));
	r->root = root;
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
};
