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
      "source": "xen"
    },
    {
      "node": 1,
      "cpus": "16-31",
      "cpu-count": 16,
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
      "source": "xen"
    }
  ]
}

$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
             mask ( RO): 
     mask-is-read ( RO): 
             cpus ( RO): 0-31
            nodes (SRO): 0; 1
        vcpus-max ( RO): 8
     device-nodes (SRO): 



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
vm-uuid ( RO)          : f3520e4f-b19a-5897-ad31-8ac3667f8a45
    vm-name-label ( RO): win10-gpu
             mask ( RO): 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
     mask-is-read ( RO): true
             cpus ( RO): 16-31
            nodes (SRO): 1
        vcpus-max ( RO): 8
     device-nodes (SRO): 



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
! Error: no CPU is left: a VM without CPUs cannot start
[1]

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=30-40
! Error: the host has no CPU 32-40: Xen would refuse to start the VM
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
