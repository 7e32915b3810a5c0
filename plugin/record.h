/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - what commands hand to the doors: records of named fields, never text for a screen.
 *
 * A record type is one const table; the same table gives xe's labels, the JSON keys, what `params=` and filters may
 * name, and the help.  Field names are the contract with users and scripts: they are added, never changed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xenhelpers/pcidev.h" /* enum tristate */
#include "xenhelpers/str.h"

enum value_kind {
	V_TEXT,
	V_NUMBER,
	V_BOOL,
	V_LIST, /* of texts */
};

struct field {
	const char *name;
	enum value_kind kind;
	bool brief; /* shown in the layout for people when no `params=` is given; JSON and -show have them all */
	const char *help;
	const char *tag; /* as xe writes it behind the name: "(MRW)"; NULL: read only, and by the kind */
	bool hex;	 /* an id or the like in hex digits, also several with ":" between: a filter means the number, in capitals or with 0x */
};

struct record_type {
	const char *name; /* "device": for messages */
	const struct field *fields;
	size_t n;
};

struct value {
	bool known; /* false: unknown; null in JSON */
	bool none;  /* known to have no value (a flag, an absent parameter); null in JSON */
	char *shown; /* for people, in the place of the value; NULL: the value itself, nothing for none */
	char *text;
	long long number; /* V_NUMBER; V_BOOL: 0 or 1 */
	struct strv list;
};

struct record {
	struct value *v; /* by field index */
};

struct records {
	const struct record_type *type;
	bool *wanted; /* by field index: will be shown or filtered on. NULL: all */
	struct record *v;
	size_t n;
};

#define RECORD_TYPE(type_name, type_fields)                                                                            \
	{                                                                                                              \
		.name = (type_name), .fields = (type_fields), .n = ARRAY_SIZE(type_fields)                             \
	}

void records_init(struct records *r, const struct record_type *type); /* all fields wanted */
void records_done(struct records *r);
struct record *records_add(struct records *r); /* every field unknown; valid until the next one is added */
void records_drop(struct records *r, size_t i);

/* Is it worth finding out?  Names of devices cost more than all the rest together. */
static inline bool records_want(const struct records *r, unsigned field)
{
	return !r->wanted || r->wanted[field];
}

int record_type_find(const struct record_type *type, const char *name, size_t len); /* index, or -1 */

void record_text(struct record *r, unsigned field, const char *s); /* NULL: unknown */
void record_textf(struct record *r, unsigned field, const char *fmt, ...) _printf_(3, 4);
void record_text_take(struct record *r, unsigned field, char *s);
void record_none(struct record *r, unsigned field, const char *shown);
void record_shown(struct record *r, unsigned field, const char *shown); /* beside a value that is set */
void record_number(struct record *r, unsigned field, long long n); /* negative: unknown */
void record_bool(struct record *r, unsigned field, enum tristate t);
void record_list(struct record *r, unsigned field, const struct strv *list); /* copies */

/* A value as xe prints it: "a; b" for lists, "true", "12"; "<unknown>". Not escaped. */
void value_add_text(struct strbuf *out, const struct field *f, const struct value *v);
