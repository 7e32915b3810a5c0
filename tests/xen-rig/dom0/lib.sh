# SPDX-License-Identifier: GPL-2.0-or-later
# What the scripts of this folder share. Each runs in dom0 (busybox sh) and prints TAP without numbers and without a plan: check adds
# both. Sourced by them.

PATH=$SBINDIR:$PATH
said=/run/said

pass() { echo "ok - $1"; }

# with what was expected and what came, as comments
fail()
{
	echo "not ok - $1"
	shift
	for text; do
		printf '%s\n' "$text" | sed 's/^/# /'
	done
}

# is NAME EXPECTED ACTUAL
is()
{
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1" "expected: $2" "is:       $3"
	fi
}

# runs NAME COMMAND...: ends with 0
runs()
{
	name=$1
	shift
	status=0
	"$@" >$said 2>&1 || status=$?
	if [ $status -eq 0 ]; then
		pass "$name"
	else
		fail "$name" "status $status of: $*" "$(tail -n 20 $said)"
	fi
}

# refuses NAME WORDS COMMAND...: ends with 1 and says WORDS
refuses()
{
	name=$1 words=$2
	shift 2
	status=0
	"$@" >$said 2>&1 || status=$?
	if [ $status -eq 1 ] && grep -qF -- "$words" $said; then
		pass "$name"
	else
		fail "$name" "status $status of: $*" "wanted: $words" "$(tail -n 20 $said)"
	fi
}

# what xl lists, joined by blanks
xl_assignable() { xl pci-assignable-list | tr -d ' ' | sort | tr '\n' ' ' | sed 's/ $//'; }

driver() { [ -e "/sys/bus/pci/devices/$1/driver" ] && basename "$(readlink "/sys/bus/pci/devices/$1/driver")"; }

# field PARAM FILTER: of pci-device-list, values joined by commas
field() { xe-passthrough --minimal pci-device-list params="$1" "$2"; }

# asked WORD: lines of `ask` that begin with it, without it
asked() { sed -n "s/^$1: //p" /run/answers; }

ask_all() { /rig/ask "$@" >/run/answers 2>/run/answers.err; }

# until_true SECONDS COMMAND...
until_true()
{
	left=$1
	shift
	until "$@" >/dev/null 2>&1; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		[ $((left % 30)) -ne 0 ] || echo "# waiting" >/dev/ttyS1
		sleep 1
	done
}

# guest NAME LINE...: start a PV guest that stays; LINEs are added to its configuration
guest()
{
	guest=$1
	shift
	{
		printf '%s\n' "name='$guest'" "type='pv'" "kernel='/guest/kernel'" "ramdisk='/guest/initrd'" "memory=200" "vcpus=1" \
			"on_poweroff='destroy'" "on_crash='destroy'" "cmdline='console=hvc0 quiet stay'" "$@"
	} >"/run/$guest.cfg"
	xl create -q "/run/$guest.cfg"
}

# what the guest has last said it sees
sees() { tr -d '\r' <"/var/log/xen/console/guest-$1.log" | sed -n 's/^.*GUEST sees: //p' | tail -n 1; }
guest_has() { sees "$1" | grep -q -- "$2"; }
guest_lacks() { ! guest_has "$1" "$2"; }
