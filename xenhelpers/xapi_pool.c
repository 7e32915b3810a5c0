/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_pool.c - see xapi_pool.h */

#include "xapi_pool.h"

/* ---- values out of records -------------------------------------------------------------------------- */

static const char *text_of(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return s && *s ? s : NULL;
}

static char *take(const json_t *record, const char *field)
{
	const char *s = text_of(record, field);

	return s ? xstrdup(s) : NULL;
}

static char *take_or_empty(const json_t *record, const char *field)
{
	const char *s = text_of(record, field);

	return xstrdup(s ? s : "");
}

static bool is_of(const json_t *record, const char *host)
{
	const char *s = text_of(record, "host");

	return s && streq(s, host);
}

static bool is_true(const json_t *record, const char *field)
{
	return json_is_true(json_object_get(record, field));
}

/* NULL: they are not told, and why. */
static json_t *all_of(struct xapi *x, const char *class, struct xapi_told *told)
{
	struct err err = { 0 };
	const json_t *all;

	told->known = xapi_records(x, class, &all, &err) == 0;
	if (!told->known)
		told->why = xstrdup(err.text);
	return told->known ? (json_t *)all : NULL; /* json_object_foreach takes no const */
}

static void told_done(struct xapi_told *t)
{
	free(t->why);
}

/* ---- the classes --------------------------------------------------------------------------------------- */

static void read_hosts(struct xapi *x, struct xapi_pool *p)
{
	json_t *all = all_of(x, "host", &p->hosts_told), *record;
	const char *ref;

	json_object_foreach(all, ref, record) {
		ARRAY_GROW(p->hosts, p->n_hosts);
		p->hosts[p->n_hosts++] = (struct xapi_host){
			.ref = xstrdup(ref),
			.uuid = take_or_empty(record, "uuid"),
			.name = take_or_empty(record, "name_label"),
			.features_hvm = take(json_object_get(record, "cpu_info"), "features_hvm_host"),
			.numa_policy = take(record, "numa_affinity_policy"),
			.guest_mask = take(json_object_get(record, "guest_VCPUs_params"), "mask"),
			.enabled = json_is_boolean(json_object_get(record, "enabled")) ? (enum tristate)is_true(record, "enabled") : TRI_UNKNOWN,
		};
		if (!p->hosts[p->n_hosts - 1].features_hvm)
			p->hosts[p->n_hosts - 1].features_hvm = take(json_object_get(record, "cpu_info"), "features_hvm");
	}
}

static void read_one_pool(struct xapi *x, struct xapi_pool *p)
{
	json_t *all = all_of(x, "pool", &p->pool_told), *record, *value;
	const char *ref;

	json_object_foreach(all, ref, record) {
		const char *power = text_of(json_object_get(record, "other_config"), "auto_poweron");

		value = json_object_get(record, "ha_enabled");
		if (json_is_boolean(value))
			p->ha = json_is_true(value) ? TRI_YES : TRI_NO;
		p->auto_poweron = power && streq(power, "true") ? TRI_YES : TRI_NO;
		if (!p->features_hvm)
			p->features_hvm = take(json_object_get(record, "cpu_info"), "features_hvm");
	}
}

static void add_sr(struct xapi_pool *p, const json_t *pbd, const json_t *sr)
{
	const json_t *config = json_object_get(pbd, "device_config");
	const char *target = text_of(config, "target");

	ARRAY_GROW(p->srs, p->n_srs);
	p->srs[p->n_srs++] = (struct xapi_sr){
		.uuid = take_or_empty(sr, "uuid"),
		.name = take_or_empty(sr, "name_label"),
		.type = take_or_empty(sr, "type"),
		.pbd = take_or_empty(pbd, "uuid"),
		.device = take(config, "device"),
		.target = target ? xstrdup(target) : take(config, "server"),
	};
}

/* A PBD that is not attached uses nothing; one of which that is not told counts as attached. */
static void read_srs(struct xapi *x, const char *host, struct xapi_pool *p)
{
	struct xapi_told ignored = { 0 };
	json_t *pbds = all_of(x, "PBD", &p->srs_told), *srs = pbds ? all_of(x, "SR", &ignored) : NULL, *pbd;
	const char *ref;

	json_object_foreach(pbds, ref, pbd) {
		const char *sr = text_of(pbd, "SR");

		if (is_of(pbd, host) && !json_is_false(json_object_get(pbd, "currently_attached")))
			add_sr(p, pbd, sr ? json_object_get(srs, sr) : NULL);
	}
	told_done(&ignored);
}

static void read_pifs(struct xapi *x, const char *host, struct xapi_pool *p)
{
	json_t *all = all_of(x, "PIF", &p->pifs_told), *record;
	const char *ref;

	json_object_foreach(all, ref, record) {
		const char *vlan = text_of(record, "VLAN");
		struct xapi_pif pif;

		if (!is_of(record, host) || json_is_false(json_object_get(record, "currently_attached")))
			continue;
		pif = (struct xapi_pif){
			.uuid = take_or_empty(record, "uuid"),
			.device = take_or_empty(record, "device"),
			.ip = take_or_empty(record, "IP"),
			.management = is_true(record, "management"),
			.vlan = vlan && *vlan != '-',
			.disallow_unplug = is_true(record, "disallow_unplug"),
		};
		ARRAY_GROW(p->pifs, p->n_pifs);
		p->pifs[p->n_pifs++] = pif;
	}
}

static void read_pcis(struct xapi *x, const char *host, struct xapi_pool *p)
{
	json_t *all = all_of(x, "PCI", &p->pcis_told), *record;
	const char *ref;
	struct bdf bdf;

	json_object_foreach(all, ref, record)
		if (is_of(record, host) && text_of(record, "pci_id") && bdf_parse(text_of(record, "pci_id"), &bdf))
			bdfset_add(&p->pcis, bdf);
}

void xapi_pool_read(struct xapi *x, const char *host, struct xapi_pool *ret)
{
	*ret = (struct xapi_pool){ .ha = TRI_UNKNOWN, .auto_poweron = TRI_UNKNOWN };
	read_hosts(x, ret);
	read_one_pool(x, ret);
	read_srs(x, host, ret);
	read_pifs(x, host, ret);
	read_pcis(x, host, ret);
}

void xapi_pool_done(struct xapi_pool *p)
{
	struct xapi_told *told[] = { &p->hosts_told, &p->srs_told, &p->pifs_told, &p->pcis_told, &p->pool_told };

	for (size_t i = 0; i < ARRAY_SIZE(told); i++)
		told_done(told[i]);
	for (size_t i = 0; i < p->n_hosts; i++) {
		free(p->hosts[i].ref);
		free(p->hosts[i].uuid);
		free(p->hosts[i].name);
		free(p->hosts[i].features_hvm);
		free(p->hosts[i].numa_policy);
		free(p->hosts[i].guest_mask);
	}
	for (size_t i = 0; i < p->n_srs; i++) {
		free(p->srs[i].uuid);
		free(p->srs[i].name);
		free(p->srs[i].type);
		free(p->srs[i].pbd);
		free(p->srs[i].device);
		free(p->srs[i].target);
	}
	for (size_t i = 0; i < p->n_pifs; i++) {
		free(p->pifs[i].uuid);
		free(p->pifs[i].device);
		free(p->pifs[i].ip);
	}
	free(p->hosts);
	free(p->srs);
	free(p->pifs);
	bdfset_done(&p->pcis);
	free(p->features_hvm);
	*p = (struct xapi_pool){ 0 };
}

static const char *ref_of(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return s && *s && !streq(s, XAPI_NULL_REF) ? s : NULL;
}

static void add_group_hosts(const json_t *devices, const char *group_field, const char *group, struct strv *hosts)
{
	const char *ref, *host;
	json_t *record;

	json_object_foreach((json_t *)devices, ref, record) {
		host = ref_of(record, "host");
		if (host && streq0(ref_of(record, group_field), group) && !strv_has(hosts, host))
			strv_add(hosts, host);
	}
}

int xapi_pool_tied(struct xapi *x, enum xapi_tie tie, const char *vm, struct strv *hosts, struct err *err)
{
	static const struct {
		const char *given, *group, *device;
	} ties[] = { [XAPI_TIE_USB] = { "VUSB", "USB_group", "PUSB" }, [XAPI_TIE_GPU] = { "VGPU", "GPU_group", "PGPU" } };
	const json_t *given, *devices;
	json_t *record;
	const char *ref;
	int rc = xapi_records(x, ties[tie].given, &given, err);

	if (rc == 0)
		rc = xapi_records(x, ties[tie].device, &devices, err);
	if (rc < 0)
		return rc;
	json_object_foreach((json_t *)given, ref, record)
		if (streq0(ref_of(record, "VM"), vm) && ref_of(record, ties[tie].group))
			add_group_hosts(devices, ties[tie].group, ref_of(record, ties[tie].group), hosts);
	return 0;
}

const struct xapi_host *xapi_pool_host(const struct xapi_pool *p, const char *ref)
{
	for (size_t i = 0; i < p->n_hosts; i++)
		if (streq(p->hosts[i].ref, ref))
			return &p->hosts[i];
	return NULL;
}
