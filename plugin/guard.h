/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guard.h - the door for xenopsd's hook: xe-passthrough [--host-dir DIR] guard -vmuuid UUID -reason REASON
 *
 * Behind it is the command `guard` (cmd_guard.c), run in a process of its own.  This one only waits for it, for two seconds: whatever that
 * one does, crash or hang in a call that nothing ends, the VM starts.
 *
 * Exit status 3: standard output says why the VM must not start, for XAPI's error.  Status 0: it may; standard output, where there
 * is any, is for the log.  There is no other status.  Options that are not known are passed over: they are a newer xenopsd's.
 */
#pragma once

#include <stdbool.h>

/* Are these the arguments of a hook? */
bool guard_is_hook(int argc, char **argv, int first);
int guard_main(int argc, char **argv, int first, const char *host_dir); /* the exit status */
