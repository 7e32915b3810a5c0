/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shadow.h - which rules never decide anything, because those before them have matched already.  Pure, and exact.
 *
 * One earlier rule shadows a later one when all it asks for is asked for by the later one, too.  Several can do it together only
 * where they use up all values of a key between them (256 rules "class=00" to "class=ff"): otherwise an interface with an unused value of
 * each key slips through all of them.  So keys that are used up are taken apart value by value, and nothing else need be.
 */
#pragma once

#include "usbpolicy/policy.h"

#define SHADOW_NONE SIZE_MAX
#define SHADOW_SEVERAL (SIZE_MAX - 1)

/* How many values each key can have. */
extern const unsigned shadow_domain[POLICY_KEYS];

/*
 * by[j] gets the first rule that shadows rule j, SHADOW_SEVERAL or SHADOW_NONE.  False: files made to keep us busy; what is
 * not found out by then counts as not shadowed.
 */
bool shadow_find(const struct policy_rule *v, size_t n, const unsigned domain[POLICY_KEYS], size_t *by);
