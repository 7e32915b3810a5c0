# What an apply that died had pinned, or written into the host's record, is taken back by the next write; what ended with a domain is not.
host: gpu-server

$ xe-passthrough --minimal vm-numa-set uuid=db-running nodes=0 live=true
~ xapi.json
@@ -498 +498,3 @@
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

$ xe-passthrough --minimal host-numa-policy-set policy=best_effort cpus=0-15
~ xapi.json
@@ -217 +217,3 @@
-      "guest_VCPUs_params": {},
+      "guest_VCPUs_params": {
+        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
+      },
@@ -239 +241 @@
-      "numa_affinity_policy": "default_policy",
+      "numa_affinity_policy": "best_effort",

# both died before their last step: one vCPU was pinned, the host's mask was not written
$ sh: cd root/var/lib/xe-passthrough/journal && mv 000001.done 000001.begun && mv 000002.done 000002.begun && cd ../../../../.. && python3 -c "import json; d = json.load(open('xen.json')); d['vcpu_pins']['3'][1:] = ['0-31'] * 7; json.dump(d, open('xen.json', 'w'), indent=2); d = json.load(open('xapi.json')); next(iter(d['host'].values()))['guest_VCPUs_params'] = {}; json.dump(d, open('xapi.json', 'w'), indent=2); open('xapi.json', 'a').write(chr(10))"
~ xapi.json
@@ -217,3 +217 @@
-      "guest_VCPUs_params": {
-        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
-      },
+      "guest_VCPUs_params": {},
~ xen.json
@@ -449,7 +449,7 @@
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
+      "0-31"
@@ -472 +471,0 @@
-

$ xe-passthrough boot-param-set target=xen key=loglvl value=all
step ( RO)            : 1
          change ( RO): xen boot parameter loglvl
           where ( RO): /boot/efi/EFI/xenserver/grub.cfg: 'XCP-ng', 'XCP-ng (Serial)'
            from ( RO): (absent)
              to ( RO): all
    takes-effect ( RO): host-reboot
          reason ( RO): asked for


Done: 1 change was made and read back (history entry 3; state-rollback takes it back).
Next: reboot this host: boot parameters are read when it starts
! Note: 'host-numa-policy-set policy=best_effort cpus=0-15' of TIME was interrupted: what it had done was taken back
! Note: 'vm-numa-set uuid=db-running nodes=0 live=true' of TIME was interrupted: what it had done was taken back
~ root/boot/efi/EFI/xenserver/grub.cfg
@@ -16 +16 @@
-	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311
+	multiboot2 /boot/xen.gz dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G console=vga vga=mode-0x0311 loglvl=all
@@ -22 +22 @@
-	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G
+	multiboot2 /boot/xen.gz com1=115200,8n1 console=com1,vga dom0_mem=8192M,max:8192M watchdog ucode=scan dom0_max_vcpus=1-16 crashkernel=256M,below=4G loglvl=all
~ xapi.json
@@ -239 +239 @@
-      "numa_affinity_policy": "best_effort",
+      "numa_affinity_policy": "default_policy",
@@ -498,3 +498 @@
-      "VCPUs_params": {
-        "mask": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
-      },
+      "VCPUs_params": {},
~ xen.json
@@ -448 +448 @@
-      "0-15",
+      "0-31",
@@ -471,0 +472 @@
+

$ xe-passthrough vm-numa-get uuid=db-running params=mask,running-cpus
mask ( RO)            : 
    running-cpus (SRO): 0-31



$ xe-passthrough --minimal state-history params=state
failed,failed,done
