/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_request.h - a request for devices by alias, as several commands take it. */
#pragma once

#include "plugin/command.h"
#include "plugin/place_here.h"

struct request {
	struct alias_asks asks;
	struct aliases aliases;
	const struct alias *alias[PLACE_WANTS_MAX];
	struct place_want wants[PLACE_WANTS_MAX];
	struct place_here here;
	struct place_result result;
};

/* `alias=` and `numa-policy=`: what is asked for; where, is the caller's to find out. */
int request_read(struct run *r, struct request *q, struct err *err);
void request_done(struct request *q);
