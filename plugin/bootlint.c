/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootlint.c - the hide arguments of a boot file; see bootlint.h. */

#include <stdarg.h>
#include <stdio.h>

#include "cmdline/hide.h"
#include "plugin/bootlint.h"

void lint_done(struct lint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].key);
		free(l->v[i].value);
		free(l->v[i].canonical);
	}
	free(l->v);
	*l = (struct lint){ 0 };
}

/* ---- findings ---------------------------------------------------------------------------------------------- */

static struct finding *same_finding(struct findings *f, const char *code, enum severity severity, const char *text)
{
	for (size_t i = 0; i < f->n; i++)
		if (streq(f->v[i].code, code) && f->v[i].severity == severity && streq(f->v[i].text, text))
			return &f->v[i];
	return NULL;
}

/* Entries come in their order, so a title that is there already is the last one. */
static void add_subject(struct finding *x, const char *title)
{
	_cleanup_free_ char *was = NULL, *last = xasprintf(", %s", title);

	if (streq(x->subject, title) || str_ends_with(x->subject, last))
		return;
	was = x->subject;
	x->subject = xasprintf("%s%s", was, last);
}

static char *place(const struct bootfile *b, size_t off, size_t len)
{
	_cleanup_strbuf_ struct strbuf where = { 0 };

	err_point_format(&where, b->path, strbuf_str(&b->cfg.text), b->cfg.text.len, off, len);
	return strbuf_take(&where);
}

void lint_say(struct lint *l, const char *code, enum severity severity, size_t entry, size_t off, size_t len,
	      const char *remedy, const char *fmt, ...)
{
	const char *title = l->b->cfg.v[entry].title;
	struct finding *x;
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	x = same_finding(l->out, code, severity, text);
	if (x) {
		add_subject(x, title);
		return;
	}
	x = findings_add(l->out, code, severity, title, text);
	x->final = severity == SEV_REFUSE;
	x->remedy = remedy ? xstrdup(remedy) : NULL;
	x->where = len ? place(l->b, off, len) : NULL;
}

/* ---- one argument -------------------------------------------------------------------------------------------- */

/* What is at hand while one argument is looked at. */
struct look {
	struct lint *l;
	struct lint_hide *h;
	const char *value;     /* as the kernel sees it, "" where it has none */
	bool cut;	       /* ... which is not all of it, because the line is too long */
	size_t off, len;       /* the word in the boot file */
	size_t value_off;      /* its value there */
	bool verbatim;	       /* the value's bytes stand there as they are, so that items can be pointed at */
	struct hidelist list;  /* of the value as the kernel sees it */
	struct bdfset devices; /* what the argument names, wildcards expanded */
};

void lint_raise(struct lint_hide *h, enum severity severity)
{
	h->severity = h->found ? MIN(h->severity, severity) : severity;
	h->found = true;
}

_printf_(7, 8) static void say(struct look *k, const char *code, enum severity severity, size_t off, size_t len,
			       const char *remedy, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	lint_say(k->l, code, severity, k->h->entry, off, len, remedy, "%s", text);
	lint_raise(k->h, severity);
}

/* Say it of the whole argument. */
#define SAY(k, code, severity, remedy, ...) say((k), (code), (severity), (k)->off, (k)->len, (remedy), __VA_ARGS__)

/* Are these the entries that commands change unless told otherwise? */
static bool is_usual(const struct look *k)
{
	return grubcfg_chosen(&k->l->b->cfg, k->h->entry, GRUB_CHOOSE_NORMAL);
}

static const char *normalize(const struct look *k)
{
	return is_usual(k) ? "boot-normalize" : "boot-normalize entries=all";
}

/* Point at n bytes of an item (0: at nothing), or at the whole argument where quotes or escapes stand inside its value. */
static void item_place(const struct look *k, size_t at, size_t n, size_t *off, size_t *len)
{
	*off = k->verbatim ? k->value_off + at : k->off;
	*len = k->verbatim || !n ? n : k->len;
}

static void say_bad(struct look *k, const struct hide_item *item, const char *text)
{
	const char *remedy = "write the list anew: boot-param-set target=dom0 key=" HIDE_KEY " value='(dddd:bb:dd.f)...'";
	size_t off, len;

	item_place(k, item->at, 1, &off, &len);
	if (k->h->effective)
		say(k, item->verdict == HIDE_WIDE_DOMAIN ? "HIDE_WIDE_DOMAIN" : "HIDE_BAD", SEV_REFUSE, off, len, remedy,
		    "the kernel cannot read '%s' (%s): with one bad item it hides no device at all, pciback does not load, and no "
		    "device can be given to a VM%s", text, item->why, k->cut ? "; the line is too long, and is cut there" : "");
	else
		say(k, "HIDE_BAD_UNUSED", SEV_WARN, off, len, normalize(k),
		    "the kernel could not read '%s' (%s); it does not come to that, because %s", text, item->why,
		    hide_is_key(k->h->key) ? "a later argument decides" : "nothing reads this key");
}

/* What we would write for one item; NULL where it is a wildcard and the devices of the host are unknown. */
static char *canonical_item(const struct look *k, const struct hide_item *item)
{
	const struct bdfset *present = facts_present(k->l->facts);
	_cleanup_bdfset_ struct bdfset set = { 0 };

	if (!item->any_dev && !item->any_fn)
		bdfset_add(&set, item->bdf);
	else if (!present)
		return NULL;
	for (size_t i = 0; (item->any_dev || item->any_fn) && i < present->n; i++)
		if (hide_item_covers(item, present->v[i]))
			bdfset_add(&set, present->v[i]);
	return hide_format(&set);
}

static void say_form(struct look *k, const struct hide_item *item, const char *text)
{
	static const char *const codes[] = {
		[HIDE_SHORT] = "HIDE_SHORT", [HIDE_WILDCARD] = "HIDE_WILDCARD", [HIDE_FORM] = "HIDE_FORM",
	};
	_cleanup_free_ char *better = canonical_item(k, item), *remedy = NULL;
	size_t off, len;

	item_place(k, item->at, item->off + item->len - item->at, &off, &len);
	remedy = xasprintf("%s, which writes %s", normalize(k),
			   !better ? "the devices that are there" : *better ? better : "nothing: no device there is meant");
	say(k, codes[item->verdict], SEV_WARN, off, len, remedy, "'%s': %s", text, item->why);
}

static void look_at_item(struct look *k, const struct hide_item *item)
{
	_cleanup_free_ char *text = xstrndup(k->value + item->off, item->len);

	if (item->verdict == HIDE_BAD || item->verdict == HIDE_WIDE_DOMAIN)
		say_bad(k, item, text);
	else if (item->verdict != HIDE_CANONICAL && hide_is_key(k->h->key))
		say_form(k, item, text);
}

static bool is_wild(const struct hide_item *item)
{
	return item->any_dev || item->any_fn;
}

static bool same_item(const struct hide_item *a, const struct hide_item *b)
{
	return !is_wild(a) && !is_wild(b) && bdf_eq(a->bdf, b->bdf);
}

/* XAPI takes away only the first of two, so that the device stays hidden. */
static void look_for_twins(struct look *k)
{
	for (size_t i = 0; i < k->list.n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct hide_item *item = &k->list.v[i];
			bool covered = is_wild(&k->list.v[j]) && !is_wild(item) && hide_item_covers(&k->list.v[j], item->bdf);
			size_t off, len;

			if (!covered && !same_item(item, &k->list.v[j]))
				continue;
			item_place(k, item->off, item->len, &off, &len);
			say(k, "HIDE_TWICE", SEV_WARN, off, len, normalize(k),
			    "%s is in the list twice: who takes one out leaves the device hidden", BDF_STR(item->bdf));
			break;
		}
}

/* What the argument names, and how we would write it. */
static void put_canonical(struct look *k)
{
	const struct bdfset *present = facts_present(k->l->facts);
	bool known = true;

	for (size_t i = 0; k->h->kernel && i < k->list.n; i++) {
		const struct hide_item *item = &k->list.v[i];

		if (!is_wild(item)) {
			bdfset_add(&k->devices, item->bdf);
			continue;
		}
		known &= present != NULL;
		for (size_t d = 0; present && d < present->n; d++)
			if (hide_item_covers(item, present->v[d]))
				bdfset_add(&k->devices, present->v[d]);
	}
	if (known && k->h->kernel && k->h->value)
		k->h->canonical = hide_format(&k->devices);
}

/* The spellings and their traps. */
static void look_at_key(struct look *k, size_t live)
{
	if (!hide_is_key(k->h->key))
		SAY(k, "HIDE_DEAD_KEY", SEV_WARN, normalize(k),
		    "nothing reads '%s' any more: it hides no device; the key is " HIDE_KEY, k->h->key);
	else if (!k->h->value)
		SAY(k, "HIDE_NO_VALUE", SEV_WARN, normalize(k), "'%s' has no value: the kernel takes no notice of it", k->h->key);
	else if (!streq(k->h->key, HIDE_KEY))
		SAY(k, "HIDE_SPELLING", SEV_WARN, normalize(k),
		    "'%s' is " HIDE_KEY " to the kernel, but XAPI does not see it: it takes these devices for dom0's own",
		    k->h->key);
	if (live > 1 && k->h->effective)
		lint_raise(k->h, SEV_WARN); /* said of the others */
	else if (live > 1 && hide_is_key(k->h->key) && k->h->value)
		SAY(k, "HIDE_SEVERAL", SEV_WARN, normalize(k),
		    "a later " HIDE_KEY " decides: the kernel hides nothing of '%s', and XAPI cannot read several arguments",
		    k->h->value);
}

/* Does dom0 live on it; is it there?  The checks of a command that would hide it, as a warning: the file says it already. */
static void look_at_devices(struct look *k)
{
	struct check_request req = { .intent = CHECK_LISTED, .devices = &k->devices };
	struct findings found = { 0 };

	checks_run(k->l->facts, &req, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct finding *x = &found.v[i];
		enum severity severity = x->severity == SEV_REFUSE ? SEV_WARN : x->severity;
		_cleanup_free_ char *remedy = NULL;
		size_t item = k->list.n, off, len;
		struct finding *mine;
		struct bdf bdf;

		if (severity == SEV_WARN && bdf_parse(x->subject, &bdf)) {
			remedy = xasprintf("pci-unhide device=%s%s", x->subject, is_usual(k) ? "" : " entries=all");
			for (item = 0; item < k->list.n && !hide_item_covers(&k->list.v[item], bdf); item++)
				;
		}
		if (item < k->list.n)
			item_place(k, k->list.v[item].off, k->list.v[item].len, &off, &len);
		else
			item_place(k, 0, severity == SEV_UNKNOWN ? 0 : strlen(k->value), &off, &len);
		say(k, x->code, severity, off, len, remedy ? remedy : x->remedy, "%s", x->text);
		mine = same_finding(k->l->out, x->code, severity, x->text);
		if (mine && !mine->evidence && x->evidence)
			mine->evidence = xstrdup(x->evidence);
		if (mine && x->absent) {
			mine->absent = true;
			mine->bdf = x->bdf;
		}
	}
	findings_done(&found);
}

/* ---- the arguments of an entry --------------------------------------------------------------------------------- */

/*
 * The kernel reads so much of the line and no more: which argument decides, and its value as the kernel sees it (NULL:
 * none does).  The index is the same in the whole line.
 */
static char *effective_value(const char *text, size_t len, size_t *index)
{
	_cleanup_(bootargs_done) struct bootargs seen = { 0 };
	const char *value = NULL;

	bootargs_split(text, MIN(len, (size_t)LINT_LINUX_LINE - 1), &seen);
	for (size_t i = 0; i < seen.end; i++)
		if (hide_is_key(seen.v[i].key) && seen.v[i].value) {
			value = seen.v[i].value;
			*index = i;
		}
	return value ? xstrdup(value) : NULL;
}

static size_t line_of(const struct bootfile *b, size_t off)
{
	size_t line = 1;

	for (const char *s = b->cfg.text.s, *end = s + off; (s = memchr(s, '\n', (size_t)(end - s))); s++)
		line++;
	return line;
}

static void look_at(struct lint *l, size_t entry, const struct bootarg *arg, const char *effective, size_t live)
{
	size_t span = l->b->cfg.v[entry].args[GRUB_DOM0].off;
	struct look k = { .l = l, .off = span + arg->off, .len = arg->len, .value_off = span + arg->value_off };

	ARRAY_GROW(l->v, l->n);
	k.h = &l->v[l->n++];
	*k.h = (struct lint_hide){
		.entry = entry,
		.key = xstrdup(arg->key),
		.value = arg->value ? xstrdup(arg->value) : NULL,
		.effective = effective != NULL,
		.line = line_of(l->b, k.off),
	};
	k.value = effective ? effective : arg->value ? arg->value : "";
	k.cut = effective && !streq(effective, arg->value);
	k.verbatim = !memcmp(l->b->cfg.text.s + k.value_off, k.value, strlen(k.value));
	hide_parse(k.value, &k.list);
	k.h->kernel = k.list.kernel_accepts;
	k.h->xapi = k.list.xapi_accepts && (live < 2 || !hide_is_key(arg->key));
	put_canonical(&k);
	for (size_t i = 0; i < k.list.n; i++)
		look_at_item(&k, &k.list.v[i]);
	look_at_key(&k, live);
	look_for_twins(&k);
	if (k.h->effective)
		look_at_devices(&k);
	hide_done(&k.list);
	bdfset_done(&k.devices);
}

static void lint_entry(struct lint *l, size_t entry)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	_cleanup_free_ char *value = NULL;
	size_t len, index = 0, live = 0;
	const char *text = grubcfg_args(&l->b->cfg, entry, GRUB_DOM0, &len);

	bootargs_split(text, len, &args);
	value = effective_value(text, len, &index);
	for (size_t i = 0; i < args.end; i++)
		live += hide_is_key(args.v[i].key) && args.v[i].value;
	for (size_t i = 0; i < args.end; i++)
		if (hide_is_key_like(args.v[i].key))
			look_at(l, entry, &args.v[i], value && i == index ? value : NULL, live);
}

void lint_hides(struct lint *l)
{
	for (size_t i = 0; i < l->b->cfg.n; i++)
		if (l->b->cfg.v[i].args[GRUB_DOM0].there)
			lint_entry(l, i);
}
