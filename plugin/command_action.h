/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command_action.h - what a plan wants of XAPI beside its changes (plan.h, struct action): done, and told of, for command_run(). */
#pragma once

#include "plugin/command.h"

/* One that fails is the command's failure; of several each is told of, and the others are tried. */
int command_actions(struct facts *f, struct result *res, struct err *err);

/* Nobody watches, and what a failure leaves undone has to be known: res->if_failed and the error, in XAPI's list of messages. */
void command_message_undone(struct facts *f, const struct result *res, const struct err *err);
