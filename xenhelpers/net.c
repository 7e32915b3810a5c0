/* SPDX-License-Identifier: GPL-2.0-or-later */
/* net.c - see net.h */

#include "net.h"
#include "ovsdb.h"

#define INVENTORY "/etc/xensource-inventory"
#define INVENTORY_MAX 65536
#define OVSDB_MAX (32u << 20)
#define PROC_MAX (1u << 20)

/* ---- inventory ------------------------------------------------------------------------------------ */

static bool is_quote(char c)
{
	return c == '\'' || c == '"';
}

/* The value behind "KEY=": quotes off, blanks around it off. False: the quote is not closed. */
static bool parse_value(const char *s, size_t n, char **ret)
{
	while (n && strchr(" \t\r", s[n - 1]))
		n--;
	if (n && is_quote(*s)) {
		if (n < 2 || s[n - 1] != *s)
			return false;
		s++;
		n -= 2;
	}
	free(*ret);
	*ret = xstrndup(s, n);
	return true;
}

int net_inventory_get(struct host *h, const char *key, char **ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *value = NULL;
	const char *line, *next;
	int rc;

	rc = host_read(h, INVENTORY, INVENTORY_MAX, &text, err);
	if (rc < 0)
		return rc;
	for (line = strbuf_str(&text); *line; line = next) {
		size_t n = strcspn(line, "\n");
		const char *s = line + strspn(line, " \t");
		const char *v = str_after(s, key);

		next = line + n + (line[n] == '\n');
		if (!v || *v != '=')
			continue;
		v++;
		if (!parse_value(v, (size_t)(line + n - v), &value)) {
			rc = err_set(err, EINVAL, "the value of '%s' in '" INVENTORY "' has no closing quote", key);
			err_point(err, INVENTORY, text.s, text.len, (size_t)(v - text.s), (size_t)(line + n - v));
			return rc;
		}
	}
	if (!value)
		return err_set(err, ENOENT, "'" INVENTORY "' has no '%s'", key);
	*ret = TAKE_PTR(value);
	return 0;
}

/* ---- what sysfs tells of an interface ------------------------------------------------------------- */

/* The names of interfaces come from files: none of them may become another path. */
static bool is_name(const char *s)
{
	return *s && strlen(s) <= 64 && !strchr(s, '/') && !streq(s, ".") && !streq(s, "..");
}

/* A guest's end of a bridge: vif1.0, tap1.0. Nothing of dom0 stands on it. */
static bool is_guest(const char *name)
{
	const char *s = str_after(name, "vif");
	size_t n;

	if (!s)
		s = str_after(name, "tap");
	if (!s)
		return false;
	n = strspn(s, "0123456789");
	return n && s[n] == '.' && s[n + 1] && s[n + 1 + strspn(s + n + 1, "0123456789")] == '\0';
}

static char *net_path(const char *name, const char *below)
{
	return xasprintf("/sys/class/net/%s%s", name, below);
}

static bool exists(struct host *h, const char *name, const char *below)
{
	_cleanup_free_ char *path = net_path(name, below);

	return host_exists(h, path, NULL) > 0;
}

/* True: the interface is a piece of hardware, and what can be said of it has been said. */
static bool add_hardware(struct chain *c, struct host *h, const char *name)
{
	_cleanup_free_ char *dir = net_path(name, "");
	_cleanup_free_ char *device = chain_sysfs_place(h, dir, "device");
	_cleanup_free_ char *place = chain_sysfs_place(h, "/sys/class/net", name);

	if ((device && chain_add_sysfs(c, device)) || (place && chain_add_sysfs(c, place)))
		return true;
	if (device)
		chain_add_unknown(c, "'%.64s' is not on a PCI device", name);
	return device;
}

static void walk_step(struct chain *c, const char *name, void *arg);

void net_walk_add(struct chain *c, const char *name, struct net_walk *w)
{
	chain_add(c, walk_step, name, w);
}

static void add_member(struct strv *l, const char *name)
{
	if (*name && !is_guest(name) && !strv_has(l, name))
		strv_add(l, name);
}

/* Interfaces that the kernel shows below this one: bridge ports, bond slaves, and the lower ends of any stacking. */
static void read_members(struct host *h, const char *name, struct strv *ret)
{
	_cleanup_free_ char *dir = net_path(name, ""), *brif = net_path(name, "/brif");
	_cleanup_free_ char *slaves = net_path(name, "/bonding/slaves"), *line = NULL;
	_cleanup_strv_ struct strv entries = { 0 }, ports = { 0 }, words = { 0 };

	if (!host_list(h, brif, &ports, NULL))
		for (size_t i = 0; i < ports.n; i++)
			add_member(ret, ports.v[i]);
	if (!host_read_line(h, slaves, &line, NULL)) {
		strv_split(&words, line, ' ');
		for (size_t i = 0; i < words.n; i++)
			add_member(ret, words.v[i]);
	}
	if (!host_list(h, dir, &entries, NULL))
		for (size_t i = 0; i < entries.n; i++) {
			const char *lower = str_after(entries.v[i], "lower_");

			if (lower)
				add_member(ret, lower);
		}
}

/* The interface below a VLAN, by /proc/net/vlan/config: lines "eth1.5  | 5  | eth1". */
static char *vlan_parent(struct host *h, const char *name)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_strv_ struct strv lines = { 0 };

	if (host_read(h, "/proc/net/vlan/config", PROC_MAX, &text, NULL) < 0)
		return NULL;
	strv_split(&lines, strbuf_str(&text), '\n');
	for (size_t i = 0; i < lines.n; i++) {
		const char *s = lines.v[i], *parent = strrchr(s, '|');
		size_t n = strcspn(s, " \t|");

		if (!parent || n != strlen(name) || memcmp(s, name, n))
			continue;
		parent += 1 + strspn(parent + 1, " \t");
		return xstrndup(parent, strcspn(parent, " \t\r"));
	}
	return NULL;
}

/* ---- Open vSwitch --------------------------------------------------------------------------------- */

static const char *const ovsdb_paths[] = { "/run/openvswitch/conf.db", "/etc/openvswitch/conf.db" };

static const struct ovsdb *walk_ovsdb(struct net_walk *w)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	if (w->ovsdb_tried)
		return w->ovsdb;
	w->ovsdb_tried = true;
	for (size_t i = 0; i < ARRAY_SIZE(ovsdb_paths); i++) {
		int rc = host_read(w->h, ovsdb_paths[i], OVSDB_MAX, &text, NULL);

		if (rc == -ENOENT || rc == -ENOTDIR)
			continue;
		/* The first one that is there counts: an unreadable one must not be replaced by an old one. */
		if (!rc)
			ovsdb_parse(strbuf_str(&text), text.len, &w->ovsdb, NULL);
		break;
	}
	return w->ovsdb;
}

void net_walk_done(struct net_walk *w)
{
	ovsdb_free(w->ovsdb);
	*w = (struct net_walk){ 0 };
}

static bool add_ovs(struct chain *c, const char *name, struct net_walk *w)
{
	_cleanup_strv_ struct strv below = { 0 }, odd = { 0 };
	const struct ovsdb *db = walk_ovsdb(w);
	size_t n = 0;

	if (!db || !ovsdb_below(db, name, &below, &odd))
		return false;
	for (size_t i = 0; i < odd.n; i++)
		chain_add_unknown(c, "%s", odd.v[i]);
	for (size_t i = 0; i < below.n; i++)
		if (!is_guest(below.v[i])) {
			net_walk_add(c, below.v[i], w);
			n++;
		}
	if (!n && !odd.n)
		chain_add_unknown(c, "'%.64s' has no port that leads to a device", name);
	return true;
}

/* The kernel shows an interface of Open vSwitch below the datapath, and not which bridge it belongs to. */
static bool is_in_datapath(struct host *h, const char *name)
{
	_cleanup_free_ char *dir = net_path(name, "");
	_cleanup_free_ char *master = chain_sysfs_place(h, dir, "master");

	return (master && str_ends_with(master, "/ovs-system")) || exists(h, name, "/upper_ovs-system");
}

static bool guess_datapath(struct chain *c, const char *name, struct net_walk *w)
{
	_cleanup_strv_ struct strv all = { 0 };
	bool found = false;

	/* Once is enough: it adds all of them. */
	if (w->datapath_tried || host_list(w->h, "/sys/class/net", &all, NULL) < 0)
		return false;
	w->datapath_tried = true;
	for (size_t i = 0; i < all.n; i++)
		if (!streq(all.v[i], name) && !is_guest(all.v[i]) && is_in_datapath(w->h, all.v[i])) {
			net_walk_add(c, all.v[i], w);
			found = true;
		}
	if (found)
		chain_add_unknown(c, "which interfaces of Open vSwitch belong to '%.64s'", name);
	return found;
}

/* ---- naming: better than nothing, and marked as a guess -------------------------------------------- */

static bool guess_name(struct chain *c, const char *name, struct net_walk *w)
{
	const char *number = str_after(name, "xenbr"), *dot = strrchr(name, '.');
	_cleanup_free_ char *below = NULL;
	unsigned n;

	if (number && str_to_uint(number, 9999, &n))
		below = xasprintf("eth%u", n);
	else if (dot && dot > name && str_to_uint(dot + 1, 4095, &n))
		below = xstrndup(name, (size_t)(dot - name));
	if (!below)
		return false;
	net_walk_add(c, below, w);
	chain_add_unknown(c, "'%.64s' below '%.64s' is only what the name implies", below, name);
	return true;
}

/* ---- the walk ------------------------------------------------------------------------------------- */

static bool add_members(struct chain *c, const char *name, struct net_walk *w)
{
	_cleanup_strv_ struct strv members = { 0 };
	_cleanup_free_ char *parent = NULL;

	read_members(w->h, name, &members);
	if (!members.n) {
		parent = vlan_parent(w->h, name);
		if (parent)
			add_member(&members, parent);
	}
	for (size_t i = 0; i < members.n; i++)
		net_walk_add(c, members.v[i], w);
	return members.n;
}

static void walk_step(struct chain *c, const char *name, void *arg)
{
	struct net_walk *w = arg;

	if (!is_name(name)) {
		chain_add_unknown(c, "'%.64s' is no name of an interface", name);
		return;
	}
	if (add_hardware(c, w->h, name) || add_members(c, name, w) || add_ovs(c, name, w))
		return;
	/* A Linux bridge shows its ports: there are none, and no guess will find one. */
	if (exists(w->h, name, "/bridge"))
		chain_add_unknown(c, "bridge '%.64s' has no port that leads to a device", name);
	else if (!guess_datapath(c, name, w) && !guess_name(c, name, w)) {
		if (exists(w->h, name, ""))
			chain_add_unknown(c, "nothing is known below '%.64s'", name);
		else
			chain_add_unknown(c, "'%.64s' is not in /sys/class/net", name);
	}
}

/* ---- results -------------------------------------------------------------------------------------- */

void net_use_done(struct net_use *u)
{
	free(u->what);
	free(u->chain);
	bdfset_done(&u->devices);
	strv_done(&u->usb);
	*u = (struct net_use){ 0 };
}

void net_done(struct net *n)
{
	for (size_t i = 0; i < n->n; i++)
		net_use_done(&n->v[i]);
	free(n->v);
	*n = (struct net){ 0 };
}

static void read_use(struct net_walk *w, const char *kind, const char *name, struct net_use *ret)
{
	_cleanup_chain_ struct chain c = { 0 };
	_cleanup_free_ char *shown = chain_shown(name);

	net_walk_add(&c, name, w);
	chain_walk(&c);
	*ret = (struct net_use){
		.what = xasprintf("%s %s", kind, shown),
		.chain = strbuf_take(&c.text),
		.devices = c.devices,
		.usb = TAKE_STRV(c.usb),
		.complete = !c.incomplete,
	};
	c.devices = (struct bdfset){ 0 };
}

int net_read(struct host *h, struct net *ret, struct err *err)
{
	_cleanup_(net_walk_done) struct net_walk w = { .h = h };
	_cleanup_free_ char *management = NULL;
	struct net net = { 0 };
	int rc;

	rc = net_inventory_get(h, "MANAGEMENT_INTERFACE", &management, err);
	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR)
		return rc;
	net.management_known = !rc;
	if (management && *management) {
		net.v = xcalloc(1, sizeof(*net.v));
		net.n = 1;
		read_use(&w, "management interface", management, &net.v[0]);
	}
	*ret = net;
	return 0;
}

static bool is_known(struct net_walk *w, const char *name)
{
	_cleanup_strv_ struct strv below = { 0 }, odd = { 0 };
	const struct ovsdb *db;

	if (!is_name(name))
		return false;
	if (exists(w->h, name, ""))
		return true;
	db = walk_ovsdb(w);
	return db && ovsdb_below(db, name, &below, &odd);
}

int net_interface_use(struct host *h, const char *name, struct net_use *ret, struct err *err)
{
	_cleanup_(net_walk_done) struct net_walk w = { .h = h };

	if (!is_known(&w, name))
		return err_set(err, ENOENT, "%s has no network interface '%.64s'", host_name(h), name);
	read_use(&w, "interface", name, ret);
	return 0;
}

int net_interface_devices(struct host *h, const char *name, struct bdfset *ret, struct err *err)
{
	_cleanup_(net_use_done) struct net_use use = { 0 };
	int rc;

	rc = net_interface_use(h, name, &use, err);
	if (rc < 0)
		return rc;
	if (!use.complete || !use.devices.n)
		return err_set(err, ENODATA, "the PCI devices of interface '%.64s' are not all known: %s", name,
			       use.chain);
	*ret = use.devices;
	use.devices = (struct bdfset){ 0 };
	return 0;
}
