/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plugin/checks_private.h"
const struct check_table checks_sriov = { NULL, 0 };
