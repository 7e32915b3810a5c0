/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings.h - /etc/xe-passthrough.conf: how this program behaves on this host.  What is to become of devices and VMs is not kept here.
 *
 * Lines "key = value", blanks around either; "#" begins a comment line.  A file that is missing, and every key that is missing,
 * means the default.  A line that is not understood changes nothing and is noted.
 *
 *	guard = off | warn | refuse	what the guard does at a VM's start (cmd_guard.c); default refuse
 */
#pragma once

#include "xenhelpers/host.h"

#define SETTINGS_FILE "/etc/xe-passthrough.conf"

enum guard_mode { GUARD_REFUSE, GUARD_WARN, GUARD_OFF };

struct settings {
	enum guard_mode guard;
	struct strv notes; /* "/etc/xe-passthrough.conf:3: unknown key 'x'" */
};

/* Always usable: a file that cannot be read is a note. */
void settings_read(struct host *h, struct settings *ret);
/* The lines of a text, onto what *s says so far. */
void settings_parse(const struct strbuf *text, struct settings *s);
void settings_done(struct settings *s);
