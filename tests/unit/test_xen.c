/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_xen.c - xen.json: addresses in every form, and what is absent or of a wrong type is unknown or refused, never a crash. */

#include "tree.h"

#include "xenhelpers/xen.h"

static int begin(struct tree *t, const char *text, struct xen **ret, struct err *err)
{
	_cleanup_free_ char *path = NULL;
	FILE *f;

	tree_begin(t);
	path = xasprintf("%s/xen.json", t->dir);
	f = fopen(path, "we");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	tree_open(t);
	return xen_open(t->host, ret, err);
}

static void test_addresses(void **state)
{
	static const struct {
		const char *item, *read; /* NULL: no address, left out */
	} cases[] = {
		{ "\"0000:3b:00.0\"", "0000:3b:00.0" },
		{ "\"3B:00.1\"", "0000:3b:00.1" },
		{ "{\"pci\": \"0000:3b:00.0\"}", "0000:3b:00.0" },
		{ "{\"sbdf\": \"0001:3b:00.0\"}", "0001:3b:00.0" },
		{ "{\"bdf\": \"3b:00.0\"}", "0000:3b:00.0" },
		{ "{\"seg\": 1, \"bus\": 59, \"devfn\": 9}", "0001:3b:01.1" },
		{ "{\"bus\": 255, \"devfn\": 255}", "0000:ff:1f.7" },
		{ "{\"bus\": 256, \"devfn\": 0}", NULL },
		{ "{\"bus\": 0, \"devfn\": 256}", NULL },
		{ "{\"bus\": -1, \"devfn\": 0}", NULL },
		{ "{\"bus\": \"59\", \"devfn\": 0}", NULL },
		{ "{\"bus\": 1.5, \"devfn\": 0}", NULL },
		{ "{\"seg\": 0}", NULL },
		{ "{\"pci\": \"nonsense\", \"bus\": 1, \"devfn\": 0}", NULL },
		{ "\"0000:3b:20.0\"", NULL },
		{ "\"0000:3b:00.8\"", NULL },
		{ "\"\"", NULL },
		{ "7", NULL },
		{ "null", NULL },
		{ "[]", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *text = xasprintf("{\"assignable\": [%s]}", cases[i].item);
		_cleanup_bdfset_ struct bdfset set = { 0 };
		struct err err = { 0 };
		struct xen *x = NULL;
		struct tree t;

		assert_int_equal(begin(&t, text, &x, &err), 0);
		assert_int_equal(xen_assignable(x, &set, &err), 0);
		if (set.n != (cases[i].read ? 1 : 0) || (set.n && !streq(BDF_STR(set.v[0]), cases[i].read)))
			fail_msg("%s: %zu %s", cases[i].item, set.n, set.n ? BDF_STR(set.v[0]) : "");
		xen_free(x);
		tree_done(&t);
	}
}

static int ask_physinfo(struct xen *x, struct err *err)
{
	struct xen_physinfo info;

	return xen_physinfo(x, &info, err);
}

static int ask_cpus(struct xen *x, struct err *err)
{
	_cleanup_free_ struct xen_cpu *v = NULL;
	size_t n;

	return xen_cpus(x, &v, &n, err);
}

static int ask_nodes(struct xen *x, struct err *err)
{
	struct xen_node *v = NULL;
	size_t n = 0;
	int rc = xen_nodes(x, &v, &n, err);

	if (rc == 0)
		xen_nodes_free(v, n);
	return rc;
}

static int ask_pci_nodes(struct xen *x, struct err *err)
{
	_cleanup_free_ struct xen_pci_node *v = NULL;
	size_t n;

	return xen_pci_nodes(x, &v, &n, err);
}

static int ask_assignable(struct xen *x, struct err *err)
{
	_cleanup_bdfset_ struct bdfset set = { 0 };

	return xen_assignable(x, &set, err);
}

static int ask_domains(struct xen *x, struct err *err)
{
	struct xen_domain *v = NULL;
	size_t n = 0;
	int rc = xen_domains(x, &v, &n, err);

	if (rc == 0)
		xen_domains_free(v, n);
	return rc;
}

static int ask_command_line(struct xen *x, struct err *err)
{
	_cleanup_free_ char *s = NULL;

	return xen_command_line(x, &s, err);
}

static const struct {
	const char *member;
	int (*ask)(struct xen *x, struct err *err);
	bool object, list, text; /* which of {}, [], "" it takes */
} members[] = {
	{ "physinfo", ask_physinfo, true, false, false },   { "cpu_topology", ask_cpus, false, true, false },
	{ "numainfo", ask_nodes, false, true, false },	    { "pci_topology", ask_pci_nodes, false, true, false },
	{ "assignable", ask_assignable, false, true, false }, { "domains", ask_domains, false, true, false },
	{ "command_line", ask_command_line, false, false, true },
};

static void assert_answer(size_t m, const char *value, int expected)
{
	_cleanup_free_ char *text = value ? xasprintf("{\"%s\": %s}", members[m].member, value) : xstrdup("{}");
	struct err err = { 0 };
	struct xen *x = NULL;
	struct tree t;
	int rc;

	assert_int_equal(begin(&t, text, &x, &err), 0);
	rc = members[m].ask(x, &err);
	if (rc != expected)
		fail_msg("%s: %d %s", text, rc, err.text);
	assert_true(rc == 0 || (err.code == -rc && strstr(err.text, members[m].member)));
	xen_free(x);
	tree_done(&t);
}

static void test_absent_is_unknown(void **state)
{
	for (size_t m = 0; m < ARRAY_SIZE(members); m++) {
		assert_answer(m, NULL, -ENODATA);
		assert_answer(m, "null", -ENODATA);
	}
}

static void test_wrong_types(void **state)
{
	for (size_t m = 0; m < ARRAY_SIZE(members); m++) {
		assert_answer(m, "{}", members[m].object ? 0 : -EINVAL);
		assert_answer(m, "[]", members[m].list ? 0 : -EINVAL);
		assert_answer(m, "\"\"", members[m].text ? 0 : -EINVAL);
		assert_answer(m, "7", -EINVAL);
		assert_answer(m, "true", -EINVAL);
		/* items of every type are no crash */
		if (members[m].list)
			assert_answer(m, "[null, 7, \"x\", [], {}, {\"dists\": 7, \"pci\": 7, \"uuid\": 7}, {\"dists\": [null, \"x\"]}]", 0);
	}
}

static void test_values(void **state)
{
	static const char text[] =
		"{\"physinfo\": {\"nr_cpus\": 32, \"nr_nodes\": -1, \"cap_hvm\": true, \"cap_pv\": 0, \"cap_hap\": \"yes\"},"
		"\"cpu_topology\": [{\"core\": 0, \"socket\": 1, \"node\": 2}, null, {\"core\": 99999999999}],"
		"\"numainfo\": [{\"size\": 4096, \"free\": -1, \"dists\": [10, 21]}, null],"
		"\"domains\": [{\"domid\": 3, \"uuid\": \"u\", \"name\": \"vm\", \"pci\": [\"3b:00.0\", 7]}, {}]}";
	struct xen_physinfo info;
	struct xen_cpu *cpus = NULL;
	struct xen_node *nodes = NULL;
	struct xen_domain *domains = NULL;
	size_t n;
	struct err err = { 0 };
	struct xen *x = NULL;
	struct tree t;

	assert_int_equal(begin(&t, text, &x, &err), 0);
	assert_int_equal(xen_physinfo(x, &info, &err), 0);
	assert_true(info.nr_cpus == 32 && info.nr_nodes == XEN_UNKNOWN && info.cap_hvm == TRI_YES && info.cap_pv == TRI_NO);
	assert_true(info.cap_hap == TRI_UNKNOWN && info.cap_hvm_directio == TRI_UNKNOWN);
	assert_int_equal(xen_cpus(x, &cpus, &n, &err), 0);
	assert_true(n == 3 && cpus[0].node == 2 && cpus[0].socket == 1 && cpus[1].node == XEN_UNKNOWN && cpus[2].core == XEN_UNKNOWN);
	free(cpus);
	assert_int_equal(xen_nodes(x, &nodes, &n, &err), 0);
	assert_true(n == 2 && nodes[0].there && nodes[0].size == 4096 && nodes[0].free == 0 && nodes[0].n_dists == 2);
	assert_true(nodes[0].dists[1] == 21 && !nodes[1].there);
	xen_nodes_free(nodes, n);
	assert_int_equal(xen_domains(x, &domains, &n, &err), 0);
	assert_true(n == 2 && domains[0].domid == 3 && domains[0].devices.n == 1 && domains[1].domid == XEN_UNKNOWN);
	assert_true(streq(domains[0].name, "vm") && !domains[1].name && streq(domains[1].uuid, ""));
	xen_domains_free(domains, n);
	xen_free(x);
	tree_done(&t);
}

static void test_unreadable_files(void **state)
{
	static const char *const texts[] = { "", "[]", "{", "{} {}", "{\"a\": 1, \"a\": 2}", "\"x\"", "\xff\xfe" };
	struct err err = { 0 };
	struct xen *x = NULL;
	struct tree t;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_int_equal(begin(&t, texts[i], &x, &err), -EINVAL);
		assert_non_null(strstr(err.text, "xen.json"));
		assert_true(err.where[0]);
		tree_done(&t);
	}
	tree_begin(&t);
	tree_open(&t);
	assert_int_equal(xen_open(t.host, &x, &err), -ENOENT);
	assert_true(err.hint[0]);
	tree_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_absent_is_unknown),
		cmocka_unit_test(test_wrong_types),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_unreadable_files),
	};

	return cmocka_run_group_tests_name("xen_recorded", tests, NULL, NULL);
}
