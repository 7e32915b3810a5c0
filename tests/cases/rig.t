# What a real Xen answered on the Intel machine of the rig: a group behind a bridge to PCI, and memory that two devices share.
host: rig-vtd

$ xe-passthrough pci-group-list pci-id=0000:05:03.0 params=alias-group,alias-source
alias-group (SRO)     : 0000:04:00.0; 0000:05:03.0; 0000:05:04.0
    alias-source ( RO): xen



# one of the group takes the other along
$ xe-passthrough pci-assignable-add device=05:03.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:05:03.0
            from ( RO): dom0's, driver e1000
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes dom0's driver off it, so that a VM can have it without a reboot


step ( RO)            : 2
          change ( RO): who has the device
           where ( RO): device 0000:05:04.0
            from ( RO): dom0's, driver e1000
              to ( RO): assignable
    takes-effect ( RO): now
          reason ( RO): takes dom0's driver off it, so that a VM can have it without a reboot


Done: 2 changes were made and read back (history entry 1; state-rollback takes it back).
Next: this lasts until the next boot; pci-hide device=0000:05:03.0,0000:05:04.0 makes it stay
! unknown DOM0_NETWORK (0000:05:03.0): whether a storage or migration network of dom0 uses the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   look with xe pif-list params=device,IP, or repeat this when XAPI answers
! warn RESET_NONE (0000:05:03.0): nothing resets 0000:05:03.0 between two owners: it has no reset of its own, and a reset of its bus would hit 0000:05:04.0
!   evidence: xenopsd resets a device before a VM gets it, and goes on where that fails
!   remedy:   power the host off, not only reboot it, when the device does not work in its next VM
! Note: 0000:05:04.0: Xen cannot tell its DMA from that of 0000:05:03.0, made assignable along
~ xen.json
@@ -222 +222,4 @@
-  "assignable": [],
+  "assignable": [
+    "0000:05:03.0",
+    "0000:05:04.0"
+  ],
@@ -246,0 +250 @@
+

# then Xen's group has the bridge alone, which dom0 keeps
$ sh: sed -i '/"0000:05:0[34].0": \[$/,/]/{/"0000:05:0[34].0",\{0,1\}$/d;s/"0000:04:00.0",/"0000:04:00.0"/;}' xen.json
~ xen.json
@@ -161 +160,0 @@
-      "0000:05:04.0",
@@ -165 +163,0 @@
-      "0000:05:03.0",

$ xe-passthrough pci-group-list pci-id=0000:05:03.0 params=alias-group,alias-source
alias-group (SRO)     : 0000:04:00.0; 0000:05:03.0; 0000:05:04.0
    alias-source ( RO): xen



# and one of the group still brings both back
$ xe-passthrough pci-assignable-remove device=05:04.0
step ( RO)            : 1
          change ( RO): who has the device
           where ( RO): device 0000:05:04.0
            from ( RO): assignable
              to ( RO): dom0's
    takes-effect ( RO): now
          reason ( RO): gives it back to the driver that dom0 had on it


step ( RO)            : 2
          change ( RO): who has the device
           where ( RO): device 0000:05:03.0
            from ( RO): assignable
              to ( RO): dom0's
    takes-effect ( RO): now
          reason ( RO): gives it back to the driver that dom0 had on it


Done: 2 changes were made and read back (history entry 2; state-rollback takes it back).
! unknown DEVICE_ASSIGNED (0000:05:04.0): whether a VM has the device is unknown: the recording 'HOST' has no xapi.json
!   remedy:   what XAPI knows of VMs is unknown here: record the host again with XAPI running
! Note: 0000:05:03.0: Xen cannot tell its DMA from that of 0000:05:04.0, given back along
~ xen.json
@@ -220,4 +220 @@
-  "assignable": [
-    "0000:05:03.0",
-    "0000:05:04.0"
-  ],
+  "assignable": [],

$ xe-passthrough pci-check device=03:00.0 code=RMRR_*
code ( RO)        : RMRR_SHARED
    severity ( RO): warn
     subject ( RO): 0000:03:00.0
        text ( RO): 0000:03:00.0 shares reserved memory (RMRR 0x7ffda000-0x7ffdafff) with 0000:02:00.0: XAPI of 8.3 is expected to fail with EPERM when the VM starts (so its sources say; it was not tried)
    evidence ( RO): Xen says so; it is not in the ACPI table
      remedy ( RO): pci-quarantine=false in a file of /etc/xenopsd.conf.d, then restart the toolstack; or another slot


code ( RO)        : RMRR_DISAGREES
    severity ( RO): info
     subject ( RO): 0000:03:00.0
        text ( RO): Xen reserves 0x7ffda000-0x7ffdafff for 0000:03:00.0, and the ACPI table does not
    evidence ( RO): rmrr= stands on Xen's command line
      remedy ( RO): Xen's word decides when a VM starts; xl dmesg after a boot with iommu=verbose shows what it read


