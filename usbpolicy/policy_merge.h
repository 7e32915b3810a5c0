/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy_merge.h - local changes of a policy, and how they come into another one.
 *
 * The package that brings the policy file overwrites it at every update, without a word and without keeping what was there (facts, 6.3).
 * So the text as it was shipped and the text as we last wrote it are kept elsewhere; the difference of their rules is what is local:
 * rules that came, each in front of the shipped rule that followed it, and rules that went.  A move is both.  Comments on lines of their
 * own are not part of it.
 */
#pragma once

#include "usbpolicy/policy.h"

struct policy_change {
	bool came;
	const struct policy_rule *rule;	  /* of `ours` when it came, of `shipped` when it went */
	const struct policy_rule *before; /* came: the shipped rule that follows, NULL: none */
};

struct policy_changes {
	struct policy_change *v; /* in the order of the texts */
	size_t n;
};

/* -E2BIG: too many rules to compare.  The texts must outlive the changes. */
int policy_changes_find(const struct policy *shipped, const struct policy *ours, struct policy_changes *ret, struct err *err);
void policy_changes_done(struct policy_changes *c);

/* *ret gets the text of `theirs` with the local changes that it lacks. */
int policy_merge(const struct policy *shipped, const struct policy *ours, const struct policy *theirs, struct strbuf *ret,
		 struct err *err);

/*
 * Where both texts are kept: "shipped BYTES\n", the bytes, "local BYTES\n", the bytes.  Both results may be NULL.  False: that is
 * not what stands there.
 */
#define POLICY_RECORD_PATH "/var/lib/xe-passthrough/usb-policy.record"
void policy_record_format(const struct strbuf *shipped, const struct strbuf *ours, struct strbuf *ret);
bool policy_record_parse(const char *text, size_t len, struct policy *shipped, struct policy *ours);

/* The same rules in the same order? */
bool policy_same_rules(const struct policy *a, const struct policy *b);
