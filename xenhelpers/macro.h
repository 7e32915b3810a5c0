/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * macro.h - words for attributes and cleanup, spelled so that a declaration reads as a sentence.
 *
 * Cleanup words run at the end of the scope, on every way out.  TAKE_PTR hands the value on and leaves
 * NULL behind, so that a cleanup word lets go of it.
 */
#pragma once

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#define _cleanup_(fn) __attribute__((cleanup(fn)))
#define _must_check_ __attribute__((warn_unused_result))
#define _printf_(fmt, args) __attribute__((format(printf, fmt, args)))
#define _unused_ __attribute__((unused))
#define _noreturn_ __attribute__((noreturn))
#define _export_ __attribute__((visibility("default")))

#define _cleanup_free_ _cleanup_(macro_free_ptr)
#define _cleanup_close_ _cleanup_(macro_close_fd)

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define TAKE_PTR(p)                                                                                                    \
	({                                                                                                             \
		__typeof__(p) taken_ = (p);                                                                            \
		(p) = NULL;                                                                                            \
		taken_;                                                                                                \
	})

static inline void macro_free_ptr(void *p)
{
	free(*(void **)p);
}

static inline void macro_close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* The larger and smaller of two values of one type; each argument is evaluated once. */
#define MAX(a, b)                                                                                                      \
	({                                                                                                             \
		__typeof__(a) max_a_ = (a);                                                                            \
		__typeof__(b) max_b_ = (b);                                                                            \
		max_a_ > max_b_ ? max_a_ : max_b_;                                                                     \
	})
#define MIN(a, b)                                                                                                      \
	({                                                                                                             \
		__typeof__(a) min_a_ = (a);                                                                            \
		__typeof__(b) min_b_ = (b);                                                                            \
		min_a_ < min_b_ ? min_a_ : min_b_;                                                                     \
	})
