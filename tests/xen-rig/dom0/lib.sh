# SPDX-License-Identifier: GPL-2.0-or-later
# What the scripts of this folder share. Each runs in dom0 (busybox sh) and prints TAP without numbers and without a plan: check adds
# both. Sourced by them.

PATH=$SBINDIR:$PATH
said=/run/said
tracing=/sys/kernel/tracing

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
	what=$1
	shift
	status=0
	"$@" >$said 2>&1 || status=$?
	if [ $status -eq 0 ]; then
		pass "$what"
	else
		fail "$what" "status $status of: $*" "$(tail -n 20 $said)"
	fi
}

# refuses NAME WORDS COMMAND...: ends with 1 and says WORDS
refuses()
{
	what=$1 words=$2
	shift 2
	status=0
	"$@" >$said 2>&1 || status=$?
	if [ $status -eq 1 ] && grep -qF -- "$words" $said; then
		pass "$what"
	else
		fail "$what" "status $status of: $*" "wanted: $words" "$(tail -n 20 $said)"
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

# count COMMAND...: a line of the table of calls that `make check-xen` prints. The kernel writes them down: a tracer that stops the
# program at each would cost seconds here.
count()
{
	[ -e $tracing/trace ] || {
		mount -t tracefs none $tracing
		echo 1 >$tracing/events/raw_syscalls/sys_enter/enable
	}
	: >$tracing/trace
	sh -c 'echo $$ >"$1/set_event_pid"; shift; exec "$@"' sh $tracing "$SBINDIR/xe-passthrough" "$@" >/dev/null 2>&1
	# from execve on; ioctl IOCTL_PRIVCMD_HYPERCALL
	# shellcheck disable=SC2046,SC2183 # awk says two words
	printf '# calls:  %-8s %-20s %12s %10s\n' "$MACHINE" "$1" $(awk '/ NR 59 [(]/ { on = 1; n = 0; next } / NR / && on { n++ }
		/ NR 16 [(][0-9a-f]*, 305000,/ { h++ } END { print on ? n + 0 " " h + 0 : "unknown unknown" }' $tracing/trace)
}

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

# configure NAME LINE...: a guest in /run/NAME.cfg
configure()
{
	name=$1
	shift
	printf '%s\n' "name='$name'" "vcpus=1" "on_poweroff='destroy'" "on_crash='destroy'" "$@" >"/run/$name.cfg"
}

# guest NAME LINE...: start a PV guest that stays. It shares one CPU with dom0, and takes a device for broken whose backend there says nothing
# for two seconds: dom0 goes first.
guest()
{
	xl sched-credit2 -d 0 -w 65535
	guest=$1
	shift
	configure "$guest" "type='pv'" "kernel='/guest/kernel'" "ramdisk='/guest/initrd'" "cmdline='console=hvc0 quiet stay'" \
		"memory=200" "$@"
	xl create -q "/run/$guest.cfg"
}

# paused NAME TYPE LINE...: create it, with its devices, and let it never run
paused()
{
	guest=$1 type=$2
	shift 2
	# An HVM guest's BIOS is any file, and its device model, which comes after its memory is built, is none.
	if [ "$type" = hvm ]; then
		set -- "device_model_version='qemu-xen'" "device_model_override='/rig/run'" "bios_path_override='/rig/still'" \
			"vga='none'" "vnc=0" "$@"
	else
		set -- "kernel='/rig/still'" "$@"
	fi
	configure "$guest" "type='$type'" "memory=32" "$@"
	xl create -q -p "/run/$guest.cfg"
}

# foretold TYPE DEVICE: what our checks say of a guest of that type with it, to somebody who has xl: beside XCP-ng's inventory they
# would speak of XAPI
foretold()
{
	mv /etc/xensource-inventory /run/
	text=$(xe-passthrough --minimal pci-check device="$2" 'code=RMRR_*' severity=warn params=text)
	mv /run/xensource-inventory /etc/
	case $1:$text in
	*'refuses it (EPERM) to xl unless'*) echo "refused unless relaxed" ;;
	hvm:*'such a VM will not start; only PV could'*) echo refused ;;
	pv:*'such a VM will not start; only PV could'*) echo starts ;;
	*:) echo starts ;;
	*) echo "unclear: $text" ;;
	esac
}

# happened TYPE DEVICE: what xl create did
happened()
{
	if paused trial "$1" "pci=['$2']" >/run/create.strict 2>&1; then
		echo starts
	elif [ "$1" = pv ] && paused trial "$1" "pci=['$2,rdm_policy=relaxed']" >/run/create.relaxed 2>&1; then
		echo "refused unless relaxed"
	else
		echo refused
	fi
	gone trial
}

# agree NAME TYPE DEVICE EXPECTED: our verdict, first, and then what xl create did
agree() { is "$1: our verdict, then what xl create did" "$4; $4" "$(foretold "$2" "$3"); $(happened "$2" "$3")"; }

# gone NAME: destroy a guest that never ran.  libxl would wait 10 seconds for the guest to take leave of a device: said for it.
gone()
{
	id=$(xl domid "$1" 2>/dev/null) || return 0
	state=/local/domain/0/backend/pci/$id/0/state
	xl destroy "$1" &
	while kill -0 $! 2>/dev/null; do
		case $(xenstore-read "$state" 2>/dev/null) in
		3 | 7) xenstore write "$state" 4 ;;
		esac
		sleep 0.1
	done
	until_true 20 sh -c "! xl domid $1"
}

# what the guest has last said it sees
sees() { tr -d '\r' <"/var/log/xen/console/guest-$1.log" | sed -n 's/^.*GUEST sees: //p' | tail -n 1; }
guest_has() { sees "$1" | grep -q -- "$2"; }
guest_lacks() { ! guest_has "$1" "$2"; }

# hand_on: what the next boot finds as this one leaves it
hand_on()
{
	for file in /boot/grub/grub.cfg /etc/firstboot.d/data /var/lib/xe-passthrough; do
		mkdir -p "/mnt/out/root${file%/*}"
		cp -r $file "/mnt/out/root${file%/*}/"
	done
}
