/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_journal.c - every kind of change comes back as it was, and an entry that no command writes is refused, not obeyed. */

#include "tree.h"

#include "plugin/journal.h"
#include "plugin/plan_reboot.h"

#define DIR "var/lib/xe-passthrough/journal/"

static struct setting absent(void)
{
	return (struct setting){ 0 };
}

static struct setting text(const char *s)
{
	return setting_copy(true, s);
}

static struct change *add(struct plan *p, enum change_kind kind, struct setting old, struct setting new)
{
	ARRAY_GROW(p->v, p->n);
	p->v[p->n] = (struct change){ .kind = kind, .old = old, .new = new, .why = xstrdup("because \"of\" \xc3\xbc") };
	return &p->v[p->n++];
}

static void add_vm(struct plan *p, enum change_kind kind, const char *field, const char *key, struct setting old,
		   struct setting new)
{
	struct change *c = add(p, kind, old, new);

	c->effect = EFFECT_VM_START;
	c->ref = xstrdup("OpaqueRef:of-this-run");
	c->uuid = xstrdup("f3520e4f-b19a-5897-ad31-8ac3667f8a45");
	c->name = xstrdup("a \\ \"vm\"");
	c->field = xstrdup(field);
	c->key = key ? xstrdup(key) : NULL;
}

static void add_boot(struct plan *p, enum grub_target target, const char *key, struct setting old, struct setting new)
{
	struct change *c = add(p, CHANGE_BOOT, old, new);

	c->effect = EFFECT_HOST_REBOOT;
	c->target = target;
	c->key = xstrdup(key);
	strv_add(&c->titles, "XCP-ng");
	strv_add(&c->titles, "XCP-ng (Serial)");
}

static void add_device(struct plan *p, const char *from, const char *to, const char *driver)
{
	struct change *c = add(p, CHANGE_DEVICE, text(from), text(to));

	c->effect = EFFECT_NOW;
	c->bdf = (struct bdf){ .domain = 1, .bus = 0x3b, .dev = 0x1f, .fn = 7 };
	c->driver = driver ? xstrdup(driver) : NULL;
}

static void add_reboot(struct plan *p)
{
	_cleanup_strv_ struct strv vms = { 0 };
	struct reboot_mark m = { (char *)"b", (char *)"t", (char *)"c \"\\\xff", .enable = true, .told = true };

	plan_mark(p, NULL, &m, "w");
	strv_add(&vms, "u \"1\"");
	strv_add(&vms, "u2");
	m.vms = vms;
	plan_mark(p, NULL, &m, "w");
	for (enum leave what = LEAVE_DISABLE; what <= LEAVE_REBOOT; what++) {
		plan_leave(p, what, "boot-id", "OpaqueRef:x", "u", "a \\ \"name\"", what == LEAVE_MOVE ? "beta" : NULL, "w");
		assert_int_equal(change_leave(&p->v[p->n - 1]), what);
	}
}

/* Every kind, with values that are absent, flags, empty and full of what JSON escapes. */
static void fill(struct plan *p)
{
	add_boot(p, GRUB_DOM0, "k", absent(), text("1"));
	add_boot(p, GRUB_XEN, "flag", setting_copy(true, NULL), absent());
	add_boot(p, GRUB_XEN, "empty", text(""), setting_copy(true, NULL));
	add_boot(p, GRUB_DOM0, "blanks", text("a b"), text("c\\d '$e'"));
	add_vm(p, CHANGE_VM_KEY, "other_config", "pci", absent(), text("0/0000:3b:00.0"));
	add_vm(p, CHANGE_VM_KEY, "VCPUs_params", "mask", text("0,1"), absent());
	add_vm(p, CHANGE_POOL_KEY, "other_config", "xe-passthrough:alias:gpu", text("class=03; refuse=\"no\"; never"), absent());
	p->v[p->n - 1].effect = EFFECT_NOW;
	add_vm(p, CHANGE_VM_REF, "affinity", NULL, absent(), text("OpaqueRef:h"));
	p->v[p->n - 1].new_shown = xstrdup("u 'host'");
	plan_file(p, "/etc/xensource/usb-policy.conf", &(struct strbuf){ .s = (char *)"ALLOW:\r\n\t# \"x\"\n", .len = 17 },
		  &(struct strbuf){ .s = (char *)"DENY:\n", .len = 6 }, "one", "other", "w");
	plan_file(p, "/var/lib/xe-passthrough/usb-policy.record", NULL, &(struct strbuf){ .s = (char *)"shipped 0\nlocal 0\n", .len = 18 },
		  NULL, "r", "w");
	add_device(p, NOT_ASSIGNABLE, ASSIGNABLE, "nvidia");
	add_device(p, ASSIGNABLE, NOT_ASSIGNABLE, NULL);
	add_reboot(p);
	p->boot_path = xstrdup("/boot/grub/grub.cfg");
	strbuf_addn(&p->boot_old, "line\nno\0end \xff", 13);
	p->undoes = xcalloc(2, sizeof(*p->undoes));
	p->undoes[0] = 9;
	p->undoes[1] = 4;
	p->n_undoes = 2;
}

static void assert_same_change(const struct change *a, const struct change *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->effect, b->effect);
	assert_string_equal(a->why, b->why);
	assert_true(setting_eq(&a->old, &b->old) && setting_eq(&a->new, &b->new));
	assert_int_equal(a->target, b->target);
	assert_int_equal(a->titles.n, b->titles.n);
	for (size_t i = 0; i < a->titles.n; i++)
		assert_string_equal(a->titles.v[i], b->titles.v[i]);
	assert_true(streq0(a->key, b->key) && streq0(a->uuid, b->uuid) && streq0(a->name, b->name));
	assert_true(streq0(a->field, b->field) && streq0(a->old_shown, b->old_shown) && streq0(a->new_shown, b->new_shown));
	assert_true(bdf_eq(a->bdf, b->bdf) && streq0(a->driver, b->driver));
}

static void test_round_trip(void **state)
{
	_cleanup_(plan_done) struct plan p = { 0 };
	struct journal j;
	struct err err = { 0 };
	struct tree t;
	unsigned id = 0;

	tree_begin(&t);
	tree_open(&t);
	assert_int_equal(host_mkdirs(t.host, "/var/lib/xe-passthrough", 0700, NULL), 0);
	fill(&p);
	if (journal_begin(t.host, &p, "cli", "pci-hide \x1b[1m \xff", &id, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(id, 1);
	assert_int_equal(journal_unfinished(t.host), 1);
	assert_int_equal(journal_read(t.host, &j, &err), 0);
	assert_int_equal(j.unreadable.n, 0);
	assert_int_equal(j.n, 1);
	assert_int_equal(j.v[0].state, JOURNAL_BEGUN);
	assert_string_equal(j.v[0].door, "cli");
	assert_string_equal(j.v[0].command, "pci-hide \\x1b[1m \\xff");
	assert_string_equal(j.v[0].plan.boot_path, "/boot/grub/grub.cfg");
	assert_int_equal(j.v[0].image.len, p.boot_old.len);
	assert_memory_equal(j.v[0].image.s, p.boot_old.s, p.boot_old.len);
	assert_true(j.v[0].plan.n_undoes == 2 && j.v[0].plan.undoes[0] == 9 && j.v[0].plan.undoes[1] == 4);
	assert_int_equal(j.v[0].plan.n, p.n);
	for (size_t i = 0; i < p.n; i++)
		assert_same_change(&p.v[i], &j.v[0].plan.v[i]);
	assert_null(j.v[0].plan.v[4].ref); /* a reference is of one run only */
	journal_done(&j);
	tree_done(&t);
}

/* One that goes on without a step has the others, its image, and the word which entries have one. */
static void test_amend(void **state)
{
	_cleanup_(plan_done) struct plan p = { 0 };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct journal j;
	struct err err;
	struct tree t;
	unsigned id;

	tree_begin(&t);
	tree_open(&t);
	assert_int_equal(host_mkdirs(t.host, "/var/lib/xe-passthrough", 0700, NULL), 0);
	fill(&p);
	for (unsigned i = 0; i < 20000; i++) /* a boot file is longer than what is read of it for its first line */
		strbuf_addc(&p.boot_old, 'x');
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(journal_begin(t.host, &p, "cli", "c", &id, &err), 0);
	change_done(&p.v[--p.n]);
	assert_int_equal(journal_amend(t.host, 2, &p, "cli", "c", &err), 0);
	assert_int_equal(journal_amend(t.host, 3, &p, "cli", "c", &err), -ENOENT);
	assert_int_equal(journal_read(t.host, &j, &err), 0);
	assert_true(j.n == 2 && j.v[0].plan.n == p.n + 1 && j.v[1].plan.n == p.n && j.v[1].state == JOURNAL_BEGUN);
	for (size_t i = 0; i < p.n; i++)
		assert_same_change(&p.v[i], &j.v[1].plan.v[i]);
	assert_int_equal(j.v[1].image.len, p.boot_old.len);
	assert_int_equal(host_read(t.host, JOURNAL_DIR "/000002.begun", JOURNAL_ENTRY_MAX, &text, &err), 0);
	assert_non_null(strstr(strbuf_str(&text), "\"images\":[1,2]"));
	journal_done(&j);
	tree_done(&t);
}

static void test_marks_and_images(void **state)
{
	struct journal j;
	struct err err;
	struct tree t;
	size_t images = 0;

	tree_begin(&t);
	tree_open(&t);
	assert_int_equal(host_mkdirs(t.host, "/var/lib/xe-passthrough", 0700, NULL), 0);
	assert_int_equal(journal_read(t.host, &j, &err), 0);
	assert_int_equal(j.n, 0);
	for (unsigned i = 1; i <= 25; i++) {
		_cleanup_(plan_done) struct plan p = { 0 };
		unsigned id;

		fill(&p);
		assert_int_equal(journal_begin(t.host, &p, "cli", "c", &id, &err), 0);
		assert_int_equal(id, i);
		assert_int_equal(journal_mark(t.host, id, JOURNAL_BEGUN, JOURNAL_DONE, &err), 0);
		assert_int_equal(journal_mark(t.host, id, JOURNAL_BEGUN, JOURNAL_DONE, &err), -ENOENT);
		assert_int_equal(journal_unfinished(t.host), 0);
	}
	assert_int_equal(journal_read(t.host, &j, &err), 0);
	assert_int_equal(j.n, 25);
	assert_int_equal(j.unreadable.n, 0);
	for (size_t i = 0; i < j.n; i++) {
		assert_int_equal(j.v[i].id, i + 1);
		images += j.v[i].image.len > 0;
		assert_true(j.v[i].image.len == 0 || i >= 25 - JOURNAL_IMAGES); /* the newest ones */
	}
	assert_int_equal(images, JOURNAL_IMAGES);
	journal_done(&j);
	tree_done(&t);
}

static size_t count_images(struct tree *t, unsigned *first)
{
	struct journal j;
	struct err err;
	size_t n = 0;

	*first = 0;
	assert_int_equal(journal_read(t->host, &j, &err), 0);
	for (size_t i = 0; i < j.n; i++)
		if (j.v[i].image.len && !n++)
			*first = j.v[i].id;
	journal_done(&j);
	return n;
}

static void begin_one(struct tree *t, bool boot)
{
	_cleanup_(plan_done) struct plan p = { 0 };
	struct err err;
	unsigned id;

	fill(&p);
	if (!boot)
		strbuf_reset(&p.boot_old);
	assert_int_equal(journal_begin(t->host, &p, "cli", "c", &id, &err), 0);
}

/* Entries without an image in between, and one whose word about the images is gone: the newest ten are kept all the same. */
static void test_images_between(void **state)
{
	struct tree t;
	unsigned first;

	tree_begin(&t);
	tree_open(&t);
	assert_int_equal(host_mkdirs(t.host, "/var/lib/xe-passthrough", 0700, NULL), 0);
	for (unsigned i = 0; i < 24; i++)
		begin_one(&t, i % 2);
	assert_int_equal(count_images(&t, &first), JOURNAL_IMAGES);
	assert_int_equal(first, 6);
	tree_add_file(&t, "var/lib/xe-passthrough/journal/000024.begun", "no entry\n", 9);
	begin_one(&t, false);
	begin_one(&t, true);
	assert_int_equal(count_images(&t, &first), JOURNAL_IMAGES);
	assert_int_equal(first, 6);
	begin_one(&t, true);
	assert_int_equal(count_images(&t, &first), JOURNAL_IMAGES);
	assert_int_equal(first, 8);
	tree_done(&t);
}

#define HEAD "\"version\":1,\"id\":1,\"time\":\"t\",\"door\":\"d\",\"command\":\"c\",\"undoes\":[],\"image\":0"
#define BOOT "\"kind\":\"boot\",\"why\":\"\",\"target\":\"dom0\""
#define VM_KEY "\"kind\":\"vm-key\",\"why\":\"\",\"vm\":\"u\",\"name\":\"n\""
#define POOL_KEY "\"kind\":\"pool-key\",\"why\":\"\",\"vm\":\"u\",\"name\":\"n\",\"field\":\"other_config\",\"key\":"
#define LEAVE "\"kind\":\"leave\",\"vm\":\"u\",\"name\":\"n\",\"key\":\"boot\","
#define MARK "\"kind\":\"file\",\"key\":\"" REBOOT_MARK "\",\"old\":null,\"new\":"
#define ONE(change) "{" HEAD ",\"changes\":[{" change "}]}\n"
#define OLD_NEW "\"old\":null,\"new\":\"1\""

static void test_hostile_entries(void **state)
{
	static const struct {
		const char *text;
		bool taken;
	} cases[] = {
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\"," OLD_NEW), true },
		{ ONE(VM_KEY ",\"field\":\"other_config\",\"key\":\"pci\"," OLD_NEW), true },
		{ ONE("\"kind\":\"vm-ref\",\"vm\":\"u\",\"name\":\"n\",\"field\":\"affinity\"," OLD_NEW), true },
		{ "{" HEAD ",\"changes\":[]}\n", true },
		{ ONE(POOL_KEY "\"xe-passthrough:alias:gpu\"," OLD_NEW), true },
		/* what is not ours in the pool's map */
		{ ONE(POOL_KEY "\"xe-passthrough:alias:\"," OLD_NEW), false },
		{ ONE(POOL_KEY "\"xe-passthrough:alias:../x\"," OLD_NEW), false },
		{ ONE(POOL_KEY "\"auto_poweron\"," OLD_NEW), false },
		{ ONE("\"kind\":\"pool-key\",\"vm\":\"u\",\"name\":\"n\",\"field\":\"gui_config\",\"key\":\"xe-passthrough:alias:gpu\"," OLD_NEW), false },
		{ ONE(VM_KEY ",\"field\":\"other_config\",\"key\":\"xe-passthrough:alias:gpu\"," OLD_NEW), false },
		/* cut, or no JSON */
		{ "", false },
		{ "{" HEAD ",\"changes\":[]}", false },
		{ "{" HEAD ",\"changes\":[\n", false },
		{ "[]\n", false },
		{ "\n", false },
		{ "{}\n", false },
		{ "{" HEAD "}\n", false },
		{ "{" HEAD ",\"changes\":{}}\n", false },
		{ "{" HEAD ",\"changes\":[7]}\n", false },
		{ "{\"version\":2,\"time\":\"t\",\"door\":\"d\",\"command\":\"c\",\"changes\":[]}\n", false },
		{ "{\"version\":1,\"version\":1,\"time\":\"t\",\"door\":\"d\",\"command\":\"c\",\"changes\":[]}\n", false },
		{ "{\"version\":1,\"door\":\"d\",\"command\":\"c\",\"changes\":[]}\n", false },
		/* kinds, keys and values that no command has */
		{ ONE("\"kind\":\"file\",\"path\":\"/etc/shadow\"," OLD_NEW), false },
		{ ONE("\"kind\":7," OLD_NEW), false },
		{ ONE(OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k x\"," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"\"," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\\n}\"," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k=v\"," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[\"e\"]," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[],\"key\":\"k\"," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[7],\"key\":\"k\"," OLD_NEW), false },
		{ ONE(BOOT ",\"key\":\"k\"," OLD_NEW), false },
		{ ONE("\"kind\":\"boot\",\"target\":\"grub\",\"entries\":[\"e\"],\"key\":\"k\"," OLD_NEW), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\",\"old\":null,\"new\":\"a\\nb\""), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\",\"old\":\"a\\u0001\",\"new\":\"b\""), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\",\"old\":null,\"new\":\"a\\\"b\""), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\",\"old\":null,\"new\":7"), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\",\"old\":null,\"new\":false"), false },
		{ ONE(BOOT ",\"entries\":[\"e\"],\"key\":\"k\",\"new\":\"1\""), false },
		/* fields of a VM that are nobody's business */
		{ ONE(VM_KEY ",\"field\":\"platform\",\"key\":\"usb\"," OLD_NEW), true },
		{ ONE(VM_KEY ",\"field\":\"other_config\",\"key\":\"hvm_serial\"," OLD_NEW), false },
		{ ONE(VM_KEY ",\"field\":\"platform\",\"key\":\"a b\"," OLD_NEW), false },
		{ ONE(VM_KEY ",\"field\":\"VCPUs_params\",\"key\":\"pci\"," OLD_NEW), false },
		{ ONE(VM_KEY ",\"field\":\"other_config\"," OLD_NEW), false },
		{ ONE(VM_KEY ",\"field\":\"affinity\"," OLD_NEW), false },
		{ ONE(VM_KEY ",\"field\":\"other_config\",\"key\":\"pci\",\"old\":null,\"new\":true"), false },
		{ ONE("\"kind\":\"vm-ref\",\"vm\":\"u\",\"name\":\"n\",\"field\":\"resident_on\"," OLD_NEW), false },
		{ ONE("\"kind\":\"vm-ref\",\"vm\":\"u\",\"name\":\"n\",\"field\":\"affinity\",\"key\":\"x\"," OLD_NEW), false },
		{ ONE("\"kind\":\"vm-key\",\"name\":\"n\",\"field\":\"other_config\",\"key\":\"pci\"," OLD_NEW), false },
		/* files: ours, whole or none, and the second only as it is written */
		{ ONE("\"kind\":\"file\",\"key\":\"/etc/xensource/usb-policy.conf\",\"old\":\"ALLOW:\",\"new\":\"DENY:\""), true },
		{ ONE("\"kind\":\"file\",\"key\":\"/etc/xensource/usb-policy.conf\",\"old\":\"ALLOW:\",\"new\":null"), true },
		{ ONE("\"kind\":\"file\",\"key\":\"/etc/xensource/usb-policy.conf\",\"old\":\"ALLOW:\",\"new\":true"), false },
		{ ONE("\"kind\":\"file\",\"key\":\"/etc/shadow\",\"old\":\"a\",\"new\":\"b\""), false },
		{ ONE("\"kind\":\"file\",\"key\":\"/etc/xensource/../shadow\",\"old\":\"a\",\"new\":\"b\""), false },
		{ ONE("\"kind\":\"file\",\"key\":\"/var/lib/xe-passthrough/usb-policy.record\",\"old\":null,\"new\":\"x\""), false },
		/* steps of a reboot, and its mark */
		{ ONE(LEAVE "\"field\":\"enabled\",\"old\":\"true\",\"new\":\"false\""), true },
		{ ONE(LEAVE "\"field\":\"enabled\",\"old\":\"false\",\"new\":\"true\""), false },
		{ ONE(LEAVE "\"field\":\"shutdown\",\"old\":\"true\",\"new\":\"false\""), false },
		{ ONE("\"kind\":\"leave\",\"vm\":\"u\",\"name\":\"n\",\"field\":\"enabled\",\"old\":\"true\",\"new\":\"false\""), false },
		{ ONE(MARK "null"), true },
		{ ONE(MARK "\"{}\""), false },
		{ ONE(MARK "\"{\\\"format\\\":1,\\\"boot\\\":7}\""), false },
		/* devices */
		{ ONE("\"kind\":\"device\",\"device\":\"0000:3b:00.0\"," OLD_NEW), false },
		{ ONE("\"kind\":\"device\",\"device\":\"../../x\",\"old\":\"" NOT_ASSIGNABLE "\",\"new\":\"" ASSIGNABLE "\""), false },
		{ ONE("\"kind\":\"device\",\"device\":\"0000:3b:00.0\",\"old\":\"" ASSIGNABLE "\",\"new\":\"" ASSIGNABLE "\""), false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct journal j;
		struct err err = { 0 };
		struct tree t;

		tree_begin(&t);
		tree_add_file(&t, DIR "000001.done", cases[i].text, strlen(cases[i].text));
		tree_open(&t);
		assert_int_equal(journal_read(t.host, &j, &err), 0);
		if (j.n != cases[i].taken || j.unreadable.n != !cases[i].taken)
			fail_msg("case %zu: %s %s", i, cases[i].text, j.unreadable.n ? j.unreadable.v[0] : "was taken");
		journal_done(&j);
		tree_done(&t);
	}
}

/* An image counts only when it is there whole: not a byte of a wrong one ever comes near the boot file. */
static void test_image_length(void **state)
{
	static const struct {
		const char *length, *image;
		bool kept;
	} cases[] = {
		{ "5", "12345", true }, { "5", "1234", false }, { "5", "123456", false }, { "5", "", false },
		{ "-5", "12345", false }, { "\"5\"", "12345", false }, { "0", "12345", false }, { "18446744073709551621", "12345", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *entry = xasprintf("{\"version\":1,\"time\":\"t\",\"door\":\"d\",\"command\":\"c\",\"image\":%s,"
						       "\"changes\":[]}\n%s", cases[i].length, cases[i].image);
		struct journal j;
		struct tree t;

		tree_begin(&t);
		tree_add_file(&t, DIR "000001.done", entry, strlen(entry));
		tree_open(&t);
		assert_int_equal(journal_read(t.host, &j, NULL), 0);
		if (j.n ? (j.v[0].image.len > 0) != cases[i].kept : cases[i].kept)
			fail_msg("image %s of '%s'", cases[i].length, cases[i].image);
		journal_done(&j);
		tree_done(&t);
	}
}

static void test_foreign_names(void **state)
{
	static const char *const entries[] = {
		DIR "000000.done: x", DIR "1.done: x", DIR "0000001.done: x", DIR "00001x.done: x", DIR "000001.dead: x",
		DIR "000001: x", DIR "000001.done.bak: x", DIR ".000002.begun.xe-passthrough-new: half", DIR "readme: x",
		DIR "000003.done -> /etc/passwd", DIR "000004.done/", "etc/passwd: secret\n", NULL,
	};
	_cleanup_(plan_done) struct plan p = { 0 };
	struct journal j;
	struct err err;
	struct tree t;
	unsigned id;

	tree_make(&t, entries);
	assert_int_equal(journal_read(t.host, &j, &err), 0);
	assert_int_equal(j.n, 0);
	assert_int_equal(j.unreadable.n, 2);
	for (size_t i = 0; i < j.unreadable.n; i++)
		assert_null(strstr(j.unreadable.v[i], "secret"));
	journal_done(&j);
	assert_int_equal(journal_unfinished(t.host), 0);
	fill(&p);
	assert_int_equal(journal_begin(t.host, &p, "cli", "c", &id, &err), 0);
	assert_int_equal(id, 5); /* never the number of anything that is there */
	tree_done(&t);
}

static void test_full(void **state)
{
	static const char *const entries[] = { DIR "999999.done: x", NULL };
	_cleanup_(plan_done) struct plan p = { 0 };
	struct err err = { 0 };
	struct tree t;
	unsigned id;

	tree_make(&t, entries);
	fill(&p);
	assert_int_equal(journal_begin(t.host, &p, "cli", "c", &id, &err), -EOVERFLOW);
	tree_done(&t);
}

/* A value that JSON cannot carry is refused before anything is written. */
static void test_value_is_no_text(void **state)
{
	_cleanup_(plan_done) struct plan p = { 0 };
	_cleanup_strv_ struct strv names = { 0 };
	struct err err = { 0 };
	struct tree t;
	unsigned id;

	tree_begin(&t);
	tree_open(&t);
	assert_int_equal(host_mkdirs(t.host, "/var/lib/xe-passthrough", 0700, NULL), 0);
	add_boot(&p, GRUB_DOM0, "k", absent(), text("\xff\xfe"));
	assert_int_equal(journal_begin(t.host, &p, "cli", "c", &id, &err), -EILSEQ);
	assert_int_equal(host_list(t.host, JOURNAL_DIR, &names, NULL), 0);
	assert_int_equal(names.n, 0);
	tree_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_amend),
		cmocka_unit_test(test_marks_and_images),
		cmocka_unit_test(test_images_between),
		cmocka_unit_test(test_hostile_entries),
		cmocka_unit_test(test_image_length),
		cmocka_unit_test(test_foreign_names),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_value_is_no_text),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
