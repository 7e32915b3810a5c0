/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovsdb.h - bridges, ports and interfaces out of Open vSwitch's database file (pure: bytes in, names out).
 *
 * The file is a log, format in ovsdb(5): records of two lines, "OVSDB JSON LENGTH SHA1" and a JSON object of LENGTH
 * bytes. The first object is the schema, each other one a transaction: {"Bridge": {uuid: {column: value}, uuid: null},
 * ...}; null deletes a row, columns that a transaction does not name stay.  With "_is_diff" (Open vSwitch 2.15 and
 * newer) the value of a set is what to toggle in it.  A record that is cut off at the end was never committed.
 */
#pragma once

#include "err.h"
#include "str.h"

struct ovsdb;

/* -EBADMSG: not such a log (a clustered database is none), or broken before its end. */
int ovsdb_parse(const char *text, size_t size, struct ovsdb **ret, struct err *err);
void ovsdb_free(struct ovsdb *db);
static inline void ovsdb_freep(struct ovsdb **db)
{
	ovsdb_free(*db);
}

/*
 * The same as a new log (appended): bridges, ports and interfaces with the columns that are read here and nothing else,
 * for recordings.  Its checksums are zeros: other programs need not take it.
 */
void ovsdb_write(const struct ovsdb *db, struct strbuf *out);

/*
 * What stands below a name: the ports of a bridge, the interfaces of a bond, the bridge of an internal port (so XAPI
 * makes the bridges of its VLANs).  Appends names to *below, and to *odd a sentence for each port that leads somewhere
 * else (tunnels, patch ports).  False: the database has no such bridge, and no such port with something below it.
 */
bool ovsdb_below(const struct ovsdb *db, const char *name, struct strv *below, struct strv *odd);
