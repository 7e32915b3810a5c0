/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * journal.h - what was changed, by whom, and how to take it back.
 *
 * One file an apply in /var/lib/xe-passthrough/journal (root only): one line of JSON with the typed changes, then the bytes that the
 * boot file had before, if it was changed.  The name tells how it stands: "000007.begun", ".done", ".failed", ".undone".  An apply
 * that finds a begun one under the lock knows that its writer died, and takes back what that one had done.
 *
 * A change in the journal is data, never an order: what comes out of it goes through the same rules as a command's own
 * (journal_read() refuses fields and keys that no command writes), and no path or byte of it is written unless the boot
 * file itself proves it (plan_restores()).  The journal of a recording is as hostile as the rest of it.
 */
#pragma once

#include <jansson.h>

#include "plugin/plan.h"
#include "xenhelpers/host.h"

#define STATE_DIR "/var/lib/xe-passthrough"
#define JOURNAL_DIR STATE_DIR "/journal"
#define JOURNAL_ENTRY_MAX (16u << 20) /* bytes */
#define JOURNAL_IMAGES 10   /* so many before-images of the boot file are kept */
#define JOURNAL_ENTRIES 500 /* and so many entries */

enum journal_state { JOURNAL_BEGUN, JOURNAL_DONE, JOURNAL_FAILED, JOURNAL_UNDONE };

struct journal_entry {
	unsigned id;
	enum journal_state state;
	char *time;    /* ISO 8601, UTC */
	char *door;    /* "cli", "plugin", … */
	char *command; /* as it was given */
	struct plan plan;    /* its changes; boot_path where the boot file was changed */
	struct strbuf image; /* bytes of the boot file before; empty: not kept */
};

struct journal {
	struct journal_entry *v; /* by id */
	size_t n;
	struct strv unreadable; /* names that could not be read, with the reason */
};

const char *journal_state_name(enum journal_state s);
void journal_entry_done(struct journal_entry *e);
void journal_done(struct journal *j);

/*
 * All entries.  No journal yet is an empty one.  `undone` is one that a standing entry took back: where that one was itself taken back, it is
 * `done` again, whatever the file's name says.
 */
int journal_read(struct host *h, struct journal *ret, struct err *err);

/*
 * The bytes of one entry, whose name (id and state) is not among them: -EINVAL, one that no command writes.  *ret has to be released in
 * either case.  And the bytes of an entry that is begun; -EILSEQ: a value is no UTF-8.
 */
int journal_parse_entry(const struct strbuf *text, struct journal_entry *ret, struct err *err);
struct journal_images {
	unsigned v[JOURNAL_IMAGES]; /* ids of entries with a before-image, oldest first */
	size_t n;
};
/* images: as they are with this entry, which saves the next one a search for them. */
int journal_format_entry(unsigned id, const struct plan *p, const char *door, const char *command, const struct journal_images *images,
			 struct strbuf *ret, struct err *err);

/* Is an apply unfinished?  Cheap: looks at names only.  Gives its id, 0 when there is none. */
unsigned journal_unfinished(struct host *h);

/* ---- values as files of ours keep them ------------------------------------------------------------------- */

/* null, true (a flag), a text, or a list of these two (a boot parameter that is there several times). */
json_t *setting_to_json(const struct setting *s); /* NULL: a text is no UTF-8 */
bool setting_from_json(const json_t *value, struct setting *ret);
/* Can a boot line hold it under this name? */
bool setting_is_bootable(const char *key, const struct setting *s);
char *journal_time(void); /* now: ISO 8601, UTC; caller frees */

/* ---- only plugin/apply, under the lock ---------------------------------------------------------------- */

/* Write a begun entry; gives its id. */
int journal_begin(struct host *h, const struct plan *p, const char *door, const char *command, unsigned *ret, struct err *err);
/* The begun entry has the changes that the plan has now: it goes on without some, which are taken back. */
int journal_amend(struct host *h, unsigned id, const struct plan *p, const char *door, const char *command, struct err *err);
int journal_mark(struct host *h, unsigned id, enum journal_state from, enum journal_state to, struct err *err);

/* ---- inside the journal ----------------------------------------------------------------------------------- */

bool journal_parse_name(const char *name, unsigned *id, enum journal_state *state);
/* `done` and `undone` as they follow from all entries (journal_read()). */
void journal_settle(struct journal *j);
/* The newest entries with a before-image.  The newest of all says which; where it does not, each is looked at. */
void journal_find_images(struct host *h, const struct strv *names, struct journal_images *ret);
/* One more, the newest; gives the one that has to go for it, 0: none. */
unsigned journal_add_image(struct journal_images *images, unsigned id);
void journal_drop_image(struct host *h, const struct strv *names, unsigned id);
