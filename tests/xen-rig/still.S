/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * still.S - the smallest kernel that Xen's domain builder takes for a PV guest: for guests that are created, with their devices, and never
 * run.  Unpacking a real kernel is most of what creating one costs under emulation.
 */

.macro note type, desc:vararg
	.long 4, 2f - 1f, \type
	.asciz "Xen"
1:	\desc
2:	.balign 4
.endm

	.section .note.Xen, "a", @note
	note 6, .asciz "still"		/* guest OS */
	note 5, .asciz "xen-3.0"	/* the interface it is made for */
	note 8, .asciz "generic"	/* loader */
	note 3, .quad 0			/* virtual base */
	note 4, .quad 0			/* what is added to physical addresses */
	note 1, .quad _start		/* entry */

	.text
	.globl _start
_start:	jmp _start

	.section .note.GNU-stack, "", @progbits
