/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xe_usb.c - xe's verbs that give USB devices to VMs, by XAPI's own objects; what they do is kept like what vm-usb-attach does. */

#include <stdio.h>

#include "plugin/cmd_xe.h"
#include "plugin/commands.h"
#include "plugin/usbgive.h"

/* ---- XAPI's objects ------------------------------------------------------------------------------------------------- */

/* The device of this host for which `uuid` is the one of its PUSB, its group or its VUSB, by class. */
static int find_device(struct run *r, const struct xe_class *class, const char *uuid, const struct xapi_pusb **ret, struct err *err)
{
	const struct xapi_usb *usb = NULL;
	json_auto_t *record = NULL;
	int rc = xe_find(r, class, uuid, &record, err);

	if (rc == 0)
		rc = facts_xapi_usb(r->facts, &usb, err);
	for (size_t i = 0; rc == 0 && i < usb->n; i++) {
		const struct xapi_pusb *p = &usb->v[i];

		if (!streq0(class == &xe_pusb ? p->uuid : class == &xe_vusb ? p->vusb : p->group, uuid))
			continue;
		*ret = p;
		return 0;
	}
	if (rc < 0)
		return rc;
	err_set(err, EXDEV, "the %s %s is not of a USB device that this host has", class->name, uuid);
	return err_hint(err, "run this on the host that has it, or use xe");
}

static char *id_text(const struct xapi_pusb *p, struct err *err)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };

	if (xapi_pusb_id(p, &id))
		return usbid_format(&id);
	err_set(err, ENODATA, "XAPI does not tell what USB device the PUSB %s is", p->uuid);
	return NULL;
}

/* As dom0 sees it; NULL: it does not. */
static const struct usbdev *dom0s(struct run *r, const struct xapi_pusb *p)
{
	_cleanup_(usbid_done) struct usbid id = { 0 };
	struct usbdevs *set = NULL;

	if (!xapi_pusb_id(p, &id) || facts_usb(r->facts, &set, NULL) < 0)
		return NULL;
	usbdevs_details(facts_host(r->facts), set);
	for (size_t i = 0; i < set->n; i++) {
		_cleanup_(usbid_done) struct usbid other = { 0 };

		usbgive_id(&set->v[i], &other);
		if (usbid_eq(&id, &other))
			return &set->v[i];
	}
	return NULL;
}

static int owner(struct run *r, const struct xapi_pusb *p, const struct vm **ret, struct err *err)
{
	struct vms *vms = NULL;
	int rc = facts_vms(r->facts, &vms, err);

	for (size_t i = 0; rc == 0 && i < vms->n; i++)
		if (streq0(vms->v[i].ref, p->vm)) {
			*ret = &vms->v[i];
			return 0;
		}
	return rc < 0 ? rc : err_set(err, ENOENT, "XAPI does not tell which VM has the VUSB %s", p->vusb);
}

/* A VUSB goes only while no running VM has the device by it. */
static int plan_destroy(struct run *r, const struct xapi_pusb *p, const char *id, struct err *err)
{
	const struct vm *vm;
	int rc = owner(r, p, &vm, err);

	if (rc < 0)
		return rc;
	if (p->attached == TRI_YES) {
		err_set(err, EBUSY, "the VM '%s' has the USB device %s now", vm->name, p->path);
		return err_hint(err, "vusb-unplug uuid=%s first, or shut the VM down", p->vusb);
	}
	plan_vusb(&r->res->plan, vm, id, NULL, false, "asked for");
	return 0;
}

/* ---- pusb-param-set --------------------------------------------------------------------------------------------------- */

static const struct param pusb_set_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the PUSB" },
	{ "passthrough-enabled", "true|false", P_REQUIRED, "true: VMs may have it, and dom0 has it no more" },
	{ 0 },
};

static int run_pusb_set(struct run *r, struct err *err)
{
	bool enable = streq(args_get(r->args, "passthrough-enabled"), "true");
	const struct xapi_pusb *p = NULL;
	_cleanup_free_ char *id = NULL;
	int rc = find_device(r, &xe_pusb, args_get(r->args, "uuid"), &p, err);

	if (rc < 0 || p->passthrough == (enum tristate)enable)
		return rc;
	id = id_text(p, err);
	if (!id)
		return -ENODATA;
	if (enable)
		usbgive_check(r, NULL, dom0s(r, p));
	else if (p->vusb)
		rc = plan_destroy(r, p, id, err);
	if (rc == 0)
		plan_pusb(&r->res->plan, id, enable, "asked for");
	return rc;
}

const struct command cmd_pusb_param_set = {
	.name = "pusb-param-set",
	.summary = "whether VMs may have a USB device",
	.params = pusb_set_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_pusb_set,
};

/* ---- vusb-create ------------------------------------------------------------------------------------------------------- */

static const struct param create_params[] = {
	{ "usb-group-uuid", "UUID", P_REQUIRED, "the group that has the device" },
	{ "vm-uuid", "UUID", P_REQUIRED, "the VM" },
	{ 0 },
};

/* As XAPI and xe say it. */
static int conflict(struct run *r, const char *uuid, struct err *err)
{
	_cleanup_strbuf_ struct strbuf name = { 0 };
	json_auto_t *record = NULL;
	const char *label;

	if (xe_find(r, &xe_usb_group, uuid, &record, NULL) == 0 && (label = json_string_value(json_object_get(record, "name_label"))))
		strbuf_add_printable(&name, label, strlen(label));
	err_set(err, EBUSY, "The group's USB device is given to a VM already: a group has one VUSB.");
	err_api(err, "USB_GROUP_CONFLICT");
	err_api_param(err, uuid);
	if (err)
		snprintf(err->where, sizeof(err->where), "USB_group: %s (%.200s)", uuid, strbuf_str(&name));
	return -EBUSY;
}

static int run_create(struct run *r, struct err *err)
{
	const char *group = args_get(r->args, "usb-group-uuid");
	const struct xapi_pusb *p = NULL;
	_cleanup_free_ char *id = NULL;
	const struct vm *vm = NULL;
	int rc = find_device(r, &xe_usb_group, group, &p, err);

	if (rc == 0)
		rc = xe_find_vm(r, args_get(r->args, "vm-uuid"), &vm, err);
	if (rc < 0)
		return rc;
	if (p->vusb)
		return conflict(r, group, err);
	id = id_text(p, err);
	if (!id)
		return -ENODATA;
	if (p->passthrough == TRI_NO) {
		err_set(err, EPERM, "the USB device %s is dom0's: its PUSB is not enabled for VMs", p->path);
		return err_hint(err, "pusb-param-set uuid=%s passthrough-enabled=true first", p->uuid);
	}
	usbgive_check(r, vm, dom0s(r, p));
	plan_vusb(&r->res->plan, vm, id, NULL, true, "asked for: the VM has the device from its next start on");
	return 0;
}

static int tell_created(struct run *r, struct err *err)
{
	const struct xapi_pusb *p = NULL;
	int rc = find_device(r, &xe_usb_group, args_get(r->args, "usb-group-uuid"), &p, err);

	if (rc == 0)
		record_text(records_add(&r->res->records), 0, p->vusb);
	return rc;
}

const struct command cmd_vusb_create = {
	.name = "vusb-create",
	.summary = "give the USB device of a group to a VM",
	.params = create_params,
	.flags = CMD_WRITES | CMD_XE | CMD_PLAIN | CMD_NEEDS_XAPI,
	.type = &xe_value_type,
	.run = run_create,
	.after = tell_created,
};

/* ---- vusb-unplug, vusb-destroy --------------------------------------------------------------------------------------------- */

static const struct param vusb_params[] = {
	{ "uuid", "UUID", P_REQUIRED, "the VUSB" },
	{ 0 },
};

static int run_unplug(struct run *r, struct err *err)
{
	const struct xapi_pusb *p = NULL;
	const struct vm *vm = NULL;
	int rc = find_device(r, &xe_vusb, args_get(r->args, "uuid"), &p, err);

	if (rc == 0)
		rc = owner(r, p, &vm, err);
	if (rc < 0)
		return rc;
	plan_action(&r->res->plan, "VUSB.unplug", json_pack("[s]", p->vusb_ref), "USB device", xasprintf("VM %s '%s'", vm->uuid, vm->name),
		    "plugged in", "taken out until the VM starts anew", "asked for");
	return 0;
}

const struct command cmd_vusb_unplug = {
	.name = "vusb-unplug",
	.summary = "take a USB device out of a running VM, until it starts anew",
	.params = vusb_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_unplug,
};

static int run_destroy(struct run *r, struct err *err)
{
	const struct xapi_pusb *p = NULL;
	_cleanup_free_ char *id = NULL;
	int rc = find_device(r, &xe_vusb, args_get(r->args, "uuid"), &p, err);

	if (rc < 0)
		return rc;
	id = id_text(p, err);
	return id ? plan_destroy(r, p, id, err) : -ENODATA;
}

const struct command cmd_vusb_destroy = {
	.name = "vusb-destroy",
	.summary = "take a USB device from a VM; it stays offered to VMs",
	.params = vusb_params,
	.flags = CMD_WRITES | CMD_XE | CMD_NEEDS_XAPI,
	.run = run_destroy,
};
