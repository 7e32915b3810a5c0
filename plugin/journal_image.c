/* SPDX-License-Identifier: GPL-2.0-or-later */
/* journal_image.c - which entries of the journal keep the boot file as it was; see journal.h */

#include "plugin/journal.h"

/* Does the entry hold a before-image?  Gives its beginning, and the length of its first line. */
static bool has_image(struct host *h, const char *name, struct strbuf *text, size_t *line)
{
	_cleanup_free_ char *path = xasprintf(JOURNAL_DIR "/%s", name);
	const char *nl;

	*line = 0;
	if (host_read_head(h, path, JOURNAL_ENTRY_MAX, text, NULL) < 0 || !text->len)
		return false;
	nl = memchr(text->s, '\n', text->len);
	*line = nl ? (size_t)(nl + 1 - text->s) : 0;
	return nl && *line < text->len;
}

/* What an entry says of them; false: it says nothing that could be true. */
static bool images_from_entry(const struct strbuf *text, size_t line, unsigned id, struct journal_images *ret)
{
	json_t *o = json_loadb(strbuf_str(text), line, JSON_REJECT_DUPLICATES, NULL), *list = json_object_get(o, "images"), *value;
	bool ok = json_is_array(list) && json_array_size(list) <= JOURNAL_IMAGES;
	json_int_t before = 0;
	size_t i;

	json_array_foreach(list, i, value) {
		ok = ok && json_integer_value(value) > before && json_integer_value(value) <= id;
		if (!ok)
			break;
		before = json_integer_value(value);
		ret->v[i] = (unsigned)before;
	}
	ret->n = ok ? json_array_size(list) : 0;
	json_decref(o);
	return ok;
}

void journal_find_images(struct host *h, const struct strv *names, struct journal_images *ret)
{
	unsigned found[JOURNAL_IMAGES];
	size_t n = 0;

	for (size_t i = names->n; i-- && n < JOURNAL_IMAGES;) {
		_cleanup_strbuf_ struct strbuf text = { 0 };
		enum journal_state state;
		unsigned id;
		size_t line;
		bool there;

		if (!journal_parse_name(names->v[i], &id, &state))
			continue;
		there = has_image(h, names->v[i], &text, &line);
		if (!n && images_from_entry(&text, line, id, ret))
			return;
		if (there)
			found[n++] = id;
	}
	for (ret->n = 0; n; ret->n++)
		ret->v[ret->n] = found[--n];
}

unsigned journal_add_image(struct journal_images *images, unsigned id)
{
	unsigned oldest = images->n == JOURNAL_IMAGES ? images->v[0] : 0;

	if (oldest)
		memmove(images->v, images->v + 1, --images->n * sizeof(*images->v));
	images->v[images->n++] = id;
	return oldest;
}

void journal_drop_image(struct host *h, const struct strv *names, unsigned id)
{
	for (size_t i = 0; i < names->n; i++) {
		_cleanup_free_ char *path = xasprintf(JOURNAL_DIR "/%s", names->v[i]);
		_cleanup_strbuf_ struct strbuf text = { 0 };
		enum journal_state state;
		unsigned other;
		size_t line;

		if (journal_parse_name(names->v[i], &other, &state) && other == id && has_image(h, names->v[i], &text, &line))
			host_truncate(h, path, line, NULL);
	}
}

int journal_amend(struct host *h, unsigned id, const struct plan *p, const char *door, const char *command, struct err *err)
{
	_cleanup_free_ char *path = xasprintf(JOURNAL_DIR "/%06u.%s", id, journal_state_name(JOURNAL_BEGUN));
	_cleanup_strbuf_ struct strbuf now = { 0 }, then = { 0 };
	struct journal_images images = { 0 };
	int rc = host_read(h, path, JOURNAL_ENTRY_MAX, &now, err);

	/* Its image is the plan's own; which entries have one, it alone tells. */
	if (rc == 0) {
		images_from_entry(&now, strcspn(strbuf_str(&now), "\n"), id, &images);
		rc = journal_format_entry(id, p, door, command, &images, &then, err);
	}
	if (rc == 0)
		rc = host_replace(h, &(struct host_write){ .path = path, .expect = &now, .data = then.s, .len = then.len, .mode = 0600 }, err);
	return rc < 0 ? err_wrap(err, "journal") : 0;
}
