/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xen_live.c - module: the running hypervisor, through libxl, libxenctrl and libxenstore.  Here: the connections, what
 * becomes of their log, and what Xen says of the whole machine.
 */

#include <stdio.h>

#include "xen_live.h"

/* ---- the libraries' log: nothing reaches stderr, the worst last line is the cause of our error ------------- */

/* "libxl_pci.c:1234:name: Domain 3: text" -> "Domain 3: text": where in libxl it was said helps nobody here. */
static const char *without_place(const char *s)
{
	const char *colon = strchr(s, ':');

	if (!colon || colon - s < 2 || colon[-1] != 'c' || colon[-2] != '.')
		return s;
	for (unsigned i = 0; i < 2 && colon; i++)
		colon = strchr(colon + 1, ':');
	return colon && colon[1] == ' ' ? colon + 2 : s;
}

_printf_(5, 0) static void keep_line(xentoollog_logger *logger, xentoollog_level level, int code, const char *context _unused_,
				     const char *format, va_list ap)
{
	struct live *l = (struct live *)logger;
	char text[sizeof(l->line)];
	int saved = errno;

	if (level < XTL_WARN || (int)level < l->level)
		return;
	l->level = (int)level;
	vsnprintf(text, sizeof(text), format, ap);
	if (code > 0)
		snprintf(l->line, sizeof(l->line), "%.400s: %s", without_place(text), strerror(code));
	else
		snprintf(l->line, sizeof(l->line), "%s", without_place(text));
	l->line[strcspn(l->line, "\n")] = '\0';
	errno = saved;
}

static void keep_logger(xentoollog_logger *logger _unused_)
{
}

int live_failed(struct live *l, struct err *err, const char *what)
{
	int code = errno ? errno : EIO;

	err_set(err, code, "%s: %s", what, l->line[0] ? l->line : strerror(code));
	if (code == EPERM)
		err_hint(err, "Xen answers the control domain only: run this as root in dom0");
	else if (code == EACCES)
		err_hint(err, "libxl and the running hypervisor are of different versions: reboot after an update of Xen");
	return -code;
}

/* ---- connections --------------------------------------------------------------------------------------------- */

static void forget(struct live *l)
{
	l->level = 0;
	l->line[0] = '\0';
	errno = 0;
}

int live_ctx(struct live *l, struct err *err)
{
	forget(l);
	if (l->ctx)
		return 0;
	if (libxl_ctx_alloc(&l->ctx, LIBXL_VERSION, 0, &l->logger)) {
		l->ctx = NULL;
		return live_failed(l, err, "cannot connect to Xen");
	}
	forget(l);
	return 0;
}

int live_xch(struct live *l, struct err *err)
{
	forget(l);
	if (l->xch)
		return 0;
	l->xch = xc_interface_open(&l->logger, &l->logger, 0);
	return l->xch ? 0 : live_failed(l, err, "cannot open the hypercall interface");
}

int live_xs(struct live *l, struct err *err)
{
	forget(l);
	if (l->xs)
		return 0;
	l->xs = xs_open(0);
	return l->xs ? 0 : live_failed(l, err, "cannot connect to xenstore");
}

/* Where libxencall looks, in its order. */
static int find_privcmd(struct err *err)
{
	static const char *const paths[] = { "/dev/xen/privcmd", "/proc/xen/privcmd" };

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		if (access(paths[i], F_OK) < 0)
			continue;
		if (access(paths[i], R_OK | W_OK) == 0)
			return 0;
		err_set(err, errno, "not allowed to ask Xen: '%s': %s", paths[i], strerror(errno));
		return err_hint(err, "run this as root");
	}
	err_set(err, ENOENT, "this machine does not run under Xen: there is no /dev/xen/privcmd");
	return err_hint(err, "what Xen would say is unknown here; recordings of Xen hosts work: --host-dir DIR");
}

static int live_open(struct host *h _unused_, void **priv, struct err *err)
{
	struct live *l;
	int rc = find_privcmd(err);

	if (rc < 0)
		return rc;
	l = xcalloc(1, sizeof(*l));
	l->logger.vmessage = keep_line;
	l->logger.destroy = keep_logger;
	*priv = l;
	return 0;
}

static void live_close(void *priv)
{
	struct live *l = priv;

	libxl_ctx_free(l->ctx);
	if (l->xch)
		xc_interface_close(l->xch);
	if (l->xs)
		xs_close(l->xs);
	free(l);
}

/* ---- the whole machine ----------------------------------------------------------------------------------------- */

static int live_physinfo(void *priv, struct xen_physinfo *ret, struct err *err)
{
	struct live *l = priv;
	libxl_physinfo info;
	int rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	libxl_physinfo_init(&info);
	if (libxl_get_physinfo(l->ctx, &info)) {
		rc = live_failed(l, err, "what Xen can do is unknown");
	} else {
		*ret = (struct xen_physinfo){
			.nr_cpus = (int)info.nr_cpus,
			.nr_nodes = (int)info.nr_nodes,
			.cap_hvm = info.cap_hvm ? TRI_YES : TRI_NO,
			.cap_hvm_directio = info.cap_hvm_directio ? TRI_YES : TRI_NO,
#ifdef LIBXL_HAVE_PHYSINFO_CAP_PV
			.cap_pv = info.cap_pv ? TRI_YES : TRI_NO,
#else
			.cap_pv = TRI_UNKNOWN,
#endif
#ifdef LIBXL_HAVE_PHYSINFO_CAP_HAP_SHADOW
			.cap_hap = info.cap_hap ? TRI_YES : TRI_NO,
#else
			.cap_hap = TRI_UNKNOWN,
#endif
		};
	}
	libxl_physinfo_dispose(&info);
	return rc;
}

static int known(uint32_t value, uint32_t invalid)
{
	return value == invalid || value > INT32_MAX ? XEN_UNKNOWN : (int)value;
}

static int live_cpus(void *priv, struct xen_cpu **ret, size_t *n, struct err *err)
{
	struct live *l = priv;
	libxl_cputopology *list;
	struct xen_cpu *v;
	int count = 0, rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	list = libxl_get_cpu_topology(l->ctx, &count);
	if (!list)
		return live_failed(l, err, "the CPUs of this host are unknown");
	v = xcalloc((size_t)count, sizeof(*v));
	for (int i = 0; i < count; i++)
		v[i] = (struct xen_cpu){
			.core = known(list[i].core, LIBXL_CPUTOPOLOGY_INVALID_ENTRY),
			.socket = known(list[i].socket, LIBXL_CPUTOPOLOGY_INVALID_ENTRY),
			.node = known(list[i].node, LIBXL_CPUTOPOLOGY_INVALID_ENTRY),
		};
	libxl_cputopology_list_free(list, count);
	*ret = v;
	*n = (size_t)count;
	return 0;
}

static void take_node(const libxl_numainfo *from, struct xen_node *to)
{
	to->there = from->size != LIBXL_NUMAINFO_INVALID_ENTRY;
	if (!to->there)
		return;
	to->size = from->size;
	to->free = from->free;
	to->n_dists = (size_t)from->num_dists;
	to->dists = xcalloc(to->n_dists, sizeof(*to->dists));
	for (size_t i = 0; i < to->n_dists; i++)
		to->dists[i] = from->dists[i] == LIBXL_NUMAINFO_INVALID_ENTRY ? 0 : from->dists[i];
}

static int live_nodes(void *priv, struct xen_node **ret, size_t *n, struct err *err)
{
	struct live *l = priv;
	libxl_numainfo *list;
	struct xen_node *v;
	int count = 0, rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	list = libxl_get_numainfo(l->ctx, &count);
	if (!list)
		return live_failed(l, err, "the NUMA nodes of this host are unknown");
	v = xcalloc((size_t)count, sizeof(*v));
	for (int i = 0; i < count; i++)
		take_node(&list[i], &v[i]);
	libxl_numainfo_list_free(list, count);
	*ret = v;
	*n = (size_t)count;
	return 0;
}

static int live_command_line(void *priv, char **ret, struct err *err)
{
	struct live *l = priv;
	const libxl_version_info *info;
	int rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	info = libxl_get_version_info(l->ctx);
	if (!info || !info->commandline)
		return live_failed(l, err, "Xen's command line is unknown");
	*ret = xstrdup(info->commandline);
	return 0;
}

static int live_log(void *priv, char **ret, struct err *err)
{
	struct live *l = priv;
	struct strbuf text = { 0 };
	libxl_xen_console_reader *reader;
	char *part;
	int rc = live_ctx(l, err);

	if (rc < 0)
		return rc;
	reader = libxl_xen_console_read_start(l->ctx, 0);
	if (!reader)
		return live_failed(l, err, "Xen's log cannot be read");
	while ((rc = libxl_xen_console_read_line(l->ctx, reader, &part)) > 0)
		strbuf_add(&text, part);
	if (rc < 0)
		rc = live_failed(l, err, "Xen's log cannot be read");
	libxl_xen_console_read_finish(l->ctx, reader);
	if (rc == 0)
		*ret = strbuf_take(&text);
	strbuf_done(&text);
	return rc;
}

_export_ extern const struct xen_ops xen_live_ops;
const struct xen_ops xen_live_ops = {
	.open = live_open,
	.close = live_close,
	.physinfo = live_physinfo,
	.cpus = live_cpus,
	.nodes = live_nodes,
	.pci_nodes = live_pci_nodes,
	.assignable = live_assignable,
	.domains = live_domains,
	.command_line = live_command_line,
	.device_group = live_device_group,
	.reserved_memory = live_reserved_memory,
	.log = live_log,
	.vcpu_pins = live_vcpu_pins,
	.node_affinity = live_node_affinity,
	.cpu_pools = live_cpu_pools,
	.assign_state = live_assign_state,
	.assignable_add = live_assignable_add,
	.assignable_remove = live_assignable_remove,
	.pin_vcpus = live_pin_vcpus,
};
