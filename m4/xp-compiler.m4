dnl SPDX-License-Identifier: GPL-2.0-or-later
dnl XP_FLAG(VARIABLE, FLAG): append FLAG to VARIABLE where the compiler takes it without a word.
AC_DEFUN([XP_FLAG], [
	AS_VAR_PUSHDEF([cache], [xp_cv_flag_$2])
	AC_CACHE_CHECK([whether $CC takes $2], [cache], [
		xp_save=$CFLAGS
		CFLAGS="$CFLAGS -Werror $2"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AS_VAR_SET([cache], [yes])], [AS_VAR_SET([cache], [no])])
		CFLAGS=$xp_save
	])
	AS_VAR_IF([cache], [yes], [$1="$$1 $2"])
	AS_VAR_POPDEF([cache])
])

dnl XP_WARNINGS: the warning flags, probed one by one into WARN_CFLAGS; the user's CFLAGS stay as they are.
AC_DEFUN([XP_WARNINGS], [
	WARN_CFLAGS=
	m4_foreach_w([flag], [
		-Wall -Wextra -Wformat=2 -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wmissing-declarations
		-Wold-style-definition -Wpointer-arith -Wwrite-strings -Wundef -Wvla -Wcast-align -Wredundant-decls
		-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wimplicit-fallthrough
		-Wdate-time -Wunused-result -Wformat-signedness -Wno-unused-parameter -Wno-missing-field-initializers
	], [XP_FLAG([WARN_CFLAGS], flag)])
	AS_IF([test "$enable_werror" = yes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
	AC_SUBST([WARN_CFLAGS])
])

dnl XP_COMPILER_SWITCHES: language level, hardening, sanitizers, coverage, fuzzing -> OUR_CFLAGS, OUR_LDFLAGS.
AC_DEFUN([XP_COMPILER_SWITCHES], [
	AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [warnings are errors])], [], [enable_werror=no])
	AC_ARG_ENABLE([asan], [AS_HELP_STRING([--enable-asan], [address sanitizer])], [], [enable_asan=no])
	AC_ARG_ENABLE([ubsan], [AS_HELP_STRING([--enable-ubsan], [undefined behaviour sanitizer])], [], [enable_ubsan=no])
	AC_ARG_ENABLE([coverage], [AS_HELP_STRING([--enable-coverage], [gcov instrumentation])], [], [enable_coverage=no])
	AC_ARG_ENABLE([fuzzing], [AS_HELP_STRING([--enable-fuzzing], [fuzz targets with libFuzzer (clang); without it they only replay the corpus])], [], [enable_fuzzing=no])
	OUR_CFLAGS="-std=gnu11 -fvisibility=hidden -fno-strict-aliasing"
	OUR_LDFLAGS=
	XP_SANITIZERS=
	XP_FLAG([OUR_CFLAGS], [-fstack-protector-strong])
	XP_FLAG([OUR_LDFLAGS], [-Wl,-z,relro])
	XP_FLAG([OUR_LDFLAGS], [-Wl,--as-needed])
	AS_IF([test "$enable_asan" = yes], [XP_SANITIZERS="$XP_SANITIZERS -fsanitize=address"])
	AS_IF([test "$enable_ubsan" = yes], [XP_SANITIZERS="$XP_SANITIZERS -fsanitize=undefined -fno-sanitize-recover=all"])
	AS_IF([test "$enable_fuzzing" = yes], [
		XP_SANITIZERS="$XP_SANITIZERS -fsanitize=fuzzer-no-link"
		FUZZ_LDFLAGS=-fsanitize=fuzzer
	])
	AS_IF([test "$enable_coverage" = yes], [OUR_CFLAGS="$OUR_CFLAGS --coverage"; OUR_LDFLAGS="$OUR_LDFLAGS --coverage"])
	OUR_CFLAGS="$OUR_CFLAGS $XP_SANITIZERS"
	OUR_LDFLAGS="$OUR_LDFLAGS $XP_SANITIZERS"
	AC_SUBST([OUR_CFLAGS])
	AC_SUBST([OUR_LDFLAGS])
	AC_SUBST([FUZZ_LDFLAGS])
	AM_CONDITIONAL([FUZZING], [test "$enable_fuzzing" = yes])
	AM_CONDITIONAL([SANITIZE], [test -n "$XP_SANITIZERS"])
])
