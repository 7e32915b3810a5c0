/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record.c - see record.h */

#include <stdarg.h>
#include <stdio.h>

#include "plugin/record.h"

void records_init(struct records *r, const struct record_type *type)
{
	*r = (struct records){ .type = type };
}

static void record_done(struct record *rec, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(rec->v[i].text);
		free(rec->v[i].shown);
		strv_done(&rec->v[i].list);
	}
	free(rec->v);
}

void records_done(struct records *r)
{
	for (size_t i = 0; i < r->n; i++)
		record_done(&r->v[i], r->type->n);
	free(r->v);
	free(r->wanted);
	*r = (struct records){ 0 };
}

struct record *records_add(struct records *r)
{
	ARRAY_GROW(r->v, r->n);
	r->v[r->n].v = xcalloc(r->type->n, sizeof(struct value));
	return &r->v[r->n++];
}

void records_drop(struct records *r, size_t i)
{
	record_done(&r->v[i], r->type->n);
	memmove(&r->v[i], &r->v[i + 1], (--r->n - i) * sizeof(*r->v));
}

int record_type_find(const struct record_type *type, const char *name, size_t len)
{
	for (size_t i = 0; i < type->n; i++)
		if (strlen(type->fields[i].name) == len && !memcmp(type->fields[i].name, name, len))
			return (int)i;
	return -1;
}

void record_text_take(struct record *r, unsigned field, char *s)
{
	free(r->v[field].text);
	r->v[field].text = s;
	r->v[field].known = s != NULL;
}

void record_text(struct record *r, unsigned field, const char *s)
{
	record_text_take(r, field, s ? xstrdup(s) : NULL);
}

void record_textf(struct record *r, unsigned field, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	record_text(r, field, buf);
}

void record_shown(struct record *r, unsigned field, const char *shown)
{
	free(r->v[field].shown);
	r->v[field].shown = shown ? xstrdup(shown) : NULL;
}

void record_none(struct record *r, unsigned field, const char *shown)
{
	r->v[field].known = r->v[field].none = true;
	record_shown(r, field, shown);
}

void record_number(struct record *r, unsigned field, long long n)
{
	r->v[field].known = n >= 0;
	r->v[field].number = n;
}

void record_bool(struct record *r, unsigned field, enum tristate t)
{
	r->v[field].known = t != TRI_UNKNOWN;
	r->v[field].number = t == TRI_YES;
}

void record_list(struct record *r, unsigned field, const struct strv *list)
{
	strv_done(&r->v[field].list);
	for (size_t i = 0; i < list->n; i++)
		strv_add(&r->v[field].list, list->v[i]);
	r->v[field].known = true;
	r->v[field].none = false;
}

void value_add_text(struct strbuf *out, const struct field *f, const struct value *v)
{
	if (!v->known) {
		strbuf_add(out, "<unknown>");
		return;
	}
	if (v->shown)
		strbuf_add(out, v->shown);
	if (v->shown || v->none)
		return;
	switch (f->kind) {
	case V_TEXT:
		strbuf_add(out, v->text);
		break;
	case V_NUMBER:
		strbuf_addf(out, "%lld", v->number);
		break;
	case V_BOOL:
		strbuf_add(out, v->number ? "true" : "false");
		break;
	case V_LIST:
		for (size_t i = 0; i < v->list.n; i++) {
			if (i)
				strbuf_add(out, "; ");
			strbuf_add(out, v->list.v[i]);
		}
		break;
	}
}
