/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * output.h - records as text: xe's layout, --minimal, JSON.  Only doors include this.
 *
 * xe's layout (facts, 10.2): labels are "name ( RO)", lists "(SRO)"; the column is four wider than the longest label; the
 * first field is left-aligned, the others right-aligned; two empty lines behind each record.  Texts from devices, VMs and files are
 * escaped on the way out.
 */
#pragma once

#include <jansson.h>

#include "plugin/command.h"

void output_layout(struct strbuf *out, const struct records *r);
/* The first shown field of each record, joined by commas; "," and "\" in values are escaped by a "\". One line, nothing for no record. */
void output_minimal(struct strbuf *out, const struct records *r);

/* The first field of each record alone, on a line: what xe's -get commands print. */
void output_plain(struct strbuf *out, const struct records *r);

json_t *output_records_json(const struct records *r);
/* The whole answer of a command: {"api":1, "records"|"plan"|"findings": [...], ...}. err may be NULL. */
char *output_json(const struct command *cmd, const struct result *res, bool dry_run, const struct err *err);

/*
 * Findings for people: a line each, with evidence and remedy below.  Either what refuses, or all else; details (what is good to
 * know of a device) are for commands that check, and not for plans.  How to override a refusal is said where the command can be told to.
 */
void output_findings(struct strbuf *out, const struct command *cmd, const struct findings *f, bool refusals, bool details);
void output_error(struct strbuf *out, const struct err *err);
void output_xe_error(struct strbuf *out, const struct err *err); /* as xe lays them out */

/* `help` and `help COMMAND`, from the table. */
void output_help(struct strbuf *out);
void output_help_command(struct strbuf *out, const struct command *cmd);
