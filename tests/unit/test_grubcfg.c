/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>

#include "cmdline/bootargs.h"
#include "cmdline/grubcfg.h"
#include "cmdline/grubenv.h"
#include "tests/unit/cmdline_table.h"

/* ---- reading: "title:role:depth[xen args][dom0 args]", a line an entry -------------------------------------- */

struct read_row {
	const char *name, *text, *brand, *entries;
};

#define ENTRY(title) "menuentry '" title "' {\n\tmultiboot2 /boot/xen.gz x=1\n\tmodule2 /boot/vmlinuz ro\n}\n"

static const struct read_row reads[] = {
	{ "an entry as the installer writes it",
	  "set default=0\nmenuentry 'XCP-ng' {\n\tsearch --label --set root root-a\n\tmultiboot2 /boot/xen.gz a=1 b\n"
	  "\tmodule2 /boot/vmlinuz ro c=2\n\tmodule2 /boot/initrd.img\n}\n",
	  "XCP-ng", "XCP-ng:normal:0[a=1 b][ro c=2]\n" },
	{ "double quotes and blanks for tabs",
	  "menuentry \"XCP-ng\" {\n  multiboot2   /xen   a  b\n  module2 /vmlinuz\tc\n}\n", NULL,
	  "XCP-ng:normal:0[a  b][c]\n" },
	{ "multiboot and module", "menuentry 'XCP-ng' {\nmultiboot /xen a\nmodule /vmlinuz b\n}\n", NULL,
	  "XCP-ng:normal:0[a][b]\n" },
	{ "xen_hypervisor and xen_module",
	  "menuentry 'XenServer' {\nxen_hypervisor /boot/xen.efi a\nxen_module /boot/vmlinuz b\nxen_module /i\n}\n",
	  "XenServer", "XenServer:normal:0[a][b]\n" },
	{ "options before the image", "menuentry 'x' {\nmultiboot2 --quirk /xen a\nmodule2 --nounzip /v b\n}", NULL,
	  "x:normal:0[a][b]\n" },
	{ "no arguments at all", "menuentry 'x' {\nmultiboot2 /xen\nmodule2 /v \n}", NULL, "x:normal:0[][]\n" },
	{ "line ends of Windows", "menuentry 'x' {\r\nmultiboot2 /xen a\r\nmodule2 /v b\r\n}\r\n", NULL,
	  "x:normal:0[a][b]\n" },
	{ "a line that goes on behind a backslash",
	  "menuentry 'x' {\nmultiboot2 /xen a \\\n  b\nmodule2 /v \\\r\n c\n}", NULL, "x:normal:0[a \\\n  b][c]\n" },
	{ "a comment behind the arguments is none of them",
	  "menuentry 'x' {\nmultiboot2 /xen a # old: b\nmodule2 /v c#d\n}", NULL, "x:normal:0[a][c#d]\n" },
	{ "an entry on one line", "menuentry x { multiboot2 /xen a; module2 /v b; }", NULL, "x:normal:0[a][b]\n" },
	{ "a brace that follows the last argument", "menuentry x {\nmultiboot2 /xen a\nmodule2 /v b }\n", NULL,
	  "x:normal:0[a][b]\n" },
	{ "quoted arguments", "menuentry x {\nmultiboot2 /xen a=\"b ; c\" 'd }'\nmodule2 /v \"e # f\"\n}", NULL,
	  "x:normal:0[a=\"b ; c\" 'd }'][\"e # f\"]\n" },
	{ "braces in quotes and comments open nothing",
	  "# { not a block\nmenuentry 'it''s {' {\n# }\necho \"}\"\nmultiboot2 /xen a # }\nmodule2 /v b\n}\n", NULL,
	  "its {:normal:0[a][b]\n" },
	{ "braces of variables are no blocks",
	  "menuentry \"${name}\" --class x {\nmultiboot2 ${dir}/xen a ${opts}\nmodule2 $dir/v b\n}", NULL,
	  "${name}:normal:0[a ${opts}][b]\n" },
	{ "an escaped quote in a title", "menuentry \"a \\\"b\\\" {\" {\nmultiboot2 /xen a\nmodule2 /v b\n}", NULL,
	  "a \"b\" {:normal:0[a][b]\n" },
	{ "options of a menu entry",
	  "menuentry --class xen 'x' --users \"\" $menuentry_id_option 'id-1' --unrestricted{\nmultiboot2 /xen "
	  "a\nmodule2 /v b\n}",
	  NULL, "x:normal:0[a][b]\n" },
	{ "a function's boot lines belong to no entry",
	  "function boot {\n  multiboot2 /other a\n  module2 /v b\n}\nif true; then\n" ENTRY("XCP-ng") "fi\n", NULL,
	  "XCP-ng:normal:0[x=1][ro]\n" },
	{ "an entry with conditions that touch no boot line",
	  "menuentry x {\nif [ -n \"$a\" ]; then insmod b; fi\nmultiboot2 /xen a\nmodule2 /v b\nif a; "
	  "then\nb\nelse\nc\nfi\n}",
	  NULL, "x:normal:0[a][b]\n" },
	{ "submenus", "submenu 'more' {\n submenu \"deep\" {\n" ENTRY("a") "}\n" ENTRY("b") "}\n" ENTRY("XCP-ng"), NULL,
	  "a:other:2[x=1][ro]\nb:other:1[x=1][ro]\nXCP-ng:normal:0[x=1][ro]\n" },
	{ "entries that do not boot Xen",
	  "menuentry mem {\nlinux16 /memtest\n}\nmenuentry chain {\nchainloader +1\n}\nmenuentry m2 {\nmultiboot "
	  "/ipxe.elf a\n}\n" ENTRY("XCP-ng"),
	  NULL, "mem:foreign:0\nchain:foreign:0\nm2:foreign:0\nXCP-ng:normal:0[x=1][ro]\n" },
	{ "Xen alone is Xen", "menuentry x {\nmultiboot2 /boot/xen.gz a\n}", NULL, "x:normal:0[a]\n" },
	{ "tboot starts Xen as its first module",
	  "menuentry x {\nmultiboot2 /boot/tboot.gz logging=vga\nmodule2 /boot/xen.gz a\nmodule2 /boot/vmlinuz "
	  "b\nmodule2 /i\n}",
	  NULL, "x:normal:0[a][b]\n" },
	{ "text behind the last entry", ENTRY("x") "# the end\nif [ -f $p ]; then\n  source $p\nfi", NULL,
	  "x:normal:0[x=1][ro]\n" },
	{ "the platform's roles",
	  ENTRY("XCP-ng") ENTRY("XCP-ng (Serial)") ENTRY("XCP-ng in Safe Mode") ENTRY("XCP-ng (Xen 4.17 / Linux 4.19)")
		  ENTRY("XCP-ng (Serial, Xen 4.17 / Linux 4.19)") ENTRY("XCP-ng upgrade")
			  ENTRY("XCP-ng kernel-alt 4.19.227") ENTRY("mine"),
	  "XCP-ng",
	  "XCP-ng:normal:0[x=1][ro]\nXCP-ng (Serial):serial:0[x=1][ro]\nXCP-ng in Safe Mode:safe:0[x=1][ro]\n"
	  "XCP-ng (Xen 4.17 / Linux 4.19):fallback:0[x=1][ro]\n"
	  "XCP-ng (Serial, Xen 4.17 / Linux 4.19):fallback-serial:0[x=1][ro]\nXCP-ng upgrade:upgrade:0[x=1][ro]\n"
	  "XCP-ng kernel-alt 4.19.227:alt:0[x=1][ro]\nmine:other:0[x=1][ro]\n" },
	{ "another brand than the inventory's is just a title", ENTRY("XenServer") ENTRY("XCP-ng"), "XCP-ng",
	  "XenServer:other:0[x=1][ro]\nXCP-ng:normal:0[x=1][ro]\n" },
	{ "without the brand's entry the first that boots Xen is the normal one",
	  "menuentry 'Debian' {\nlinux /v ro\n}\n" ENTRY("Debian, with Xen") ENTRY("Debian, with Xen (recovery mode)"),
	  NULL,
	  "Debian:foreign:0\nDebian, with Xen:normal:0[x=1][ro]\nDebian, with Xen (recovery mode):safe:0[x=1][ro]\n" },
};

static void add_span(struct strbuf *out, const struct grubcfg *g, size_t i, enum grub_target target)
{
	size_t len;
	const char *args = grubcfg_args(g, i, target, &len);

	if (!g->v[i].args[target].there)
		return;
	strbuf_addc(out, '[');
	strbuf_addn(out, args, len);
	strbuf_addc(out, ']');
}

static char *describe(const struct grubcfg *g)
{
	struct strbuf out = { 0 };

	for (size_t i = 0; i < g->n; i++) {
		strbuf_addf(&out, "%s:%s:%zu", g->v[i].title, grub_role_name(g->v[i].role), g->v[i].depth);
		add_span(&out, g, i, GRUB_XEN);
		add_span(&out, g, i, GRUB_DOM0);
		strbuf_addc(&out, '\n');
	}
	return strbuf_take(&out);
}

static void parse(const char *text, const char *brand, struct grubcfg *g)
{
	struct err err = { 0 };

	if (grubcfg_parse("grub.cfg", text, strlen(text), brand, g, &err) < 0)
		fail_msg("%s\n%s", err.text, err.where);
}

static void reads_file(void **state)
{
	const struct read_row *row = *state;
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	_cleanup_free_ char *entries = NULL;

	parse(row->text, row->brand, &g);
	entries = describe(&g);
	assert_string_equal(entries, row->entries);
	assert_int_equal(g.text.len, strlen(row->text));
	assert_memory_equal(g.text.s, row->text, g.text.len);
	for (size_t i = 0; i < g.n; i++) {
		assert_non_null(str_after(g.text.s + g.v[i].off, "menuentry"));
		assert_int_equal(g.text.s[g.v[i].off + g.v[i].len - 1], '}');
	}
}

/* ---- refusing ---------------------------------------------------------------------------------------------- */

struct refuse_row {
	const char *name, *text;
	const char *place; /* LINE:COLUMN, or "" where there is nothing to point at */
	const char *why;
};

static const struct refuse_row refuses[] = {
	{ "an empty file boots nothing", "", "", "boots Xen" },
	{ "a file without Xen", "menuentry 'x' {\nlinux /v\n}\n", "", "boots Xen" },
	{ "an entry that never closes", ENTRY("a") "menuentry 'b' {\nmultiboot2 /xen a\n", "5:1", "never closed" },
	{ "an entry that the next one begins in", "menuentry 'a' {\nmultiboot2 /xen a\n" ENTRY("b"), "1:1",
	  "not closed before the next" },
	{ "a submenu that never closes", "submenu 's' {\n" ENTRY("a"), "1:1", "block is never closed" },
	{ "a brace too many", ENTRY("a") "}\n", "5:1", "closes nothing" },
	{ "a module before its hypervisor", "menuentry 'a' {\n\tmodule2 /v ro\n\tmultiboot2 /xen a\n}\n", "2:2",
	  "before its hypervisor" },
	{ "a module without a hypervisor", "menuentry 'a' {\n  linux /v\n  module2 /v ro\n}\n", "3:3",
	  "before its hypervisor" },
	{ "two hypervisors in one entry", "menuentry 'a' {\nmultiboot2 /xen a\nmultiboot2 /xen2 b\nmodule2 /v\n}\n",
	  "3:1", "second hypervisor" },
	{ "a Xen line under a condition",
	  "menuentry 'a' {\nif [ $x = y ]; then\nmultiboot2 /xen a\nfi\nmodule2 /v\n}\n", "3:1", "condition" },
	{ "a dom0 line under a condition",
	  "menuentry 'a' {\nmultiboot2 /xen a\nif true; then module2 /v\nelse module2 /w\nfi\n}\n", "3:15",
	  "condition" },
	{ "a Xen line without an image", "menuentry 'a' {\nmultiboot2\n}\n", "2:1", "names no image" },
	{ "an apostrophe in a title that single quotes hold", "menuentry 'Joe's Xen' {\nmultiboot2 /xen a\n}\n", "1:21",
	  "quote" },
	{ "an open quote in arguments", "menuentry 'a' {\nmultiboot2 /xen a=\"b\nmodule2 /v\n}\n", "2:19", "quote" },
	{ "an open quote that another line closes", "menuentry 'a' {\nmultiboot2 /xen a=\"b\nmodule2 /v c=\"d\n}\n",
	  "2:19", "quote" },
	{ "an open quote elsewhere", "echo 'a\n" ENTRY("a") "x", "1:6", NULL },
	{ "a less-than sign that grub would stumble over", "menuentry 'a' {\nmultiboot2 /xen a<b\nmodule2 /v\n}\n",
	  "2:18", "between quotes" },
	{ "a brace in arguments", "menuentry 'a' {\nmultiboot2 /xen a\nmodule2 /v b={c}\n}\n", "3:14",
	  "between quotes" },
	{ "a brace behind the initrd", "menuentry 'a' {\nmultiboot2 /xen a\nmodule2 /v b\nmodule2 /i {\n}\n}\n", "4:12",
	  "between quotes" },
	{ "a title without its brace", "menuentry 'a'\n{\nmultiboot2 /xen a\n}\n", "1:1", "no '{'" },
	{ "an if that ends in no block", "menuentry 'a' {\nif true; then\n  echo x\n}\n", "2:1", "does not end" },
	{ "an if that never ends", "if true; then\n" ENTRY("a"), "1:1", "never ends" },
	{ "a carriage return inside a line", "menuentry 'a' {\nmultiboot2 /xen a\rb\nmodule2 /v\n}\n", "2:18",
	  "carriage return" },
};

static void refuses_file(void **state)
{
	const struct refuse_row *row = *state;
	struct grubcfg g = { .n = 7 };
	struct err err = { 0 };
	_cleanup_free_ char *place = xasprintf("/boot/grub.cfg:%s\n", row->place);

	assert_int_equal(grubcfg_parse("/boot/grub.cfg", row->text, strlen(row->text), NULL, &g, &err), -EINVAL);
	assert_int_equal(g.n, 7);
	assert_non_null(strstr(err.text, "/boot/grub.cfg"));
	if (row->why && !strstr(err.text, row->why))
		fail_msg("'%s' does not say '%s'", err.text, row->why);
	if (!*row->place)
		assert_string_equal(err.where, "");
	else if (!str_after(err.where, place))
		fail_msg("not at %s:\n%s\n%s", row->place, err.text, err.where);
	assert_int_equal(grubcfg_parse("x", row->text, strlen(row->text), NULL, &g, NULL), -EINVAL);
}

static void refuses_nul(void **state)
{
	static const char text[] = ENTRY("a") "#\0\n";
	struct grubcfg g = { 0 };
	struct err err = { 0 };

	assert_int_equal(grubcfg_parse("f", text, sizeof(text) - 1, NULL, &g, &err), -EINVAL);
	assert_non_null(str_after(err.where, "f:5:2\n"));
}

/* ---- the default entry ------------------------------------------------------------------------------------- */

#define LOAD_ENV "if [ -s $prefix/grubenv ]; then\n\tload_env\nfi\n"
#define OVERRIDE LOAD_ENV "if [ -n \"$override_entry\" ]; then\n\tset default=$override_entry\nfi\n"
#define DEBIAN                                                                                                         \
	LOAD_ENV "if [ \"${next_entry}\" ] ; then\n   set default=\"${next_entry}\"\n   set next_entry=\n"             \
		 "   save_env next_entry\n   set boot_once=true\nelse\n   set default=\"0\"\nfi\n"
#define MENU ENTRY("a") ENTRY("b") "submenu 's' --id=sub {\n" ENTRY("s0") ENTRY("s>1") "}\n" ENTRY("c")

struct default_row {
	const char *name, *text;
	const char *env;   /* NULL: nobody has looked; "-": no such file */
	const char *title; /* NULL: unknown */
	const char *why;
};

static const struct default_row defaults[] = {
	{ "without a word grub takes the first", MENU, NULL, "a", "no 'set default'" },
	{ "a number", "set default=1\n" MENU, NULL, "b", "set default=1 in line 1" },
	{ "a quoted number", "set default=\"1\"\n" MENU, NULL, "b", NULL },
	{ "a number counts submenus as one", "set default='3'\n" MENU, NULL, "c", NULL },
	{ "a path into a submenu", "set default=\"2>1\"\n" MENU, NULL, "s>1", NULL },
	{ "a submenu opens on its first entry", "set default=2\n" MENU, NULL, "s0", NULL },
	{ "a title", "set default='b'\n" MENU, NULL, "b", NULL },
	{ "a path of titles", "set default='s>s0'\n" MENU, NULL, "s0", NULL },
	{ "a doubled > stands for one", "set default='sub>s>>1'\n" MENU, NULL, "s>1", NULL },
	{ "an id", "set default=sub\n" MENU, NULL, "s0", NULL },
	{ "an id behind the variable that Debian uses",
	  "set default=my\nmenuentry 'x' $menuentry_id_option 'my' {\nmultiboot2 /xen\n}\n" ENTRY("y"), NULL, "x",
	  NULL },
	{ "the last word counts", "set default=0\nset default=1\n" MENU, NULL, "b", "line 2" },
	{ "without `set`", "default=1\n" MENU, NULL, "b", NULL },
	{ "a number that the menu does not have", "set default=9\n" MENU, NULL, "a", "takes the first" },
	{ "a title that the menu does not have", "set default=zz\n" MENU, NULL, "a", "takes the first" },
	{ "a number in octal", "set default=03\n" MENU, NULL, "c", NULL },
	{ "a default behind the entries", MENU "set default=1\n", NULL, "b", NULL },
	{ "a default inside an entry does not count",
	  "set default=1\nmenuentry 'a' {\nset default=0\nmultiboot2 /xen\n}\n" ENTRY("b"), NULL, "b", NULL },
	{ "a default inside a function does not count", "set default=1\nfunction f {\nset default=0\n}\n" MENU, NULL,
	  "b", NULL },
	{ "a variable that the file sets", "set d=1\nset default=$d\n" MENU, NULL, "b", NULL },
	{ "a variable that nobody sets", "set default=$d\n" MENU, NULL, "a", "takes the first" },
	{ "a variable of grubenv, not looked at", LOAD_ENV "set default=\"${saved_entry}\"\n" MENU, NULL, NULL,
	  "grubenv" },
	{ "a variable of grubenv", LOAD_ENV "set default=\"${saved_entry}\"\n" MENU, "saved_entry=1\n", "b", NULL },
	{ "a variable that grubenv lacks", LOAD_ENV "set default=\"${saved_entry}\"\n" MENU, "x=1\n", "a", NULL },
	{ "no grubenv at all", LOAD_ENV "set default=\"${saved_entry}\"\n" MENU, "-", "a", NULL },
	{ "an override, not looked at", "set default=1\n" OVERRIDE MENU, NULL, "b", "'override_entry' in grubenv" },
	{ "an override", "set default=1\n" OVERRIDE MENU, "# GRUB Environment Block\noverride_entry=3\n####", "c",
	  NULL },
	{ "no override in grubenv", "set default=1\n" OVERRIDE MENU, "# GRUB Environment Block\n#####", "b", NULL },
	{ "Debian's block, not looked at", DEBIAN MENU, NULL, "a", "'next_entry' in grubenv" },
	{ "Debian's next_entry", DEBIAN MENU, "next_entry=s>s0\n", "s0", NULL },
	{ "Debian's block without next_entry", DEBIAN MENU, "a=b\n", "a", NULL },
	{ "a condition that only grub can evaluate", "set default=0\nif [ -f /x ]; then\n set default=1\nfi\n" MENU,
	  NULL, NULL, "line 3" },
	{ "a condition that is false", "set default=0\nif [ a = b ]; then\n set default=1\nfi\n" MENU, NULL, "a",
	  NULL },
	{ "a condition that is true",
	  "set default=0\nif [ ! a = b ]; then set default=1; else set default=3; fi\n" MENU, NULL, "b", NULL },
	{ "elif",
	  "if [ a = b ]; then set default=0; elif [ -z \"\" ]; then set default=1; else set default=3; fi\n" MENU, NULL,
	  "b", NULL },
	{ "what grub fills in itself is not known", "if [ \"$grub_platform\" = efi ]; then set default=1; fi\n" MENU,
	  NULL, NULL, "line 1" },
	{ "an entry that may be missing leaves later numbers open",
	  "set default=1\nif [ -f /x ]; then\n" ENTRY("m") "fi\n" MENU, NULL, NULL, "conditions" },
	{ "an entry that may be missing behind the default matters not",
	  "set default=1\n" MENU "if [ -f /x ]; then\n" ENTRY("m") "fi\n", NULL, "b", NULL },
	{ "a file that is read before leaves numbers open", "set default=0\nsource $prefix/custom.cfg\n" MENU, NULL,
	  NULL, NULL },
	{ "a loop", "set default=0\nfor x in 1 2; do set default=$x; done\n" MENU, NULL, NULL, "line 2" },
	{ "a title that begins like a number", "set default='1 and only'\n" ENTRY("a") ENTRY("b") ENTRY("1 and only"),
	  NULL, NULL, NULL },
};

static void finds_default(void **state)
{
	const struct default_row *row = *state;
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };

	parse(row->text, NULL, &g);
	if (row->env)
		grubcfg_read_env(&g, streq(row->env, "-") ? NULL : row->env, strlen(row->env));
	assert_non_null(g.def_why);
	if (!row->title && g.def >= 0)
		fail_msg("'%s' for unknown: %s", g.v[g.def].title, g.def_why);
	if (row->title && g.def < 0)
		fail_msg("unknown for '%s': %s", row->title, g.def_why);
	if (row->title)
		assert_string_equal(g.v[g.def].title, row->title);
	if (row->why && !strstr(g.def_why, row->why))
		fail_msg("'%s' does not say '%s'", g.def_why, row->why);
}

static void knows_grubenv(void **state)
{
	_cleanup_(grubcfg_done) struct grubcfg with = { 0 }, without = { 0 }, debian = { 0 };
	_cleanup_free_ char *value = NULL, *none = NULL;
	static const char env[] = "# GRUB Environment Block\nsaved_entry=a\\\\b\\\nc\nempty=\n########";

	parse(OVERRIDE MENU, NULL, &with);
	parse("set default=0\n" MENU, NULL, &without);
	parse(DEBIAN MENU, NULL, &debian);
	assert_true(with.reads_grubenv);
	assert_string_equal(with.def_override, "override_entry");
	assert_false(without.reads_grubenv);
	assert_null(without.def_override);
	assert_false(debian.reads_grubenv);
	assert_string_equal(debian.def_override, "next_entry");
	grubcfg_read_env(&with, NULL, 0);
	assert_true(with.reads_grubenv);

	value = grubenv_value(env, strlen(env), "saved_entry");
	none = grubenv_value(env, strlen(env), "override_entry");
	assert_string_equal(value, "a\\b\nc");
	assert_null(none);
	assert_int_equal(grubcfg_find(&with, "3"), 4);
	assert_int_equal(grubcfg_find(&with, "2>s0"), 2);
}

/* ---- choosing ---------------------------------------------------------------------------------------------- */

static void chooses_entries(void **state)
{
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	static const char choices[3][9] = { "yynnnnnn", "nnnnnnyn", "yynnnnyy" };

	parse("set default=6\n" ENTRY("XCP-ng") ENTRY("XCP-ng (Serial)") ENTRY("XCP-ng in Safe Mode")
		      ENTRY("XCP-ng (a / b)") ENTRY("XCP-ng (Serial, a / b)") ENTRY("XCP-ng upgrade")
			      ENTRY("XCP-ng kernel-alt 1") ENTRY("mine"),
	      NULL, &g);
	for (size_t choice = 0; choice < 3; choice++)
		for (size_t i = 0; i < g.n; i++)
			assert_int_equal(grubcfg_chosen(&g, i, (enum grub_choice)choice), choices[choice][i] == 'y');
}

/* ---- editing ----------------------------------------------------------------------------------------------- */

struct args_row {
	const char *name, *before, *args, *after;
};

#define IN(xen) "menuentry x {\n" xen "module2 /v b\n}"

static const struct args_row arg_edits[] = {
	{ "arguments are replaced", IN("multiboot2 /xen a\n"), "c d", IN("multiboot2 /xen c d\n") },
	{ "the blanks before them stay", IN("\tmultiboot2 /xen \t a\n"), "c", IN("\tmultiboot2 /xen \t c\n") },
	{ "the first arguments of a line", IN("multiboot2 /xen\n"), "c", IN("multiboot2 /xen c\n") },
	{ "the first arguments before blanks at the end", IN("multiboot2 /xen  \r\n"), "c",
	  IN("multiboot2 /xen c  \r\n") },
	{ "the last arguments go with the blanks before them", IN("multiboot2 /xen a\r\n"), "",
	  IN("multiboot2 /xen\r\n") },
	{ "a comment stays behind them", IN("multiboot2 /xen a # b\n"), "c", IN("multiboot2 /xen c # b\n") },
	{ "the first arguments before a comment", IN("multiboot2 /xen # b\n"), "c", IN("multiboot2 /xen c # b\n") },
	{ "a joined line leaves no open end", IN("multiboot2 /xen \\\n\ta\n"), "", IN("multiboot2 /xen\n") },
	{ "blanks around the arguments are not taken over", IN("multiboot2 /xen a\n"), " c  ",
	  IN("multiboot2 /xen c\n") },
	{ "quoted arguments", IN("multiboot2 /xen a\n"), "c=\"d ; e\"", IN("multiboot2 /xen c=\"d ; e\"\n") },
	{ "a newline is refused", IN("multiboot2 /xen a\n"), "c\nreboot", NULL },
	{ "a newline at the end is refused", IN("multiboot2 /xen a\n"), "c\n", NULL },
	{ "a backslash at the end is refused", IN("multiboot2 /xen a\n"), "c\\", NULL },
	{ "a joined line at the end is not taken over", IN("multiboot2 /xen a\n"), "c \\\n",
	  IN("multiboot2 /xen c\n") },
	{ "a semicolon is refused", IN("multiboot2 /xen a\n"), "c; reboot", NULL },
	{ "a brace is refused", IN("multiboot2 /xen a\n"), "c }", NULL },
	{ "a comment is refused", IN("multiboot2 /xen a\n"), "c # d", NULL },
	{ "a comment alone is refused", IN("multiboot2 /xen a\n"), "# d", NULL },
	{ "an open quote is refused", IN("multiboot2 /xen a\n"), "c='d", NULL },
	{ "a quote over two lines is refused", IN("multiboot2 /xen a\n"), "c='d\n'", NULL },
	{ "a carriage return is refused", IN("multiboot2 /xen a\n"), "c\rd", NULL },
};

static void sets_args(void **state)
{
	const struct args_row *row = *state;
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 }, again = { 0 };
	_cleanup_free_ char *was = NULL, *is = NULL;
	struct err err = { 0 };
	int rc;

	parse(row->before, NULL, &g);
	rc = grubcfg_set_args(&g, 0, GRUB_XEN, row->args, &err);
	assert_int_equal(rc, row->after ? 0 : -EINVAL);
	assert_string_equal(g.text.s, row->after ? row->after : row->before);
	if (!row->after)
		assert_non_null(str_after(err.where, "arguments:"));
	parse(g.text.s, NULL, &again);
	was = describe(&g);
	is = describe(&again);
	assert_string_equal(was, is);
}

static void refuses_absent_line(void **state)
{
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	struct err err = { 0 };

	parse(ENTRY("a") "menuentry 'mem' {\nlinux /m\n}\n", NULL, &g);
	assert_int_equal(grubcfg_set_args(&g, 1, GRUB_XEN, "a", &err), -EINVAL);
	assert_non_null(strstr(err.text, "'mem'"));
}

static void edits_all_or_none(void **state)
{
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	const struct grub_edit good[] = { { 1, GRUB_DOM0, "c" }, { 0, GRUB_XEN, "d e" }, { 1, GRUB_DOM0, "f" } };
	const struct grub_edit bad[] = { { 0, GRUB_XEN, "g" }, { 1, GRUB_XEN, "h;" } };
	static const char after[] = "menuentry 'a' {\n\tmultiboot2 /boot/xen.gz d e\n\tmodule2 /boot/vmlinuz ro\n}\n"
				    "menuentry 'b' {\n\tmultiboot2 /boot/xen.gz x=1\n\tmodule2 /boot/vmlinuz f\n}\n";

	_cleanup_strbuf_ struct strbuf text = { 0 };

	parse(ENTRY("a") ENTRY("b"), NULL, &g);
	assert_int_equal(grubcfg_edited_text(&g, bad, ARRAY_SIZE(bad), &text, NULL), -EINVAL);
	assert_int_equal(text.len, 0);
	assert_int_equal(grubcfg_edited_text(&g, good, ARRAY_SIZE(good), &text, NULL), 0);
	assert_string_equal(text.s, after);
	assert_string_equal(g.text.s, ENTRY("a") ENTRY("b"));
	assert_int_equal(grubcfg_edit(&g, good, ARRAY_SIZE(good), NULL), 0);
	assert_string_equal(g.text.s, after);
	assert_int_equal(grubcfg_edit(&g, bad, ARRAY_SIZE(bad), NULL), -EINVAL);
	assert_string_equal(g.text.s, after);
}

/* ---- what the platform's own reader makes of it -------------------------------------------------------------- */

/*
 * The platform reads line by line and cuts arguments by the pattern \S[^ "]*(?:"[^"]*")?\S* (facts, 5.4).  Returns the
 * length of the token at s.
 */
static size_t platform_token(const char *s)
{
	size_t n = 1;

	while (s[n] && s[n] != ' ' && s[n] != '"')
		n++;
	if (s[n] == '"' && strchr(s + n + 1, '"'))
		n += (size_t)(strchr(s + n + 1, '"') - (s + n)) + 1;
	while (s[n] && s[n] != ' ' && s[n] != '\t')
		n++;
	return n;
}

static bool platform_has(const char *line, const char *word)
{
	for (const char *s = line; *s;) {
		size_t n = platform_token(s);

		if (n == strlen(word) && !memcmp(s, word, n))
			return true;
		for (s += n; *s == ' ' || *s == '\t'; s++)
			;
	}
	return false;
}

struct platform_row {
	const char *name, *key, *value, *word;
};

static const struct platform_row platform_rows[] = {
	{ "the platform reads a plain value", "k", "v", "k=v" },
	{ "the platform reads a flag", "quiet", NULL, "quiet" },
	{ "the platform reads an empty value", "k", "", "k=" },
	{ "the platform reads a hide list", "xen-pciback.hide", "(0000:04:00.0)(0000:04:00.1)",
	  "xen-pciback.hide=(0000:04:00.0)(0000:04:00.1)" },
	{ "the platform keeps a value with blanks in one piece", "k", "a b c", "k=\"a b c\"" },
	{ "the platform keeps a semicolon in its word", "k", "a;b", "k=\"a;b\"" },
	{ "the platform keeps a single quote in its word", "k", "it's so", "k=\"it's so\"" },
};

static void platform_reads(void **state)
{
	const struct platform_row *row = *state;
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	_cleanup_strbuf_ struct strbuf args = { 0 };
	_cleanup_free_ char *line = NULL;
	const char *span;
	size_t len;

	parse(ENTRY("XCP-ng"), NULL, &g);
	span = grubcfg_args(&g, 0, GRUB_DOM0, &len);
	strbuf_addn(&args, span, len);
	assert_int_equal(bootargs_set(&args, row->key, row->value, NULL), 0);
	assert_int_equal(grubcfg_set_args(&g, 0, GRUB_DOM0, args.s, NULL), 0);

	span = strstr(g.text.s, "module2");
	line = xstrndup(span, strcspn(span, "\n"));
	assert_true(platform_has(line, "ro"));
	assert_true(platform_has(line, row->word));
}

/* ---- random files: the generator knows what it wrote --------------------------------------------------------- */

struct truth {
	struct strbuf text;
	struct strv args; /* xen, dom0 of each entry in turn, as raw words joined by one blank */
	struct strv titles;
};

static void truth_done(struct truth *t)
{
	strbuf_done(&t->text);
	strv_done(&t->args);
	strv_done(&t->titles);
}

static const char *pick(uint64_t *seed, const char *const *from, size_t n)
{
	return from[rnd(seed, (uint32_t)n)];
}

#define PICK(seed, ...)                                                                                                \
	({                                                                                                             \
		static const char *const from_[] = { __VA_ARGS__ };                                                    \
		pick((seed), from_, ARRAY_SIZE(from_));                                                                \
	})

static void add_noise(struct truth *t, uint64_t *seed, const char *eol)
{
	strbuf_add(&t->text, PICK(seed, "", "", "# menuentry 'no' {", "set timeout=5", "echo '} {'", "insmod gzio",
				  "if [ -s $prefix/grubenv ]; then load_env; fi", "  ", "\t# it's a comment",
				  "search --set=root \"a b\"", "serial --unit=0 --speed=115200",
				  "terminal_input serial console", "function f { echo '}'; }", "echo \"a \\\" } b\""));
	strbuf_add(&t->text, eol);
}

static void add_args_line(struct truth *t, uint64_t *seed, const char *command, const char *eol)
{
	const char *blank = PICK(seed, "\t", "  ", "", "\t\t");
	struct strbuf args = { 0 };

	strbuf_addf(&t->text, "%s%s%s/boot/image", blank, command, PICK(seed, " ", "\t", "  "));
	for (uint32_t n = rnd(seed, 6); n > 0; n--) {
		const char *word = PICK(seed, "ro", "quiet", "k=old", "console=hvc0", "console=tty0", "a=\"b c\"",
					"'x y'", "dom0_mem=1G,max:1G", "e=\"}\"", "f=g#h", "v=${x}", "w=$y", "p=a\\ b");

		strbuf_add(&t->text, PICK(seed, " ", " ", "  ", "\t"));
		if (!rnd(seed, 8))
			strbuf_addf(&t->text, "\\%s ", eol);
		strbuf_add(&t->text, word);
		strbuf_addf(&args, "%s%s", args.len ? " " : "", word);
	}
	strbuf_add(&t->text, PICK(seed, "", "", " ", " # {"));
	strbuf_add(&t->text, eol);
	strv_add_take(&t->args, strbuf_take(&args));
}

static void add_entry(struct truth *t, uint64_t *seed, const char *eol)
{
	static const char *const commands[][2] = { { "multiboot2", "module2" },
						   { "multiboot", "module" },
						   { "xen_hypervisor", "xen_module" } };
	const char *const *command = commands[rnd(seed, ARRAY_SIZE(commands))];
	uint32_t quoted = rnd(seed, 3);

	strv_addf(&t->titles, "Entry %zu {", t->titles.n);
	strbuf_addf(&t->text,
		    quoted == 0	  ? "menuentry '%s'"
		    : quoted == 1 ? "menuentry \"%s\" --class x"
				  : "menuentry '%s'\"\"",
		    t->titles.v[t->titles.n - 1]);
	strbuf_addf(&t->text, "%s{%s", PICK(seed, " ", "", "  "), eol);
	for (uint32_t n = rnd(seed, 3); n > 0; n--)
		add_noise(t, seed, eol);
	add_args_line(t, seed, command[0], eol);
	add_args_line(t, seed, command[1], eol);
	if (rnd(seed, 2))
		strbuf_addf(&t->text, "\t%s /boot/initrd%s", command[1], eol);
	strbuf_addf(&t->text, "}%s", PICK(seed, "", " ", " # end"));
}

static void make_file(struct truth *t, uint64_t *seed)
{
	const char *eol = PICK(seed, "\n", "\n", "\r\n");

	for (uint32_t n = 1 + rnd(seed, 5); n > 0; n--) {
		bool submenu = !rnd(seed, 4);

		for (uint32_t noise = rnd(seed, 3); noise > 0; noise--)
			add_noise(t, seed, eol);
		if (submenu)
			strbuf_addf(&t->text, "submenu 'more' {%s", eol);
		add_entry(t, seed, eol);
		if (submenu)
			strbuf_addf(&t->text, "%s}", eol);
		if (n > 1 || rnd(seed, 2))
			strbuf_add(&t->text, eol);
	}
}

/* The words of a span, joined by one blank. */
static char *words_of(const struct grubcfg *g, size_t entry, enum grub_target target)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	struct strbuf out = { 0 };
	size_t len;
	const char *args = grubcfg_args(g, entry, target, &len);

	bootargs_split(args, len, &a);
	for (size_t i = 0; i < a.n; i++) {
		strbuf_add(&out, i ? " " : "");
		strbuf_addn(&out, args + a.v[i].off, a.v[i].len);
	}
	return strbuf_take(&out);
}

static void check_truth(const struct truth *t, const struct grubcfg *g)
{
	assert_int_equal(g->n, t->titles.n);
	for (size_t i = 0; i < g->n; i++) {
		assert_string_equal(g->v[i].title, t->titles.v[i]);
		for (size_t target = 0; target < 2; target++) {
			_cleanup_free_ char *words = words_of(g, i, (enum grub_target)target);

			assert_string_equal(words, t->args.v[2 * i + target]);
		}
	}
}

static int edit_span(struct grubcfg *g, size_t entry, enum grub_target target, const char *key, const char *value,
		     bool set)
{
	_cleanup_strbuf_ struct strbuf args = { 0 };
	size_t len;
	const char *span = grubcfg_args(g, entry, target, &len);

	strbuf_addn(&args, span, len);
	assert_int_equal(set ? bootargs_set(&args, key, value, NULL) : bootargs_delete(&args, key, NULL), 0);
	return grubcfg_set_args(g, entry, target, strbuf_str(&args), NULL);
}

/* Set, read again from the bytes, compare; delete, compare with the bytes before. */
static void check_edit(const struct truth *t, struct grubcfg *g, size_t entry, enum grub_target target)
{
	_cleanup_(bootargs_done) struct bootargs a = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg again = { 0 };
	struct grub_span span = g->v[entry].args[target];
	size_t before = span.off - span.gap, behind = g->text.len - span.off - span.len, len;
	const char *args;
	int at;

	assert_int_equal(edit_span(g, entry, target, "new.key", "a b;c", true), 0);
	parse(g->text.s, NULL, &again);
	assert_int_equal(again.n, g->n);
	args = grubcfg_args(&again, entry, target, &len);
	assert_int_equal(args - again.text.s, g->v[entry].args[target].off);
	assert_int_equal(len, g->v[entry].args[target].len);
	bootargs_split(args, len, &a);
	at = bootargs_find(&a, "new.key", 0);
	assert_true(at >= 0);
	assert_string_equal(a.v[at].value, "a b;c");
	assert_memory_equal(g->text.s, t->text.s, before);
	assert_memory_equal(g->text.s + g->text.len - behind, t->text.s + t->text.len - behind, behind);

	assert_int_equal(edit_span(&again, entry, target, "new.key", NULL, false), 0);
	assert_string_equal(again.text.s, t->text.s);
	assert_int_equal(edit_span(g, entry, target, "new.key", NULL, false), 0);
	assert_string_equal(g->text.s, t->text.s);
}

static void holds_properties(void **state)
{
	uint64_t seed = rnd_seed();

	for (int round = 0; round < 1500; round++) {
		_cleanup_(truth_done) struct truth t = { 0 };
		_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
		struct err err = { 0 };

		make_file(&t, &seed);
		if (grubcfg_parse("random", t.text.s, t.text.len, NULL, &g, &err) < 0)
			fail_msg("%s\n%s\n%s", err.text, err.where, t.text.s);
		check_truth(&t, &g);
		for (size_t i = 0; i < g.n; i++) {
			check_edit(&t, &g, i, GRUB_XEN);
			check_edit(&t, &g, i, GRUB_DOM0);
		}
		check_truth(&t, &g);
	}
}

/* ---- size -------------------------------------------------------------------------------------------------- */

static void edits_large_file(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	const size_t n = 20000;
	_cleanup_free_ struct grub_edit *edits = xcalloc(n, sizeof(*edits));

	for (size_t i = 0; i < n; i++) {
		strbuf_add(&text, ENTRY("x"));
		edits[i] = (struct grub_edit){ .entry = i, .target = GRUB_DOM0, .args = "ro k=v" };
	}
	parse(text.s, NULL, &g);
	assert_int_equal(g.n, n);
	assert_int_equal(grubcfg_edit(&g, edits, n, NULL), 0);
	assert_int_equal(g.text.len, text.len + n * strlen(" k=v"));
}

int main(void)
{
	struct table t = { 0 };

	TABLE_ADD(&t, reads, reads_file);
	TABLE_ADD(&t, refuses, refuses_file);
	table_add(&t, "a NUL byte is refused", refuses_nul, NULL);
	TABLE_ADD(&t, defaults, finds_default);
	table_add(&t, "grubenv: who reads it, and what it says", knows_grubenv, NULL);
	table_add(&t, "normal, default and all choose entries, never safe, fallback or upgrade", chooses_entries, NULL);
	TABLE_ADD(&t, arg_edits, sets_args);
	table_add(&t, "an entry without such a line is named", refuses_absent_line, NULL);
	table_add(&t, "several edits at once: all or none", edits_all_or_none, NULL);
	TABLE_ADD(&t, platform_rows, platform_reads);
	table_add(&t, "random files: read as written, set then get, set then delete, all other bytes kept",
		  holds_properties, NULL);
	table_add(&t, "a file of 20,000 entries, all edited at once", edits_large_file, NULL);
	return table_run(&t, "grubcfg");
}
