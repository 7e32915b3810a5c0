/* SPDX-License-Identifier: GPL-2.0-or-later */
/* module.c - see module.h */

#include <dlfcn.h>
#include <stdio.h>

#include "module.h"
#include "str.h"

/* Does the running program stand in the build tree?  Then its modules do, too. */
static bool in_build_tree(void)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	const char *rest;

	if (n < 0)
		return false;
	exe[n] = '\0';
	rest = str_after(exe, BUILD_DIR);
	return rest && *rest == '/';
}

const void *module_load(const char *name, struct err *err)
{
	_cleanup_free_ char *path = NULL, *symbol = xasprintf("%s_ops", name);
	const void *ops;
	void *handle;

	if (in_build_tree())
		path = xasprintf("%s/xenhelpers/.libs/%s.so", BUILD_DIR, name);
	else
		path = xasprintf("%s/%s.so", MODULE_DIR, name);

	/* The same module again is the same handle: dlopen counts. NOW: a missing function is found here, not half-way. */
	handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!handle) {
		err_set(err, ELIBACC, "cannot load module '%s': %s", name, dlerror());
		err_hint(err, "reinstall xe-passthrough for this host's libraries");
		return NULL;
	}
	ops = dlsym(handle, symbol);
	if (!ops)
		err_set(err, ELIBBAD, "module '%s' has no '%s'", path, symbol);
	return ops;
}

int module_source(const struct host *h, const char *name, const void *recorded, const void **ret, struct err *err)
{
	struct err why = { 0 };
	const void *ops = host_is_live(h) ? module_load(name, &why) : recorded;

	if (ops) {
		*ret = ops;
		return 0;
	}
	if (err)
		*err = why;
	return -why.code;
}
