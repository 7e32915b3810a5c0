/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_reboot.c - host-reboot: the reboot alone. */

#include "plugin/command_reboot.h"
#include "plugin/commands.h"

static const struct param reboot_params[] = {
	PARAM_VMS,
	PARAM_FORCE,
	{ 0 },
};

/* What the boot file hides from the next boot on, whoever wrote it: does dom0 live on it? */
static void check_next_boot(struct run *r)
{
	_cleanup_bdfset_ struct bdfset comes = { 0 };
	const struct bdfset *now = NULL, *next = NULL;
	struct err why = { 0 };

	if (facts_hidden_next(r->facts, &next, &why) < 0) {
		strv_addf(&r->res->notes, "what the next boot hides is unknown: %s", why.text);
		return;
	}
	facts_hidden_now(r->facts, &now, NULL);
	for (size_t i = 0; i < next->n; i++)
		if (!now || !bdfset_has(now, next->v[i]))
			bdfset_add(&comes, next->v[i]);
	run_checks(r, CHECK_DOM0, &comes, NULL);
}

static int run_reboot(struct run *r, struct err *err)
{
	int rc = reboot_plan(r, false, &r->res->findings, &r->res->plan.then, err);

	if (rc == 0)
		check_next_boot(r);
	return rc;
}

const struct command cmd_host_reboot = {
	.name = "host-reboot",
	.summary = "reboot this host through XAPI: disable it, move or shut down what runs, reboot, and enable it again",
	.params = reboot_params,
	.flags = CMD_WRITES | CMD_NEEDS_XAPI,
	.run = run_reboot,
};
