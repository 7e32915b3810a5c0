/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route.h - through which interface dom0 reaches an address (pure: the text of /proc/net/route in, a name out).
 *
 * Source: fib_route_seq_show() of net/ipv4/fib_trie.c: a heading, then lines "Iface Destination Gateway Flags RefCnt Use Metric Mask
 * ..." with addresses in hex as the machine's own number.  It holds the main table only, and IPv4 only: policy rules are not seen.
 */
#pragma once

/*
 * The interface of the narrowest route that holds the address ("192.0.2.7"), of several the one with the smallest metric; caller frees.
 * NULL: no route, or no IPv4 address.
 */
char *route_interface(const char *text, const char *address);
