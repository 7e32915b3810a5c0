/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_kind.c - the words for kinds of changes, and when they take effect; see plan.h */

#include "plugin/plan.h"

const char *effect_name(enum effect e)
{
	static const char *const names[] = {
		[EFFECT_NOW] = "now", [EFFECT_VM_START] = "vm-start", [EFFECT_HOST_REBOOT] = "host-reboot",
	};

	return names[e];
}

bool change_is_xapi(const struct change *c)
{
	return c->kind == CHANGE_VM_KEY || c->kind == CHANGE_VM_REF || c->kind == CHANGE_POOL_KEY || c->kind == CHANGE_HOST_KEY ||
	       c->kind == CHANGE_HOST_FIELD;
}

const char *change_kind_name(enum change_kind k)
{
	static const char *const names[] = {
		[CHANGE_BOOT] = "boot", [CHANGE_VM_KEY] = "vm-key", [CHANGE_VM_REF] = "vm-ref",
		[CHANGE_POOL_KEY] = "pool-key", [CHANGE_DEVICE] = "device", [CHANGE_TRY] = "try-entry", [CHANGE_FILE] = "file",
		[CHANGE_STATE] = "state",
		[CHANGE_HOST_KEY] = "host-key", [CHANGE_HOST_FIELD] = "host-field", [CHANGE_PINS] = "pins",
		[CHANGE_SCAN] = "usb-scan", [CHANGE_LEAVE] = "leave", [CHANGE_PUSB] = "pusb", [CHANGE_VUSB] = "vusb",
	};

	return names[k];
}

const char *change_class(const struct change *c)
{
	if (c->kind == CHANGE_POOL_KEY)
		return "pool";
	if (c->kind == CHANGE_LEAVE && (streq(c->field, "enabled") || streq(c->field, "reboot")))
		return "host";
	return c->kind == CHANGE_HOST_KEY || c->kind == CHANGE_HOST_FIELD ? "host" : "VM";
}
