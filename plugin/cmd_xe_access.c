/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xe_access.c - xe's verbs about dom0's access to a device, also for devices that XAPI has no object for.  They are carried out as
 * pci-hide and pci-unhide are, with the same checks.
 */

#include "plugin/bootplan.h"
#include "plugin/cmd_xe.h"
#include "plugin/commands.h"

static int find_pci(struct run *r, const char *uuid, struct bdf *ret, struct err *err)
{
	const struct this_host *this;
	json_auto_t *record = NULL;
	const char *at, *host;
	int rc = xe_find(r, &xe_pci, uuid, &record, err);

	if (rc == 0)
		rc = facts_this_host(r->facts, &this, err);
	if (rc < 0)
		return rc;
	at = json_string_value(json_object_get(record, "pci_id"));
	host = json_string_value(json_object_get(record, "host"));
	if (!at || !host || !bdf_parse(at, ret))
		return err_set(err, ENODATA, "XAPI does not tell where the device '%s' is", uuid);
	if (!streq(host, this->ref)) {
		err_set(err, EXDEV, "%s is in another host of the pool", at);
		return err_hint(err, "run this there");
	}
	return 0;
}

/* uuid= or pci-id=. */
static int asked_device(struct run *r, struct bdf *ret, struct err *err)
{
	const char *uuid = args_get(r->args, "uuid"), *id = args_get(r->args, "pci-id");

	if (!uuid == !id)
		return err_set(err, EINVAL, "give uuid= or pci-id=");
	return uuid ? find_pci(r, uuid, ret, err) : facts_find_device(r->facts, id, ret, err);
}

static int answer(struct run *r, struct bdf bdf, const char *word, struct err *err)
{
	if (!word) {
		err_set(err, ENODATA, "whether dom0 has %s is unknown", BDF_STR(bdf));
		return err_hint(err, "pci-device-show tells what could not be read");
	}
	record_text(records_add(&r->res->records), 0, word);
	return 0;
}

static int run_status(struct run *r, struct err *err)
{
	struct bdf bdf;
	int rc = asked_device(r, &bdf, err);

	return rc < 0 ? rc : answer(r, bdf, facts_dom0_access(r->facts, bdf), err);
}

/* What is answered is how it is once the plan is carried out. */
static int change_access(struct run *r, bool disable, struct err *err)
{
	_cleanup_bdfset_ struct bdfset one = { 0 };
	const struct bdfset *now;
	struct bdf bdf;
	bool hidden;
	int rc = asked_device(r, &bdf, err);

	if (rc < 0)
		return rc;
	bdfset_add(&one, bdf);
	rc = disable ? bootplan_hide_checked(r, &one, err) : bootplan_unhide_checked(r, &one, err);
	if (rc < 0)
		return rc;
	if (facts_hidden_now(r->facts, &now, NULL) < 0) /* what the next boot does is certain */
		return answer(r, bdf, disable ? "disable_on_reboot" : "enable_on_reboot", err);
	hidden = bdfset_has(now, bdf);
	if (disable)
		return answer(r, bdf, hidden ? "disabled" : "disable_on_reboot", err);
	return answer(r, bdf, hidden ? "enable_on_reboot" : "enabled", err);
}

static int run_disable(struct run *r, struct err *err)
{
	return change_access(r, true, err);
}

static int run_enable(struct run *r, struct err *err)
{
	return change_access(r, false, err);
}

#define ACCESS_PARAMS                                                                                                  \
	{ "uuid", "UUID", 0, "the device's object in XAPI" },                                                          \
		{ "pci-id", "DEVICE", 0, "the device itself, also where XAPI has no object for it" }

static const struct param status_params[] = {
	ACCESS_PARAMS,
	{ 0 },
};

static const struct param change_params[] = {
	ACCESS_PARAMS,
	PARAM_FORCE,
	{ 0 },
};

const struct command cmd_pci_get_dom0_access_status = {
	.name = "pci-get-dom0-access-status",
	.summary = "what dom0 has of a device now and after the next boot, in XAPI's word",
	.params = status_params,
	.flags = CMD_XE | CMD_PLAIN | CMD_SILENT,
	.type = &xe_value_type,
	.run = run_status,
};

const struct command cmd_pci_disable_dom0_access = {
	.name = "pci-disable-dom0-access",
	.summary = "hide a device from dom0 at the next boot, as xe says it and as pci-hide does it",
	.params = change_params,
	.flags = CMD_WRITES | CMD_XE | CMD_PLAIN | CMD_SILENT,
	.type = &xe_value_type,
	.run = run_disable,
};

const struct command cmd_pci_enable_dom0_access = {
	.name = "pci-enable-dom0-access",
	.summary = "give a device back to dom0 at the next boot, as xe says it and as pci-unhide does it",
	.params = change_params,
	.flags = CMD_WRITES | CMD_XE | CMD_PLAIN | CMD_SILENT,
	.type = &xe_value_type,
	.run = run_enable,
};
