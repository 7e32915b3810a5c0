/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy_edit.h - one rule comes, goes, or moves; every other byte of the text stays, comments, blank lines and line ends included.
 */
#pragma once

#include "usbpolicy/policy.h"

struct policy_edit {
	const struct policy_rule *take; /* its line leaves; NULL: none does */
	const char *put;		/* text of a line that comes, without its end; NULL: the line that was taken */
	bool stays_away;		/* with take: nothing comes in its place */
	const struct policy_rule *before; /* where it comes; NULL: behind the last rule */
};

/* *ret (replaced) gets the text; a line that comes has the kind of end that the file's first line has. */
void policy_edit(const struct policy *p, const struct policy_edit *e, struct strbuf *ret);
