/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grubtry.c - see grubtry.h */

#include "cmdline/bootargs.h"
#include "cmdline/grubenv.h"
#include "cmdline/grublex.h"
#include "cmdline/grubtry.h"

static const char block_begin[] = "# xe-passthrough: an entry that is to be tried is booted once";
static const char block_end[] = "# xe-passthrough: end";
static const char key_mark[] = "# " GRUBTRY_ID ": ";
static const char was_mark[] = "was ";

int grubtry_find(const struct grubcfg *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].role == GRUB_TRY)
			return (int)i;
	return -1;
}

/* ---- lines --------------------------------------------------------------------------------------------------- */

static size_t line_start(const char *s, size_t off)
{
	while (off && s[off - 1] != '\n')
		off--;
	return off;
}

static size_t line_end(const char *s, size_t len, size_t off)
{
	const char *nl = off < len ? memchr(s + off, '\n', len - off) : NULL;

	return nl ? (size_t)(nl - s) + 1 : len;
}

static bool line_is(const char *s, size_t from, size_t to, const char *text)
{
	while (to > from && (s[to - 1] == '\n' || s[to - 1] == '\r'))
		to--;
	return to - from == strlen(text) && !memcmp(s + from, text, to - from);
}

/* The place of a line with this text from `at` on; its end in *end.  False: none. */
static bool find_line(const struct strbuf *t, size_t at, const char *text, size_t *start, size_t *end)
{
	for (; at < t->len; at = *end) {
		*end = line_end(t->s, t->len, at);
		*start = at;
		if (line_is(t->s, at, *end, text))
			return true;
	}
	return false;
}

static const char *line_ending(const struct strbuf *t)
{
	const char *nl = t->len ? memchr(t->s, '\n', t->len) : NULL;

	return nl && nl > t->s && nl[-1] == '\r' ? "\r\n" : "\n";
}

/* ---- the block ------------------------------------------------------------------------------------------------ */

bool grubtry_has_block(const struct strbuf *text)
{
	size_t start, end;

	return find_line(text, 0, block_begin, &start, &end);
}

/* Where the menu begins: the line of the first entry or submenu. */
static size_t menu_start(const struct strbuf *t)
{
	_cleanup_(grublex_done) struct grublex l;
	size_t at = t->len;

	grublex_init(&l, strbuf_str(t), t->len);
	while (at == t->len && grublex_next(&l))
		if (l.n && (grublex_is(&l, 0, "menuentry") || grublex_is(&l, 0, "submenu")))
			at = line_start(t->s, l.w[0].off);
	return at;
}

/* The value of `default` for where grub cannot write: what the file says, if that can stand in quotes. */
static const char *usual_default(const struct grubcfg *g)
{
	const char *plain = g->def_plain ? g->def_plain : "0";

	for (const char *c = plain; *c; c++)
		if (*c < ' ' || *c > '~' || strchr("\"\\$`", *c))
			return "0";
	return *plain ? plain : "0";
}

static void add_block(const struct grubcfg *g, struct strbuf *ret)
{
	const char *nl = line_ending(&g->text);
	size_t at = menu_start(&g->text);
	const char *lines[] = {
		block_begin,
		"if [ -s $prefix/grubenv ]; then",
		"\tload_env",
		"fi",
		"if [ -n \"$" GRUBTRY_VAR "\" ]; then",
		"\tset default=\"$" GRUBTRY_VAR "\"",
		"fi",
		"if [ \"$" GRUBTRY_VAR "\" = \"" GRUBTRY_ID "\" ]; then",
		"\tunset " GRUBTRY_VAR,
		"\tif ! save_env " GRUBTRY_VAR "; then",
		NULL,
		"\tfi",
		"fi",
		block_end,
	};

	strbuf_addn(ret, g->text.s, at);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		if (lines[i])
			strbuf_addf(ret, "%s%s", lines[i], nl);
		else
			strbuf_addf(ret, "\t\tset default=\"%s\"%s", usual_default(g), nl);
	strbuf_addn(ret, g->text.s + at, g->text.len - at);
}

static void cut(struct strbuf *t, size_t from, size_t to)
{
	memmove(t->s + from, t->s + to, t->len - to);
	t->len -= to - from;
	t->s[t->len] = '\0';
}

static void cut_block(struct strbuf *t)
{
	size_t from, to, start, end;

	while (find_line(t, 0, block_begin, &from, &to) && find_line(t, to, block_end, &start, &end))
		cut(t, from, end);
}

/* The entry; its whole lines, where nothing else stands on them. */
static void cut_entry(struct strbuf *t, const struct grub_entry *e)
{
	size_t from = line_start(t->s, e->off), to = line_end(t->s, t->len, e->off + e->len);

	for (size_t i = from; i < e->off; i++)
		if (!strchr(" \t", t->s[i]))
			from = e->off;
	for (size_t i = e->off + e->len; i < to; i++)
		if (!strchr(" \t\r\n", t->s[i]))
			to = e->off + e->len;
	cut(t, from, to);
}

/* ---- the entry ------------------------------------------------------------------------------------------------- */

#define TITLE_END ", tried once (xe-passthrough)"

bool grubtry_is_title(const char *title)
{
	return str_ends_with(title, TITLE_END);
}

static char *try_title(const char *title)
{
	for (const char *c = title; *c; c++)
		if ((unsigned char)*c < ' ' || strchr("'\"\\/", *c))
			return xstrdup("Xen" TITLE_END);
	return xasprintf("%s" TITLE_END, title);
}

static bool is_id_option(const struct grublex *l, size_t i)
{
	return grublex_is(l, i, "--id") || grublex_is(l, i, "$menuentry_id_option") || grublex_is(l, i, "${menuentry_id_option}");
}

/* The options of the heading but its id: --class, --unrestricted, ... */
static void add_options(const struct grublex *l, const char *title, struct strbuf *ret)
{
	bool titled = false;

	for (size_t i = 1; i < l->n; i++) {
		_cleanup_strbuf_ struct strbuf word = { 0 };

		grublex_cook(l->s, l->w[i], &word, NULL);
		if (is_id_option(l, i)) {
			i++;
		} else if (!titled && streq(strbuf_str(&word), title)) {
			titled = true;
		} else if (!str_after(strbuf_str(&word), "--id=")) {
			strbuf_addc(ret, ' ');
			strbuf_addn(ret, l->s + l->w[i].off, l->w[i].len);
		}
	}
}

static void add_entry(const struct grubcfg *g, size_t source, struct strbuf *ret)
{
	const struct grub_entry *e = &g->v[source];
	_cleanup_(grublex_done) struct grublex l;
	_cleanup_free_ char *title = try_title(e->title);
	const char *nl = line_ending(&g->text);

	grublex_init(&l, g->text.s + e->off, e->len);
	grublex_next(&l);
	if (ret->len && ret->s[ret->len - 1] != '\n')
		strbuf_add(ret, nl);
	strbuf_addf(ret, "menuentry '%s'", title);
	add_options(&l, e->title, ret);
	strbuf_add(ret, " --id " GRUBTRY_ID " ");
	strbuf_addn(ret, l.s + l.end_off, e->len - l.end_off);
	strbuf_add(ret, nl);
}

static int find_source(const struct grubcfg *g, const char *title)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].role != GRUB_FOREIGN && streq(g->v[i].title, title))
			return (int)i;
	return -1;
}

/* ---- what grub makes of it ------------------------------------------------------------------------------------- */

/* Does grub boot the entry, and then the usual one again? */
static bool boots_once(const char *name, const struct strbuf *text)
{
	_cleanup_strbuf_ struct strbuf empty = { 0 }, env = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	int usual, tried, try;

	grubenv_empty(&empty);
	if (grubcfg_parse(name, strbuf_str(text), text->len, NULL, &g, NULL) < 0 ||
	    grubenv_set(empty.s, empty.len, GRUBTRY_VAR, GRUBTRY_ID, &env, NULL) < 0)
		return false;
	try = grubtry_find(&g);
	grubcfg_read_env(&g, empty.s, empty.len);
	usual = g.def;
	grubcfg_read_env(&g, env.s, env.len);
	tried = g.def;
	if (try < 0 || tried != try || usual == try || !g.env_after.len)
		return false;
	strbuf_reset(&env);
	strbuf_addn(&env, g.env_after.s, g.env_after.len);
	grubcfg_read_env(&g, env.s, env.len);
	return g.def == usual;
}

/* ---- the whole text --------------------------------------------------------------------------------------------- */

int grubtry_remove(const char *name, const struct strbuf *text, struct strbuf *ret, struct err *err)
{
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 };
	int rc = grubcfg_parse(name, strbuf_str(text), text->len, NULL, &g, err);

	if (rc < 0)
		return rc;
	for (size_t i = g.n; i--;)
		if (streq0(g.v[i].id, GRUBTRY_ID)) /* whatever it boots */
			cut_entry(&g.text, &g.v[i]);
	cut_block(&g.text);
	strbuf_addn(ret, strbuf_str(&g.text), g.text.len);
	return 0;
}

int grubtry_add(const char *name, const struct strbuf *text, const char *title, struct strbuf *ret, struct err *err)
{
	_cleanup_strbuf_ struct strbuf plain = { 0 }, with = { 0 };
	_cleanup_(grubcfg_done) struct grubcfg g = { 0 }, h = { 0 };
	int rc = grubtry_remove(name, text, &plain, err), source;

	if (rc == 0)
		rc = grubcfg_parse(name, strbuf_str(&plain), plain.len, NULL, &g, err);
	if (rc < 0)
		return rc;
	source = find_source(&g, title);
	if (source < 0)
		return err_set(err, ENOENT, "'%s' has no entry '%s' that boots Xen", name, title);
	strbuf_addn(&with, g.text.s, g.text.len);
	add_entry(&g, (size_t)source, &with);
	if (!boots_once(name, &with)) {
		rc = grubcfg_parse(name, with.s, with.len, NULL, &h, err);
		if (rc < 0)
			return rc;
		strbuf_reset(&with);
		add_block(&h, &with);
		if (!boots_once(name, &with))
			return err_set(err, EINVAL, "'%s' is written in a way that an entry to be tried would not be booted, or not once "
						    "only", name);
	}
	strbuf_addn(ret, with.s, with.len);
	return 0;
}

/* ---- the parameters that are tried -------------------------------------------------------------------------------- */

void grubtry_keys_done(struct grubtry_keys *k)
{
	for (size_t i = 0; i < k->n; i++) {
		for (size_t n = 0; n < k->v[i].n_was; n++)
			free(k->v[i].was[n].words);
		free(k->v[i].was);
		free(k->v[i].key);
	}
	free(k->v);
	*k = (struct grubtry_keys){ 0 };
}

static struct grubtry_key *find_key(const struct grubtry_keys *k, enum grub_target target, const char *key)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].target == target && streq(k->v[i].key, key))
			return &k->v[i];
	return NULL;
}

void grubtry_keys_add(struct grubtry_keys *k, enum grub_target target, const char *key)
{
	if (find_key(k, target, key))
		return;
	ARRAY_GROW(k->v, k->n);
	k->v[k->n++] = (struct grubtry_key){ target, xstrdup(key), NULL, 0 };
}

/* Cut the first word off; NULL: there is none.  Caller frees. */
static char *take_word(const char **line)
{
	size_t len = strcspn(*line, " ");
	const char *word = *line;

	*line += len + (word[len] == ' ');
	return len ? xstrndup(word, len) : NULL;
}

/* "xen" or "dom0", and a key. */
static char *take_key(const char **line, enum grub_target *target)
{
	_cleanup_free_ char *word = take_word(line), *key = take_word(line);

	if (!word || !key || (!streq(word, "xen") && !streq(word, "dom0")) || bootargs_check(key, NULL, NULL) < 0)
		return NULL;
	*target = streq(word, "xen") ? GRUB_XEN : GRUB_DOM0;
	return TAKE_PTR(key);
}

static void read_key(const char *line, struct grubtry_keys *ret)
{
	enum grub_target target;
	_cleanup_free_ char *key = take_key(&line, &target);

	if (key && !*line)
		grubtry_keys_add(ret, target, key);
}

static bool only_has(const char *words, const char *key)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };

	bootargs_split(words, strlen(words), &args);
	for (size_t i = 0; i < args.n; i++)
		if (!streq(args.v[i].key, key))
			return false;
	return !args.open;
}

static void read_was(const char *line, const struct grubtry_keys *keys)
{
	enum grub_target target = GRUB_XEN;
	_cleanup_free_ char *key = take_key(&line, &target), *word = take_word(&line);
	struct grubtry_key *k = key ? find_key(keys, target, key) : NULL;

	if (!k || !word || !only_has(line, key))
		return;
	for (enum grub_role role = GRUB_NORMAL; role < GRUB_FOREIGN; role++) {
		if (!streq(word, grub_role_name(role)))
			continue;
		ARRAY_GROW(k->was, k->n_was);
		k->was[k->n_was++] = (struct grubtry_was){ role, xstrdup(line) };
		return;
	}
}

static void read_marks(const struct grubcfg *g, size_t entry, bool was, struct grubtry_keys *ret)
{
	size_t end = g->v[entry].off + g->v[entry].len, next;

	for (size_t at = g->v[entry].off; at < end; at = next) {
		size_t to = next = line_end(g->text.s, end, at);
		_cleanup_free_ char *line = NULL;
		const char *mark, *told;

		while (to > at && strchr(" \t\r\n", g->text.s[to - 1]))
			to--;
		line = xstrndup(g->text.s + at, to - at);
		mark = str_after(line + strspn(line, " \t"), key_mark);
		told = mark ? str_after(mark, was_mark) : NULL;
		if (told && was)
			read_was(told, ret);
		else if (mark && !told && !was)
			read_key(mark, ret);
	}
}

void grubtry_read_keys(const struct grubcfg *g, size_t entry, struct grubtry_keys *ret)
{
	read_marks(g, entry, false, ret);
	read_marks(g, entry, true, ret);
}

/* The words of a parameter, as they stand in an entry.  False: they do not fit into a comment. */
static bool words_of(const struct grubcfg *g, size_t entry, enum grub_target target, const char *key, struct strbuf *ret)
{
	_cleanup_(bootargs_done) struct bootargs args = { 0 };
	size_t len;
	const char *text = grubcfg_args(g, entry, target, &len);

	bootargs_split(text, len, &args);
	for (int i = -1; (i = bootargs_find(&args, key, (size_t)(i + 1))) >= 0;) {
		if (ret->len)
			strbuf_addc(ret, ' ');
		strbuf_addn(ret, text + args.v[i].off, args.v[i].len);
	}
	for (size_t i = 0; i < ret->len; i++)
		if ((unsigned char)ret->s[i] < ' ' || ret->s[i] == 0x7f)
			return false;
	return !ret->len || ret->s[ret->len - 1] != '\\';
}

/* All of it, or nothing: then it is unknown what the parameter was. */
static void tell_was(const struct grubcfg *before, const struct grubtry_key *k, const char *nl, struct strbuf *ret)
{
	int try = grubtry_find(before);
	_cleanup_strbuf_ struct strbuf own = { 0 }, out = { 0 };

	if (try < 0 || !words_of(before, (size_t)try, k->target, k->key, &own))
		return;
	for (size_t e = 0; e < before->n; e++) {
		_cleanup_strbuf_ struct strbuf words = { 0 };

		if (!before->v[e].args[k->target].there || (e != (size_t)try && !grubcfg_chosen(before, e, GRUB_CHOOSE_ALL)))
			continue;
		if (!words_of(before, e, k->target, k->key, &words))
			return;
		if (e == (size_t)try || !streq(strbuf_str(&words), strbuf_str(&own)))
			strbuf_addf(&out, "%s\t%s%s%s %s %s%s%s", nl, key_mark, was_mark, grub_target_name(k->target), k->key,
				    grub_role_name(before->v[e].role), words.len ? " " : "", strbuf_str(&words));
	}
	strbuf_addn(ret, strbuf_str(&out), out.len);
}

void grubtry_tell_keys(const struct grubcfg *g, size_t entry, const struct grubtry_keys *keys, const struct grubcfg *before,
		       struct strbuf *ret)
{
	const struct grub_entry *e = &g->v[entry];
	_cleanup_(grubtry_keys_done) struct grubtry_keys told = { 0 };
	_cleanup_(grublex_done) struct grublex l;
	const char *nl = line_ending(&g->text);
	size_t at, added = 0;

	grubtry_read_keys(g, entry, &told);
	grublex_init(&l, g->text.s + e->off, e->len);
	grublex_next(&l);
	at = e->off + l.end_off + 1;
	strbuf_addn(ret, g->text.s, at);
	for (size_t i = 0; i < keys->n; i++)
		if (!find_key(&told, keys->v[i].target, keys->v[i].key)) {
			strbuf_addf(ret, "%s\t%s%s %s", nl, key_mark, grub_target_name(keys->v[i].target), keys->v[i].key);
			tell_was(before, &keys->v[i], nl, ret);
			added++;
		}
	if (added && g->text.s[at] != '\n' && g->text.s[at] != '\r')
		strbuf_add(ret, nl);
	strbuf_addn(ret, g->text.s + at, g->text.len - at);
}
