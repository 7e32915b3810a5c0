/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xapi_own.c - see xapi_own.h */

#include "str.h"
#include "xapi_own.h"

static char *take(const json_t *record, const char *field)
{
	const char *s = json_string_value(json_object_get(record, field));

	return xstrdup(s ? s : "");
}

static void read_keys(json_t *map, struct xapi_own *o)
{
	const char *key;
	json_t *value;

	json_object_foreach(map, key, value) {
		if (!str_after(key, XAPI_OWN) || !json_is_string(value))
			continue;
		if (o->n == XAPI_OWN_MAX) {
			o->more = true;
			return;
		}
		ARRAY_GROW(o->v, o->n);
		o->v[o->n++] = (struct xapi_own_key){ xstrdup(key), xstrdup(json_string_value(value)) };
	}
}

int xapi_own_read(struct xapi *x, struct xapi_own *ret, struct err *err)
{
	json_t *all = NULL, *record;
	void *first;
	int rc = xapi_call(x, "pool.get_all_records", json_array(), &all, err);

	if (rc < 0)
		return rc;
	/* A pool has one record. */
	first = json_object_iter(all);
	if (!first) {
		json_decref(all);
		return err_set(err, ENODATA, "XAPI has no record of the pool");
	}
	record = json_object_iter_value(first);
	*ret = (struct xapi_own){
		.ref = xstrdup(json_object_iter_key(first)),
		.uuid = take(record, "uuid"),
		.name = take(record, "name_label"),
	};
	read_keys(json_object_get(record, "other_config"), ret);
	json_decref(all);
	return 0;
}

void xapi_own_done(struct xapi_own *o)
{
	free(o->ref);
	free(o->uuid);
	free(o->name);
	for (size_t i = 0; i < o->n; i++) {
		free(o->v[i].key);
		free(o->v[i].value);
	}
	free(o->v);
	*o = (struct xapi_own){ 0 };
}

const char *xapi_own_get(const struct xapi_own *o, const char *key)
{
	for (size_t i = 0; i < o->n; i++)
		if (streq(o->v[i].key, key))
			return o->v[i].value;
	return NULL;
}
