/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.h - what one run of a command knows of the host, read at the first question and kept until the run ends.
 *
 * A fact that could not be had answers the same error every time.  Everything that is handed out belongs to the facts.
 */
#pragma once

#include "cmdline/bootfile.h"
#include "xenhelpers/dmar.h"
#include "xenhelpers/net.h"
#include "xenhelpers/numa.h"
#include "xenhelpers/pcibar.h"
#include "xenhelpers/pcidev.h"
#include "xenhelpers/pcigroup.h"
#include "xenhelpers/sriov.h"
#include "usbpolicy/policy.h"
#include "xenhelpers/storage.h"
#include "xenhelpers/usbdev.h"
#include "xenhelpers/xapi.h"
#include "xenhelpers/xapi_own.h"
#include "xenhelpers/xapi_pool.h"
#include "xenhelpers/xapi_usb.h"
#include "xenhelpers/xen.h"

struct facts;

/* The host stays the caller's, and so does the session, of XAPI, that it was handed; NULL: XAPI is asked in one of our own. */
struct facts *facts_new(struct host *h, const char *session);
void facts_free(struct facts *f);
/*
 * Facts anew, of the same host: all is asked again, but for what XAPI told of classes that hardly ever change (xapi_records()), and its
 * session goes on.  The old ones are gone.
 */
struct facts *facts_renew(struct facts *f);
const char *facts_session(const struct facts *f);
struct host *facts_host(struct facts *f);
int facts_pci(struct facts *f, struct pcidevs **ret, struct err *err);
int facts_xapi(struct facts *f, struct xapi **ret, struct err *err);
/* Before the first question: XAPI is not asked, and what it alone knows is unknown. */
void facts_without_xapi(struct facts *f);
bool facts_leaves_out_xapi(const struct facts *f);
int facts_vms(struct facts *f, struct vms **ret, struct err *err);
int facts_xen(struct facts *f, struct xen **ret, struct err *err);
int facts_boot(struct facts *f, struct bootfile **ret, struct err *err);
int facts_storage(struct facts *f, struct storage **ret, struct err *err);
int facts_net(struct facts *f, struct net **ret, struct err *err);
int facts_numa(struct facts *f, struct numa **ret, struct err *err);
int facts_dmar(struct facts *f, struct dmar **ret, struct err *err);
int facts_groups(struct facts *f, struct pcigroups **ret, struct err *err); /* computed; Xen knows better of aliases */

/* The type of the file system that holds a path of dom0 ("vfat"), as /proc/self/mountinfo has it; caller frees. */
int facts_fs_type(struct facts *f, const char *path, char **ret, struct err *err);
/* The block device that it stands on: its place in sysfs ("/sys/devices/virtual/block/dm-0"); caller frees. */
int facts_fs_device(struct facts *f, const char *path, char **ret, struct err *err);

/* PRODUCT_BRAND of the inventory, NULL where it is unknown. */
const char *facts_brand(struct facts *f);

struct this_host {
	char *ref, *uuid, *name;
};
int facts_this_host(struct facts *f, const struct this_host **ret, struct err *err);

/* This host's pool; what XAPI does not tell of it is said in there. */
int facts_pool(struct facts *f, const struct xapi_pool **ret, struct err *err);

/* What we keep in pool.other_config. */
int facts_own(struct facts *f, const struct xapi_own **ret, struct err *err);
/* This host's record in it. */
int facts_host_record(struct facts *f, const struct xapi_host **ret, struct err *err);

/* What dom0 uses beyond its mounts and its management interface, and the controllers of keyboards (facts_uses.h). */
struct pool_uses;
int facts_uses(struct facts *f, const struct pool_uses **ret, struct err *err);
int facts_keyboards(struct facts *f, const struct bdfset **ret, struct err *err);

/* USB devices; names are looked up by whoever shows them (usbdevs_name()).  The policy may be one that the scanner rejects. */
int facts_usb(struct facts *f, struct usbdevs **ret, struct err *err);
int facts_usb_policy(struct facts *f, const struct policy **ret, struct err *err);
int facts_xapi_usb(struct facts *f, const struct xapi_usb **ret, struct err *err);

/* Addresses of all functions; NULL where they are unknown. */
const struct bdfset *facts_present(struct facts *f);
/* Node of a function as Xen, else sysfs, says; PCIDEV_UNKNOWN. */
int facts_node(struct facts *f, const struct pcidev *dev);

/* BARs of a function, as pcibars_read(); kept until another one is asked about. */
int facts_bars(struct facts *f, const struct pcidev *dev, const struct pcibars **ret, struct err *err);

/* The virtual functions of a physical one that are there, in order of address; none where devices are unknown. */
void facts_vfs(struct facts *f, struct bdf pf, struct bdfset *ret);
/* The vDPA device that stands on a function, its name; NULL: none. */
const char *facts_vdpa(struct facts *f, struct bdf bdf);

/* The command line that runs now: dom0's of /proc/cmdline without its newline, or Xen's own. */
int facts_running_line(struct facts *f, enum grub_target target, const char **ret, struct err *err);

/* Hidden devices: in the running kernel (/proc/cmdline), and in the entry that the next boot takes. */
int facts_hidden_now(struct facts *f, const struct bdfset **ret, struct err *err);
int facts_hidden_next(struct facts *f, const struct bdfset **ret, struct err *err);

/* Version of the running hypervisor ("4.17.6"): /sys/hypervisor/version, else XAPI's; caller frees. */
int facts_xen_version(struct facts *f, char **ret, struct err *err);
/* Does Xen's command line switch the IOMMU off? */
bool facts_iommu_is_off(const char *command_line);
/* Is dom0's pciback driver there? */
enum tristate facts_pciback(struct facts *f);
/* Could the running kernel read its hide list?  -EINVAL: no, and so its driver did not register; other: unknown. */
int facts_hide_readable(struct facts *f, struct err *err);
/*
 * What the next boot would change, one sentence a change ("0000:af:00.0 will be hidden", "xen: gets extra_guest_irqs=128"): the running
 * command lines beside those of the entry that boots next.  TRI_NO: nothing; TRI_UNKNOWN: a side cannot be had, and the rest is equal.
 */
enum tristate facts_reboot_pending(struct facts *f, struct strv *ret);

/* XAPI's word for what dom0 has of a device: "enabled", "disable_on_reboot", "disabled", "enable_on_reboot"; NULL unknown. */
const char *facts_dom0_access(struct facts *f, struct bdf bdf);

/* VMs (any: halted ones, templates, snapshots too) whose key names the device.  -ENOENT and the like: XAPI is not to be had. */
struct vmlist {
	const struct vm **v;
	size_t n;
};
int facts_assigned_to(struct facts *f, struct bdf bdf, struct vmlist *ret, struct err *err); /* free ret->v */

/*
 * Does a VM's key speak of this host's devices?  It runs here, or prefers to (affinity); a VM without either is taken for this
 * host's only in a pool of one.  TRI_UNKNOWN: nothing tells.
 */
enum tristate facts_vm_is_here(struct facts *f, const struct vm *vm);

/*
 * What carries the device's requester id, so that Xen must keep it together: the device, its bridges and the other functions.  Xen's
 * own answer, and of what firmware and bridges tell those that dom0 does not have now, which Xen leaves out; without Xen what AMD's table
 * tells, else the bridges.  *source: "xen", "ivrs" or "computed".  -ENODATA: none can be had.
 */
int facts_whole_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, const char **source, struct err *err);
/* The other functions alone. */
int facts_alias_group(struct facts *f, const struct pcidev *dev, struct bdfset *ret, struct err *err);
/* *ret gets those of all `devices` that are not among them. */
void facts_add_alias_groups(struct facts *f, const struct bdfset *devices, struct bdfset *ret);

/* Vectors that the running Xen has for MSI and MSI-X of dom0 and all VMs, by its log. False: the log has lost it, or Xen cannot be asked. */
bool facts_irq_limit(struct facts *f, unsigned *ret);

/* Domains of Xen (not dom0) that hold the device now, by id; NULL: none, or unknown when *known is false. */
const struct xen_domain *facts_held_by(struct facts *f, struct bdf bdf, bool *known);

/* The running domain of a VM. -ENOENT: it does not run here. */
int facts_domain(struct facts *f, const char *vm_uuid, const struct xen_domain **ret, struct err *err);
/* Where its vCPUs may run, asked anew: a range list a vCPU, separated by ";".  Caller frees. */
int facts_pins(struct facts *f, const struct xen_domain *d, char **ret, struct err *err);

/*
 * Can Xen give the device to a VM now?  Xen's own list where it answers; else a device that is not bound to pciback surely
 * cannot, and the rest is unknown.
 */
enum tristate facts_assignable(struct facts *f, const struct pcidev *dev);
/* The driver that dom0 has on a function now; NULL: none, pciback, or unknown. */
const char *facts_driver(struct facts *f, struct bdf bdf);
/* Xen's own word on an address, for those who cannot do without; and all of them. */
int facts_is_assignable(struct facts *f, struct bdf bdf, bool *ret, struct err *err);
int facts_all_assignable(struct facts *f, const struct bdfset **ret, struct err *err);

/*
 * One device as a user names it: full or short BDF, identity, vendor:device where only one function has it, an interface or a block
 * device that stands on one function.  A BDF need not be present.  -ENOENT: nothing has that name; -ENOTUNIQ: several do, named.
 */
int facts_find_device(struct facts *f, const char *name, struct bdf *ret, struct err *err);

/* A VM by its uuid. */
int facts_find_vm(struct facts *f, const char *uuid, const struct vm **ret, struct err *err);
/* A field of it, or a key of a map, by XAPI's names: as its record was read, or asked for now.  NULL: absent.  Caller frees. */
int facts_vm_value(struct facts *f, const struct vm *vm, const char *field, const char *key, char **ret, struct err *err);
