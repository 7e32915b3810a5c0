/* SPDX-License-Identifier: GPL-2.0-or-later */
/* commands.h - table of contents: every command, by the file that has it. */
#pragma once

#include "plugin/command.h"

/* cmd_explain.c */
extern const struct command cmd_explain;

/* cmd_pci.c */
extern const struct command cmd_pci_device_list;
extern const struct command cmd_pci_device_show;
extern const struct command cmd_pci_hide;
extern const struct command cmd_pci_unhide;

/* cmd_assignable.c */
extern const struct command cmd_pci_assignable_list;
extern const struct command cmd_pci_assignable_add;
extern const struct command cmd_pci_assignable_remove;

/* cmd_boot.c */
extern const struct command cmd_boot_param_list;
extern const struct command cmd_boot_param_get;
extern const struct command cmd_boot_param_set;
extern const struct command cmd_boot_param_delete;
extern const struct command cmd_extra_irqs_get;
extern const struct command cmd_extra_irqs_set;

/* cmd_check.c */
extern const struct command cmd_host_check;
extern const struct command cmd_pci_check;
extern const struct command cmd_vm_pci_check;

/* cmd_host.c */
extern const struct command cmd_host_show;

/* cmd_record.c */
extern const struct command cmd_host_record;

/* cmd_guard.c */
extern const struct command cmd_guard;

/* cmd_group.c */
extern const struct command cmd_pci_group_list;

/* cmd_rmrr.c */
extern const struct command cmd_rmrr_list;

/* cmd_lint.c */
extern const struct command cmd_boot_lint;
extern const struct command cmd_boot_normalize;

/* cmd_vm.c */
extern const struct command cmd_vm_pci_list;
extern const struct command cmd_vm_pci_attach;
extern const struct command cmd_vm_pci_detach;

/* cmd_alias.c */
extern const struct command cmd_pci_alias_list;
extern const struct command cmd_pci_alias_create;
extern const struct command cmd_pci_alias_set;
extern const struct command cmd_pci_alias_destroy;

/* cmd_place.c, cmd_pool.c */
extern const struct command cmd_host_place;
extern const struct command cmd_pool_place;
extern const struct command cmd_pool_check, cmd_pool_pci_list, cmd_pool_apply, cmd_pool_report;

/* cmd_request.c */
extern const struct command cmd_vm_pci_request;

/* cmd_numa.c */
extern const struct command cmd_numa_node_list;
extern const struct command cmd_vm_numa_get;

/* cmd_numaset.c */
extern const struct command cmd_vm_numa_set;
extern const struct command cmd_vm_numa_reset;
extern const struct command cmd_host_numa_policy_get;
extern const struct command cmd_host_numa_policy_set;

/* cmd_vmusb.c */
extern const struct command cmd_vm_usb_list;
extern const struct command cmd_vm_usb_attach;
extern const struct command cmd_vm_usb_detach;
extern const struct command cmd_vm_usb_repair;

/* cmd_usb.c */
extern const struct command cmd_usb_device_list;
extern const struct command cmd_usb_policy_list;

/* cmd_usbpolicy.c */
extern const struct command cmd_usb_policy_add;
extern const struct command cmd_usb_policy_remove;
extern const struct command cmd_usb_policy_move;
extern const struct command cmd_usb_policy_reset;

/* cmd_usblint.c */
extern const struct command cmd_usb_policy_lint;
extern const struct command cmd_usb_policy_explain;

/* cmd_state.c */
extern const struct command cmd_state_show, cmd_state_plan, cmd_state_apply, cmd_state_import, cmd_reapply;
extern const struct command cmd_state_history;
extern const struct command cmd_state_rollback;

/* cmd_try.c */
extern const struct command cmd_boot_try_keep;
extern const struct command cmd_boot_try_drop;

/* cmd_xe.c */
extern const struct command cmd_vm_list;
extern const struct command cmd_vm_param_list;
extern const struct command cmd_vm_param_get;
extern const struct command cmd_xe_pci_list;
extern const struct command cmd_pci_param_list;
extern const struct command cmd_pusb_list;
extern const struct command cmd_pusb_param_list;
extern const struct command cmd_usb_group_list;
extern const struct command cmd_vusb_list;
extern const struct command cmd_vusb_param_list;

/* cmd_xe_set.c */
extern const struct command cmd_vm_param_set;
extern const struct command cmd_vm_param_remove;

/* cmd_xe_access.c */
extern const struct command cmd_pci_get_dom0_access_status;
extern const struct command cmd_pci_disable_dom0_access;
extern const struct command cmd_pci_enable_dom0_access;

/* cmd_xe_power.c */
extern const struct command cmd_vm_start;
extern const struct command cmd_vm_shutdown;
extern const struct command cmd_pusb_scan;

/* cmd_xe_usb.c */
extern const struct command cmd_pusb_param_set;
extern const struct command cmd_vusb_create;
extern const struct command cmd_vusb_unplug;
extern const struct command cmd_vusb_destroy;
