/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grubcfg.h"

#include "grubcfg_private.h"

/* ---- roles ------------------------------------------------------------------------------------------------ */

const char *grub_role_name(enum grub_role role)
{
	switch (role) {
	case GRUB_NORMAL: return "normal";
	case GRUB_SERIAL: return "serial";
	case GRUB_SAFE: return "safe";
	case GRUB_FALLBACK: return "fallback";
	case GRUB_FALLBACK_SERIAL: return "fallback-serial";
	case GRUB_UPGRADE: return "upgrade";
	case GRUB_ALT: return "alt";
	case GRUB_TRY: return "try";
	case GRUB_OTHER: return "other";
	case GRUB_FOREIGN: return "foreign";
	}
	return "other";
}

const char *grub_target_name(enum grub_target t)
{
	return t == GRUB_XEN ? "xen" : "dom0";
}

static bool is_brand(const char *title, const char *brand)
{
	static const char *const brands[] = { "XCP-ng", "XenServer", "Citrix Hypervisor" };

	if (brand && *brand)
		return streq(title, brand);
	for (size_t i = 0; i < ARRAY_SIZE(brands); i++)
		if (streq(title, brands[i]))
			return true;
	return false;
}

/* The platform's own labels, in the platform's own order (facts, 5.4); ours come behind. */
enum grub_role grubcfg_title_role(const char *title, const char *brand)
{
	if (is_brand(title, brand))
		return GRUB_NORMAL;
	if (str_ends_with(title, "(Serial)"))
		return GRUB_SERIAL;
	if (str_ends_with(title, "Safe Mode") || str_ends_with(title, "(recovery mode)"))
		return GRUB_SAFE;
	if (str_ends_with(title, "upgrade"))
		return GRUB_UPGRADE;
	if (strstr(title, " / "))
		return strstr(title, "(Serial,") ? GRUB_FALLBACK_SERIAL : GRUB_FALLBACK;
	return strstr(title, "kernel-alt") ? GRUB_ALT : GRUB_OTHER;
}

static void promote_first(struct grubcfg *g)
{
	struct grub_entry *first = NULL;

	for (size_t i = g->n; i-- > 0;) {
		if (g->v[i].role == GRUB_NORMAL)
			return;
		if (g->v[i].role == GRUB_OTHER)
			first = &g->v[i];
	}
	if (first)
		first->role = GRUB_NORMAL;
}

/* ---- the whole file ---------------------------------------------------------------------------------------- */

static bool any_xen(const struct grubcfg *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].role != GRUB_FOREIGN)
			return true;
	return false;
}

int grubcfg_parse_env(const char *name, struct strbuf *text, const char *brand, const struct grubenv *env, struct grubcfg *ret,
		      struct err *err)
{
	_cleanup_(grubcfg_done) struct grubcfg g = { .text = *text };
	int rc;

	*text = (struct strbuf){ 0 };
	rc = grubcfg_scan(name, brand, &g, env, err);
	if (rc < 0)
		return rc;
	if (!any_xen(&g))
		return err_set(err, EINVAL, "no menu entry in '%s' boots Xen", name);
	promote_first(&g);
	*ret = g;
	g = (struct grubcfg){ 0 };
	return 0;
}

int grubcfg_parse(const char *name, const char *text, size_t len, const char *brand, struct grubcfg *ret,
		  struct err *err)
{
	struct strbuf copy = { 0 };

	if (len)
		strbuf_addn(&copy, text, len);
	return grubcfg_parse_env(name, &copy, brand, &(struct grubenv){ .state = GRUBENV_UNKNOWN }, ret, err);
}

void grubcfg_done(struct grubcfg *g)
{
	for (size_t i = 0; i < g->n; i++) {
		free(g->v[i].title);
		free(g->v[i].id);
	}
	free(g->v);
	if (g->menu)
		grubmenu_done(g->menu);
	free(g->menu);
	free(g->def_why);
	free(g->def_plain);
	strbuf_done(&g->env_after);
	free(g->def_override);
	strbuf_done(&g->text);
	*g = (struct grubcfg){ 0 };
}

void grubcfg_read_env(struct grubcfg *g, const char *env, size_t len)
{
	const struct grubenv bytes = { .state = env ? GRUBENV_THERE : GRUBENV_ABSENT, .s = env, .len = len };
	struct grubcfg again = { .text = g->text };

	/* The text was read before, so it can be read again; only what depends on grubenv is kept from this reading. */
	if (grubcfg_scan("", NULL, &again, &bytes, NULL) == 0) {
		struct grubcfg was = *g;

		g->def = again.def;
		g->def_why = again.def_why;
		g->def_override = again.def_override;
		g->env_after = again.env_after;
		g->menu = again.menu;
		again.def_why = was.def_why;
		again.def_override = was.def_override;
		again.env_after = was.env_after;
		again.menu = was.menu;
	}
	again.text = (struct strbuf){ 0 };
	grubcfg_done(&again);
}

int grubcfg_find(const struct grubcfg *g, const char *spec)
{
	const char *why;

	return grubmenu_find(g->menu, spec, &why);
}

const char *grubcfg_args(const struct grubcfg *g, size_t entry, enum grub_target target, size_t *len)
{
	*len = g->v[entry].args[target].len;
	return g->text.s + g->v[entry].args[target].off;
}

bool grubcfg_chosen(const struct grubcfg *g, size_t entry, enum grub_choice choice)
{
	enum grub_role role = g->v[entry].role;

	switch (choice) {
	case GRUB_CHOOSE_NORMAL: return role == GRUB_NORMAL || role == GRUB_SERIAL;
	case GRUB_CHOOSE_DEFAULT: return role != GRUB_FOREIGN && (int)entry == g->def;
	case GRUB_CHOOSE_ALL:
		return role == GRUB_NORMAL || role == GRUB_SERIAL || role == GRUB_ALT || role == GRUB_OTHER;
	case GRUB_CHOOSE_TRY: return role == GRUB_TRY;
	}
	return false;
}
