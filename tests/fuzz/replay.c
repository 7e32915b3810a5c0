/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay.c - a driver for fuzz targets where there is no libFuzzer: runs every file of the folders and every file that
 * is given (without arguments: the corpus in the source tree), a TAP line each.  A property that does not hold aborts.
 */
#include <dirent.h>

#include "tests/fuzz/fuzz.h"
#include "xenhelpers/str.h"

static unsigned count;

static void replay_file(const char *path)
{
	_cleanup_strbuf_ struct strbuf bytes = { 0 };
	const char *name = strrchr(path, '/');
	FILE *f = fopen(path, "re");
	char chunk[4096];
	size_t n;

	if (!f) {
		printf("not ok %u - cannot open %s\n", ++count, path);
		return;
	}
	while ((n = fread(chunk, 1, sizeof(chunk), f)))
		strbuf_addn(&bytes, chunk, n);
	fclose(f);

	printf("# %s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput((const uint8_t *)strbuf_str(&bytes), bytes.len);
	printf("ok %u - %s\n", ++count, name ? name + 1 : path);
}

static void replay(const char *path)
{
	_cleanup_strv_ struct strv names = { 0 };
	DIR *dir = opendir(path);
	struct dirent *e;

	if (!dir) {
		replay_file(path);
		return;
	}
	while ((e = readdir(dir)))
		if (e->d_name[0] != '.')
			strv_addf(&names, "%s/%s", path, e->d_name);
	closedir(dir);
	strv_sort(&names);
	for (size_t i = 0; i < names.n; i++)
		replay(names.v[i]);
}

int main(int argc, char **argv)
{
	const char *srcdir = getenv("SRCDIR");
	_cleanup_free_ char *corpus = xasprintf("%s/tests/fuzz/corpus/%s", srcdir ? srcdir : ".", CORPUS);

	if (argc == 1)
		replay(corpus);
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	printf("1..%u\n", count);
	return 0;
}
