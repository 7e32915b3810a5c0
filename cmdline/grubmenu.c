/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grubmenu.h"

void grubmenu_done(struct grubmenu *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->v[i].title);
		free(m->v[i].id);
	}
	free(m->v);
	*m = (struct grubmenu){ 0 };
}

size_t grubmenu_add(struct grubmenu *m, struct grubmenu_node node)
{
	ARRAY_GROW(m->v, m->n);
	m->v[m->n] = node;
	return m->n++;
}

/* What a step of the path came to, besides the index of a node. */
#define STEP_NONE ((size_t)-1)
#define STEP_UNSURE ((size_t)-2)

static size_t nth_child(const struct grubmenu *m, size_t parent, uint64_t number)
{
	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i].parent != parent)
			continue;
		if (m->v[i].unsure)
			return STEP_UNSURE;
		if (!number--)
			return i;
	}
	return STEP_NONE;
}

static size_t named_child(const struct grubmenu *m, size_t parent, const char *name)
{
	bool unsure = false;

	for (size_t i = 0; i < m->n; i++) {
		const struct grubmenu_node *node = &m->v[i];

		if (node->parent != parent)
			continue;
		if (node->entry < 0 && !node->submenu)
			unsure = true; /* another file's entries may have that name */
		else if (streq0(node->title, name) || streq0(node->id, name))
			return node->unsure || unsure ? STEP_UNSURE : i;
	}
	return unsure ? STEP_UNSURE : STEP_NONE;
}

/* A number wins over a title; newer versions of grub want nothing behind it, so there the answer is open. */
static size_t child(const struct grubmenu *m, size_t parent, const char *name)
{
	const char *rest;
	uint64_t number;

	rest = str_c_number(name + strspn(name, " \t"), &number);
	if (!rest)
		return named_child(m, parent, name);
	return *rest && named_child(m, parent, name) != STEP_NONE ? STEP_UNSURE : nth_child(m, parent, number);
}

/* Cut the first step off a path: ">" separates, ">>" stands for one ">".  Returns the rest. */
static const char *first_step(const char *spec, struct strbuf *step)
{
	for (; *spec; spec++) {
		if (*spec == '>' && spec[1] != '>')
			return spec + 1;
		if (*spec == '>')
			spec++;
		strbuf_addc(step, *spec);
	}
	return spec;
}

int grubmenu_find(const struct grubmenu *m, const char *spec, const char **why)
{
	_cleanup_strbuf_ struct strbuf step = { 0 };
	size_t at = GRUBMENU_TOP;

	*why = NULL;
	/* Each round goes one level down; a submenu without a further step opens on its first entry. */
	for (;;) {
		size_t node;

		strbuf_reset(&step);
		spec = first_step(spec, &step);
		node = child(m, at, strbuf_str(&step));
		if (node == STEP_NONE) {
			*why = "no such entry in the menu, so grub takes the first";
			node = nth_child(m, at, 0);
		}
		if (node == STEP_UNSURE) {
			*why = "which entry has that place depends on conditions that only grub can evaluate";
			return -1;
		}
		if (node == STEP_NONE) {
			*why = "there is no entry";
			return -1;
		}
		if (!m->v[node].submenu)
			return m->v[node].entry;
		at = node;
	}
}
