/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usbclass.h - the class codes of USB interfaces in words, and what a rule means (USB-IF, "Defined Class Codes").
 */
#pragma once

#include "usbpolicy/policy.h"

/*
 * "mass storage (SCSI, bulk-only)" of 08/06/50; what is not defined is said by its numbers.  -1 for what is not asked for: the words for
 * a class alone, or a class and a subclass.  Caller frees.
 */
char *usbclass_words(int class, int subclass, int prot);

/* "deny communications (modems, serial adapters)", "allow product 0315 of vendor 056a, human interface devices"; caller frees. */
char *usbclass_rule_words(const struct policy_rule *r);

/* A keyboard as the firmware and the console know it: 03/01/01. */
static inline bool usbclass_is_keyboard(const struct policy_ids *ids)
{
	return ids->v[POLICY_CLASS] == 0x03 && ids->v[POLICY_SUBCLASS] == 0x01 && ids->v[POLICY_PROT] == 0x01;
}
