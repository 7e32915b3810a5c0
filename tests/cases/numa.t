# Nodes, and the CPUs of a VM: written in the only form that XAPI reads.
host: gpu-server

$ xe-passthrough numa-node-list
node ( RO)           : 0
           cpus ( RO): 0-15
         memory ( RO): 206158430208
    memory-free ( RO): 150323855360
        devices (SRO): 0000:00:14.0; 0000:00:17.0; 0000:00:1f.4; 0000:01:00.0; 0000:03:00.0; 0000:18:00.0; 0000:18:00.1; 0000:18:00.2; 0000:18:00.3; 0000:19:00.0; 0000:3b:00.0; 0000:3b:00.1; 0000:5e:00.0


node ( RO)           : 1
           cpus ( RO): 16-31
         memory ( RO): 206158430208
    memory-free ( RO): 150323855360
        devices (SRO): 0000:86:00.0; 0000:86:00.1; 0000:87:10.0; 0000:87:10.4; 0000:af:00.0; 0000:d8:00.0; 0000:d9:00.0



$ xe-passthrough --json numa-node-list
{
  "api": 1,
  "records": [
    {
      "node": 0,
      "cpus": "0-15",
      "cpu-count": 16,
      "cores": 8,
      "threads-per-core": 2,
      "sockets": [
        "0"
      ],
      "memory": 206158430208,
      "memory-free": 150323855360,
      "distances": [
        "10",
        "21"
      ],
      "devices": [
        "0000:00:14.0",
        "0000:00:17.0",
        "0000:00:1f.4",
        "0000:01:00.0",
        "0000:03:00.0",
        "0000:18:00.0",
        "0000:18:00.1",
        "0000:18:00.2",
        "0000:18:00.3",
        "0000:19:00.0",
        "0000:3b:00.0",
        "0000:3b:00.1",
        "0000:5e:00.0"
      ],
      "vms": [],
      "cpu-pools": [
        "Pool-0"
      ],
      "source": "xen"
    },
    {
      "node": 1,
      "cpus": "16-31",
      "cpu-count": 16,
      "cores": 8,
      "threads-per-core": 2,
      "sockets": [
        "1"
      ],
      "memory": 206158430208,
      "memory-free": 150323855360,
      "distances": [
        "21",
        "10"
      ],
      "devices": [
        "0000:86:00.0",
        "0000:86:00.1",
        "0000:87:10.0",
        "0000:87:10.4",
        "0000:af:00.0",
        "0000:d8:00.0",
        "0000:d9:00.0"
      ],
      "vms": [],
      "cpu-pools": [
        "Pool-0"
      ],
      "source": "xen"
    }
  ]
}

$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)              : f3520e4f-b19a-5897-ad31-8ac3667f8a45
        vm-name-label ( RO): win10-gpu
                 mask ( RO): 
         mask-is-read ( RO): 
            host-mask ( RO): 
                 cpus ( RO): 0-31
                nodes (SRO): 0; 1
            vcpus-max ( RO): 8
     cores-per-socket ( RO): 
         device-nodes (SRO): 
               domain ( RO): 
         running-cpus (SRO): 
    memory-from-nodes (SRO): 
      memory-on-nodes (SRO): 



$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): asked for: nodes=1


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
~ xapi.json
@@ -378 +378,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1
Nothing to change: everything is as asked for.

$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)              : f3520e4f-b19a-5897-ad31-8ac3667f8a45
        vm-name-label ( RO): win10-gpu
                 mask ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
         mask-is-read ( RO): true
            host-mask ( RO): 
                 cpus ( RO): 16-31
                nodes (SRO): 1
            vcpus-max ( RO): 8
     cores-per-socket ( RO): 
         device-nodes (SRO): 
               domain ( RO): 
         running-cpus (SRO): 
    memory-from-nodes (SRO): 
      memory-on-nodes (SRO): 



$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=0,1
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
              to ( RO): 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): asked for: nodes=0,1


Done: 1 change was made and read back (history entry 2; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
~ xapi.json
@@ -379 +379 @@
-        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=0-3,8
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
              to ( RO): 0,1,2,3,8
    takes-effect ( RO): vm-start
          reason ( RO): asked for: cpus=0-3,8


Done: 1 change was made and read back (history entry 3; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VM_VCPUS_NODE (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has 8 vCPUs and its mask only 5 CPUs: the vCPUs take turns
!   evidence: 0,1,2,3,8
!   remedy:   give it more CPUs of the same node: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=0-5,8-9
! warn VM_CORES_HALF (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has not all threads of its cores: 1 more (CPU 9) stays with whoever else runs there
!   evidence: 0,1,2,3,8
!   remedy:   add it: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=0-3,8-9
~ xapi.json
@@ -379 +379 @@
-        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+        "mask": "0,1,2,3,8"

# nonsense, absent CPUs, nothing: the mask stays
$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=2
! Error: the host has no node '2'
! numa-node-list shows the nodes
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=
! Error: nodes= is empty: a VM without CPUs cannot start
! vm-numa-reset takes the mask away: the vCPUs run on every CPU then
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=30-40
! Error: the host has no CPU 32-40, or it is off: Xen would refuse to start the VM
! its CPUs are 0-31
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=3-1
! Error: item '3-1' of the CPU list runs backwards
! CPU list:1:1
!   3-1
!   ^~~
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=all
! Error: item 'all' of the CPU list is not N, N-M, ^N or ^N-M with CPU numbers from 0 to 4095
! CPU list:1:1
!   all
!   ^~~
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! give one of node=, nodes=, cpus= and near=
! For usage run: 'xe-passthrough help vm-numa-set'
[2]

$ xe-passthrough vm-numa-reset uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 0,1,2,3,8
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): asked for: the vCPUs may run on every CPU again


Done: 1 change was made and read back (history entry 4; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
~ xapi.json
@@ -378,3 +378 @@
-      "VCPUs_params": {
-        "mask": "0,1,2,3,8"
-      },
+      "VCPUs_params": {},

$ xe-passthrough vm-numa-reset uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
Nothing to change: everything is as asked for.

# one CPU a vCPU; whole cores; figures where it does not fit
$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=8-15,^12 per-vcpu=true
! Error: per-vcpu=true: 'win10-gpu' has 8 vCPUs and there are 7 CPUs
! name more CPUs, or leave per-vcpu=true out
[1]

$ xe-passthrough --dry-run vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=16-23 per-vcpu=true
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16;17;18;19;20;21;22;23
    takes-effect ( RO): vm-start
          reason ( RO): asked for: cpus=16-23


Dry run: 1 change would be made, nothing was touched.
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough --dry-run vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=8-15,^12 cores=full
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 8,9,10,11,14,15
    takes-effect ( RO): vm-start
          reason ( RO): asked for: cpus=8-15,^12


Dry run: 1 change would be made, nothing was touched.
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VM_VCPUS_NODE (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has 8 vCPUs and its mask only 6 CPUs: the vCPUs take turns
!   evidence: 8,9,10,11,14,15
!   remedy:   give it more CPUs of the same node: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=0-1,8-11,14-15
! Note: cores=full leaves out 13: the other threads of these cores are not among the CPUs

$ xe-passthrough --dry-run vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=8 cores=full
! Error: no CPU is left: a VM without CPUs cannot start
! Note: cores=full leaves out 8: the other threads of these cores are not among the CPUs
[1]

$ xe-passthrough --dry-run vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 near=pci
! Error: near=pci: other-config:pci of 'win10-gpu' names no device
! near=DEVICE names any device of the host; vm-pci-attach gives the VM one, and with numa=near the mask, too
[1]

$ xe-passthrough --dry-run vm-numa-set uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb near=pci
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM 04c43e25-3853-5f33-8f90-1f90ed9930cb 'nas-archive'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): CPUs of node 1, where the devices are; the VM's memory then comes from there too


Dry run: 1 change would be made, nothing was touched.
Next: start the VM: xe vm-start uuid=04c43e25-3853-5f33-8f90-1f90ed9930cb

$ sh: sed -i 's/"free": [0-9]*/"free": 1073741824/' xen.json
~ xen.json
@@ -175 +175 @@
-      "free": 150323855360,
+      "free": 1073741824,
@@ -183 +183 @@
-      "free": 150323855360,
+      "free": 1073741824,

$ xe-passthrough --dry-run vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 node=1
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): asked for: node=1


Dry run: 1 change would be made, nothing was touched.
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VM_MEMORY_FREE (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has 65536 MiB and node 1 has 1024 MiB free: the rest comes from another node
!   evidence: numa-node-list: memory-free
!   remedy:   give it less memory, or wait until other VMs are gone from there, or let it use another node as well: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=0,1

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 node=1 memory=check
! Error: refused, nothing was changed
! refuse VM_MEMORY_FREE (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has 65536 MiB and node 1 has 1024 MiB free: the rest comes from another node
!   evidence: numa-node-list: memory-free
!   remedy:   give it less memory, or wait until other VMs are gone from there, or let it use another node as well: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=0,1
!   override: force=VM_MEMORY_FREE@f3520e4f-b19a-5897-ad31-8ac3667f8a45
[1]

# the guest's topology
$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cores-per-socket=3
! Error: cores-per-socket=3 does not divide the 8 vCPUs of 'win10-gpu': XAPI would not start it
! choose a number that divides 8
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cores-per-socket=8
step ( RO)            : 1
          change ( RO): platform:cores-per-socket
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 8
    takes-effect ( RO): vm-start
          reason ( RO): the guest sees 1 socket of 8 cores


Done: 1 change was made and read back (history entry 5; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
~ xapi.json
@@ -415 +415,2 @@
-        "secureboot": "false"
+        "secureboot": "false",
+        "cores-per-socket": "8"

# a running domain: pinned now, and taken back
$ xe-passthrough vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=0 live=true
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): (absent)
              to ( RO): 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
    takes-effect ( RO): vm-start
          reason ( RO): asked for: nodes=0


step ( RO)            : 2
          change ( RO): CPUs of the running vCPUs
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 0-31;0-31;0-31;0-31;0-31;0-31;0-31;0-31
              to ( RO): 0-15;0-15;0-15;0-15;0-15;0-15;0-15;0-15
    takes-effect ( RO): now
          reason ( RO): live=true: the running domain, until it ends; a reboot forgets it and takes the mask


Done: 2 changes were made and read back (history entry 6; state-rollback takes it back).
Next: shut the VM down and start it again: these are read when a VM starts
! Note: live=true moves no memory: what the VM has stays on the nodes where it is until it is started anew
~ xapi.json
@@ -499 +499,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
+      },
~ xen.json
@@ -448,8 +448,8 @@
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31"
+      "0-15",
+      "0-15",
+      "0-15",
+      "0-15",
+      "0-15",
+      "0-15",
+      "0-15",
+      "0-15"

$ xe-passthrough vm-numa-get uuid=6222a244-7242-5abe-ad42-621b5d31b420
vm-uuid ( RO)              : 6222a244-7242-5abe-ad42-621b5d31b420
        vm-name-label ( RO): db-running
                 mask ( RO): 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
         mask-is-read ( RO): true
            host-mask ( RO): 
                 cpus ( RO): 0-15
                nodes (SRO): 0
            vcpus-max ( RO): 8
     cores-per-socket ( RO): 
         device-nodes (SRO): 0
               domain ( RO): 3
         running-cpus (SRO): 0-15
    memory-from-nodes (SRO): 0; 1
      memory-on-nodes (SRO): <unknown>



$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): CPUs of the running vCPUs
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 0-15;0-15;0-15;0-15;0-15;0-15;0-15;0-15
              to ( RO): 0-31;0-31;0-31;0-31;0-31;0-31;0-31;0-31
    takes-effect ( RO): now
          reason ( RO): takes back history entry 6: vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=0 live=true


step ( RO)            : 2
          change ( RO): VCPUs-params:mask
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 6: vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=0 live=true


Done: 2 changes were made and read back (history entry 7; state-rollback to=6 goes back to before it).
~ xapi.json
@@ -499,3 +499 @@
-      "VCPUs_params": {
-        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
-      },
+      "VCPUs_params": {},
~ xen.json
@@ -448,8 +448,8 @@
-      "0-15",
-      "0-15",
-      "0-15",
-      "0-15",
-      "0-15",
-      "0-15",
-      "0-15",
-      "0-15"
+      "0-31",
+      "0-31",
+      "0-31",
+      "0-31",
+      "0-31",
+      "0-31",
+      "0-31",
+      "0-31"

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1 live=true
! Error: live=true: the VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 does not run on this host
[1]

# it has ended since: nothing is left to take back of it
$ xe-passthrough vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=1 live=true
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): asked for: nodes=1


step ( RO)            : 2
          change ( RO): CPUs of the running vCPUs
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 0-31;0-31;0-31;0-31;0-31;0-31;0-31;0-31
              to ( RO): 16-31;16-31;16-31;16-31;16-31;16-31;16-31;16-31
    takes-effect ( RO): now
          reason ( RO): live=true: the running domain, until it ends; a reboot forgets it and takes the mask


Done: 2 changes were made and read back (history entry 8; state-rollback takes it back).
Next: shut the VM down and start it again: these are read when a VM starts
! warn VM_MASK_FAR (6222a244-7242-5abe-ad42-621b5d31b420): the CPUs of 'db-running' are all on another node than its device 0000:19:00.0: every transfer crosses sockets
!   evidence: mask 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
!             0000:19:00.0 is on node 0 with the CPUs 0-15
!   remedy:   vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 near=0000:19:00.0
! Note: live=true moves no memory: what the VM has stays on the nodes where it is until it is started anew
~ xapi.json
@@ -499 +499,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },
~ xen.json
@@ -448,8 +448,8 @@
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31",
-      "0-31"
+      "16-31",
+      "16-31",
+      "16-31",
+      "16-31",
+      "16-31",
+      "16-31",
+      "16-31",
+      "16-31"

$ sh: sed -i 's/6222a244-7242-5abe-ad42-621b5d31b420/99999999-7242-5abe-ad42-621b5d31b420/' xen.json
~ xen.json
@@ -421 +421 @@
-      "uuid": "6222a244-7242-5abe-ad42-621b5d31b420",
+      "uuid": "99999999-7242-5abe-ad42-621b5d31b420",

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM 6222a244-7242-5abe-ad42-621b5d31b420 'db-running'
            from ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 8: vm-numa-set uuid=6222a244-7242-5abe-ad42-621b5d31b420 nodes=1 live=true


Done: 1 change was made and read back (history entry 9; state-rollback to=8 goes back to before it).
~ xapi.json
@@ -499,3 +499 @@
-      "VCPUs_params": {
-        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
-      },
+      "VCPUs_params": {},

# the host's policy, and its mask for all VMs
$ xe-passthrough host-numa-policy-get
host-uuid ( RO)               : e6e80ebb-6aae-550e-983b-bd28a8473e7b
         host-name-label ( RO): gpu-server
    numa-affinity-policy ( RO): default_policy
                    mask ( RO): 
            mask-is-read ( RO): 
                    cpus ( RO): 0-31



$ xe-passthrough host-numa-policy-set policy=best_effort cpus=0-7,16-17
step ( RO)            : 1
          change ( RO): numa-affinity-policy
           where ( RO): host e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
            from ( RO): default_policy
              to ( RO): best_effort
    takes-effect ( RO): vm-start
          reason ( RO): asked for: policy=best_effort


step ( RO)            : 2
          change ( RO): guest_VCPUs_params:mask
           where ( RO): host e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
            from ( RO): (absent)
              to ( RO): 0,1,2,3,4,5,6,7,16,17
    takes-effect ( RO): vm-start
          reason ( RO): asked for: cpus=0-7,16-17


Done: 2 changes were made and read back (history entry 10; state-rollback takes it back).
Next: VMs that start from now on are placed so; running ones stay as they are
~ xapi.json
@@ -217 +217,3 @@
-      "guest_VCPUs_params": {},
+      "guest_VCPUs_params": {
+        "mask": "0,1,2,3,4,5,6,7,16,17"
+      },
@@ -239 +241 @@
-      "numa_affinity_policy": "default_policy",
+      "numa_affinity_policy": "best_effort",

$ xe-passthrough host-numa-policy-get
host-uuid ( RO)               : e6e80ebb-6aae-550e-983b-bd28a8473e7b
         host-name-label ( RO): gpu-server
    numa-affinity-policy ( RO): best_effort
                    mask ( RO): 0,1,2,3,4,5,6,7,16,17
            mask-is-read ( RO): true
                    cpus ( RO): 0-7,16-17



$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=8-15
! Error: nothing is left of the CPUs 8-15: the host's own mask for all VMs is 0,1,2,3,4,5,6,7,16,17
! host-numa-policy-get shows it, host-numa-policy-set changes it
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): (absent)
              to ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    takes-effect ( RO): vm-start
          reason ( RO): asked for: nodes=1


Done: 1 change was made and read back (history entry 11; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
! warn VM_VCPUS_NODE (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has 8 vCPUs and its mask only 2 CPUs: the vCPUs take turns
!   evidence: 16,17
!   remedy:   give it fewer vCPUs, or let it use another node as well: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=0,1
! warn VM_MEMORY_FREE (f3520e4f-b19a-5897-ad31-8ac3667f8a45): 'win10-gpu' has 65536 MiB and node 1 has 1024 MiB free: the rest comes from another node
!   evidence: numa-node-list: memory-free
!   remedy:   give it less memory, or wait until other VMs are gone from there, or let it use another node as well: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=0,1
! Note: the host's own mask for all VMs leaves the CPUs 16-17
~ xapi.json
@@ -380 +380,3 @@
-      "VCPUs_params": {},
+      "VCPUs_params": {
+        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
+      },

$ xe-passthrough host-numa-policy-set cpus=0-3
! Error: nothing would be left of the CPU masks of 'win10-gpu' (16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31)
! XAPI intersects both, and a VM without CPUs does not start: change these masks first
[1]

$ xe-passthrough host-numa-policy-set cpus=40
! Error: the host has no CPU 40, or it is off: Xen would refuse to start the VM
! its CPUs are 0-31
[1]

$ xe-passthrough host-numa-policy-set
! give policy= or cpus=
! For usage run: 'xe-passthrough help host-numa-policy-set'
[2]

$ xe-passthrough host-numa-policy-set policy=spread
! policy=spread: must be one of any|best_effort|default_policy
! For usage run: 'xe-passthrough help host-numa-policy-set'
[2]

$ xe-passthrough host-numa-policy-set cpus=
step ( RO)            : 1
          change ( RO): guest_VCPUs_params:mask
           where ( RO): host e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
            from ( RO): 0,1,2,3,4,5,6,7,16,17
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): asked for: cpus=


Done: 1 change was made and read back (history entry 12; state-rollback takes it back).
Next: VMs that start from now on are placed so; running ones stay as they are
~ xapi.json
@@ -217,3 +217 @@
-      "guest_VCPUs_params": {
-        "mask": "0,1,2,3,4,5,6,7,16,17"
-      },
+      "guest_VCPUs_params": {},

$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): VCPUs-params:mask
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 11: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1


step ( RO)            : 2
          change ( RO): numa-affinity-policy
           where ( RO): host e6e80ebb-6aae-550e-983b-bd28a8473e7b 'gpu-server'
            from ( RO): best_effort
              to ( RO): default_policy
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 10: host-numa-policy-set policy=best_effort cpus=0-7,16-17


step ( RO)            : 3
          change ( RO): platform:cores-per-socket
           where ( RO): VM f3520e4f-b19a-5897-ad31-8ac3667f8a45 'win10-gpu'
            from ( RO): 8
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 5: vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cores-per-socket=8


Done: 3 changes were made and read back (history entry 13; state-rollback to=12 goes back to before it).
~ xapi.json
@@ -239 +239 @@
-      "numa_affinity_policy": "best_effort",
+      "numa_affinity_policy": "default_policy",
@@ -378,3 +378 @@
-      "VCPUs_params": {
-        "mask": "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
-      },
+      "VCPUs_params": {},
@@ -417,2 +415 @@
-        "secureboot": "false",
-        "cores-per-socket": "8"
+        "secureboot": "false"

# XAPI of 8.2 has no policy
$ sh: sed -i '/"numa_affinity_policy"/d' xapi.json
~ xapi.json
@@ -239 +238,0 @@
-      "numa_affinity_policy": "default_policy",

$ xe-passthrough --minimal host-numa-policy-get params=numa-affinity-policy


$ xe-passthrough host-numa-policy-set policy=any
! Error: XAPI of 'gpu-server' has no numa_affinity_policy: it came with 8.3
[1]
