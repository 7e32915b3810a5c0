/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ovsdb.c - see ovsdb.h */

#include <jansson.h>

#include "ovsdb.h"

/* A table is {uuid: row}; in a row a scalar is a string, a set of uuids an object with a member for each. */
struct ovsdb {
	json_t *bridges, *ports, *interfaces;
};

void ovsdb_free(struct ovsdb *db)
{
	if (!db)
		return;
	json_decref(db->bridges);
	json_decref(db->ports);
	json_decref(db->interfaces);
	free(db);
}

/* ---- transactions --------------------------------------------------------------------------------- */

/* ["uuid", "..."] */
static const char *atom_uuid(const json_t *atom)
{
	const char *tag = json_string_value(json_array_get(atom, 0));

	return tag && streq(tag, "uuid") ? json_string_value(json_array_get(atom, 1)) : NULL;
}

static void toggle(json_t *set, const char *uuid)
{
	if (!uuid)
		return;
	if (json_object_get(set, uuid))
		json_object_del(set, uuid);
	else
		json_object_set_new(set, uuid, json_true());
}

/* A set of one is written as its element, any other as ["set", [element, ...]]. */
static void apply_set(json_t *row, const char *column, const json_t *value, bool diff)
{
	const char *tag = json_string_value(json_array_get(value, 0));
	json_t *set = diff ? json_object_get(row, column) : NULL;

	if (!set) {
		set = json_object();
		json_object_set_new(row, column, set);
	}
	if (tag && streq(tag, "set")) {
		const json_t *elements = json_array_get(value, 1);

		for (size_t i = 0; i < json_array_size(elements); i++)
			toggle(set, atom_uuid(json_array_get(elements, i)));
	} else {
		toggle(set, atom_uuid(value));
	}
}

struct table {
	const char *name;
	const char *scalars[2], *set;
};

static const struct table bridge_table = { "Bridge", { "name" }, "ports" };
static const struct table port_table = { "Port", { "name" }, "interfaces" };
static const struct table interface_table = { "Interface", { "name", "type" }, NULL };

static void apply_row(const struct table *t, json_t *row, const json_t *change, bool diff)
{
	for (size_t i = 0; i < ARRAY_SIZE(t->scalars) && t->scalars[i]; i++) {
		json_t *value = json_object_get(change, t->scalars[i]);

		if (json_is_string(value))
			json_object_set(row, t->scalars[i], value);
	}
	if (t->set && json_object_get(change, t->set))
		apply_set(row, t->set, json_object_get(change, t->set), diff);
}

static void apply_table(const struct table *t, json_t *rows, json_t *transaction)
{
	bool diff = json_is_true(json_object_get(transaction, "_is_diff"));
	const char *uuid;
	json_t *change;

	json_object_foreach(json_object_get(transaction, t->name), uuid, change)
	{
		json_t *row = json_object_get(rows, uuid);

		if (!json_is_object(change)) {
			json_object_del(rows, uuid);
			continue;
		}
		if (!row) {
			row = json_object();
			json_object_set_new(rows, uuid, row);
		}
		apply_row(t, row, change, diff);
	}
}

/* Most of a long log is statistics and status: parsing is for records that speak of a table of ours. */
static bool is_ours(const char *text, size_t size)
{
	return memmem(text, size, "\"Bridge\"", 8) || memmem(text, size, "\"Port\"", 6) ||
	       memmem(text, size, "\"Interface\"", 11);
}

static int apply_record(struct ovsdb *db, const char *text, size_t size, struct err *err)
{
	json_auto_t *record = NULL;
	json_error_t why;

	if (!is_ours(text, size))
		return 0;
	record = json_loadb(text, size, 0, &why);
	if (!json_is_object(record))
		return err_set(err, EBADMSG, "a record of the Open vSwitch database is no JSON object");
	apply_table(&bridge_table, db->bridges, record);
	apply_table(&port_table, db->ports, record);
	apply_table(&interface_table, db->interfaces, record);
	return 0;
}

/* ---- records -------------------------------------------------------------------------------------- */

/* "OVSDB JSON 1234 da39a3..." without its newline. */
static bool parse_header(const char *line, size_t n, size_t *length)
{
	static const char magic[] = "OVSDB JSON ";
	_cleanup_free_ char *digits = NULL;
	const char *blank;
	uint64_t v;

	if (n < sizeof(magic) || memcmp(line, magic, sizeof(magic) - 1))
		return false;
	line += sizeof(magic) - 1;
	n -= sizeof(magic) - 1;
	blank = memchr(line, ' ', n);
	if (!blank)
		return false;
	digits = xstrndup(line, (size_t)(blank - line));
	if (!str_to_u64(digits, 10, SIZE_MAX, &v))
		return false;
	*length = (size_t)v;
	return true;
}

int ovsdb_parse(const char *text, size_t size, struct ovsdb **ret, struct err *err)
{
	_cleanup_(ovsdb_freep) struct ovsdb *db = xcalloc(1, sizeof(*db));
	const char *p = text, *end = text + size;
	bool schema = true;

	db->bridges = json_object();
	db->ports = json_object();
	db->interfaces = json_object();
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t length;
		int rc;

		if (!newline && !schema)
			break;
		if (!newline || !parse_header(p, (size_t)(newline - p), &length))
			return err_set(err, EBADMSG, "the Open vSwitch database has no record header at byte %zu",
				       (size_t)(p - text));
		p = newline + 1;
		if (length > (size_t)(end - p)) {
			if (schema)
				return err_set(err, EBADMSG, "the schema of the Open vSwitch database is cut off");
			break;
		}
		if (!schema) {
			rc = apply_record(db, p, length, err);
			if (rc < 0)
				return rc;
		}
		schema = false;
		p += length;
	}
	if (schema)
		return err_set(err, EBADMSG, "the Open vSwitch database is empty");
	*ret = TAKE_PTR(db);
	return 0;
}

/* ---- writing -------------------------------------------------------------------------------------- */

static json_t *set_json(const json_t *set)
{
	json_t *elements = json_array(), *unused;
	const char *uuid;

	json_object_foreach((json_t *)set, uuid, unused)
		json_array_append_new(elements, json_pack("[ss]", "uuid", uuid));
	return json_pack("[so]", "set", elements);
}

static json_t *table_json(const struct table *t, json_t *rows)
{
	json_t *all = json_object(), *row;
	const char *uuid;

	json_object_foreach(rows, uuid, row)
	{
		json_t *out = json_object();

		for (size_t i = 0; i < ARRAY_SIZE(t->scalars) && t->scalars[i]; i++)
			if (json_object_get(row, t->scalars[i]))
				json_object_set(out, t->scalars[i], json_object_get(row, t->scalars[i]));
		if (t->set && json_object_get(row, t->set))
			json_object_set_new(out, t->set, set_json(json_object_get(row, t->set)));
		json_object_set_new(all, uuid, out);
	}
	return all;
}

static void add_record(const json_t *record, struct strbuf *out)
{
	char *text = json_dumps(record, JSON_COMPACT);

	strbuf_addf(out, "OVSDB JSON %zu ", strlen(text) + 1);
	strbuf_pad(out, '0', 40);
	strbuf_addf(out, "\n%s\n", text);
	free(text);
}

void ovsdb_write(const struct ovsdb *db, struct strbuf *out)
{
	json_auto_t *schema = json_pack("{s:s, s:{}}", "name", "Open_vSwitch", "tables");
	json_auto_t *all = json_object();

	json_object_set_new(all, "Bridge", table_json(&bridge_table, db->bridges));
	json_object_set_new(all, "Port", table_json(&port_table, db->ports));
	json_object_set_new(all, "Interface", table_json(&interface_table, db->interfaces));
	add_record(schema, out);
	add_record(all, out);
}

/* ---- questions ------------------------------------------------------------------------------------ */

static const char *row_string(const json_t *row, const char *column)
{
	const char *s = json_string_value(json_object_get(row, column));

	return s ? s : "";
}

static json_t *find_row(json_t *rows, const char *name, const char **ret_uuid)
{
	const char *uuid;
	json_t *row;

	json_object_foreach(rows, uuid, row)
	{
		if (streq(row_string(row, "name"), name)) {
			*ret_uuid = uuid;
			return row;
		}
	}
	return NULL;
}

static void add_interface(json_t *row, struct strv *below, struct strv *odd)
{
	const char *name = row_string(row, "name"), *type = row_string(row, "type");

	if (!*type || streq(type, "system"))
		strv_add(below, name);
	else if (!streq(type, "internal"))
		strv_addf(odd, "%.64s is a port of type %.64s", name, type);
}

/* The one interface of a port that bears the port's name; NULL for a bond. */
static json_t *own_interface(const struct ovsdb *db, json_t *port)
{
	json_t *set = json_object_get(port, "interfaces"), *row;

	if (json_object_size(set) != 1)
		return NULL;
	row = json_object_get(db->interfaces, json_object_iter_key(json_object_iter(set)));
	return row && streq(row_string(row, "name"), row_string(port, "name")) ? row : NULL;
}

static void bridge_below(const struct ovsdb *db, json_t *bridge, struct strv *below, struct strv *odd)
{
	const char *uuid;
	json_t *unused;

	json_object_foreach(json_object_get(bridge, "ports"), uuid, unused)
	{
		json_t *port = json_object_get(db->ports, uuid), *own;

		if (!port) {
			strv_add(odd, "a port without a record");
			continue;
		}
		own = own_interface(db, port);
		if (own)
			add_interface(own, below, odd);
		else
			strv_add(below, row_string(port, "name"));
	}
}

static void bond_below(const struct ovsdb *db, json_t *port, struct strv *below, struct strv *odd)
{
	const char *uuid;
	json_t *unused;

	json_object_foreach(json_object_get(port, "interfaces"), uuid, unused)
	{
		json_t *row = json_object_get(db->interfaces, uuid);

		if (row)
			add_interface(row, below, odd);
		else
			strv_add(odd, "an interface without a record");
	}
}

static bool internal_below(const struct ovsdb *db, const char *port_uuid, struct strv *below)
{
	const char *uuid;
	json_t *row;

	json_object_foreach(db->bridges, uuid, row)
	{
		if (json_object_get(json_object_get(row, "ports"), port_uuid)) {
			strv_add(below, row_string(row, "name"));
			return true;
		}
	}
	return false;
}

bool ovsdb_below(const struct ovsdb *db, const char *name, struct strv *below, struct strv *odd)
{
	const char *uuid = NULL;
	json_t *row, *own;

	row = find_row(db->bridges, name, &uuid);
	if (row) {
		bridge_below(db, row, below, odd);
		strv_sort(below);
		return true;
	}
	row = find_row(db->ports, name, &uuid);
	if (!row)
		return false;
	own = own_interface(db, row);
	if (own)
		return streq(row_string(own, "type"), "internal") && internal_below(db, uuid, below);
	bond_below(db, row, below, odd);
	strv_sort(below);
	return true;
}
