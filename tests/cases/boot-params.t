# Boot parameters: read and changed in the normal and the serial entry, and nothing else of the file.
host: gpu-server

$ xe-passthrough boot-param-list

$ xe-passthrough boot-param-get target=xen key=dom0_mem

$ xe-passthrough boot-param-get target=dom0 key=console

$ xe-passthrough boot-param-get target=dom0 key=quiet

$ xe-passthrough boot-param-get target=xen key=nosuch

$ xe-passthrough boot-param-set target=xen key=dom0_mem value=8192M,max:16384M

$ xe-passthrough boot-param-set target=xen key=dom0_mem value=8192M,max:16384M

# a flag
$ xe-passthrough boot-param-set target=xen key=iommu_debug

# several of them become one
$ xe-passthrough boot-param-set target=dom0 key=console value=hvc0

$ xe-passthrough boot-param-delete target=dom0 key=quiet

$ xe-passthrough boot-param-delete target=dom0 key=quiet

# a blank in a value
$ xe-passthrough boot-param-set target=dom0 key=dyndbg 'value=module xen_pciback +p'

$ xe-passthrough boot-param-get target=dom0 key=dyndbg

# every entry
$ xe-passthrough boot-param-set target=xen key=loglvl value=all entries=all

# what would break the file
$ xe-passthrough boot-param-set target=xen key=a\"b value=1

$ xe-passthrough boot-param-set target=xen 'key=a b' value=1

$ sh: "$PROGRAM" --host-dir . boot-param-set target=xen key=x value="$(printf 'a\nb')"

$ xe-passthrough boot-param-set target=grub key=x value=1

$ xe-passthrough boot-param-set key=x value=1
