/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_host.c - nothing leaves a recording, nothing but regular files is opened, a write is all or nothing, one lock. */

#include "tree.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

/* ---- links -------------------------------------------------------------------------------------------- */

static const char *const links[] = {
	"etc/passwd: inside",
	"etc/real: text",
	"d/e/f/leaf: leaf",
	"absolute -> /etc/passwd",
	"relative -> etc/passwd",
	"d/up -> ../etc/passwd",
	"d/e/abs -> /etc/passwd",
	"d/e/out -> ../../../../../../../../etc/passwd",
	"out-dir -> ../../../../../..",
	"d/abs-out -> /../../../etc",
	"chain0 -> chain1",
	"chain1 -> /d/chain2",
	"d/chain2 -> e/../e/f",
	"self -> self",
	"loop-a -> loop-b",
	"loop-b -> loop-a",
	"dangling -> nowhere/at/all",
	"dangling-last -> etc/none",
	"through-file -> etc/real/x",
	"slash -> etc/",
	NULL,
};

static void test_links(void **state)
{
	static const struct {
		const char *path;
		int rc;
		const char *content, *resolved;
	} cases[] = {
		{ "/etc/passwd", 0, "inside", "/etc/passwd" },
		{ "etc//./passwd", 0, "inside", "/etc/passwd" },
		{ "/../../etc/passwd", 0, "inside", "/etc/passwd" },
		{ "/d/../etc/passwd", 0, "inside", "/etc/passwd" },
		{ "/absolute", 0, "inside", "/etc/passwd" },
		{ "/relative", 0, "inside", "/etc/passwd" },
		{ "/d/up", 0, "inside", "/etc/passwd" },
		{ "/d/e/abs", 0, "inside", "/etc/passwd" },
		{ "/d/e/out", 0, "inside", "/etc/passwd" },
		{ "/out-dir/etc/passwd", 0, "inside", "/etc/passwd" },
		{ "/d/abs-out/passwd", 0, "inside", "/etc/passwd" },
		{ "/chain0/leaf", 0, "leaf", "/d/e/f/leaf" },
		{ "/chain0/../../e/f/leaf", 0, "leaf", "/d/e/f/leaf" },
		{ "/self", -ELOOP, NULL, NULL },
		{ "/loop-a/x", -ELOOP, NULL, NULL },
		{ "/dangling", -ENOENT, NULL, NULL },
		{ "/dangling-last", -ENOENT, NULL, NULL },
		{ "/through-file", -ENOTDIR, NULL, NULL },
		{ "/etc/real/x", -ENOTDIR, NULL, NULL },
		{ "/none/x", -ENOENT, NULL, NULL },
		{ "/etc", -EINVAL, NULL, "/etc" },
		{ "/slash", -EINVAL, NULL, "/etc" },
		{ "/", -EINVAL, NULL, "/" },
		{ "/d/..", -EINVAL, NULL, "/" },
		{ "/out-dir", -EINVAL, NULL, "/" },
	};
	struct tree t;

	tree_make(&t, links);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_strbuf_ struct strbuf text = { 0 };
		_cleanup_free_ char *resolved = NULL;
		struct err err = { 0 };
		int rc = host_read(t.host, cases[i].path, 100, &text, &err);

		if (rc != cases[i].rc || (cases[i].content && !streq(strbuf_str(&text), cases[i].content)))
			fail_msg("'%s': %d '%s' %s", cases[i].path, rc, strbuf_str(&text), err.text);
		if (rc < 0)
			assert_true(err.code == -rc && err.text[0]);
		rc = host_resolve(t.host, cases[i].path, &resolved, &err);
		if (rc != (cases[i].resolved ? 0 : cases[i].rc) || !streq0(resolved, cases[i].resolved))
			fail_msg("'%s' resolves to %d '%s'", cases[i].path, rc, resolved ? resolved : "NULL");
		rc = host_exists(t.host, cases[i].path, NULL);
		assert_int_equal(rc, cases[i].resolved ? 1 : cases[i].rc == -ENOENT || cases[i].rc == -ENOTDIR ? 0 : cases[i].rc);
	}
	tree_done(&t);
}

/* The kernel's walk and the one by hand come to the same directory, or fail alike. */
static void test_both_walks_agree(void **state)
{
	static const char *const paths[] = { "/", "/d", "/d/e/..", "/chain0", "/chain1/..", "/out-dir", "/out-dir/d", "/d/abs-out",
					     "/etc/real", "/self", "/dangling", "/none", "/slash", "/../..", "d/e/f",
					     "/loop-a", "/absolute", "/d/../d/./e//f/", "/through-file" };
	struct tree t;

	tree_make(&t, links);
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		_cleanup_close_ int fd = host_open_dir(t.host, paths[i], NULL);
		_cleanup_free_ char *resolved = NULL, *full = NULL;
		int rc = host_resolve(t.host, paths[i], &resolved, NULL);
		struct stat a, b;

		full = xasprintf("%s/root%s", t.dir, resolved ? resolved : "/none");
		if (rc < 0 || stat(full, &b) < 0 || !S_ISDIR(b.st_mode)) {
			assert_true(fd < 0);
			continue;
		}
		if (fd < 0)
			fail_msg("'%s' resolves to '%s' and does not open: %d", paths[i], resolved, fd);
		assert_int_equal(fstat(fd, &a), 0);
		assert_true(a.st_ino == b.st_ino && a.st_dev == b.st_dev);
		assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	}
	tree_done(&t);
}

static void test_many_links(void **state)
{
	struct tree t;

	tree_begin(&t);
	tree_add(&t, "end/x: y");
	for (int i = 0; i < 60; i++) {
		_cleanup_free_ char *entry = i ? xasprintf("l%d -> l%d", i, i - 1) : xstrdup("l0 -> end");

		tree_add(&t, entry);
	}
	tree_open(&t);
	assert_int_equal(host_exists(t.host, "/l39/x", NULL), 1);
	assert_int_equal(host_exists(t.host, "/l40/x", NULL), -ELOOP);
	assert_true(host_open_dir(t.host, "/l59", NULL) < 0);
	tree_done(&t);
}

/* ---- what is opened ------------------------------------------------------------------------------------- */

static void make_socket(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_true(strlen(path) < sizeof(a.sun_path));
	strcpy(a.sun_path, path);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	close(fd);
}

static void test_only_regular_files(void **state)
{
	static const char *const entries[] = { "dir/", "to-fifo -> fifo", "file: x", NULL };
	static const char *const names[] = { "/fifo", "/to-fifo", "/socket", "/dir" };
	_cleanup_free_ char *fifo = NULL, *sock = NULL, *part = NULL;
	_cleanup_strbuf_ struct strbuf text = { 0 };
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	fifo = xasprintf("%s/root/fifo", t.dir);
	sock = xasprintf("%s/root/socket", t.dir);
	part = xasprintf("%s/xapi.json", t.dir);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(mkfifo(part, 0600), 0);
	make_socket(sock);
	alarm(10); /* an open of the FIFO would wait for its other end */
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(host_read(t.host, names[i], 100, &text, &err), -EINVAL);
		assert_non_null(strstr(err.text, "is not a regular file"));
		assert_int_equal(host_exists(t.host, names[i], NULL), 1);
	}
	assert_int_equal(host_read_part(t.host, "xapi.json", 100, &text, &err), -EINVAL);
	alarm(0);
	tree_done(&t);
}

static void test_parts_are_no_links(void **state)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *part = NULL;
	struct err err;
	struct tree t;

	tree_begin(&t);
	tree_open(&t);
	part = xasprintf("%s/xen.json", t.dir);
	assert_int_equal(symlink("/etc/hostname", part), 0);
	assert_int_equal(host_read_part(t.host, "xen.json", 100, &text, &err), -EINVAL);
	assert_int_equal(host_read_part(t.host, "lspci.txt", 100, &text, &err), -ENOENT);
	tree_done(&t);
}

/* A file one directory down: neither it nor the directory may be a link. */
static void test_one_directory_down(void **state)
{
	static const char *const entries[] = { "d/in/file: x", "d/in/inner -> file", "d/out -> /etc", "d/beside -> in", "etc/file: y", NULL };
	static const char *const no[] = { "out/file", "beside/file", "in/inner", "in/none", "none/file", "in", "../etc/file" };
	_cleanup_close_ int dir = -1;
	struct err err;
	struct tree t;
	int fd;

	tree_make(&t, entries);
	dir = host_open_dir(t.host, "/d", &err);
	fd = host_open_at(t.host, dir, "in/file", &err);
	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		if (host_open_at(t.host, dir, no[i], &err) >= 0)
			fail_msg("'%s' was opened", no[i]);
	tree_done(&t);
}

static void test_root_is_no_link(void **state)
{
	_cleanup_free_ char *root = NULL;
	struct host *h = NULL;
	struct err err;
	struct tree t;

	tree_begin(&t);
	root = xasprintf("%s/root", t.dir);
	assert_int_equal(rmdir(root), 0);
	assert_int_equal(symlink("/", root), 0);
	assert_true(host_open(&h, t.dir, &err) < 0);
	tree_done(&t);
}

static void test_sizes(void **state)
{
	static const char *const entries[] = { "ten: 0123456789", "empty: ", "line:  \t two words \t\r\nmore", NULL };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_free_ char *line = NULL;
	char big[100001];
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(host_read(t.host, "/ten", 10, &text, &err), 0);
	assert_int_equal(text.len, 10);
	assert_int_equal(host_read(t.host, "/ten", 9, &text, &err), -EFBIG);
	assert_int_equal(text.len, 0);
	assert_int_equal(host_read(t.host, "/empty", 0, &text, &err), 0);
	assert_int_equal(text.len, 0);
	memset(big, 'b', sizeof(big));
	tree_add_file(&t, "big", big, sizeof(big));
	assert_int_equal(host_read(t.host, "/big", sizeof(big), &text, &err), 0);
	assert_int_equal(text.len, sizeof(big));
	assert_int_equal(host_read(t.host, "/big", sizeof(big) - 1, &text, &err), -EFBIG);
	assert_int_equal(host_read_line(t.host, "/line", &line, &err), 0);
	assert_string_equal(line, "two words");
	assert_int_equal(host_read_line(t.host, "/big", &line, &err), -EFBIG);
	tree_done(&t);
}

static void test_head(void **state)
{
	static const char *const entries[] = { "two: one\ntwo", "one: one\n", "none: one", NULL };
	_cleanup_strbuf_ struct strbuf text = { 0 };
	char long_line[20000];
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(host_read_head(t.host, "/two", 100, &text, &err), 0);
	assert_string_equal(text.s, "one\ntwo");
	assert_int_equal(host_read_head(t.host, "/one", 4, &text, &err), 0);
	assert_string_equal(text.s, "one\n");
	assert_int_equal(host_read_head(t.host, "/none", 2, &text, &err), -EFBIG);
	assert_int_equal(text.len, 0);
	assert_int_equal(host_read_head(t.host, "/none", 3, &text, &err), 0);
	assert_int_equal(host_read_head(t.host, "/missing", 3, &text, &err), -ENOENT);
	/* wherever the line ends, something of what is behind comes along, and never all */
	for (size_t end = 4094; end <= 4097; end++) {
		memset(long_line, 'b', sizeof(long_line));
		long_line[end] = '\n';
		tree_add_file(&t, "long", long_line, sizeof(long_line));
		assert_int_equal(host_read_head(t.host, "/long", sizeof(long_line), &text, &err), 0);
		assert_true(text.len > end + 1 && text.len < sizeof(long_line));
	}
	tree_done(&t);
}

/* Do as somebody who is not root where the test is run by root, whom modes do not stop. */
static void be_nobody(bool yes)
{
	if (geteuid() && yes)
		return;
	if (!getuid())
		assert_int_equal(seteuid(yes ? 65534 : 0), 0);
}

static void test_missing_is_not_unreadable(void **state)
{
	static const char *const entries[] = { "secret: x", "closed/file: x", NULL };
	_cleanup_free_ char *file = NULL, *dir = NULL;
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_strv_ struct strv names = { 0 };
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	file = xasprintf("%s/root/secret", t.dir);
	dir = xasprintf("%s/root/closed", t.dir);
	assert_int_equal(chmod(file, 0) | chmod(dir, 0), 0);
	be_nobody(true);
	assert_int_equal(host_read(t.host, "/secret", 100, &text, &err), -EACCES);
	assert_int_equal(host_read(t.host, "/missing", 100, &text, &err), -ENOENT);
	assert_int_equal(host_read(t.host, "/closed/file", 100, &text, &err), -EACCES);
	assert_int_equal(host_exists(t.host, "/closed/file", &err), -EACCES);
	assert_int_equal(host_list(t.host, "/closed", &names, &err), -EACCES);
	assert_int_equal(host_list(t.host, "/missing", &names, &err), -ENOENT);
	be_nobody(false);
	assert_int_equal(chmod(dir, 0755), 0);
	tree_done(&t);
}

static void test_list(void **state)
{
	static const char *const entries[] = { "d/b: x", "d/a: x", "d/.hidden: x", "d/c/", "d/c/deep: x", NULL };
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *joined = NULL;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(host_list(t.host, "/d", &names, NULL), 0);
	joined = strv_join(&names, " ");
	assert_string_equal(joined, ".hidden a b c");
	assert_int_equal(host_list(t.host, "/d/a", &names, NULL), -ENOTDIR);
	tree_done(&t);
}

/* ---- replacing ------------------------------------------------------------------------------------------- */

static struct strbuf bytes(const char *s)
{
	struct strbuf b = { 0 };

	strbuf_add(&b, s);
	return b;
}

static int replace(struct tree *t, const char *path, const char *expect, const char *data, struct err *err)
{
	_cleanup_strbuf_ struct strbuf old = bytes(expect ? expect : "");
	struct host_write w = { .path = path, .expect = expect ? &old : NULL, .data = data, .len = strlen(data), .mode = 0640 };

	return host_replace(t->host, &w, err);
}

static void assert_content(struct tree *t, const char *path, const char *content)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };

	assert_int_equal(host_read(t->host, path, 1 << 20, &text, NULL), 0);
	assert_string_equal(strbuf_str(&text), content);
}

static void assert_names(struct tree *t, const char *path, const char *expected)
{
	_cleanup_strv_ struct strv names = { 0 };
	_cleanup_free_ char *joined = NULL;

	assert_int_equal(host_list(t->host, path, &names, NULL), 0);
	joined = strv_join(&names, " ");
	assert_string_equal(joined, expected);
}

static void test_replace_keeps_the_mode(void **state)
{
	static const char *const entries[] = { "b/f: old", NULL };
	static const mode_t modes[] = { 0600, 0644, 0444, 0755 };
	_cleanup_free_ char *full = NULL;
	mode_t mask = umask(077);
	struct stat st, before;
	struct tree t;

	tree_make(&t, entries);
	full = xasprintf("%s/root/b/f", t.dir);
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		struct err err = { 0 };

		assert_int_equal(chmod(full, modes[i]), 0);
		if (!geteuid())
			assert_int_equal(chown(full, 12, 34), 0);
		assert_int_equal(chmod(full, modes[i]), 0);
		assert_int_equal(stat(full, &before), 0);
		if (replace(&t, "/b/f", i % 2 ? "new" : "old", i % 2 ? "old" : "new", &err) < 0)
			fail_msg("%s", err.text);
		assert_int_equal(stat(full, &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i]);
		assert_true(st.st_uid == before.st_uid && st.st_gid == before.st_gid);
		assert_true(st.st_ino != before.st_ino); /* another file: a reader keeps the old one whole */
	}
	assert_names(&t, "/b", "f");
	tree_done(&t);
	umask(mask);
}

static void test_replace_expects(void **state)
{
	static const struct {
		const char *now, *expect;
	} cases[] = {
		{ "old", "other" }, { "old", "" }, { "old", "old " }, { "old", "ol" }, { "", "x" }, { "old", NULL },
		{ "longer than what is expected of it", "longer" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err err = { 0 };
		struct tree t;

		tree_begin(&t);
		tree_add_file(&t, "f", cases[i].now, strlen(cases[i].now));
		tree_open(&t);
		assert_int_equal(replace(&t, "/f", cases[i].expect, "new", &err), -ESTALE);
		assert_content(&t, "/f", cases[i].now);
		assert_names(&t, "/", "f");
		tree_done(&t);
	}
}

static void test_replace_new_file(void **state)
{
	static const char *const entries[] = { "d/", "link -> d/made", "bad -> none/made", NULL };
	_cleanup_free_ char *full = NULL;
	mode_t mask = umask(022);
	struct stat st;
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(replace(&t, "/d/new", NULL, "text", &err), 0);
	assert_content(&t, "/d/new", "text");
	full = xasprintf("%s/root/d/new", t.dir);
	assert_int_equal(stat(full, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(replace(&t, "/link", NULL, "made", &err), 0);
	assert_content(&t, "/d/made", "made");
	assert_int_equal(replace(&t, "/bad", NULL, "x", &err), -ENOENT);
	assert_int_equal(replace(&t, "/d/gone", "was here", "x", &err), -ENOENT);
	assert_int_equal(replace(&t, "/none/f", NULL, "x", &err), -ENOENT);
	assert_names(&t, "/d", "made new");
	tree_done(&t);
	umask(mask);
}

/* What a link points to is replaced, the link stays, and a target outside is one inside. */
static void test_replace_through_links(void **state)
{
	static const char *const entries[] = { "etc/f: old", "l -> /etc/f", "d/out -> ../../../etc/f", NULL };
	char target[64] = "";
	_cleanup_free_ char *link = NULL;
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(replace(&t, "/l", "old", "one", &err), 0);
	assert_int_equal(replace(&t, "/d/out", "one", "two", &err), 0);
	assert_content(&t, "/etc/f", "two");
	link = xasprintf("%s/root/l", t.dir);
	assert_int_equal(readlink(link, target, sizeof(target) - 1), 6);
	assert_string_equal(target, "/etc/f");
	assert_names(&t, "/etc", "f");
	tree_done(&t);
}

static void test_replace_after_a_dead_writer(void **state)
{
	static const char *const entries[] = { "d/f: old", "d/.f.xe-passthrough-new: half a file", "d/other: stays", NULL };
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(replace(&t, "/d/f", "old", "new", &err), 0);
	assert_content(&t, "/d/f", "new");
	assert_names(&t, "/d", "f other");
	/* a trap: what lies there is a link to something else */
	tree_add(&t, "d/.f.xe-passthrough-new -> other");
	assert_int_equal(replace(&t, "/d/f", "new", "third", &err), 0);
	assert_content(&t, "/d/other", "stays");
	assert_names(&t, "/d", "f other");
	tree_add(&t, "d/.f.xe-passthrough-new: half");
	host_sweep(t.host, "/d/f", false);
	assert_names(&t, "/d", "f other");
	assert_content(&t, "/d/f", "third");
	host_sweep(t.host, "/d/f", false);
	host_sweep(t.host, "/none/f", false);
	tree_done(&t);
}

static void test_replace_in_a_closed_directory(void **state)
{
	static const char *const entries[] = { "d/f: old", NULL };
	struct err err = { 0 };
	struct tree t;
	_cleanup_free_ char *dir = NULL;

	tree_make(&t, entries);
	dir = xasprintf("%s/root/d", t.dir);
	assert_int_equal(chmod(dir, 0555), 0);
	be_nobody(true);
	assert_int_equal(replace(&t, "/d/f", "old", "new", &err), -EACCES);
	be_nobody(false);
	assert_non_null(strstr(err.text, "/d/f"));
	assert_content(&t, "/d/f", "old");
	assert_names(&t, "/d", "f");
	assert_int_equal(chmod(dir, 0755), 0);
	tree_done(&t);
}

static void test_replace_only_regular_files(void **state)
{
	static const char *const entries[] = { "d/f/", NULL };
	struct err err = { 0 };
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(replace(&t, "/d/f", "old", "new", &err), -EINVAL);
	assert_true(replace(&t, "/d/f", NULL, "new", &err) < 0);
	assert_names(&t, "/d", "f");
	tree_done(&t);
}

static void test_small_writes(void **state)
{
	static const char *const entries[] = { "a/b: x", "link -> /made", NULL };
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	assert_int_equal(host_mkdirs(t.host, "/a/c/d", 0700, &err), 0);
	assert_int_equal(host_mkdirs(t.host, "/a/c/d", 0700, &err), 0);
	assert_int_equal(host_mkdirs(t.host, "/link/x", 0700, &err), 0);
	assert_names(&t, "/made", "x");
	assert_true(host_mkdirs(t.host, "/a/b/c", 0700, &err) < 0);
	assert_int_equal(host_rename(t.host, "/a/b", "z", &err), 0);
	assert_int_equal(host_rename(t.host, "/a/b", "z", &err), -ENOENT);
	assert_int_equal(host_truncate(t.host, "/a/z", 0, &err), 0);
	assert_content(&t, "/a/z", "");
	assert_int_equal(host_unlink(t.host, "/a/z", &err), 0);
	assert_int_equal(host_unlink(t.host, "/a/z", &err), -ENOENT);
	tree_done(&t);
}

/* ---- the lock ----------------------------------------------------------------------------------------------- */

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void test_lock(void **state)
{
	static const char *const entries[] = { "v/", NULL };
	struct host_lock a = HOST_LOCK_INIT, b = HOST_LOCK_INIT;
	struct err err = { 0 };
	struct tree t;
	double began;

	tree_make(&t, entries);
	assert_int_equal(host_lock(t.host, "/v/lock", "process 7, pci-hide\n", 0, &a, &err), 0);
	assert_true(fcntl(a.fd, F_GETFD) & FD_CLOEXEC);
	began = now();
	assert_int_equal(host_lock(t.host, "/v/lock", "other", 1, &b, &err), -EBUSY);
	assert_true(now() - began > 0.9 && now() - began < 5);
	assert_non_null(str_after(err.text, "busy: held by process 7, pci-hide since 20"));
	assert_true(err.hint[0]);
	assert_int_equal(b.fd, -1);
	host_unlock(&a);
	host_unlock(&a);
	assert_int_equal(host_lock(t.host, "/v/lock", "b", 0, &b, &err), 0);
	assert_content(&t, "/v/lock", "b"); /* not the tail of a longer name */
	host_unlock(&b);
	tree_done(&t);
}

/* A holder that is killed holds nothing, and one that lets go is followed at once. */
static void test_lock_of_others(void **state)
{
	static const char *const entries[] = { "v/", NULL };
	struct host_lock mine = HOST_LOCK_INIT;
	struct err err = { 0 };
	struct tree t;
	pid_t pid;
	int pipes[2];
	char c;

	tree_make(&t, entries);
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (!pid) {
		struct host_lock l = HOST_LOCK_INIT;

		alarm(20); /* do not outlive a test that failed */
		if (host_lock(t.host, "/v/lock", "child", 0, &l, NULL) < 0 || write(pipes[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(pipes[0], &c, 1), 1);
	assert_int_equal(host_lock(t.host, "/v/lock", "me", 0, &mine, &err), -EBUSY);
	assert_non_null(str_after(err.text, "busy: held by child since 20"));
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(host_lock(t.host, "/v/lock", "me", 0, &mine, &err), 0);
	host_unlock(&mine);
	close(pipes[0]);
	close(pipes[1]);
	tree_done(&t);
}

static void test_lock_on_what_is_none(void **state)
{
	static const char *const entries[] = { "v/d/", "v/out -> ../../../../none/lock", NULL };
	_cleanup_free_ char *fifo = NULL;
	struct host_lock l = HOST_LOCK_INIT;
	struct err err;
	struct tree t;

	tree_make(&t, entries);
	fifo = xasprintf("%s/root/v/fifo", t.dir);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(host_lock(t.host, "/v/fifo", "x", 0, &l, &err), -EINVAL);
	assert_int_equal(host_lock(t.host, "/v/d", "x", 0, &l, &err), -EINVAL);
	assert_int_equal(host_lock(t.host, "/v/out", "x", 0, &l, &err), -ENOENT);
	assert_int_equal(host_lock(t.host, "/none/lock", "x", 0, &l, &err), -ENOENT);
	tree_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_both_walks_agree),
		cmocka_unit_test(test_many_links),
		cmocka_unit_test(test_only_regular_files),
		cmocka_unit_test(test_parts_are_no_links),
		cmocka_unit_test(test_one_directory_down),
		cmocka_unit_test(test_root_is_no_link),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_missing_is_not_unreadable),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_replace_keeps_the_mode),
		cmocka_unit_test(test_replace_expects),
		cmocka_unit_test(test_replace_new_file),
		cmocka_unit_test(test_replace_through_links),
		cmocka_unit_test(test_replace_after_a_dead_writer),
		cmocka_unit_test(test_replace_in_a_closed_directory),
		cmocka_unit_test(test_replace_only_regular_files),
		cmocka_unit_test(test_small_writes),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_lock_of_others),
		cmocka_unit_test(test_lock_on_what_is_none),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
