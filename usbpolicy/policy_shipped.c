/* SPDX-License-Identifier: GPL-2.0-or-later */
/* policy_shipped.c - see policy_shipped.h */

#include "usbpolicy/policy_merge.h"
#include "usbpolicy/policy_shipped.h"

#define TOP                                                                                                            \
	"DENY: vid=17e9 # displays\n"                                                                                  \
	"DENY: class=02 # modems, serial ports, networks\n"                                                            \
	"ALLOW:vid=056a pid=0315 class=03 # tablet\n"                                                                  \
	"ALLOW:vid=056a pid=0314 class=03 # tablet\n"                                                                  \
	"ALLOW:vid=056a pid=00fb class=03 # tablet\n"                                                                  \
	"DENY: class=03 subclass=01 prot=01 # keyboards\n"                                                             \
	"DENY: class=03 subclass=01 prot=02 # mice\n"                                                                  \
	"DENY: class=0a # data of modems and the like\n"
#define END                                                                                                            \
	"DENY: class=e0 # radio\n"                                                                                     \
	"DENY: class=ef subclass=04 # networks\n"                                                                      \
	"ALLOW: # the rest\n"

static const struct {
	const char *name, *text;
} lists[] = {
	{ "XCP-ng 8.3", TOP END },
	{ "XCP-ng 8.2", TOP "DENY: class=0b # smart cards\n" END },
};

/* How many rules differ.  SIZE_MAX: too many. */
static size_t differences(const char *list, const struct policy *now)
{
	_cleanup_(policy_changes_done) struct policy_changes c = { 0 };
	_cleanup_(policy_done) struct policy p = { 0 };
	size_t went = 0;

	policy_parse(list, strlen(list), &p);
	if (policy_changes_find(&p, now, &c, NULL) < 0)
		return SIZE_MAX;
	for (size_t i = 0; i < c.n; i++)
		went += !c.v[i].came;
	return 2 * went > p.n ? SIZE_MAX : c.n;
}

static void add_line(struct strbuf *out, const struct policy *list, const struct policy_rule *r)
{
	if (out->len && out->s[out->len - 1] != '\n' && out->s[out->len - 1] != '\r')
		strbuf_addc(out, '\n');
	strbuf_addn(out, list->text.s + r->line_off, r->line_end - r->line_off);
}

/* What the policy has more than the list leaves it, and what it has less comes where it stands in the list. */
static void undo(const struct policy *now, const struct policy *list, const struct policy_changes *c, struct strbuf *out)
{
	const char *s = strbuf_str(&now->text);
	size_t k = 0, at = 0;

	for (size_t i = 0; i < now->n; i++) {
		const struct policy_rule *r = &now->v[i];

		strbuf_addn(out, s + at, r->line_off - at);
		while (k < c->n && c->v[k].came && c->v[k].before == r)
			add_line(out, list, c->v[k++].rule);
		if (k < c->n && !c->v[k].came && c->v[k].rule == r)
			k++;
		else
			strbuf_addn(out, s + r->line_off, r->line_end - r->line_off);
		at = r->line_end;
	}
	for (; k < c->n; k++)
		add_line(out, list, c->v[k].rule);
	strbuf_addn(out, s + at, now->text.len - at);
}

bool policy_shipped_find(const struct policy *now, struct strbuf *ret, const char **name)
{
	_cleanup_(policy_changes_done) struct policy_changes c = { 0 };
	_cleanup_(policy_done) struct policy list = { 0 };
	size_t best = SIZE_MAX, at = 0;

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		size_t n = differences(lists[i].text, now);

		if (n < best) {
			best = n;
			at = i;
		}
	}
	if (best == SIZE_MAX)
		return false;
	policy_parse(lists[at].text, strlen(lists[at].text), &list);
	if (now->n_bad)
		strbuf_addn(ret, list.text.s, list.text.len);
	else if (policy_changes_find(now, &list, &c, NULL) == 0)
		undo(now, &list, &c, ret);
	else
		return false;
	*name = lists[at].name;
	return true;
}

const char *policy_shipped_by(const char *brand, const char *version, const char **name)
{
	_cleanup_free_ char *full = brand && version ? xasprintf("%s %s", brand, version) : NULL;

	for (size_t i = 0; full && i < ARRAY_SIZE(lists); i++) {
		const char *rest = str_after(full, lists[i].name);

		if (!rest || (*rest && *rest != '.'))
			continue;
		*name = lists[i].name;
		return lists[i].text;
	}
	return NULL;
}
