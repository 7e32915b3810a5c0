# What others wrote into pool.other-config; and physical functions with VFs.
host: gpu-server

$ sh: sed -i 's|"memory-ratio-hvm": "0.25"|"xe-passthrough:alias:esc": "class=03; colour=\\u001b[31m", "xe-passthrough:alias:all": "", "xe-passthrough:alias:../x": "class=03", "xe-passthrough:alias:ok": "class=0200;type=any", "xe-passthrough:alias:pf": " type=pf ; spec=8086:1521", "xe-passthrough:alias:vf": "spec=8086:1520"|' xapi.json
~ xapi.json
@@ -12 +12 @@
-        "memory-ratio-hvm": "0.25",
+        "xe-passthrough:alias:esc": "class=03; colour=\u001b[31m", "xe-passthrough:alias:all": "", "xe-passthrough:alias:../x": "class=03", "xe-passthrough:alias:ok": "class=0200;type=any", "xe-passthrough:alias:pf": " type=pf ; spec=8086:1521", "xe-passthrough:alias:vf": "spec=8086:1520",

$ xe-passthrough pci-alias-list params=name,selects,problem
name ( RO)       : ../x
    selects ( RO): class=03
    problem ( RO): '../x' is no name of an alias: a letter or digit, then letters, digits, '-', '_' or '.', at most 64


name ( RO)       : all
    selects ( RO): 
    problem ( RO): alias 'all' would select every device


name ( RO)       : esc
    selects ( RO): class=03; colour=\x1b[31m
    problem ( RO): 'colour' is no part of an alias


name ( RO)       : ok
    selects ( RO): class=0200;type=any
    problem ( RO): 


name ( RO)       : pf
    selects ( RO):  type=pf ; spec=8086:1521
    problem ( RO): 


name ( RO)       : vf
    selects ( RO): spec=8086:1520
    problem ( RO): 


! Note: hidden from dom0, and selected by no alias: 0000:d8:00.0, 0000:19:00.0

$ xe-passthrough vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=esc
! Error: alias 'esc' cannot be used: 'colour' is no part of an alias
! pci-alias-destroy it, and create it anew
[1]

$ xe-passthrough pci-alias-set name=esc class=03
! Error: alias 'esc' as it is kept: 'colour' is no part of an alias
! pci-alias-destroy it, and create it anew
[1]

# with VFs: only where a physical function is meant, and neither when its VFs may be chosen as well
$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=ok:9 functions=one
! Error: No valid host was found
! nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device
! Note: gpu-server: 'ok' needs 9, and 6 can be had with the guest on node 0; it selects 8 here
! Note: gpu-server: 1 device, DOM0_NETWORK: dom0 is reached through 0000:18:00.0: it carries the management interface xenbr0
! Note: gpu-server: 1 device, PF_HAS_VFS: 0000:86:00.0: its virtual function 0000:87:10.0 may be chosen for 'ok'
[1]

$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=pf:2 functions=one
! Error: No valid host was found
! nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device
! Note: gpu-server: 'pf' needs 2, and 1 can be had with the guest on node 1; it selects 2 here
! Note: gpu-server: 1 device, DOM0_NETWORK: dom0 uses 0000:86:00.0: it carries dom0's address 203.0.113.20 on eth4
[1]

$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=pf:2,vf functions=one
! Error: No valid host was found
! nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device
! Note: gpu-server: 'pf' needs 2, and 1 can be had with the guest on node 1; it selects 2 here
! Note: gpu-server: 1 device, PF_HAS_VFS: 0000:86:00.0: its virtual function 0000:87:10.0 may be chosen for 'vf'
[1]

$ sh: sed -i 's|0/0000:d8:00.0|0/0000:d8:00.0,1/0000:87:10.0|' xapi.json
~ xapi.json
@@ -674 +674 @@
-        "pci": "0/0000:d8:00.0"
+        "pci": "0/0000:d8:00.0,1/0000:87:10.0"

$ xe-passthrough --dry-run vm-pci-request uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 alias=pf:2,vf:2 functions=one
! Error: No valid host was found
! nothing was changed; the notes say for each host what is missing and why, pci-check device= says it of one device
! Note: gpu-server: 'pf' needs 2, and 1 can be had with the guest on node 1; it selects 2 here
! Note: gpu-server: 'vf' needs 2, and 1 can be had with the guest on node 1; it selects 2 here
! Note: gpu-server: 1 device, DEVICE_ASSIGNED: 0000:87:10.0 is assigned to the VM 'nas-archive'
! Note: gpu-server: 1 device, VF_IN_USE: 0000:86:00.0: its virtual function 0000:87:10.0 is of VM 'nas-archive'
[1]

$ xe-passthrough --minimal pci-alias-destroy name=esc
~ xapi.json
@@ -12 +12,5 @@
-        "xe-passthrough:alias:esc": "class=03; colour=\u001b[31m", "xe-passthrough:alias:all": "", "xe-passthrough:alias:../x": "class=03", "xe-passthrough:alias:ok": "class=0200;type=any", "xe-passthrough:alias:pf": " type=pf ; spec=8086:1521", "xe-passthrough:alias:vf": "spec=8086:1520",
+        "xe-passthrough:alias:all": "",
+        "xe-passthrough:alias:../x": "class=03",
+        "xe-passthrough:alias:ok": "class=0200;type=any",
+        "xe-passthrough:alias:pf": " type=pf ; spec=8086:1521",
+        "xe-passthrough:alias:vf": "spec=8086:1520",

$ xe-passthrough pci-alias-destroy name=../x
! Error: '../x' is no name of an alias: a letter or digit, then letters, digits, '-', '_' or '.', at most 64
! no command of this program made it: xe pool-param-remove uuid=0b42a100-9359-575e-873c-93b69fcbeb68 param-name=other-config param-key=xe-passthrough:alias:../x removes it
[1]
