/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_xapi.c - the recorded store keeps XAPI's rules and error codes, and the look of its file. */

#include "tree.h"

#include <jansson.h>

#include "xenhelpers/xapi.h"

#define VM "OpaqueRef:vm"

static const char store[] = "{\n"
			    "  \"VM\": {\n"
			    "    \"OpaqueRef:vm\": {\n"
			    "      \"uuid\": \"u-1\",\n"
			    "      \"name_label\": \"z\\u00fcrich\",\n"
			    "      \"zz_unknown\": [1, 2.50, null, true],\n"
			    "      \"affinity\": \"OpaqueRef:NULL\",\n"
			    "      \"other_config\": {\"b\": \"1\", \"a\": \"2\"},\n"
			    "      \"VCPUs_max\": \"4\",\n"
			    "      \"is_a_template\": false\n"
			    "    }\n"
			    "  },\n"
			    "  \"host\": {\"OpaqueRef:h\": {\"uuid\": \"h-1\"}}\n"
			    "}\n";

static void write_part(const struct tree *t, const char *text)
{
	_cleanup_free_ char *path = xasprintf("%s/xapi.json", t->dir);
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static char *read_part(const struct tree *t)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	assert_int_equal(host_read_part(t->host, "xapi.json", 1 << 20, &text, NULL), 0);
	return strbuf_take(&text);
}

static int set_key(struct xapi *x, const char *key, const char *expect, const char *value, struct err *err)
{
	return xapi_edit(x, "VM", VM, &(struct xapi_edit){ "other_config", key, expect, value }, 1, err);
}

static int set_affinity(struct xapi *x, const char *expect, const char *value, struct err *err)
{
	return xapi_edit(x, "VM", VM, &(struct xapi_edit){ NULL, "affinity", expect, value }, 1, err);
}

static struct xapi *begin(struct tree *t, const char *text)
{
	struct xapi *x = NULL;
	struct err err = { 0 };

	tree_begin(t);
	write_part(t, text);
	tree_open(t);
	if (xapi_open(t->host, NULL, &x, &err) < 0)
		fail_msg("%s", err.text);
	return x;
}

static void end(struct tree *t, struct xapi *x)
{
	xapi_free(x);
	tree_done(t);
}

static int call(struct xapi *x, const char *method, json_t *params, struct err *err)
{
	json_t *ret = NULL;
	int rc = xapi_call(x, method, params, &ret, err);

	if (rc == 0)
		json_decref(ret);
	return rc;
}

static void test_codes(void **state)
{
	static const struct {
		const char *method, *a, *b, *c, *code; /* code NULL: it succeeds */
	} cases[] = {
		{ "VM.add_to_other_config", VM, "new", "v", NULL },
		{ "VM.add_to_other_config", VM, "a", "v", "MAP_DUPLICATE_KEY" },
		{ "VM.add_to_other_config", VM, "a", NULL, "MESSAGE_PARAMETER_COUNT_MISMATCH" },
		{ "VM.add_to_other_config", "OpaqueRef:none", "k", "v", "HANDLE_INVALID" },
		{ "VM.remove_from_other_config", VM, "a", NULL, NULL },
		{ "VM.remove_from_other_config", VM, "never-there", NULL, NULL },
		{ "VM.remove_from_no_such_map", VM, "a", NULL, NULL },
		{ "VM.remove_from_other_config", VM, NULL, NULL, "MESSAGE_PARAMETER_COUNT_MISMATCH" },
		{ "VM.add_to_VCPUs_params", VM, "mask", "1", NULL },
		{ "VM.set_affinity", VM, "OpaqueRef:h", NULL, NULL },
		{ "VM.set_affinity", VM, NULL, NULL, "MESSAGE_PARAMETER_COUNT_MISMATCH" },
		{ "VM.get_record", VM, NULL, NULL, NULL },
		{ "VM.get_record", "OpaqueRef:none", NULL, NULL, "HANDLE_INVALID" },
		{ "VM.get_by_uuid", "u-1", NULL, NULL, NULL },
		{ "VM.get_by_uuid", "u-2", NULL, NULL, "UUID_INVALID" },
		{ "VM.start", VM, NULL, NULL, "MESSAGE_METHOD_UNKNOWN" },
		{ "nonsense", VM, NULL, NULL, "MESSAGE_METHOD_UNKNOWN" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err err = { 0 };
		struct tree t;
		struct xapi *x = begin(&t, store);
		json_t *params = json_array();
		int rc;

		json_array_append_new(params, json_string(cases[i].a));
		if (cases[i].b)
			json_array_append_new(params, json_string(cases[i].b));
		if (cases[i].c)
			json_array_append_new(params, json_string(cases[i].c));
		rc = call(x, cases[i].method, params, &err);
		if (rc != (cases[i].code ? -EREMOTEIO : 0) || !streq(err.api, cases[i].code ? cases[i].code : ""))
			fail_msg("%s: %d %s", cases[i].method, rc, err.text);
		end(&t, x);
	}
}

/* A change and its undoing give the same bytes but for jansson's spelling, which the second round keeps. */
static void test_look_is_kept(void **state)
{
	struct err err = { 0 };
	struct tree t;
	struct xapi *x = begin(&t, store);
	_cleanup_free_ char *one = NULL, *two = NULL, *three = NULL;
	const char *at;

	assert_int_equal(set_key(x, "pci", NULL, "0/0000:04:00.0", &err), 0);
	one = read_part(&t);
	assert_non_null(strstr(one, "\n  \"VM\": {\n"));	       /* indented by two, as it was */
	at = strstr(one, "\"b\": \"1\"");
	assert_true(at && at < strstr(one, "\"a\": \"2\""));    /* the order of keys */
	assert_true(strstr(one, "zz_unknown") < strstr(one, "\"affinity\""));
	assert_non_null(strstr(one, "\"is_a_template\": false")); /* what it does not know */
	assert_true(str_ends_with(one, "}\n"));
	assert_int_equal(set_key(x, "pci", "0/0000:04:00.0", NULL, &err), 0);
	two = read_part(&t);
	assert_null(strstr(two, "pci"));
	assert_int_equal(set_key(x, "x", NULL, "y", &err), 0);
	assert_int_equal(set_key(x, "x", "y", NULL, &err), 0);
	three = read_part(&t);
	assert_string_equal(two, three);
	end(&t, x);
}

static void test_expect(void **state)
{
	struct err err = { 0 };
	struct tree t;
	struct xapi *x = begin(&t, store);
	_cleanup_free_ char *value = NULL, *ref = NULL;

	assert_int_equal(set_key(x, "a", "1", "3", &err), -ESTALE);
	assert_non_null(strstr(err.text, "'2'"));
	assert_int_equal(set_key(x, "a", NULL, "3", &err), -ESTALE);
	assert_int_equal(set_key(x, "gone", "1", "3", &err), -ESTALE);
	assert_int_equal(xapi_get_key(x, "VM", VM, "other_config", "a", &value, &err), 0);
	assert_string_equal(value, "2");
	assert_int_equal(set_key(x, "a", "2", "3", &err), 0);
	assert_int_equal(set_affinity(x, "OpaqueRef:h", NULL, &err), -ESTALE);
	assert_int_equal(set_affinity(x, NULL, "OpaqueRef:h", &err), 0);
	assert_int_equal(xapi_get_ref(x, "VM", VM, "affinity", &ref, &err), 0);
	assert_string_equal(ref, "OpaqueRef:h");
	assert_int_equal(set_affinity(x, "OpaqueRef:h", NULL, &err), 0);
	end(&t, x);
}

/* The file was changed behind our back: nothing is stored, and the records are those of the file. */
static void test_foreign_write(void **state)
{
	static const char other[] = "{\"VM\": {\"OpaqueRef:vm\": {\"uuid\": \"u-1\", \"other_config\": {\"a\": \"9\"}}}}\n";
	_cleanup_free_ char *now = NULL, *value = NULL;
	struct err err = { 0 };
	struct tree t;
	struct xapi *x = begin(&t, store);

	write_part(&t, other);
	assert_int_equal(set_key(x, "k", NULL, "v", &err), -ESTALE);
	now = read_part(&t);
	assert_string_equal(now, other);
	assert_int_equal(xapi_get_key(x, "VM", VM, "other_config", "k", &value, &err), 0);
	assert_null(value);
	assert_int_equal(xapi_get_key(x, "VM", VM, "other_config", "a", &value, &err), 0);
	assert_string_equal(value, "9");
	end(&t, x);
}

static void test_records(void **state)
{
	static const char text[] =
		"{\"VM\": {\"r1\": {\"uuid\": \"u1\", \"name_label\": \"one\", \"power_state\": \"Halted\", \"VCPUs_max\": \"4\","
		" \"memory_static_max\": \"4294967296\", \"is_a_template\": false, \"affinity\": \"r\", \"resident_on\": \"OpaqueRef:NULL\","
		" \"other_config\": {\"pci\": \"0/0000:04:00.0\"}, \"VCPUs_params\": {\"mask\": \"0,1\"}},"
		" \"r2\": {\"uuid\": \"u2\"}, \"r3\": {\"name_label\": \"no uuid\"}, \"r4\": 7,"
		" \"r5\": {\"uuid\": \"u5\", \"is_a_template\": \"yes\", \"VCPUs_max\": 4, \"other_config\": [], \"power_state\": 1,"
		" \"memory_static_max\": \"-1\", \"VCPUs_params\": \"x\"}, \"r6\": {\"uuid\": \"u6\", \"is_control_domain\": true}}}";
	struct err err = { 0 };
	struct tree t;
	struct xapi *x = begin(&t, text);
	struct vms vms;
	struct vm *vm;

	assert_int_equal(xapi_vms(x, &vms, &err), 0);
	assert_int_equal(vms.n, 4);
	vm = vms_find(&vms, "u1");
	assert_string_equal(vm->pci, "0/0000:04:00.0");
	assert_string_equal(vm->mask, "0,1");
	assert_string_equal(vm->affinity, "r");
	assert_null(vm->resident_on);
	assert_true(vm->vcpus_max == 4 && vm->memory_max == 4294967296 && vm->is_template == TRI_NO);
	for (size_t i = 1; i < 3; i++) {
		vm = &vms.v[i];
		assert_true(!vm->pci && !vm->mask && !vm->power_state && vm->vcpus_max == -1 && vm->memory_max == -1);
		assert_true(vm->is_template == TRI_UNKNOWN && vm_is_guest(vm));
	}
	assert_false(vm_is_guest(vms_find(&vms, "u6")));
	assert_null(vms_find(&vms, "u3"));
	vms_done(&vms);
	end(&t, x);
}

static void test_unreadable_stores(void **state)
{
	static const struct {
		const char *text; /* NULL: no such file */
		int rc;
	} cases[] = {
		{ NULL, -ENOENT }, { "", -EINVAL }, { "[]", -EINVAL }, { "{\"VM\": {", -EINVAL },
		{ "{\"VM\": {}, \"VM\": {}}", -EINVAL }, { "{} x", -EINVAL }, { "\xff", -EINVAL }, { "{}", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct xapi *x = NULL;
		struct err err = { 0 };
		struct tree t;
		struct vms vms;
		int rc;

		tree_begin(&t);
		if (cases[i].text)
			write_part(&t, cases[i].text);
		tree_open(&t);
		rc = xapi_open(t.host, NULL, &x, &err);
		if (rc != cases[i].rc)
			fail_msg("case %zu: %d %s", i, rc, err.text);
		assert_true(rc == 0 || err.text[0]);
		if (rc == 0)
			assert_int_equal(xapi_vms(x, &vms, &err), -ENODATA);
		xapi_free(x);
		tree_done(&t);
	}
}

/* Classes and fields of a type that XAPI never sends are no crash. */
static void test_wrong_types(void **state)
{
	static const char *const texts[] = {
		"{\"VM\": []}", "{\"VM\": {\"OpaqueRef:vm\": 7}}", "{\"VM\": {\"OpaqueRef:vm\": {\"other_config\": \"x\"}}}",
		"{\"VM\": {\"OpaqueRef:vm\": {\"other_config\": [\"a\"]}}}", "{\"VM\": {\"OpaqueRef:vm\": {\"other_config\": {\"a\": 1}}}}",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		_cleanup_free_ char *now = NULL;
		struct err err = { 0 };
		struct tree t;
		struct xapi *x = begin(&t, texts[i]);

		if (set_key(x, "a", NULL, "v", &err) == 0)
			fail_msg("'%s' was taken", texts[i]);
		assert_true(err.text[0]);
		now = read_part(&t);
		assert_string_equal(now, texts[i]);
		end(&t, x);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_look_is_kept),
		cmocka_unit_test(test_expect),
		cmocka_unit_test(test_foreign_write),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_unreadable_stores),
		cmocka_unit_test(test_wrong_types),
	};

	return cmocka_run_group_tests_name("xapi_recorded", tests, NULL, NULL);
}
