/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * alias.h - a name for devices of a kind: its grammar, what it selects, and how it is kept.
 *
 * An alias selects and never authorises: whether a device may go to a VM is for the checks alone.  It selects a function when any of its
 * specs does (no spec: all), and class, subsystem and type agree.  Bridges are never selected.  Forms of a spec:
 *
 *	10de:2331  10de:*  :2331  10de:*:0302	vendor, device and class, as `lspci -d` takes them; nothing and * take all, ? one digit
 *	0000:af:00.*  af:00.0  *:af:*.*		an address, with * and ?; the domain is 0000 unless given
 *	name:h100				part of "VENDOR DEVICE" as pci.ids has them, in either case, with * and ?
 *	0000:ae/00.0/00.0@*			an identity (pcidev.h), with * and ?
 *
 * Kept as one key of pool.other_config an alias, readable and to be edited by hand: key ALIAS_KEY and the name, the value
 * "spec=10de:2331,10de:2330; class=0302; type=pf; numa-policy=required; refuse=TEXT", each part but once, absent ones left out.  Everybody with
 * a login of pool-operator can write there, so what is read is bounded, and a value that is not understood whole selects nothing.
 */
#pragma once

#include "xenhelpers/pcidev.h"
#include "xenhelpers/str.h"

#define ALIAS_KEY "xe-passthrough:alias:"
#define ALIAS_NAME_MAX 64
#define ALIAS_TEXT_MAX 4096
#define ALIAS_SPECS_MAX 64
#define ALIAS_WORD_MAX 256 /* bytes of one spec, or of the reason to refuse */
#define ALIAS_DEVICES_MAX 64 /* of one alias in a request */

enum alias_type { ALIAS_ANY, ALIAS_PF, ALIAS_VF };

/* Where devices are, seen from the VM; see place.h. */
enum numa_policy { POLICY_UNSET, POLICY_REQUIRED, POLICY_PREFERRED, POLICY_LEGACY, POLICY_SOCKET };
const char *numa_policy_name(enum numa_policy p); /* NULL for POLICY_UNSET */
int numa_policy_parse(const char *s, enum numa_policy *ret, struct err *err);

struct alias_spec {
	enum alias_spec_kind { SPEC_IDS, SPEC_ADDRESS, SPEC_NAME, SPEC_IDENTITY } kind;
	char *text;   /* canonical */
	char *vendor; /* SPEC_IDS: patterns */
	char *device;
	char *class; /* beginning of the six digits; NULL: all */
};

struct alias {
	char *name;
	struct alias_spec *specs;
	size_t n;
	char *class;		       /* beginning of the six digits, "0302"; NULL: all */
	char *subsystem;	       /* pattern "10de:1626"; NULL: all */
	enum alias_type type;
	enum numa_policy policy;
	char *refuse; /* why no VM is to ask for it; NULL: they may */
};

void alias_done(struct alias *a);

/* A letter or digit, then letters, digits, "-", "_" and "."; no longer than ALIAS_NAME_MAX. */
int alias_check_name(const char *name, struct err *err);
/* The name in a key of pool.other_config, NULL when it is the key of no alias. */
const char *alias_key_name(const char *key);

/*
 * Set one part: "spec" (a comma list), "class", "subsystem", "type", "numa-policy", "refuse"; "" takes it away.  -EINVAL with what is
 * wrong, the alias unchanged.  Type vdpa is refused with the reason.
 */
int alias_set(struct alias *a, const char *part, const char *value, struct err *err);
/* One spec more, or less.  -EEXIST, -ENOENT. */
int alias_add_spec(struct alias *a, const char *spec, struct err *err);
int alias_remove_spec(struct alias *a, const char *spec, struct err *err);
/* Does it choose at all?  One that would select every device of the host is refused. */
int alias_check(const struct alias *a, struct err *err);

int alias_parse(const char *name, const char *text, struct alias *ret, struct err *err);
char *alias_format(const struct alias *a); /* as it is kept; caller frees */

/* What alias_selects() must be told beside the device's record. */
bool alias_wants(const struct alias *a, enum alias_spec_kind kind);
/* name: "VENDOR DEVICE" of pci.ids; each NULL where it is not known or not wanted: no spec of that form then selects. */
bool alias_selects(const struct alias *a, const struct pcidev *dev, const char *name, const char *identity);

/* ---- families of devices that have a name here ------------------------------------------------------------- */

struct alias_preset {
	const char *name, *text, *what;
};
extern const struct alias_preset alias_presets[]; /* ends with a NULL name */
const struct alias_preset *alias_preset_find(const char *name);

/* ---- a request: "gpu:1, nvme:2" ---------------------------------------------------------------------------- */

struct alias_ask {
	char *name;
	unsigned count; /* 1 unless given */
};
struct alias_asks {
	struct alias_ask *v;
	size_t n; /* at most 32 */
};
#define ALIAS_ASKS_MAX 32
int alias_asks_parse(const char *text, struct alias_asks *ret, struct err *err);
void alias_asks_done(struct alias_asks *a);
