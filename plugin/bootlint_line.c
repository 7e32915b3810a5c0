/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootlint_line.c - lines, menu and neighbours of a boot file; see bootlint.h. */

#include "cmdline/hide.h"
#include "cmdline/irqbudget.h"
#include "plugin/bootlint.h"

/* ---- the length of dom0's line --------------------------------------------------------------------------------- */

static void lint_length(struct lint *l, size_t entry)
{
	const struct grub_span *span = &l->b->cfg.v[entry].args[GRUB_DOM0];
	static const char remedy[] = "remove parameters that are not needed";

	if (span->len >= LINT_LINUX_LINE)
		lint_say(l, "LINE_TOO_LONG", SEV_WARN, entry, span->off + LINT_LINUX_LINE - 1, 1, remedy,
			 "dom0's command line has %zu bytes: the kernel reads the first %d, what stands behind the mark is lost",
			 span->len, LINT_LINUX_LINE - 1);
	else if (span->len >= LINT_PV_LINE)
		lint_say(l, "LINE_TOO_LONG_FOR_PV", SEV_WARN, entry, span->off + LINT_PV_LINE - 1, 1, remedy,
			 "dom0's command line has %zu bytes: Xen has room for %d in a PV dom0, what stands behind the mark is lost "
			 "there", span->len, LINT_PV_LINE - 1);
}

/* ---- arguments that do nothing here ------------------------------------------------------------------------------ */

struct leftover {
	const char *code, *key; /* a pattern; "_" and "-" are the same */
	unsigned targets;	/* 1 << GRUB_XEN, 1 << GRUB_DOM0: where it is out of place */
	const char *text, *remedy;
};

#define IN_XEN (1u << GRUB_XEN)
#define IN_DOM0 (1u << GRUB_DOM0)
#define IN_BOTH (IN_XEN | IN_DOM0)

static const struct leftover leftovers[] = {
	{ "KVM_LEFTOVER", "intel-iommu", IN_BOTH, "Xen has the IOMMU, and uses it unless told otherwise; only a KVM host needs this",
	  "remove it; Xen's own option is boot-param-set target=xen key=iommu" },
	{ "KVM_LEFTOVER", "amd-iommu", IN_BOTH, "Xen has the IOMMU, and uses it unless told otherwise; only a KVM host needs this",
	  "remove it; Xen's own option is boot-param-set target=xen key=iommu" },
	{ "KVM_LEFTOVER", "iommu", IN_DOM0, "dom0's kernel does not have the IOMMU: Xen does",
	  "remove it, or set it where it counts: boot-param-set target=xen key=iommu" },
	{ "KVM_LEFTOVER", "vfio*", IN_BOTH, "vfio hands devices to KVM guests; Xen takes them from pciback", "remove it; pci-hide device=..." },
	{ "KVM_LEFTOVER", "pci-stub.*", IN_BOTH, "pci-stub keeps the device from dom0's driver, and from pciback too",
	  "remove it; pci-hide device=..." },
	{ "KVM_LEFTOVER", "kvm*", IN_BOTH, "there is no KVM below Xen", "remove it" },
	{ "KVM_LEFTOVER", "pcie-acs-override", IN_BOTH, "no kernel of a Xen host knows it, and Xen does not ask for ACS",
	  "remove it" },
	{ "WRONG_LINE", "xen-pciback.hide", IN_XEN, "this is for dom0's kernel: in Xen's line it hides nothing", "pci-hide device=..." },
	{ "WRONG_LINE", "pciback.hide", IN_XEN, "this is for dom0's kernel: in Xen's line it hides nothing", "pci-hide device=..." },
	{ "WRONG_LINE", "extra-guest-irqs", IN_DOM0, "this is for Xen: dom0's kernel takes no notice of it",
	  "extra-irqs-set value=N, and remove it here" },
	{ "WRONG_LINE", "dom0-mem", IN_DOM0, "this is for Xen: dom0's kernel takes no notice of it",
	  "boot-param-set target=xen key=dom0_mem, and remove it here" },
	{ "WRONG_LINE", "dom0-max-vcpus", IN_DOM0, "this is for Xen: dom0's kernel takes no notice of it",
	  "boot-param-set target=xen key=dom0_max_vcpus, and remove it here" },
};

static const struct leftover *find_leftover(const char *key, enum grub_target target)
{
	_cleanup_free_ char *dashes = xstrdup(key);

	for (char *c = dashes; *c; c++)
		if (*c == '_')
			*c = '-';
	for (size_t i = 0; i < ARRAY_SIZE(leftovers); i++)
		if (leftovers[i].targets & 1u << target && str_glob(leftovers[i].key, dashes))
			return &leftovers[i];
	return NULL;
}

/* rd.driver.pre=vfio-pci: the key is innocent. */
static bool loads_vfio(const struct bootarg *arg)
{
	return arg->value && (streq(arg->key, "rd.driver.pre") || streq(arg->key, "modules-load")) && strstr(arg->value, "vfio");
}

static void lint_arguments(struct lint *l, size_t entry, enum grub_target target)
{
	const struct grub_span *span = &l->b->cfg.v[entry].args[target];
	_cleanup_(bootargs_done) struct bootargs args = { 0 };

	bootargs_split(l->b->cfg.text.s + span->off, span->len, &args);
	for (size_t i = 0; i < args.end; i++) {
		const struct bootarg *arg = &args.v[i];
		const struct leftover *x = find_leftover(loads_vfio(arg) ? "vfio" : arg->key, target);

		if (x)
			lint_say(l, x->code, SEV_WARN, entry, span->off + arg->off, arg->len, x->remedy,
				 "'%s' does nothing in the line of %s: %s", arg->key,
				 target == GRUB_XEN ? "Xen" : "dom0's kernel", x->text);
	}
}

void lint_lines(struct lint *l)
{
	for (size_t i = 0; i < l->b->cfg.n; i++)
		for (enum grub_target t = GRUB_XEN; t <= GRUB_DOM0; t++) {
			if (!l->b->cfg.v[i].args[t].there)
				continue;
			if (t == GRUB_DOM0)
				lint_length(l, i);
			lint_arguments(l, i, t);
		}
}

/* ---- the menu ----------------------------------------------------------------------------------------------------- */

static void lint_rescue_entry(struct lint *l, struct lint_hide *h)
{
	enum grub_role role = l->b->cfg.v[h->entry].role;

	if (!grub_role_is_rescue(role) || !h->effective || !*h->value)
		return;
	lint_raise(h, SEV_WARN);
	lint_say(l, "RESCUE_ENTRY_HIDES", SEV_WARN, h->entry, 0, 0, "boot-normalize takes the list out of these entries",
		 "this entry hides devices too, though it is there for when the normal one does not come up: an installer copies "
		 "the list into every entry");
}

void lint_menu(struct lint *l)
{
	_cleanup_(bootfile_clean_done) struct bootfile_clean clean = { 0 };

	for (size_t i = 0; i < l->n; i++)
		lint_rescue_entry(l, &l->v[i]);
	bootfile_find_clean(l->b, &clean);
	if (clean.n_xen && !clean.n_clean) {
		struct finding *x = findings_add(l->out, "BOOT_NO_CLEAN_ENTRY", SEV_WARN, l->b->path,
						 "every entry of the menu hides devices: when one of them keeps the host from coming "
						 "up, the list can only be edited away at the boot screen");

		x->remedy = xstrdup(clean.n_xen > 1 ? "boot-normalize takes the list out of Safe Mode and fallback entries"
						    : "keep in mind how to edit an entry at the boot screen (key e)");
	}
}

/* ---- /etc/default/grub ------------------------------------------------------------------------------------------------ */

#define DEFAULTS "/etc/default/grub"

/* The first line of it, comments aside, that is about passthrough. */
static const char *find_passthrough(const char *text, size_t *len)
{
	static const char *const words[] = { "pciback.hide", "intel_iommu", "amd_iommu", "vfio", "pci-stub", "extra_guest_irqs" };

	for (const char *line = text; *line; line += *len + (line[*len] == '\n')) {
		_cleanup_free_ char *copy = NULL;

		*len = strcspn(line, "\n");
		copy = xstrndup(line, *len);
		if (copy[strspn(copy, " \t")] == '#')
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			if (strstr(copy, words[i]))
				return line;
	}
	return NULL;
}

void lint_defaults(struct lint *l)
{
	_cleanup_strbuf_ struct strbuf text = { 0 }, where = { 0 };
	struct finding *x;
	const char *line;
	size_t len;

	if (l->b->generated || host_read(facts_host(l->facts), DEFAULTS, 65536, &text, NULL) < 0)
		return;
	line = find_passthrough(strbuf_str(&text), &len);
	if (!line)
		return;
	x = findings_add(l->out, "KVM_LEFTOVER", SEV_WARN, DEFAULTS,
			 "the boot menu of this host is not made from " DEFAULTS ": what stands there does nothing");
	x->remedy = xstrdup("pci-hide device=... and boot-param-set change the boot file itself");
	err_point_format(&where, DEFAULTS, text.s, text.len, (size_t)(line - text.s), len);
	x->where = strbuf_take(&where);
}
