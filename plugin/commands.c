/* SPDX-License-Identifier: GPL-2.0-or-later */
/* commands.c - the command table, in the order of help. */

#include "plugin/commands.h"

const struct command *const commands[] = {
	&cmd_host_check,
	&cmd_host_show,
	&cmd_host_record,
	&cmd_vm_pci_attach,
	&cmd_vm_pci_detach,
	&cmd_vm_pci_list,
	&cmd_pci_device_list,
	&cmd_pci_device_show,
	&cmd_pci_check,
	&cmd_pci_hide,
	&cmd_pci_unhide,
	&cmd_pci_assignable_list,
	&cmd_pci_assignable_add,
	&cmd_pci_assignable_remove,
	&cmd_pci_group_list,
	&cmd_rmrr_list,
	&cmd_boot_param_list,
	&cmd_boot_param_get,
	&cmd_boot_param_set,
	&cmd_boot_param_delete,
	&cmd_boot_lint,
	&cmd_boot_normalize,
	&cmd_extra_irqs_get,
	&cmd_extra_irqs_set,
	&cmd_numa_node_list,
	&cmd_vm_numa_get,
	&cmd_vm_numa_set,
	&cmd_vm_numa_reset,
	&cmd_explain,
	&cmd_state_history,
	&cmd_state_rollback,
	NULL,
};
