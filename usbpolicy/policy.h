/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy.h - the rules of /etc/xensource/usb-policy.conf, read exactly as the platform's scanner reads them.
 *
 * The scanner (usb_scan.py of XAPI; facts, section 6) is a Python program, and its notions decide: a line ends at LF, CR LF or a lone CR;
 * what counts as blank is what Python's str.strip() and \s take, no-break spaces among them; the text is UTF-8.  A line is
 *
 *	blank  |  "#"...  |  ("ALLOW" | "DENY") ":" match*  ["#" comment]
 *	match = key "=" hex		key = vid | pid | rel (4 digits), class | subclass | prot (2 digits)
 *
 * in any case, with blanks anywhere between these, or none.  Each key at most once; no comma, no 0x, no second colon.  One bad line and
 * the scanner stops: no device is offered at all, and XAPI says nothing about it.  Of XAPI's versions the strictest that XCP-ng 8.3 has
 * had from 2025-08 on is meant: it also stops at a comment that has blanks before it.
 *
 * Rules are asked in the order of the file, for each interface of a device: the first one whose vid, pid and rel are the device's and whose
 * class, subclass and prot are the interface's decides.  No rule: denied.  A device is allowed when all its interfaces are.  Hubs and devices
 * that are not ready never get that far (xenhelpers/usbdev.h).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xenhelpers/err.h"
#include "xenhelpers/str.h"

#define POLICY_PATH "/etc/xensource/usb-policy.conf"
#define POLICY_MAX (1u << 20) /* bytes that we read of such a file */

enum policy_key { POLICY_VID, POLICY_PID, POLICY_REL, POLICY_CLASS, POLICY_SUBCLASS, POLICY_PROT, POLICY_KEYS };

extern const char *const policy_key_names[POLICY_KEYS];

/* What a rule asks for, or what an interface of a device has. */
struct policy_ids {
	uint16_t v[POLICY_KEYS];
};

struct policy_rule {
	bool allow;
	unsigned keys;	       /* 1u << enum policy_key, or-ed; 0: every interface */
	struct policy_ids ids; /* 0 where there is no key */
	unsigned line;	       /* from 1; this is a rule's number everywhere */
	size_t line_off, line_end; /* the whole line in the text, its end included */
	size_t off, len;	   /* from the action to the last match */
	size_t comment, comment_len; /* what stands behind "#", without blanks around it */
};

/* A line at which the scanner stops. */
struct policy_bad {
	unsigned line;
	size_t off, len;     /* the bytes that show it */
	const char *why;     /* static text */
	const char *remedy;  /* static text; NULL: the text says it */
};

struct policy {
	struct strbuf text;
	struct policy_rule *v;
	size_t n;
	struct policy_bad *bad; /* all of them; the scanner sees the first */
	size_t n_bad;
	unsigned lines;
	unsigned blank_line; /* the first that is blank, 0: none.  Some versions of 2025 stop there */
	unsigned raw_line;   /* the first with a byte that is not ASCII, 0: none.  Versions differ in what they make of it */
};

/* Never fails: `bad` tells. */
void policy_parse(const char *text, size_t len, struct policy *ret);
void policy_done(struct policy *p);

/* 0, or -EINVAL with the first bad line named and pointed at; `name` says where the text stands. */
int policy_check(const struct policy *p, const char *name, struct err *err);

/* One rule that a user gave as text: printable ASCII, one line; a comment may stand behind it.  -EINVAL, pointed at. */
int policy_parse_rule(const char *text, struct policy_rule *ret, struct err *err);

/* Does the rule match?  If not, *differs (may be NULL) gets the first key that says no, in the order of policy_key_names. */
bool policy_rule_matches(const struct policy_rule *r, const struct policy_ids *ids, enum policy_key *differs);
/* The rule that decides about an interface, NULL: none, which denies it. */
const struct policy_rule *policy_decide(const struct policy *p, const struct policy_ids *ids);

/* The same question asked and the same answer given, however they are written. */
bool policy_rule_eq(const struct policy_rule *a, const struct policy_rule *b);
/* "ALLOW:vid=056a pid=0315 class=03"; caller frees. */
char *policy_rule_format(const struct policy_rule *r);
/* The rule as it stands in its text; caller frees. */
char *policy_rule_text(const struct policy *p, const struct policy_rule *r);
const struct policy_rule *policy_at_line(const struct policy *p, unsigned line); /* NULL: no rule there */
unsigned policy_key_digits(enum policy_key k); /* 4 or 2 */
