/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_fields.h - the fields of XAPI's records that we read.  One list, twice used: a recording holds these and nothing else,
 * and of a reply with all records of a class (get_all_records, event.from) only these are kept in memory.
 *
 * *Who reads another field adds it here.*  A map that may hold what a user or a storage driver put there (other_config, device_config,
 * xenstore_data) is never listed whole, but by its keys.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The classes, NULL behind the last. */
const char *xapi_class(size_t i);

/*
 * Do we read this field, and of a map this key (NULL: the field as such)?  class NULL: of any class.  Of a class that is not listed
 * everything is read.
 */
bool xapi_field_is_read(const char *class, const char *field, const char *key);
