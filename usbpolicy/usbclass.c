/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usbclass.c - see usbclass.h */

#include "usbpolicy/usbclass.h"

/* -1: any.  The first row that fits is taken: the narrow ones stand first. */
static const struct words {
	int class, subclass, prot;
	const char *text;
} words[] = {
	{ 0x01, 0x01, -1, "audio control" },
	{ 0x01, 0x03, -1, "MIDI" },
	{ 0x01, -1, -1, "audio" },
	{ 0x02, 0x02, -1, "communications: modem or serial port (ACM)" },
	{ 0x02, 0x06, -1, "communications: Ethernet" },
	{ 0x02, 0x0d, -1, "communications: network (NCM)" },
	{ 0x02, 0x0e, -1, "communications: mobile broadband (MBIM)" },
	{ 0x02, -1, -1, "communications (modems, serial ports, networks)" },
	{ 0x03, 0x01, 0x01, "keyboard" },
	{ 0x03, 0x01, 0x02, "mouse" },
	{ 0x03, 0x01, -1, "keyboards and mice (boot devices)" },
	{ 0x03, 0x00, -1, "human interface device, not for booting" },
	{ 0x03, -1, -1, "human interface devices" },
	{ 0x05, -1, -1, "force feedback" },
	{ 0x06, -1, -1, "cameras and scanners" },
	{ 0x07, -1, -1, "printers" },
	{ 0x08, 0x06, 0x50, "mass storage (SCSI, bulk-only)" },
	{ 0x08, 0x06, 0x62, "mass storage (SCSI, UAS)" },
	{ 0x08, -1, -1, "mass storage" },
	{ 0x09, -1, -1, "hubs" },
	{ 0x0a, -1, -1, "data of communications devices" },
	{ 0x0b, -1, -1, "smart cards" },
	{ 0x0d, -1, -1, "content security" },
	{ 0x0e, 0x01, -1, "video control" },
	{ 0x0e, 0x02, -1, "video stream" },
	{ 0x0e, -1, -1, "video" },
	{ 0x0f, -1, -1, "health care" },
	{ 0x10, -1, -1, "audio and video" },
	{ 0x11, -1, -1, "billboard" },
	{ 0x12, -1, -1, "USB-C bridge" },
	{ 0xdc, -1, -1, "diagnostics" },
	{ 0xe0, 0x01, 0x01, "Bluetooth" },
	{ 0xe0, 0x01, 0x03, "remote network (RNDIS)" },
	{ 0xe0, -1, -1, "wireless controllers" },
	{ 0xef, 0x04, -1, "miscellaneous: network (RNDIS)" },
	{ 0xef, -1, -1, "miscellaneous" },
	{ 0xfe, 0x01, -1, "firmware update (DFU)" },
	{ 0xfe, 0x03, -1, "test and measurement" },
	{ 0xfe, -1, -1, "application specific" },
	{ 0xff, -1, -1, "vendor specific" },
};

static bool fits(int row, int given)
{
	return row < 0 || row == given;
}

/* How many of subclass and protocol the words have told. */
static const struct words *find_words(int class, int subclass, int prot)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i].class == class && fits(words[i].subclass, subclass) && fits(words[i].prot, prot))
			return &words[i];
	return NULL;
}

char *usbclass_words(int class, int subclass, int prot)
{
	const struct words *w = class >= 0 ? find_words(class, subclass, prot) : NULL;
	struct strbuf out = { 0 };
	const char *sep = "";

	if (w)
		strbuf_add(&out, w->text);
	else if (class >= 0)
		strbuf_addf(&out, "class %02x", (unsigned)class);
	sep = out.len ? ", " : "";
	if (subclass >= 0 && !(w && w->subclass >= 0)) {
		strbuf_addf(&out, "%ssubclass %02x", sep, (unsigned)subclass);
		sep = ", ";
	}
	if (prot >= 0 && !(w && w->prot >= 0))
		strbuf_addf(&out, "%sprotocol %02x", sep, (unsigned)prot);
	return strbuf_take(&out);
}

static int asked(const struct policy_rule *r, enum policy_key k)
{
	return r->keys & 1u << k ? r->ids.v[k] : -1;
}

static void add_device(struct strbuf *out, const struct policy_rule *r)
{
	bool vid = r->keys & 1u << POLICY_VID, pid = r->keys & 1u << POLICY_PID;

	if (pid)
		strbuf_addf(out, "product %04x", r->ids.v[POLICY_PID]);
	if (pid && vid)
		strbuf_add(out, " of ");
	if (vid)
		strbuf_addf(out, "%svendor %04x", pid ? "" : "every product of ", r->ids.v[POLICY_VID]);
	if (r->keys & 1u << POLICY_REL)
		strbuf_addf(out, "%srelease %04x", vid || pid ? ", " : "", r->ids.v[POLICY_REL]);
}

char *usbclass_rule_words(const struct policy_rule *r)
{
	_cleanup_free_ char *class = usbclass_words(asked(r, POLICY_CLASS), asked(r, POLICY_SUBCLASS), asked(r, POLICY_PROT));
	_cleanup_strbuf_ struct strbuf device = { 0 };
	const char *verb = r->allow ? "allow" : "deny";

	add_device(&device, r);
	if (!r->keys)
		return xasprintf("%s everything that no rule above decides", verb);
	if (!device.len || !*class)
		return xasprintf("%s %s", verb, device.len ? device.s : class);
	return xasprintf("%s %s: %s", verb, device.s, class);
}
