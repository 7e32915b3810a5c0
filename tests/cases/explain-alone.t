# explain needs no host, no Xen and no XAPI: what cannot be had is unknown.
host: grub-only

$ xe-passthrough explain message='pciback has not loaded' params=code,here
code ( RO)    : EXPLAIN_PCIBACK_NOT_LOADED
    here ( RO): <unknown>



$ xe-passthrough explain message='IOMMU unavailable; PCI device 0000:04:00.0 is not assignable' params=code,here
code ( RO)    : EXPLAIN_IOMMU_UNAVAILABLE
    here ( RO): <unknown>


code ( RO)    : EXPLAIN_NOT_ASSIGNABLE
    here ( RO): <unknown>



$ xe-passthrough explain message='VM_HAS_VUSBS [OpaqueRef:f3520e4f-b19a-5897-ad31-8ac3667f8a45]' params=code,here
code ( RO)    : EXPLAIN_VM_HAS_VUSBS
    here ( RO): <unknown>


