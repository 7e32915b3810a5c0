/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy_shipped.h - the rules that XCP-ng ships (facts, 6.3), for a host where nobody has written down what was shipped before
 * somebody edited the file by hand.
 *
 * Of the lists of XCP-ng 8.3 and 8.2 the one that a policy has come from is taken to be the one with fewer differences; a policy that has
 * less than half of the rules of either has come from elsewhere.
 */
#pragma once

#include "usbpolicy/policy.h"

/*
 * The policy as it must have been shipped: a text with the rules of such a list, and all of the policy's own lines that this leaves
 * (of a policy that the scanner rejects: none).  *name gets the version that ships it: static text.  False, and nothing in *ret: it has come
 * from elsewhere, or has more rules than are compared.
 */
bool policy_shipped_find(const struct policy *now, struct strbuf *ret, const char **name);

/* What that platform ships ("XCP-ng", "8.3.0"), *name as above; NULL: it is not known, as where one of them is NULL. */
const char *policy_shipped_by(const char *brand, const char *version, const char **name);
