/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xe_show.c - the fields of one object of XAPI's as xe shows them; see cmd_xe.h. */

#include <ctype.h>

#include "plugin/cmd_xe.h"
#include "xenhelpers/xapi_fields.h"

#define NOT_THERE "<not in database>"

void xe_showing_done(struct xe_showing *s)
{
	json_decref(s->known);
	free(s->one);
}

int xe_showing_begin(struct run *r, const struct xe_class *c, struct records *recs, struct xe_showing *ret, struct err *err)
{
	*ret = (struct xe_showing){ .c = c, .recs = recs, .known = json_object() };
	return facts_xapi(r->facts, &ret->x, err);
}

/* ---- values ------------------------------------------------------------------------------------------------------- */

/* What an object answers to a getter, asked once. NULL: unknown. */
static json_t *ask_once(struct xe_showing *s, const char *class, const char *getter, const char *ref, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.%s", class, getter), *key = xasprintf("%s %s", method, ref);
	json_t *value = json_object_get(s->known, key);

	if (!value && xapi_call(s->x, method, json_pack("[s]", ref), &value, err) == 0)
		json_object_set_new(s->known, key, value);
	return value;
}

static bool is_null_ref(const char *ref)
{
	return !*ref || streq(ref, XAPI_NULL_REF);
}

/* Classes of few objects, to which every line of a list refers: one question for all of them. */
static bool is_small(const char *class)
{
	static const char *const small[] = { "host", "PCI", "PUSB", "USB_group" };

	for (size_t i = 0; i < ARRAY_SIZE(small); i++)
		if (streq(small[i], class))
			return true;
	return false;
}

/* In the words of xe for an object that there is not; NULL: unknown. */
static const char *ref_text(struct xe_showing *s, const struct xe_source *src, const char *ref)
{
	const char *field = src->how == XE_REF_NAME ? "name_label" : "uuid";
	_cleanup_free_ char *getter = xasprintf("get_%s", field);
	const json_t *all = NULL;
	struct err err = { 0 };
	json_t *value;

	if (!ref || is_null_ref(ref))
		return ref ? NOT_THERE : NULL;
	if (is_small(src->of) && xapi_records(s->x, src->of, &all, NULL) == 0 && json_object_get(all, ref))
		return json_string_value(json_object_get(json_object_get(all, ref), field));
	value = ask_once(s, src->of, getter, ref, &err);
	if (!value && streq(err.api, "HANDLE_INVALID"))
		return "<invalid reference>";
	return json_string_value(value);
}

static void put_ref(struct xe_showing *s, const struct xe_source *src, const json_t *value, struct record *rec, unsigned i)
{
	const char *text = ref_text(s, src, json_string_value(value));

	if (text && *text == '<')
		record_none(rec, i, text);
	else
		record_text(rec, i, text);
}

static void put_refs(struct xe_showing *s, const struct xe_source *src, const json_t *value, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };

	for (size_t k = 0; k < json_array_size(value); k++) {
		const char *text = ref_text(s, src, json_string_value(json_array_get(value, k)));

		strv_add(&list, text ? text : "<unknown>");
	}
	if (json_is_array(value))
		record_list(rec, i, &list);
}

static void add_items(struct strv *list, json_t *value, bool keys)
{
	const char *key;
	json_t *item;

	for (size_t k = 0; k < json_array_size(value); k++)
		if (json_is_string(json_array_get(value, k)))
			strv_add(list, json_string_value(json_array_get(value, k)));
	json_object_foreach(value, key, item)
		if (json_is_string(item) && keys)
			strv_addf(list, "%s: %s", key, json_string_value(item));
		else if (json_is_string(item))
			strv_add(list, json_string_value(item));
}

static void put_list(json_t *value, bool keys, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };

	add_items(&list, value, keys);
	if (json_is_array(value) || json_is_object(value))
		record_list(rec, i, &list);
}

static void put_lower(const json_t *value, struct record *rec, unsigned i)
{
	char *text = json_is_string(value) ? xstrdup(json_string_value(value)) : NULL;

	for (char *c = text; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	record_text_take(rec, i, text);
}

static void put_words(const json_t *value, struct record *rec, unsigned i)
{
	char *text = json_is_string(value) ? xstrdup(json_string_value(value)) : NULL;

	for (char *c = text; c && *c; c++)
		*c = *c == '_' ? ' ' : *c;
	if (text)
		*text = (char)toupper((unsigned char)*text);
	record_text_take(rec, i, text);
}

static void put_plain(json_t *value, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };

	if (json_is_boolean(value)) {
		record_text(rec, i, json_is_true(value) ? "true" : "false");
	} else if (json_is_object(value)) {
		add_items(&list, value, true);
		record_text_take(rec, i, strv_join(&list, "; "));
	} else {
		record_text(rec, i, json_string_value(value));
	}
}

static void put_bool(const json_t *value, struct record *rec, unsigned i)
{
	record_bool(rec, i, json_is_boolean(value) ? (enum tristate)json_is_true(value) : TRI_UNKNOWN);
}

/* A field of another object that belongs to the VM. */
static void put_metrics(struct xe_showing *s, const struct xe_source *src, const json_t *record, struct record *rec, unsigned i)
{
	bool guest = src->how == XE_GUEST;
	const char *ref = json_string_value(json_object_get(record, guest ? "guest_metrics" : "metrics"));
	json_t *metrics, *value;

	if (!ref)
		return;
	if (is_null_ref(ref)) {
		record_none(rec, i, NOT_THERE);
		return;
	}
	metrics = ask_once(s, guest ? "VM_guest_metrics" : "VM_metrics", "get_record", ref, NULL);
	value = json_object_get(metrics, src->field);
	if (src->how == XE_METRICS_BOOL)
		put_bool(value, rec, i);
	else
		put_plain(value, rec, i);
}

/* ---- values that XAPI is asked for ------------------------------------------------------------------------------------ */

/* Caller frees; NULL: XAPI does not say, and why. */
static json_t *ask_vm(struct xe_showing *s, const char *field, struct err *err)
{
	_cleanup_free_ char *method = xasprintf("%s.get_%s", s->c->name, field);
	json_t *value = NULL;

	return xapi_call(s->x, method, json_pack("[s]", s->one), &value, err) == 0 ? value : NULL;
}

static bool ask_data(struct xe_showing *s, const char *source, double *ret, struct err *err)
{
	json_auto_t *value = NULL;

	if (xapi_call(s->x, "VM.query_data_source", json_pack("[ss]", s->one, source), &value, err) < 0 || !json_is_number(value))
		return false;
	*ret = json_number_value(value);
	return true;
}

static void put_asked_data(struct xe_showing *s, const char *source, struct record *rec, unsigned i)
{
	struct err err = { 0 };
	double value;

	if (ask_data(s, source, &value, &err))
		record_textf(rec, i, "%.0f", value);
	else if (streq(err.api, "VM_BAD_POWER_STATE"))
		record_text(rec, i, "0");
}

static void put_asked_cpus(struct xe_showing *s, const json_t *record, struct record *rec, unsigned i)
{
	const char *ref = json_string_value(json_object_get(record, "metrics")), *number;
	_cleanup_strv_ struct strv list = { 0 };
	unsigned n = 0;
	double value;

	number = ref && !is_null_ref(ref) ? json_string_value(json_object_get(ask_once(s, "VM_metrics", "get_record", ref, NULL), "VCPUs_number")) :
					    NULL;
	if (!number || !str_to_uint(number, 4096, &n))
		return;
	for (unsigned cpu = 0; cpu < n; cpu++) {
		_cleanup_free_ char *source = xasprintf("cpu%u", cpu);

		if (!ask_data(s, source, &value, NULL))
			break;
		strv_addf(&list, "%u: %.3f", cpu, value);
	}
	record_text_take(rec, i, strv_join(&list, "; "));
}

static void put_asked_list(struct xe_showing *s, const struct xe_source *src, struct record *rec, unsigned i)
{
	_cleanup_strv_ struct strv list = { 0 };
	json_auto_t *value = ask_vm(s, src->field, NULL);

	for (size_t k = 0; k < json_array_size(value); k++) {
		const char *text = json_string_value(json_array_get(value, k));

		if (text && src->how == XE_ASKED_REFS)
			text = ref_text(s, src, text);
		strv_add(&list, text ? text : "<unknown>");
	}
	if (json_is_array(value))
		record_text_take(rec, i, strv_join(&list, "; "));
}

static void put_asked(struct xe_showing *s, json_t *record, struct record *rec, unsigned i)
{
	const struct xe_source *src = &s->c->sources[i];
	json_auto_t *value = NULL;
	struct err err = { 0 };

	if (!s->one) {
		record_none(rec, i, "<expensive field>");
		return;
	}
	switch (src->how) {
	case XE_ASKED_DATA: put_asked_data(s, src->field, rec, i); break;
	case XE_ASKED_CPUS: put_asked_cpus(s, record, rec, i); break;
	case XE_ASKED_BOOL:
		value = ask_vm(s, src->field, &err);
		if (value || err.api[0])
			record_text(rec, i, json_is_false(value) ? "false" : "true");
		break;
	case XE_QUOTED:
		if (json_is_string(json_object_get(record, src->field)))
			record_textf(rec, i, "'%s'", json_string_value(json_object_get(record, src->field)));
		break;
	default: put_asked_list(s, src, rec, i); break;
	}
}

/* ---- any value ---------------------------------------------------------------------------------------------------------- */

static void put(struct xe_showing *s, json_t *record, struct record *rec, unsigned i)
{
	const struct xe_source *src = &s->c->sources[i];
	json_t *value = json_object_get(record, src->field);

	switch (src->how) {
	case XE_TEXT: put_plain(value, rec, i); break;
	case XE_LOWER: put_lower(value, rec, i); break;
	case XE_WORDS: put_words(value, rec, i); break;
	case XE_BOOL: put_bool(value, rec, i); break;
	case XE_SET:
	case XE_KEYS: put_list(value, false, rec, i); break;
	case XE_MAP: put_list(value, true, rec, i); break;
	case XE_REF:
	case XE_REF_NAME: put_ref(s, src, value, rec, i); break;
	case XE_REFS: put_refs(s, src, value, rec, i); break;
	case XE_METRICS:
	case XE_METRICS_BOOL:
	case XE_GUEST: put_metrics(s, src, record, rec, i); break;
	case XE_ASKED_LIST:
	case XE_ASKED_REFS:
	case XE_ASKED_BOOL:
	case XE_ASKED_DATA:
	case XE_ASKED_CPUS:
	case XE_QUOTED: put_asked(s, record, rec, i); break;
	case XE_FLOAT:
		if (json_is_number(value))
			record_textf(rec, i, "%.3f", json_number_value(value));
		break;
	}
}

/* Is something to be shown that a list of all records may come without? */
bool xe_showing_needs_whole(const struct xe_showing *s)
{
	for (unsigned i = 0; i < s->c->type->n; i++) {
		const struct xe_source *src = &s->c->sources[i];

		if (records_want(s->recs, i) && src->how < XE_ASKED &&
		    (src->how == XE_MAP || src->how == XE_METRICS || src->how == XE_METRICS_BOOL || src->how == XE_GUEST ||
		     !xapi_field_is_read(s->c->name, src->field, NULL)))
			return true;
	}
	return false;
}

void xe_show(struct xe_showing *s, json_t *record)
{
	struct record *rec = records_add(s->recs);

	for (unsigned i = 0; i < s->c->type->n; i++)
		if (records_want(s->recs, i))
			put(s, record, rec, i);
}
