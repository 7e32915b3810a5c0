/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grubcfg.h"

#include "grubcfg_private.h"

/* What one edit puts in the place of a span: the words of its args, without the blanks around them. */
struct change {
	const char *args;
	size_t len;
	bool there;
};

static int refuse(struct err *err, const char *args, size_t off, size_t len, const char *why)
{
	err_set(err, EINVAL, "arguments '%s' cannot stand in grub.cfg: %s", args, why);
	err_point(err, "arguments", args, strlen(args), off, len);
	return -EINVAL;
}

/*
 * Would grub read these bytes, behind an image's path and before a line end, as words of that one command?  The words
 * are read with a command before them and a line end behind; that line end must be what ends the command.
 */
static int check_args(const char *args, struct change *ret, struct err *err)
{
	static const char command[] = "x ";
	const size_t head = strlen(command);
	_cleanup_strbuf_ struct strbuf text = { 0 };
	_cleanup_(grublex_done) struct grublex l;
	struct grubcfg_fault fault;
	size_t from, to;

	strbuf_add(&text, command);
	strbuf_add(&text, args);
	strbuf_addc(&text, '\n');
	grublex_init(&l, text.s, text.len);
	grublex_next(&l);
	if (!grubcfg_one_line(&l, 1, &fault))
		return refuse(err, args, fault.off - head, 1, fault.why);
	if (l.end_off != text.len - 1 || l.end != GRUBLEX_LINE)
		return refuse(err, args, MIN(l.end_off, text.len - 1) - head, 1, "the line would end here");

	to = l.w[l.n - 1].off + l.w[l.n - 1].len;
	from = l.n > 1 ? l.w[1].off : to;
	for (size_t i = to, n; i < text.len - 1; i += n) {
		n = grublex_blank(text.s, text.len - 1, i);
		if (!n)
			return refuse(err, args, i - head, 1, "a comment would begin here");
	}
	*ret = (struct change){ .args = l.n > 1 ? args + (from - head) : "", .len = to - from, .there = true };
	return 0;
}

size_t grubcfg_count_lines(const char *s, size_t n)
{
	const char *end = s + n;
	size_t lines = 0;

	for (; (s = memchr(s, '\n', (size_t)(end - s))); s++)
		lines++;
	return lines;
}

/* Write the span's new bytes, which begin with the blanks before it; the span then describes them. */
static void write_span(struct strbuf *out, const char *old, struct grub_span *span, const struct change *c)
{
	size_t gap = c->len ? MAX(span->gap, (size_t)1) : 0;

	if (c->len && !span->gap)
		strbuf_addc(out, ' ');
	else
		strbuf_addn(out, old + span->off - span->gap, gap);
	span->gap = gap;
	span->off = out->len;
	span->len = c->len;
	strbuf_addn(out, c->args, c->len);
}

/* Copy the text with the changes; entries and spans come in the order of the text, so one pass does.  `v` then describes the copy. */
static void rewrite(const struct strbuf *text, struct grub_entry *v, size_t n, const struct change *changes, struct strbuf *out)
{
	const char *old = strbuf_str(text);
	size_t done = 0;		    /* of the old text; what is behind it comes to stand behind out */
	size_t lines_off = 0, lines_on = 0; /* joined lines in changed spans so far, in the old text and in the new */

	strbuf_reserve(out, text->len);
	for (size_t i = 0; i < n; i++) {
		struct grub_entry *e = &v[i];
		size_t end = e->off + e->len;

		e->off += out->len - done;
		e->line += lines_on - lines_off;
		for (size_t t = 0; t < ARRAY_SIZE(e->args); t++) {
			struct grub_span *span = &e->args[t];
			const struct change *c = &changes[i * ARRAY_SIZE(e->args) + t];
			size_t from = span->off - span->gap, to = span->off + span->len;

			if (!span->there)
				continue;
			if (!c->there) {
				span->off += out->len - done;
				continue;
			}
			strbuf_addn(out, old + done, from - done);
			lines_off += grubcfg_count_lines(old + from, to - from);
			write_span(out, old, span, c);
			lines_on += grubcfg_count_lines(out->s + span->off - span->gap, span->gap + span->len);
			done = to;
		}
		e->len = end + out->len - done - e->off;
	}
	strbuf_addn(out, old + done, text->len - done);
}

/* The edits as changes by entry and target; caller frees. */
static int collect(const struct grubcfg *g, const struct grub_edit *edits, size_t n, struct change **ret, struct err *err)
{
	const size_t targets = ARRAY_SIZE(g->v->args);
	_cleanup_free_ struct change *changes = xcalloc(g->n ? g->n : 1, targets * sizeof(*changes));

	for (size_t i = 0; i < n; i++) {
		const struct grub_edit *e = &edits[i];
		int rc;

		if (!g->v[e->entry].args[e->target].there)
			return err_set(err, EINVAL, "entry '%s' has no line for arguments of %s", g->v[e->entry].title,
				       grub_target_name(e->target));
		rc = check_args(e->args, &changes[e->entry * targets + e->target], err);
		if (rc < 0)
			return rc;
	}
	*ret = TAKE_PTR(changes);
	return 0;
}

int grubcfg_edit(struct grubcfg *g, const struct grub_edit *edits, size_t n, struct err *err)
{
	_cleanup_free_ struct change *changes = NULL;
	struct strbuf out = { 0 };
	int rc = collect(g, edits, n, &changes, err);

	if (rc < 0)
		return rc;
	rewrite(&g->text, g->v, g->n, changes, &out);
	strbuf_done(&g->text);
	g->text = out;
	return 0;
}

int grubcfg_edited_text(const struct grubcfg *g, const struct grub_edit *edits, size_t n, struct strbuf *ret, struct err *err)
{
	_cleanup_free_ struct grub_entry *copy = NULL; /* its strings stay g's */
	_cleanup_free_ struct change *changes = NULL;
	int rc = collect(g, edits, n, &changes, err);

	if (rc < 0)
		return rc;
	copy = xmemdup(g->v, g->n * sizeof(*g->v));
	rewrite(&g->text, copy, g->n, changes, ret);
	return 0;
}

int grubcfg_set_args(struct grubcfg *g, size_t entry, enum grub_target target, const char *args, struct err *err)
{
	return grubcfg_edit(g, &(struct grub_edit){ .entry = entry, .target = target, .args = args }, 1, err);
}
