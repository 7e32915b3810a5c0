/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grubcfg_private.h"
#include "grubtry.h"

/* ---- reading ---------------------------------------------------------------------------------------------- */

/* Deeper than any menu; it keeps the cost of a hostile file linear. */
#define MAX_DEPTH 64

enum block_kind { BLOCK_ENTRY, BLOCK_SUBMENU, BLOCK_FUNCTION, BLOCK_OTHER };

struct block {
	enum block_kind kind;
	struct grublex_word word; /* the command that opened it */
	size_t ifs;		  /* open `if`s and loops */
	size_t if_off;		  /* the outermost of them */
	size_t node;		  /* in the menu, for a submenu */
};

struct scan {
	const char *name, *brand;
	struct grubcfg *g; /* owns the text */
	struct grublex lex;
	struct grubrun run;
	struct grubrun plain; /* the same with nothing known of grubenv */
	struct block *stack;
	size_t depth, cap;
	size_t submenus;	   /* how many of the blocks are submenus */
	struct grub_entry *entry;  /* the one that is open */
	struct grublex_word image; /* its hypervisor's path */
	bool tboot;		   /* what multiboot starts is tboot: its first module is Xen */
	size_t line, line_off;	   /* line number at line_off */
	size_t if_off;		   /* the outermost `if` open at the top level */
	struct err *err;
};

static int fail_at(struct scan *s, size_t off, size_t len, const char *why)
{
	err_set(s->err, EINVAL, "'%s' cannot be edited safely: %s", s->name, why);
	err_point(s->err, s->name, s->lex.s, s->lex.len, off, len);
	err_hint(s->err, "correct the line in an editor; nothing was changed");
	return -EINVAL;
}

static size_t line_at(struct scan *s, size_t off)
{
	if (off > s->line_off) {
		s->line += grubcfg_count_lines(s->lex.s + s->line_off, off - s->line_off);
		s->line_off = off;
	}
	return s->line;
}

/* A carriage return that does not stand before a line end: grub drops it, so words would join that look apart. */
static size_t stray_return(const char *s, size_t off, size_t end)
{
	for (size_t i = off; i < end; i++) {
		size_t cr = i;

		while (i < end && s[i] == '\r')
			i++;
		if (i > cr && (i == end || s[i] != '\n'))
			return cr;
	}
	return GRUBLEX_NOWHERE;
}

/* A quoted part of the word that is not closed, or that a line end stands in. */
static size_t broken_quote(const char *s, struct grublex_word word)
{
	size_t end = word.off + word.len;
	bool unclosed = false;

	for (size_t at = word.off, next; at < end; at = next) {
		next = grublex_unit(s, end, at, &unclosed);
		if (unclosed || (s[at] != '\\' && next > at + 1 && memchr(s + at, '\n', next - at)))
			return at;
	}
	return GRUBLEX_NOWHERE;
}

bool grubcfg_one_line(const struct grublex *l, size_t from, struct grubcfg_fault *fault)
{
	size_t off, end, at;

	if (from >= l->n)
		return true;
	off = l->w[from].off;
	end = l->w[l->n - 1].off + l->w[l->n - 1].len;
	if (!memchr(l->s + off, '\n', end - off) && !memchr(l->s + off, '\r', end - off))
		return true; /* as nearly always */

	for (size_t i = from; i < l->n; i++) {
		at = broken_quote(l->s, l->w[i]);
		if (at != GRUBLEX_NOWHERE) {
			*fault = (struct grubcfg_fault){ at, "a quote is not closed on its line" };
			return false;
		}
	}
	at = stray_return(l->s, off, end);
	*fault = (struct grubcfg_fault){ at, "a carriage return inside a line" };
	return at == GRUBLEX_NOWHERE;
}

static int check_one_line(struct scan *s)
{
	struct grubcfg_fault fault;

	return grubcfg_one_line(&s->lex, 0, &fault) ? 0 : fail_at(s, fault.off, 1, fault.why);
}

/* What the arguments of `menuentry` and `submenu` say. */
struct heading {
	char *title, *id;
};

/* --class and its like; true when the next word is its value. */
static bool takes_value(const struct grublex *l, size_t i)
{
	static const char *const options[] = {
		"--class", "--users", "--hotkey", "--source", "--id", "$menuentry_id_option", "${menuentry_id_option}"
	};

	for (size_t o = 0; o < ARRAY_SIZE(options); o++)
		if (grublex_is(l, i, options[o]))
			return true;
	return false;
}

static bool is_id_option(const struct grublex *l, size_t i)
{
	return grublex_is(l, i, "--id") || grublex_is(l, i, "$menuentry_id_option") ||
	       grublex_is(l, i, "${menuentry_id_option}");
}

static char *cooked(const struct grublex *l, size_t i)
{
	struct strbuf text = { 0 };

	grublex_cook(l->s, l->w[i], &text, NULL);
	return strbuf_take(&text);
}

static struct heading read_heading(const struct grublex *l)
{
	struct heading h = { 0 };

	for (size_t i = 1; i < l->n; i++) {
		_cleanup_free_ char *word = NULL;
		const char *id;

		if (takes_value(l, i)) {
			if (is_id_option(l, i) && i + 1 < l->n && !h.id)
				h.id = cooked(l, i + 1);
			i++;
			continue;
		}
		word = cooked(l, i);
		id = str_after(word, "--id=");
		if (id && !h.id)
			h.id = xstrdup(id);
		else if (!str_after(word, "--") && !h.title)
			h.title = TAKE_PTR(word);
	}
	if (!h.title)
		h.title = xstrdup("");
	return h;
}

static struct block *top(struct scan *s)
{
	return s->depth ? &s->stack[s->depth - 1] : NULL;
}

static size_t parent_node(const struct scan *s)
{
	for (size_t i = s->depth; i-- > 0;)
		if (s->stack[i].kind == BLOCK_SUBMENU)
			return s->stack[i].node;
	return GRUBMENU_TOP;
}

/* Is what stands here in the menu?  Inside functions and nested conditions only grub knows. */
static enum grubrun_state here_state(const struct scan *s)
{
	for (size_t i = 0; i < s->depth; i++)
		if (s->stack[i].kind != BLOCK_SUBMENU || s->stack[i].ifs)
			return GRUBRUN_MAYBE;
	/* a submenu that may be missing makes what is inside no more unsure than itself */
	return s->depth ? GRUBRUN_RUNS : grubrun_entry_state(&s->run);
}

static size_t add_node(struct scan *s, const struct heading *h, bool submenu, int entry)
{
	enum grubrun_state state = here_state(s);

	if (state == GRUBRUN_SKIPPED && !submenu)
		return GRUBMENU_TOP;
	return grubmenu_add(s->g->menu, (struct grubmenu_node){
						.title = h->title ? xstrdup(h->title) : NULL,
						.id = h->id ? xstrdup(h->id) : NULL,
						.parent = parent_node(s),
						.submenu = submenu,
						.unsure = state != GRUBRUN_RUNS,
						.entry = entry,
					});
}

static void push_block(struct scan *s, struct block block)
{
	if (s->depth == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 8;
		s->stack = xreallocarray(s->stack, s->cap, sizeof(*s->stack));
	}
	s->stack[s->depth++] = block;
	s->submenus += block.kind == BLOCK_SUBMENU;
}

static void open_entry(struct scan *s)
{
	struct grubcfg *g = s->g;
	struct heading h = read_heading(&s->lex);
	size_t off = s->lex.w[0].off;

	add_node(s, &h, false, (int)g->n);
	ARRAY_GROW(g->v, g->n);
	s->entry = &g->v[g->n++];
	*s->entry = (struct grub_entry){
		.title = h.title,
		.id = h.id,
		.role = streq0(h.id, GRUBTRY_ID) ? GRUB_TRY : grubcfg_title_role(h.title, s->brand),
		.line = line_at(s, off),
		.depth = s->submenus,
		.off = off,
	};
	s->image = (struct grublex_word){ 0 };
	s->tboot = false;
}

static int open_menu_block(struct scan *s, bool submenu)
{
	struct grublex_word word = s->lex.w[0];
	struct block block = { .kind = submenu ? BLOCK_SUBMENU : BLOCK_ENTRY, .word = word };
	int rc = check_one_line(s);

	if (rc < 0)
		return rc;
	if (s->entry)
		return fail_at(s, s->entry->off, strlen("menuentry"),
			       "this entry is not closed before the next begins");
	if (s->lex.end != GRUBLEX_OPEN)
		return fail_at(s, word.off, word.len, "no '{' stands on the line of this entry");

	if (submenu) {
		struct heading h = read_heading(&s->lex);

		block.node = add_node(s, &h, true, -1);
		free(h.title);
		free(h.id);
	} else {
		open_entry(s);
	}
	push_block(s, block);
	return 0;
}

static void open_other_block(struct scan *s)
{
	struct block block = { .kind = BLOCK_OTHER, .word = { .off = s->lex.end_off, .len = 1 } };

	if (s->lex.n)
		block.word = s->lex.w[0];
	if (grublex_is(&s->lex, 0, "function"))
		block.kind = BLOCK_FUNCTION;
	push_block(s, block);
}

/* An entry without modules is Xen's only when its image says so: memtest and iPXE are started by multiboot too. */
static bool boots_xen(const struct scan *s)
{
	const struct grub_entry *e = s->entry;
	_cleanup_free_ char *image = NULL;

	if (!e->args[GRUB_XEN].there || e->args[GRUB_DOM0].there)
		return e->args[GRUB_XEN].there;
	image = xstrndup(s->lex.s + s->image.off, s->image.len);
	return strstr(image, "xen");
}

static int close_block(struct scan *s)
{
	struct block *b = top(s);

	if (!b)
		return fail_at(s, s->lex.end_off, 1, "this '}' closes nothing");
	if (b->ifs)
		return fail_at(s, b->if_off, 1, "this 'if' or loop does not end inside its block");
	if (b->kind == BLOCK_ENTRY) {
		s->entry->len = s->lex.end_off + 1 - s->entry->off;
		if (!boots_xen(s)) {
			s->entry->role = GRUB_FOREIGN;
			memset(s->entry->args, 0, sizeof(s->entry->args));
		}
		s->entry = NULL;
	}
	s->submenus -= b->kind == BLOCK_SUBMENU;
	s->depth--;
	return 0;
}

/* ---- the lines of an entry -------------------------------------------------------------------------------- */

static bool is_one_of(const struct grublex *l, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (grublex_is(l, 0, words[i]))
			return true;
	return false;
}

static bool is_hypervisor(const struct grublex *l)
{
	static const char *const words[] = { "multiboot2", "multiboot", "xen_hypervisor" };

	return is_one_of(l, words, ARRAY_SIZE(words));
}

static bool is_module(const struct grublex *l)
{
	static const char *const words[] = { "module2", "module", "xen_module" };

	return is_one_of(l, words, ARRAY_SIZE(words));
}

/* The image's path is the first word that is no option ("--nounzip"); 0 when there is none. */
static size_t path_word(const struct grublex *l)
{
	for (size_t i = 1; i < l->n; i++)
		if (l->w[i].len < 2 || memcmp(l->s + l->w[i].off, "--", 2) != 0)
			return i;
	return 0;
}

static bool is_tboot(const struct grublex *l, struct grublex_word path)
{
	_cleanup_free_ char *s = xstrndup(l->s + path.off, path.len);
	const char *slash = strrchr(s, '/');

	return str_after(slash ? slash + 1 : s, "tboot");
}

static struct grub_span args_span(const struct grublex *l, size_t path)
{
	size_t path_end = l->w[path].off + l->w[path].len, off;

	if (path + 1 == l->n)
		return (struct grub_span){ .there = true, .off = path_end };
	off = l->w[path + 1].off;
	return (struct grub_span){
		.there = true,
		.off = off,
		.len = l->w[l->n - 1].off + l->w[l->n - 1].len - off,
		.gap = off - path_end,
	};
}

/* The line has arguments that belong to `target`: note where they stand. */
static int take_line(struct scan *s, enum grub_target target)
{
	const struct block *block = &s->stack[s->depth - 1];
	const struct grublex *l = &s->lex;
	struct grublex_word command = l->w[0];
	size_t path = path_word(l);
	int rc = check_one_line(s);

	if (rc < 0)
		return rc;
	if (block->kind != BLOCK_ENTRY || block->ifs)
		return fail_at(s, command.off, command.len, "this line stands inside a condition of its entry");
	if (!path)
		return fail_at(s, command.off, command.len, "this line names no image");

	s->entry->args[target] = args_span(l, path);
	if (target == GRUB_XEN)
		s->image = l->w[path];
	return 0;
}

static int hypervisor_line(struct scan *s)
{
	const struct grublex *l = &s->lex;
	size_t path = path_word(l);

	if (s->entry->args[GRUB_XEN].there || s->tboot)
		return fail_at(s, l->w[0].off, l->w[0].len, "this is the second hypervisor of one entry");
	if (path && is_tboot(l, l->w[path])) {
		s->tboot = true;
		return 0;
	}
	return take_line(s, GRUB_XEN);
}

static int module_line(struct scan *s)
{
	struct grub_span *args = s->entry->args;

	if (!args[GRUB_XEN].there && !s->tboot)
		return fail_at(s, s->lex.w[0].off, s->lex.w[0].len, "this module stands before its hypervisor");
	if (!args[GRUB_XEN].there)
		return take_line(s, GRUB_XEN);
	return args[GRUB_DOM0].there ? 0 : take_line(s, GRUB_DOM0);
}

/* ---- commands --------------------------------------------------------------------------------------------- */

/* Count conditions and loops inside a block; at the top level grubrun does. */
static void count_ifs(struct scan *s, struct block *b)
{
	static const char *const opening[] = { "if", "while", "until", "for" }, *const closing[] = { "fi", "done" };
	const struct grublex *l = &s->lex;

	if (is_one_of(l, opening, ARRAY_SIZE(opening))) {
		if (!b->ifs++)
			b->if_off = l->w[0].off;
	} else if (is_one_of(l, closing, ARRAY_SIZE(closing)) && b->ifs) {
		b->ifs--;
	}
}

static void top_command(struct scan *s)
{
	size_t frames = s->run.n_frame, line = line_at(s, s->lex.w[0].off);

	grubrun_command(&s->run, &s->lex, line);
	grubrun_command(&s->plain, &s->lex, line);
	if (!frames && s->run.n_frame)
		s->if_off = s->lex.w[0].off;
}

/* Another file's entries may come to stand here. */
static bool adds_entries(const struct grublex *l)
{
	static const char *const words[] = { "source", ".", "blscfg" };

	return is_one_of(l, words, ARRAY_SIZE(words));
}

static void plain_command(struct scan *s)
{
	struct block *b = top(s);

	if (b)
		count_ifs(s, b);
	else
		top_command(s);
	if (!s->entry && adds_entries(&s->lex) && here_state(s) != GRUBRUN_SKIPPED) {
		size_t node = add_node(s, &(struct heading){ 0 }, false, -1);

		s->g->menu->v[node].unsure = true;
	}
}

static int boot_line(struct scan *s, bool hypervisor)
{
	if (s->lex.end == GRUBLEX_STRANGE || s->lex.end == GRUBLEX_OPEN)
		return fail_at(s, s->lex.end_off, 1, "grub takes this byte only between quotes");
	return hypervisor ? hypervisor_line(s) : module_line(s);
}

static int command(struct scan *s)
{
	const struct grublex *l = &s->lex;
	bool submenu = grublex_is(l, 0, "submenu"), hypervisor = is_hypervisor(l);

	if (submenu || grublex_is(l, 0, "menuentry"))
		return open_menu_block(s, submenu);
	if (s->entry && (hypervisor || is_module(l)))
		return boot_line(s, hypervisor);
	if (l->end == GRUBLEX_OPEN)
		open_other_block(s);
	else if (l->n)
		plain_command(s);
	return 0;
}

static int check_end(struct scan *s)
{
	struct block *b = top(s);

	if (s->lex.unclosed)
		return fail_at(s, s->lex.multiline, 1, "this quote, or one behind it, is never closed");
	if (b && b->kind == BLOCK_ENTRY)
		return fail_at(s, b->word.off, b->word.len, "this entry is never closed");
	if (b)
		return fail_at(s, b->word.off, b->word.len, "this block is never closed");
	if (s->run.n_frame)
		return fail_at(s, s->if_off, 1, "this 'if' or loop never ends");
	return 0;
}

static int scan_commands(struct scan *s)
{
	while (grublex_next(&s->lex)) {
		int rc = command(s);

		if (rc == 0 && s->lex.end == GRUBLEX_CLOSE)
			rc = close_block(s);
		if (rc == 0 && s->depth + s->run.n_frame > MAX_DEPTH)
			rc = fail_at(s, s->lex.end_off, 1, "blocks are nested too deeply here");
		if (rc < 0)
			return rc;
	}
	return check_end(s);
}

static void scan_done(struct scan *s)
{
	grublex_done(&s->lex);
	grubrun_done(&s->run);
	grubrun_done(&s->plain);
	free(s->stack);
}

static int check_bytes(struct scan *s)
{
	const char *nul = memchr(s->lex.s, '\0', s->lex.len);

	return nul ? fail_at(s, (size_t)(nul - s->lex.s), 1, "a NUL byte") : 0;
}

int grubcfg_scan(const char *name, const char *brand, struct grubcfg *g, const struct grubenv *env, struct err *err)
{
	_cleanup_(scan_done) struct scan s = { .name = name, .brand = brand, .g = g, .line = 1, .err = err };
	int rc;

	g->menu = xcalloc(1, sizeof(*g->menu));
	grublex_init(&s.lex, strbuf_str(&g->text), g->text.len);
	grubrun_init(&s.run, env);
	grubrun_init(&s.plain, &(struct grubenv){ .state = GRUBENV_UNKNOWN });
	rc = check_bytes(&s);
	if (rc == 0)
		rc = scan_commands(&s);
	if (rc < 0)
		return rc;
	g->def = grubrun_default(&s.run, g->menu, &g->def_why);
	g->def_plain = grubrun_plain(&s.plain);
	g->def_override = TAKE_PTR(s.run.def_override);
	g->env_after = s.run.env_after;
	s.run.env_after = (struct strbuf){ 0 };
	g->reads_grubenv = s.run.overridable;
	return 0;
}
