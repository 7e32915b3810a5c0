/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi.h - what XAPI knows and stores, as typed records over one operation: call(method, params) -> value.
 *
 * Two sources: xapi_live (HTTP on XAPI's unix socket; a module) and xapi_recorded, a store of records in the
 * recording's xapi.json: {"VM": {"OpaqueRef:…": {record}}, …} in XAPI's spelling; integers are strings, booleans are
 * booleans, key order is kept.  The store knows reads, map writes and field writes with XAPI's rules and error codes, and nothing more.
 *
 * An error that XAPI returned has its code in err.api ("UUID_INVALID") and -EREMOTEIO, "CODE: parameter, …".
 * A field that a record does not have is unknown (NULL, TRI_UNKNOWN); a map that is missing is an empty one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "host.h"
#include "pcidev.h" /* enum tristate */

#define XAPI_NULL_REF "OpaqueRef:NULL"
#define XAPI_SOCKET "/var/lib/xcp/xapi"

struct xapi;

struct xapi_options {
	const char *session; /* that a plugin was handed: used, never logged out; NULL: we log in as the local root, and out again */
	unsigned silence;    /* seconds that XAPI may say nothing in a call, 0: XAPI_SILENCE */
};
#define XAPI_SILENCE 60
/* `opt` NULL: the usual ones.  -ENOENT: no XAPI here (a recording without xapi.json, a Xen host without XAPI), with a hint. */
int xapi_open(struct host *h, const struct xapi_options *opt, struct xapi **ret, struct err *err);
void xapi_free(struct xapi *x); /* logs out where it logged in */

/*
 * The one operation.  `params` are the arguments behind the session, a JSON array (reference is taken, also on failure); the
 * result is the caller's reference.
 */
int xapi_call(struct xapi *x, const char *method, json_t *params, json_t **ret, struct err *err);

struct xapi_ops {
	int (*open)(struct host *h, const struct xapi_options *opt, void **priv, struct err *err);
	void (*close)(void *priv);
	int (*call)(void *priv, const char *method, json_t *params, json_t **ret, struct err *err);
	bool events; /* it knows event.from */
};
extern const struct xapi_ops xapi_recorded_ops;
#define XAPI_STORE "xapi.json" /* its part of a recording */

/*
 * All records of a class, {reference: record}, as they were at the first question; they belong to x.  Classes that few
 * objects change (hosts, storage, interfaces, cards) are read together in one call, by event.from.  Of a running XAPI only the fields of
 * xapi_fields.h are there.  Not for VMs, which are asked for anew: xapi_vms().
 */
int xapi_records(struct xapi *x, const char *class, const json_t **ret, struct err *err);

/* ---- VMs ------------------------------------------------------------------------------------------- */

struct vm {
	char *ref, *uuid, *name;
	char *power_state; /* "Halted", "Running", "Suspended", "Paused"; NULL unknown */
	enum tristate is_template, is_snapshot, is_control_domain;
	char *resident_on, *affinity; /* references of hosts; NULL: unknown or the null reference */
	char *pci;		      /* other_config:pci, NULL: no such key */
	size_t n_vusbs;		      /* USB devices that it has been given; 0 also where that is unknown */
	size_t n_vgpus;		      /* graphics cards, or parts of one; likewise */
	char *platform_usb;	      /* platform:usb, NULL: no such key */
	char *mask;		      /* VCPUs_params:mask, NULL: no such key */
	enum tristate is_hvm;	      /* domain_type; TRI_NO: PV or PVH; unspecified is unknown */
	char *firmware;		      /* HVM_boot_params:firmware: "bios", "uefi"; NULL: no such key (XAPI then takes BIOS) */
	char *device_model;	      /* platform:device-model, NULL: no such key */
	char *cores_per_socket;	      /* platform:cores-per-socket, NULL: no such key (XAPI then takes 1) */
	int vcpus_max;		      /* -1 unknown */
	int64_t memory_max;	      /* memory_static_max in bytes, -1 unknown */
	char *ha_priority;	      /* ha_restart_priority: "restart", "best-effort", "" for none; NULL unknown */
	bool auto_poweron;	      /* other_config:auto_poweron is "true" */
};

struct vms {
	struct vm *v; /* in the order XAPI gave */
	size_t n;
};

int xapi_vms(struct xapi *x, struct vms *ret, struct err *err);
void vms_done(struct vms *vms);
struct vm *vms_find(const struct vms *vms, const char *uuid); /* NULL: none */
bool vm_is_bios(const struct vm *vm);  /* HVM, and surely started by a BIOS */
/* The value of a field, or of a key of a map, by XAPI's names; NULL: absent.  False: not among those above. */
bool vm_value(const struct vm *vm, const char *field, const char *key, const char **ret);
bool vm_is_guest(const struct vm *vm); /* no template, snapshot or control domain, as far as is known */

/* ---- hosts ----------------------------------------------------------------------------------------- */

/* Reference, uuid and name of this host: INSTALLATION_UUID of the inventory, else the only host there is. Caller frees each. */
int xapi_this_host(struct xapi *x, struct host *h, char **ref, char **uuid, char **name, struct err *err);

/* ---- single values, asked anew ------------------------------------------------------------------------ */

/* One key of a map now; *ret NULL: no such key.  Caller frees. */
int xapi_get_key(struct xapi *x, const char *class, const char *ref, const char *map, const char *key, char **ret,
		 struct err *err);
/* One field that holds a reference now; *ret NULL: the null reference.  Caller frees. */
int xapi_get_ref(struct xapi *x, const char *class, const char *ref, const char *field, char **ret, struct err *err);

/* ---- writes: only plugin/apply calls these ----------------------------------------------------------- */

/*
 * Changes of one object: keys of its maps (value NULL: take the key out), and fields that hold a reference (map NULL: the field is
 * `key`; NULL is the null reference).  The object is read first, and nothing is written when one value is not what the caller decided upon
 * (`expect`): -ESTALE.  XAPI has no atomic replace: a key is removed, then added.  At the end the object is read back; a value that another
 * client put there in between is -ESTALE.  A failure in between leaves some of the changes done, and maybe one key taken out:
 * xapi_get_key() tells.
 */
struct xapi_edit {
	const char *map, *key;
	const char *expect, *value;
};
int xapi_edit(struct xapi *x, const char *class, const char *ref, const struct xapi_edit *edits, size_t n, struct err *err);
/* One key of a map that only we write: whatever it has now, it gets `value` (NULL: the key goes).  Two requests, and no look before or after. */
int xapi_put_key(struct xapi *x, const char *class, const char *ref, const char *map, const char *key, const char *value,
		 struct err *err);
