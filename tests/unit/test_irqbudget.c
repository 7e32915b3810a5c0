/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <limits.h>

#include "cmdline/irqbudget.h"
#include "tests/unit/cmdline_table.h"

struct parse_row {
	const char *name, *value;
	unsigned domu;
	bool has_dom0;
	unsigned dom0;
	const char *back; /* as written again */
};

static const struct parse_row parses[] = {
	{ "one number is the budget of every VM", "128", 128, false, 0, "128" },
	{ "the second number is dom0's", "128,256", 128, true, 256, "128,256" },
	{ "a lone second number leaves the VMs the default", ",256", 64, true, 256, "64,256" },
	{ "a comma with nothing behind it is what Xen takes it for", "96,", 96, false, 0, "96" },
	{ "hex as Xen reads it", "0x80,0X20", 128, true, 32, "128,32" },
	{ "a leading zero means octal", "010", 8, false, 0, "8" },
	{ "zero takes every MSI vector from the VMs", "0", 0, false, 0, "0" },
	{ "zero for both", "0,0", 0, true, 0, "0,0" },
	{ "the largest number that Xen can hold", "4294967295", UINT_MAX, false, 0, "4294967295" },
};

static void parses_value(void **state)
{
	const struct parse_row *row = *state;
	struct irqbudget b = { 0 };
	struct err err = { 0 };
	_cleanup_free_ char *back = NULL;

	assert_int_equal(irqbudget_parse(row->value, 64, &b, &err), 0);
	assert_int_equal(b.domu, row->domu);
	assert_int_equal(b.has_dom0, row->has_dom0);
	assert_int_equal(b.dom0, row->dom0);
	back = irqbudget_format(&b);
	assert_string_equal(back, row->back);
}

struct refuse_row {
	const char *name, *value;
};

static const struct refuse_row refuses[] = {
	{ "an empty value says nothing", "" },
	{ "a comma alone says nothing", "," },
	{ "a word is no number", "many" },
	{ "a sign is no digit", "-1" },
	{ "a blank is no digit", " 64" },
	{ "text behind the number", "64k" },
	{ "three numbers", "1,2,3" },
	{ "nine is no octal digit", "09" },
	{ "0x alone has no digits", "0x" },
	{ "a number that Xen would cut to 32 bits", "4294967296" },
	{ "a number of many digits", "99999999999999999999999999" },
	{ "dom0's number is too large", "64,4294967296" },
};

static void refuses_value(void **state)
{
	const struct refuse_row *row = *state;
	struct irqbudget b = { .domu = 7 };
	struct err err = { 0 };

	assert_int_equal(irqbudget_parse(row->value, 64, &b, &err), -EINVAL);
	assert_int_equal(b.domu, 7);
	assert_non_null(strstr(err.text, IRQBUDGET_KEY));
	assert_int_equal(irqbudget_parse(row->value, 64, &b, NULL), -EINVAL);
}

static void keeps_dom0_alone(void **state)
{
	struct irqbudget b = { 0 };
	_cleanup_free_ char *back = NULL;

	assert_int_equal(irqbudget_parse(",256", 0, &b, NULL), 0);
	back = irqbudget_format(&b);
	assert_string_equal(back, ",256");
}

static void recommends(void **state)
{
	static const unsigned rows[][3] = {
		{ 0, 64, 64 },
		{ 1, 64, 64 },
		{ 64, 64, 64 },
		{ 65, 64, 128 },
		{ 128, 64, 128 },
		{ 129, 0, 192 },
		{ 0, 0, 0 },
		{ 33, 32, 64 },
		{ 10, 256, 256 },
		{ UINT_MAX, 64, UINT_MAX },
		{ UINT_MAX - 63, 64, UINT_MAX - 63 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(irqbudget_recommend(rows[i][0], rows[i][1]), rows[i][2]);
}

static void knows_builds(void **state)
{
	assert_int_equal(irqbudget_default("XCP-ng"), 64);
	assert_int_equal(irqbudget_default("XenServer"), 64);
	assert_int_equal(irqbudget_default("Citrix Hypervisor"), 64);
	assert_int_equal(irqbudget_default("Another"), 0);
	assert_int_equal(irqbudget_default(NULL), 0);
}

int main(void)
{
	struct table t = { 0 };

	TABLE_ADD(&t, parses, parses_value);
	TABLE_ADD(&t, refuses, refuses_value);
	table_add(&t, "dom0's number alone stays alone where the default is unknown", keeps_dom0_alone, NULL);
	table_add(&t, "recommended is the next multiple of 64, never below the default", recommends, NULL);
	table_add(&t, "the default depends on the build, and is unknown for an unknown one", knows_builds, NULL);
	return table_run(&t, "irqbudget");
}
