/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_numa.c - nodes as Xen counts them; sysfs only where it is not dom0's, which shows a machine that does not exist. */

#include "tree.h"

#include "xenhelpers/numa.h"

#define SYSFS                                                                                                          \
	"sys/devices/system/node/node0/cpulist: 0-3\n", "sys/devices/system/node/node1/cpulist: 4-7\n",                \
		"sys/devices/system/node/node0/meminfo: Node 0 MemTotal:  1024 kB\nNode 0 MemFree:  512 kB\n"
#define XEN_TWO                                                                                                        \
	"\"cpu_topology\": [{\"node\": 0}, {\"node\": 1}, {\"node\": 1}, null, {\"node\": 5}]"
#define XEN_MEMORY "\"numainfo\": [{\"size\": 100, \"free\": 50, \"dists\": [10, 20]}, {\"size\": 200}, {\"size\": 300}, {\"size\": 0}]"

static void begin(struct tree *t, const char *const *entries, const char *xen_json, struct xen **x)
{
	tree_begin(t);
	for (; *entries; entries++)
		tree_add(t, *entries);
	if (xen_json) {
		_cleanup_free_ char *path = xasprintf("%s/xen.json", t->dir);
		FILE *f = fopen(path, "we");

		assert_non_null(f);
		assert_true(fputs(xen_json, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	tree_open(t);
	*x = NULL;
	if (xen_json)
		assert_int_equal(xen_open(t->host, x, NULL), 0);
}

static void test_who_is_asked(void **state)
{
	static const char *const nothing[] = { NULL };
	static const char *const bare[] = { SYSFS, NULL };
	static const char *const dom0[] = { SYSFS, "sys/hypervisor/type: xen\n", NULL };
	static const char *const kvm[] = { SYSFS, "sys/hypervisor/type: kvm\n", NULL };
	static const char *const broken[] = { "sys/devices/system/node/node0/cpulist: rubbish\n",
					      "sys/devices/system/node/nodeX/cpulist: 0\n", "sys/devices/system/node/online: 0\n",
					      NULL };
	static const struct {
		const char *const *entries;
		const char *xen, *source; /* source NULL: unknown */
		size_t nodes;
	} cases[] = {
		{ nothing, NULL, NULL, 0 },
		{ bare, NULL, "sysfs", 2 },
		{ kvm, NULL, "sysfs", 2 },
		{ dom0, NULL, NULL, 0 },
		{ broken, NULL, NULL, 0 },
		{ bare, "{" XEN_TWO "}", "xen", 3 },
		{ dom0, "{" XEN_TWO "}", "xen", 3 },
		{ nothing, "{" XEN_TWO "," XEN_MEMORY "}", "xen", 4 },
		{ dom0, "{}", NULL, 0 },
		{ bare, "{}", "sysfs", 2 },
		{ dom0, "{\"cpu_topology\": 7}", NULL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct numa numa = { 0 };
		struct err err = { 0 };
		struct xen *x;
		struct tree t;
		int rc;

		begin(&t, cases[i].entries, cases[i].xen, &x);
		rc = numa_read(t.host, x, NULL, &numa, &err);
		if (rc != (cases[i].source ? 0 : -ENODATA) || numa.n != cases[i].nodes)
			fail_msg("case %zu: %d, %zu nodes, %s", i, rc, numa.n, err.text);
		if (rc == 0)
			assert_string_equal(numa.source, cases[i].source);
		else
			assert_true(err.text[0] && err.hint[0]);
		numa_done(&numa);
		xen_free(x);
		tree_done(&t);
	}
}

static void test_xen_nodes(void **state)
{
	static const char *const nothing[] = { NULL };
	_cleanup_free_ char *cpus = NULL, *all = NULL;
	const struct numa_node *node;
	struct numa numa;
	struct xen *x;
	struct tree t;

	begin(&t, nothing, "{" XEN_TWO "," XEN_MEMORY "}", &x);
	assert_int_equal(numa_read(t.host, x, NULL, &numa, NULL), 0);
	for (size_t i = 1; i < numa.n; i++)
		assert_true(numa.v[i - 1].id < numa.v[i].id);
	node = numa_find(&numa, 0);
	assert_true(node->memory == 100 && node->memory_free == 50 && node->n_dists == 2 && node->dists[1] == 20);
	cpus = cpumask_format_ranges(&numa_find(&numa, 1)->cpus);
	assert_string_equal(cpus, "1-2");
	assert_true(cpumask_is_empty(&numa_find(&numa, 2)->cpus)); /* memory without CPUs is a node */
	assert_null(numa_find(&numa, 3));			    /* neither is none */
	assert_int_equal(numa_find(&numa, 5)->memory, -1);
	all = cpumask_format_ranges(&numa.cpus);
	assert_string_equal(all, "0-2,4");
	numa_done(&numa);
	numa_done(&numa);
	xen_free(x);
	tree_done(&t);
}

static void test_sysfs_nodes(void **state)
{
	static const char *const bare[] = { SYSFS, NULL };
	struct numa numa;
	struct xen *x;
	struct tree t;

	begin(&t, bare, NULL, &x);
	assert_int_equal(numa_read(t.host, NULL, "nobody asked", &numa, NULL), 0);
	assert_int_equal(numa.v[0].memory, 1024 * 1024);
	assert_int_equal(numa.v[0].memory_free, 512 * 1024);
	assert_int_equal(numa.v[1].memory, -1);
	assert_int_equal(cpumask_count(&numa.cpus), 8);
	numa_done(&numa);
	tree_done(&t);
}

static void test_locality(void **state)
{
	static const char *const nothing[] = { NULL };
	struct numa_locality l;
	struct xen *x;
	struct tree t;
	struct pcidev dev = { .bdf = { .bus = 0x3b }, .sysfs_node = PCIDEV_UNKNOWN };

	begin(&t, nothing,
	      "{\"pci_topology\": [{\"pci\": \"af:00.0\", \"node\": 0}, {\"pci\": \"3b:00.0\", \"node\": 1},"
	      " {\"pci\": \"3c:00.0\", \"node\": null}]}", &x);
	numa_locality_read(x, &l);
	assert_int_equal(numa_locality_node(&l, &dev), 1);
	dev.sysfs_node = 0; /* Xen is asked first */
	assert_int_equal(numa_locality_node(&l, &dev), 1);
	dev.bdf.bus = 0x3c;
	assert_int_equal(numa_locality_node(&l, &dev), 0);
	dev.sysfs_node = PCIDEV_UNKNOWN; /* nobody knows: that is not node 0 */
	assert_int_equal(numa_locality_node(&l, &dev), PCIDEV_UNKNOWN);
	numa_locality_done(&l);
	numa_locality_read(NULL, &l);
	assert_int_equal(numa_locality_node(&l, &dev), PCIDEV_UNKNOWN);
	numa_locality_done(&l);
	xen_free(x);
	tree_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_is_asked),
		cmocka_unit_test(test_xen_nodes),
		cmocka_unit_test(test_sysfs_nodes),
		cmocka_unit_test(test_locality),
	};

	return cmocka_run_group_tests_name("numa", tests, NULL, NULL);
}
