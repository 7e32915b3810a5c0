/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tree.h"
#include "xenhelpers/net.h"
#include "xenhelpers/ovsdb.h"

#define ENTRIES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define MANAGEMENT(name) "etc/xensource-inventory: PRIMARY_DISK='/dev/sda'\nMANAGEMENT_INTERFACE='" name "'\n"
/* What the kernel makes for an interface: its folder, the link by class, and for hardware the link to the device. */
#define NIC(name, device)                                                                                              \
	VIRTUAL_AT("pci0000:00/0000:00:02.0/" device "/net", name),                                                    \
		"sys/devices/pci0000:00/0000:00:02.0/" device "/net/" name "/device -> ../.."
#define VIRTUAL_AT(place, name)                                                                                        \
	"sys/class/net/" name " -> ../../devices/" place "/" name, "sys/devices/" place "/" name "/"
#define VIRTUAL(name) VIRTUAL_AT("virtual/net", name)
#define LOWER(name, lower) "sys/devices/virtual/net/" name "/lower_" lower " -> x"
#define PORT(bridge, port) "sys/devices/virtual/net/" bridge "/brif/" port " -> x"
#define IN_DATAPATH(name, device)                                                                                      \
	NIC(name, device), "sys/devices/pci0000:00/0000:00:02.0/" device "/net/" name                                  \
			   "/master -> ../../../../../virtual/net/ovs-system"
#define ETH0 NIC("eth0", "0000:18:00.0")
#define ETH1 NIC("eth1", "0000:18:00.1")

/*
 * Transactions of an Open vSwitch database, cut down to the columns that are read and one that is not; ' stands for ".
 * SIMPLE is xenbr0 with eth0 and the port of a guest.
 */
#define SCHEMA "{'name':'Open_vSwitch','tables':{'Bridge':{'columns':{}}},'version':'8.3.0'}"
#define SIMPLE                                                                                                         \
	"{'Bridge':{'b1':{'name':'xenbr0','ports':['set',[['uuid','p1'],['uuid','p2'],['uuid','p3']]]}},"              \
	"'Port':{'p1':{'name':'xenbr0','interfaces':['uuid','i1'],'tag':['set',[]]},"                                  \
	"'p2':{'name':'eth0','interfaces':['uuid','i2']},'p3':{'name':'vif1.0','interfaces':['uuid','i3']}},"          \
	"'Interface':{'i1':{'name':'xenbr0','type':'internal'},'i2':{'name':'eth0'},"                                  \
	"'i3':{'name':'vif1.0','type':'system'}}}"
/* xapi0 with bond0 over eth0 and eth1, and xapi5, the VLAN that XAPI puts on it. */
#define BONDED                                                                                                         \
	"{'Bridge':{'b1':{'name':'xapi0','ports':['set',[['uuid','p1'],['uuid','p2'],['uuid','p3']]]}},"               \
	"'Port':{'p1':{'name':'xapi0','interfaces':['uuid','i1']},"                                                    \
	"'p2':{'name':'bond0','interfaces':['set',[['uuid','i2'],['uuid','i3']]]},"                                    \
	"'p3':{'name':'xapi5','interfaces':['uuid','i4'],'tag':5,'fake_bridge':true}},"                                \
	"'Interface':{'i1':{'name':'xapi0','type':'internal'},'i2':{'name':'eth1'},'i3':{'name':'eth0'},"              \
	"'i4':{'name':'xapi5','type':'internal'}}}"
/* eth0 of SIMPLE goes, eth1 comes: rows, without the bridge's set of ports. */
#define EXCHANGE                                                                                                       \
	"'Port':{'p2':null,'p4':{'name':'eth1','interfaces':['uuid','i4']}},"                                          \
	"'Interface':{'i2':null,'i4':{'name':'eth1'}}"

static const struct recording {
	const char *name;
	const char *const *entries;
	const char *const *records; /* of the database, without the schema; NULL: there is none */
	const char *expected;	    /* "!": the chain is not complete; "?": the inventory does not tell */
} recordings[] = {
	{ "nothing", ENTRIES("proc/"), NULL, "?" },
	{ "inventory without the key", ENTRIES("etc/xensource-inventory: A='b'\n"), NULL, "?" },
	{ "no management interface", ENTRIES(MANAGEMENT("")), NULL, "" },
	{ "no sysfs", ENTRIES(MANAGEMENT("eth0")), NULL, "!eth0 <- unknown ('eth0' is not in /sys/class/net)" },
	{ "an interface itself", ENTRIES(MANAGEMENT("eth0"), ETH0), NULL, "eth0 <- 0000:18:00.0" },
	{ "virtio, below its function", ENTRIES(MANAGEMENT("eth0"), NIC("eth0", "0000:00:03.0/virtio0")), NULL,
	  "eth0 <- 0000:00:03.0" },
	{ "USB, at its controller", ENTRIES(MANAGEMENT("eth0"), NIC("eth0", "0000:00:14.0/usb1/1-2/1-2:1.0")), NULL,
	  "eth0 <- 0000:00:14.0" },
	{ "the link only",
	  ENTRIES(MANAGEMENT("eth0"), "sys/class/net/eth0 -> ../../devices/pci0000:00/0000:18:00.0/net/eth0"), NULL,
	  "eth0 <- 0000:18:00.0" },
	{ "hardware that is not on PCI",
	  ENTRIES(MANAGEMENT("eth0"), VIRTUAL_AT("platform/1.ethernet/net", "eth0"),
		  "sys/devices/platform/1.ethernet/net/eth0/device -> ../.."),
	  NULL, "!eth0 <- unknown ('eth0' is not on a PCI device)" },
	{ "Linux bridge with guests",
	  ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), PORT("xenbr0", "eth0"), PORT("xenbr0", "vif1.0"),
		  PORT("xenbr0", "tap1.0"), ETH0),
	  NULL, "xenbr0 <- eth0 <- 0000:18:00.0" },
	{ "Linux bridge over a bond",
	  ENTRIES(MANAGEMENT("xapi0"), VIRTUAL("xapi0"), PORT("xapi0", "bond0"), LOWER("xapi0", "bond0"),
		  VIRTUAL("bond0"), "sys/devices/virtual/net/bond0/bonding/slaves: eth1 eth0\n", ETH0, ETH1),
	  NULL, "xapi0 <- bond0 <- eth1,eth0 <- 0000:18:00.1,0000:18:00.0" },
	{ "Linux bridge without ports",
	  ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), "sys/devices/virtual/net/xenbr0/bridge/",
		  PORT("xenbr0", "vif1.0"), ETH0),
	  NULL, "!xenbr0 <- unknown (bridge 'xenbr0' has no port that leads to a device)" },
	{ "VLAN over a team",
	  ENTRIES(MANAGEMENT("team0.5"), VIRTUAL("team0.5"), LOWER("team0.5", "team0"), VIRTUAL("team0"),
		  LOWER("team0", "eth0"), LOWER("team0", "eth1"), ETH0, ETH1),
	  NULL, "team0.5 <- team0 <- eth0,eth1 <- 0000:18:00.0,0000:18:00.1" },
	{ "VLAN by /proc/net/vlan",
	  ENTRIES(MANAGEMENT("storage"), VIRTUAL("storage"), ETH1,
		  "proc/net/vlan/config: VLAN Dev name\t | VLAN ID\nName-Type: x\nstor           | 4  | eth0\n"
		  "storage        | 5  | eth1\n"),
	  NULL, "storage <- eth1 <- 0000:18:00.1" },
	{ "VLAN by its name only", ENTRIES(MANAGEMENT("eth1.5"), VIRTUAL("eth1.5"), ETH1), NULL,
	  "!eth1.5 <- eth1 <- 0000:18:00.1,unknown ('eth1' below 'eth1.5' is only what the name implies)" },
	{ "Open vSwitch", ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), IN_DATAPATH("eth0", "0000:18:00.0"), ETH1),
	  ENTRIES(SIMPLE), "xenbr0 <- eth0 <- 0000:18:00.0" },
	{ "Open vSwitch: bond", ENTRIES(MANAGEMENT("xapi0"), VIRTUAL("xapi0"), ETH0, ETH1), ENTRIES(BONDED),
	  "xapi0 <- bond0 <- eth0,eth1 <- 0000:18:00.0,0000:18:00.1" },
	{ "Open vSwitch: VLAN over the bond", ENTRIES(MANAGEMENT("xapi5"), VIRTUAL("xapi5"), ETH0, ETH1),
	  ENTRIES(BONDED), "xapi5 <- xapi0 <- bond0 <- eth0,eth1 <- 0000:18:00.0,0000:18:00.1" },
	{ "Open vSwitch: a port goes, another comes", ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), ETH0, ETH1),
	  ENTRIES(SIMPLE, "{" EXCHANGE ",'Bridge':{'b1':{'ports':['set',[['uuid','p1'],['uuid','p4']]]}}}"),
	  "xenbr0 <- eth1 <- 0000:18:00.1" },
	{ "Open vSwitch: the same as differences", ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), ETH0, ETH1),
	  ENTRIES(SIMPLE,
		  "{'_is_diff':true," EXCHANGE ",'Bridge':{'b1':{'ports':['set',[['uuid','p2'],['uuid','p4']]]}}}"),
	  "xenbr0 <- eth1 <- 0000:18:00.1" },
	{ "Open vSwitch: a bridge that is deleted", ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), ETH0),
	  ENTRIES(SIMPLE, "{'Bridge':{'b1':null}}"),
	  "!xenbr0 <- eth0 <- 0000:18:00.0,unknown ('eth0' below 'xenbr0' is only what the name implies)" },
	{ "Open vSwitch: an interface that is gone", ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0")), ENTRIES(SIMPLE),
	  "!xenbr0 <- eth0 <- unknown ('eth0' is not in /sys/class/net)" },
	{ "Open vSwitch: only a tunnel", ENTRIES(MANAGEMENT("xapi7"), VIRTUAL("xapi7")),
	  ENTRIES("{'Bridge':{'b1':{'name':'xapi7','ports':['uuid','p1']}},"
		  "'Port':{'p1':{'name':'gre0','interfaces':['uuid','i1']}},"
		  "'Interface':{'i1':{'name':'gre0','type':'gre'}}}"),
	  "!xapi7 <- unknown (gre0 is a port of type gre)" },
	{ "Open vSwitch: no ports", ENTRIES(MANAGEMENT("xapi7"), VIRTUAL("xapi7")),
	  ENTRIES("{'Bridge':{'b1':{'name':'xapi7','ports':['set',[]]}}}"),
	  "!xapi7 <- unknown ('xapi7' has no port that leads to a device)" },
	{ "Open vSwitch: rows that are missing", ENTRIES(MANAGEMENT("xapi7"), VIRTUAL("xapi7")),
	  ENTRIES("{'Bridge':{'b1':{'name':'xapi7','ports':['set',[['uuid','p1'],['uuid','p5']]]}},"
		  "'Port':{'p1':{'name':'bond0','interfaces':['uuid','i1']}}}"),
	  "!xapi7 <- bond0 <- unknown (a port without a record),unknown (an interface without a record)" },
	{ "Open vSwitch without its database: all of the datapath",
	  ENTRIES(MANAGEMENT("xenbr0"), VIRTUAL("xenbr0"), VIRTUAL("ovs-system"), IN_DATAPATH("eth0", "0000:18:00.0"),
		  IN_DATAPATH("eth1", "0000:18:00.1"), NIC("eth2", "0000:19:00.0")),
	  NULL,
	  "!xenbr0 <- eth0,eth1 <- 0000:18:00.0,0000:18:00.1,"
	  "unknown (which interfaces of Open vSwitch belong to 'xenbr0')" },
	{ "Open vSwitch without its database: by name", ENTRIES(MANAGEMENT("xenbr1"), VIRTUAL("xenbr1"), ETH1), NULL,
	  "!xenbr1 <- eth1 <- 0000:18:00.1,unknown ('eth1' below 'xenbr1' is only what the name implies)" },
	{ "hostile: stacked in a circle",
	  ENTRIES(MANAGEMENT("a"), VIRTUAL("a"), VIRTUAL("b"), LOWER("a", "b"), LOWER("b", "a"), LOWER("b", "b")), NULL,
	  "!a <- b <- unknown (nothing is found at the end)" },
	{ "hostile: a name that is a path", ENTRIES(MANAGEMENT("../../block"), "sys/block/"), NULL,
	  "!../../block <- unknown ('../../block' is no name of an interface)" },
	{ "hostile: slaves that are paths",
	  ENTRIES(MANAGEMENT("bond0"), VIRTUAL("bond0"),
		  "sys/devices/virtual/net/bond0/bonding/slaves: ../../x . eth0\n", ETH0),
	  NULL,
	  "!bond0 <- ../../x,.,eth0 <- 0000:18:00.0,unknown ('../../x' is no name of an interface),"
	  "unknown ('.' is no name of an interface)" },
};

static void add_record(struct strbuf *log, const char *record)
{
	_cleanup_free_ char *json = xstrdup(record);

	for (char *c = json; *c; c++)
		if (*c == '\'')
			*c = '"';
	strbuf_addf(log, "OVSDB JSON %zu 0123456789012345678901234567890123456789\n%s\n", strlen(json) + 1, json);
}

static void make_log(struct strbuf *log, const char *const *records)
{
	add_record(log, SCHEMA);
	for (; *records; records++)
		add_record(log, *records);
}

static void test_recording(void **state)
{
	const struct recording *r = *state;
	_cleanup_(tree_done) struct tree t;
	_cleanup_(net_done) struct net net = { 0 };
	_cleanup_strbuf_ struct strbuf out = { 0 }, log = { 0 };
	struct err err;

	tree_make(&t, r->entries);
	if (r->records) {
		make_log(&log, r->records);
		tree_add_file(&t, "run/openvswitch/conf.db", log.s, log.len);
		/* What is older must not be looked at. */
		tree_add(&t, "etc/openvswitch/conf.db: OVSDB JSON x\n");
	}
	if (net_read(t.host, &net, &err) < 0)
		fail_msg("%s", err.text);
	if (!net.management_known)
		strbuf_add(&out, "?");
	for (size_t i = 0; i < net.n; i++) {
		strbuf_addf(&out, "%s%s", net.v[i].complete ? "" : "!", net.v[i].chain);
		assert_non_null(str_after(net.v[i].what, "management interface "));
	}
	assert_string_equal(strbuf_str(&out), r->expected);
}

/* ---- one interface -------------------------------------------------------------------------------- */

static void test_one_interface(void **state)
{
	_cleanup_(tree_done) struct tree t;
	_cleanup_bdfset_ struct bdfset set = { 0 };
	_cleanup_strbuf_ struct strbuf log = { 0 };
	struct err err;

	tree_make(&t, ENTRIES(ETH0, ETH1, VIRTUAL("dummy0")));
	make_log(&log, ENTRIES(BONDED));
	tree_add_file(&t, "etc/openvswitch/conf.db", log.s, log.len);

	assert_int_equal(net_interface_devices(t.host, "eth1", &set, &err), 0);
	assert_int_equal(set.n, 1);
	assert_string_equal(BDF_STR(set.v[0]), "0000:18:00.1");
	bdfset_done(&set);
	set = (struct bdfset){ 0 };
	/* A bond of Open vSwitch is no interface of the kernel, and still one of the host. */
	assert_int_equal(net_interface_devices(t.host, "bond0", &set, &err), 0);
	assert_int_equal(set.n, 2);
	assert_int_equal(net_interface_devices(t.host, "eth9", &set, &err), -ENOENT);
	assert_int_equal(net_interface_devices(t.host, "", &set, &err), -ENOENT);
	assert_int_equal(net_interface_devices(t.host, "..", &set, &err), -ENOENT);
	assert_int_equal(net_interface_devices(t.host, "dummy0", &set, &err), -ENODATA);
	assert_string_equal(err.text, "the PCI devices of interface 'dummy0' are not all known: "
				      "dummy0 <- unknown (nothing is known below 'dummy0')");
	assert_int_equal(set.n, 2);
}

/* ---- inventory ------------------------------------------------------------------------------------ */

static const struct {
	const char *text, *value;
	int rc;
} inventory[] = {
	{ "K='xenbr0'\n", "xenbr0", 0 },
	{ "K='xenbr0'", "xenbr0", 0 },
	{ "K=\"xenbr0\" \r\n", "xenbr0", 0 },
	{ "K=xenbr0\n", "xenbr0", 0 },
	{ "  K='a b'\n", "a b", 0 },
	{ "K=''\n", "", 0 },
	{ "K=\n", "", 0 },
	{ "K='$(id)`id`'\n", "$(id)`id`", 0 },
	{ "K='a'\nK='b'\n", "b", 0 },
	{ "KK='a'\n#K='b'\nXK='c'\nK", NULL, -ENOENT },
	{ "", NULL, -ENOENT },
	{ "K='\n", NULL, -EINVAL },
	{ "K='a\"\n", NULL, -EINVAL },
};

static void test_inventory(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(inventory); i++) {
		_cleanup_(tree_done) struct tree t;
		_cleanup_free_ char *value = NULL;
		struct err err;

		tree_make(&t, ENTRIES("etc/"));
		tree_add_file(&t, "etc/xensource-inventory", inventory[i].text, strlen(inventory[i].text));
		assert_int_equal(net_inventory_get(t.host, "K", &value, &err), inventory[i].rc);
		if (inventory[i].value)
			assert_string_equal(value, inventory[i].value);
		else
			assert_null(value);
		if (inventory[i].rc == -EINVAL)
			assert_non_null(str_after(err.where, "/etc/xensource-inventory:1:3\n"));
	}
}

/* ---- the database --------------------------------------------------------------------------------- */

static void test_broken_logs(void **state)
{
	static const char *const logs[] = {
		"",
		"x",
		"OVSDB JSON\n",
		"OVSDB JSON 4 \n",
		"OVSDB JSON -4 0123\n{}\n\n",
		"OVSDB JSON 99999999999999999999 0123\n{}\n",
		"OVSDB JSON 9 0123\n{}\n",
		"OVSDB CLUSTER 3 0123\n{}\n",
		"OVSDB JSON 3 0123\n{}\nOVSDB JSON 9 0123\n\"Bridge\"\n",
		"OVSDB JSON 3 0123\n{}\nOVSDB JSON 10 0123\n{\"Bridge\"\n\nOVSDB JSON 3 0123\n{}\n",
		"OVSDB JSON 3 0123\n{}\nnonsense\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(logs); i++) {
		struct ovsdb *db = NULL;
		struct err err;

		assert_int_equal(ovsdb_parse(logs[i], strlen(logs[i]), &db, &err), -EBADMSG);
		assert_null(db);
	}
}

/* Wherever the last record is cut off, the log ends before it. */
static void test_cut_log(void **state)
{
	_cleanup_strbuf_ struct strbuf log = { 0 };
	size_t whole;

	make_log(&log, ENTRIES(SIMPLE));
	whole = log.len;
	add_record(&log, "{'Bridge':{'b1':null}}");
	for (size_t n = whole; n <= log.len; n++) {
		_cleanup_(ovsdb_freep) struct ovsdb *db = NULL;
		_cleanup_strv_ struct strv below = { 0 }, odd = { 0 };
		_cleanup_free_ char *copy = xmemdup(log.s, n), *text = NULL;

		assert_int_equal(ovsdb_parse(copy, n, &db, NULL), 0);
		assert_int_equal(ovsdb_below(db, "xenbr0", &below, &odd), n < log.len);
		text = strv_join(&below, ",");
		assert_string_equal(text, n < log.len ? "eth0,vif1.0" : "");
	}
}

/* Values of other types than the schema's do no harm. */
static void test_strange_values(void **state)
{
	static const char *const values[] = {
		"1", "null", "[]", "{}", "'x'", "['set',1]", "['uuid']", "['set',[['uuid',1],2]]",
	};

	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		const char *v = values[i];
		_cleanup_free_ char *json = xasprintf("{'Bridge':{'b1':{'name':%s,'ports':%s},'b2':%s},'Port':%s,"
						      "'Interface':{'i1':{'name':%s}}}",
						      v, v, v, v, v);
		_cleanup_(ovsdb_freep) struct ovsdb *db = NULL;
		_cleanup_strv_ struct strv below = { 0 }, odd = { 0 };
		_cleanup_strbuf_ struct strbuf log = { 0 };

		make_log(&log, ENTRIES(SIMPLE, json));
		assert_int_equal(ovsdb_parse(log.s, log.len, &db, NULL), 0);
		ovsdb_below(db, "xenbr0", &below, &odd);
	}
}

int main(void)
{
	struct CMUnitTest tests[ARRAY_SIZE(recordings) + 5];
	size_t n = 0;

	for (; n < ARRAY_SIZE(recordings); n++)
		tests[n] =
			(struct CMUnitTest){ recordings[n].name, test_recording, NULL, NULL, (void *)&recordings[n] };
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_one_interface);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_inventory);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_broken_logs);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_cut_log);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_strange_values);
	assert_int_equal(n, ARRAY_SIZE(tests));
	return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
