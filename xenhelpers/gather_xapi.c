/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gather_xapi.c - those fields of XAPI's records that we read, as xapi.json; see gather.h */

#include <stdio.h>

#include <jansson.h>

#include "gather.h"
#include "xapi_fields.h"

/* Of a map the keys that we read; any other value as it is. */
static json_t *reduced_value(const char *class, const char *field, json_t *value)
{
	json_t *out, *item;
	const char *key;

	if (!json_is_object(value))
		return json_incref(value);
	out = json_object();
	json_object_foreach(value, key, item)
		if (xapi_field_is_read(class, field, key))
			json_object_set(out, key, item);
	return out;
}

static json_t *reduced(const char *class, json_t *record)
{
	json_t *out = json_object(), *value;
	const char *field;

	json_object_foreach(record, field, value)
		if (xapi_field_is_read(class, field, NULL))
			json_object_set_new(out, field, reduced_value(class, field, value));
	return out;
}

int gather_xapi(struct gather *g, struct xapi *x, struct err *err)
{
	json_auto_t *all = json_object();
	_cleanup_free_ char *text = NULL;
	const char *class;

	for (size_t i = 0; (class = xapi_class(i)); i++) {
		_cleanup_free_ char *method = xasprintf("%s.get_all_records", class);
		json_t *records, *out, *record;
		struct err why = { 0 };
		const char *ref;
		int rc = xapi_call(x, method, json_array(), &records, &why);

		if (rc < 0) {
			if (rc != -ENODATA)
				gather_leave_out(g, "XAPI's %s records: %s", class, why.text);
			continue;
		}
		out = json_object();
		json_object_foreach(records, ref, record)
			json_object_set_new(out, ref, reduced(class, record));
		json_object_set_new(all, class, out);
		json_decref(records);
	}
	text = json_dumps(all, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	if (!text)
		return err_set(err, EILSEQ, "XAPI's records cannot be written as JSON");
	return host_record_part(g->to, "xapi.json", text, strlen(text), err);
}
