# Nodes, and the CPUs of a VM: written in the only form that XAPI reads.
host: gpu-server

$ xe-passthrough numa-node-list

$ xe-passthrough --json numa-node-list

$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=1

$ xe-passthrough vm-numa-get uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=0,1

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=0-3,8

# nonsense, absent CPUs, nothing: the mask stays
$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=2

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 nodes=

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=30-40

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=3-1

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45 cpus=all

$ xe-passthrough vm-numa-set uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-numa-reset uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45

$ xe-passthrough vm-numa-reset uuid=f3520e4f-b19a-5897-ad31-8ac3667f8a45
