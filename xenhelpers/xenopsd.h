/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xenopsd.h - the PCI devices that xenopsd is going to plug into a VM, from its own records.
 *
 * xenopsd keeps a file a device, XENOPSD_PCI/VM-UUID/pci.ADDRESS, and writes it from XAPI's records before it runs the hooks of a start:
 * GPUs that XAPI chose, network VFs and other-config:pci together.  Read in its sources (PCI_DB of xenops_server.ml, the FS backend's
 * root of 8.2 and 8.3), not on a host: the names are all that is looked at, and a name of another form is no guess but an error.
 */
#pragma once

#include "bdf.h"
#include "host.h"

#define XENOPSD_PCI "/var/run/nonpersistent/xenopsd/classic/PCI"

/*
 * By address; empty where the VM has no record.  -EINVAL: `vm_uuid` is none, or a record has a name of an unknown form.
 */
int xenopsd_devices(struct host *h, const char *vm_uuid, struct bdfset *ret, struct err *err);
