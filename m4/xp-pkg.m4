dnl SPDX-License-Identifier: GPL-2.0-or-later
dnl XP_PKG(VARIABLE, MODULE [VERSION], DEBIAN-PACKAGE, YUM-PACKAGE)
dnl A library that the program cannot do without: found by pkg-config, or configure ends and names the package.
AC_DEFUN([XP_PKG], [
	PKG_CHECK_MODULES([$1], [$2], [],
		[AC_MSG_ERROR([$2 was not found by pkg-config: install $3 (Debian) or $4 (yum)])])
])
