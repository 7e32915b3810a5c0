# USB devices of VMs, on a recording: what does not need XAPI's scan.
host: usb-desk

$ xe-passthrough vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-4
step ( RO)            : 1
          change ( RO): passthrough-enabled
           where ( RO): USB device 1-4 046d:0825 6E2F10A0
            from ( RO): false
              to ( RO): true
    takes-effect ( RO): now
          reason ( RO): XAPI takes it from dom0 for VMs


step ( RO)            : 2
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): 1-4 046d:0825 6E2F10A0
    takes-effect ( RO): vm-start
          reason ( RO): the VM has the device through it from its next start on


step ( RO)            : 3
          change ( RO): platform:usb
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): true
    takes-effect ( RO): vm-start
          reason ( RO): the VM gets a USB controller


Done: 3 changes were made and read back (history entry 1; state-rollback takes it back).
Next: start the VM: xe vm-start uuid=49331a73-c8a4-5a2e-9623-d80aee909744
~ xapi.json
@@ -59 +59,2 @@
-        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f"
+        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f",
+        "OpaqueRef:00000000-0000-0000-0000-000000000001"
@@ -72 +73,3 @@
-      "platform": {},
+      "platform": {
+        "usb": "true"
+      },
@@ -185 +188 @@
-      "passthrough_enabled": false,
+      "passthrough_enabled": true,
@@ -230 +233,3 @@
-      "VUSBs": [],
+      "VUSBs": [
+        "OpaqueRef:00000000-0000-0000-0000-000000000001"
+      ],
@@ -240,0 +246,7 @@
+    },
+    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
+      "uuid": "00000000-0000-4000-8000-000000000001",
+      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
+      "USB_group": "OpaqueRef:eb01ac57-c2fb-55ff-89e8-e930f87bf866",
+      "other_config": {},
+      "currently_attached": false

# the history tells what each change is of
$ xe-passthrough state-history params=changes
changes (SRO)    : passthrough-enabled of USB device 1-4 046d:0825 6E2F10A0: false -> true; VUSB of VM 'home-automation': (absent) -> 1-4 046d:0825 6E2F10A0; platform:usb of VM 'home-automation': (absent) -> true



# given once
$ xe-passthrough vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=046d:0825
Nothing to change: everything is as asked for.

$ xe-passthrough vm-usb-list params=device,vendor-id,product-id,serial,status,wanted
device ( RO)        : 1-1.2
     vendor-id ( RO): 0403
    product-id ( RO): 6001
        serial ( RO): 
        status ( RO): assigned
        wanted ( RO): false


device ( RO)        : 1-4
     vendor-id ( RO): 046d
    product-id ( RO): 0825
        serial ( RO): 6E2F10A0
        status ( RO): assigned
        wanted ( RO): true



$ xe-passthrough state-show params=kind,subject,value
kind ( RO)       : usb
    subject ( RO): 49331a73-c8a4-5a2e-9623-d80aee909744
      value ( RO): 1-4 046d:0825 6E2F10A0


! Note: the copy in XAPI (host.other_config:xe-passthrough:state) agrees

$ xe-passthrough state-plan params=drift,wanted,configured
drift ( RO)         : none
        wanted ( RO): 1-4 046d:0825 6E2F10A0
    configured ( RO): 1-4 046d:0825 6E2F10A0



# what dom0 lives on
$ xe-passthrough vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-3
! Error: refused, nothing was changed
! refuse USB_DOM0 (1-3): dom0 lives on 1-3 (0781:5591 SanDisk Ultra USB 3.0): / <- sda1 <- 0000:00:14.0
!   remedy:   choose another device
[1]

# the policy denies it: the whole plan
$ xe-passthrough --dry-run vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1cf1:0030
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 2: ALLOW:vid=1cf1 pid=0030
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): (absent)
              to ( RO): 1 local change
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


step ( RO)            : 3
          change ( RO): USB devices that XAPI offers
           where ( RO): XAPI, this host
            from ( RO): 4
              to ( RO): 5: 1-1.2 1-1.3 1-2 1-3 1-4
    takes-effect ( RO): now
          reason ( RO): XAPI looks at the policy only when it is asked to, and does not tell when it has


step ( RO)            : 4
          change ( RO): passthrough-enabled
           where ( RO): USB device 1-2 1cf1:0030 DE2132111
            from ( RO): false
              to ( RO): true
    takes-effect ( RO): now
          reason ( RO): XAPI takes it from dom0 for VMs


step ( RO)            : 5
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): 1-2 1cf1:0030 DE2132111
    takes-effect ( RO): vm-start
          reason ( RO): the VM has the device through it from its next start on


Dry run: 5 changes would be made, nothing was touched.
Next: start the VM: xe vm-start uuid=49331a73-c8a4-5a2e-9623-d80aee909744
! Note: XAPI will offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs

# nobody scans in a recording, and nothing of the plan stays
$ xe-passthrough vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-2
! Error: 'HOST' is a recording: which USB devices XAPI would offer after a scan is unknown there
! Note: XAPI will offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
[1]

$ xe-passthrough usb-policy-list rule=2
rule ( RO)       : 2
       text ( RO): DENY: class=02
    meaning ( RO): deny communications (modems, serial ports, networks)
    devices ( RO): 1



# XAPI has destroyed the VUSB
$ sh: python3 -c "import json; d = json.load(open('xapi.json')); d['VUSB'] = {k: v for k, v in d['VUSB'].items() if '0000-0000' not in k}; open('xapi.json', 'w').write(json.dumps(d, indent=2) + chr(10))"
~ xapi.json
@@ -246,7 +245,0 @@
-    },
-    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
-      "uuid": "00000000-0000-4000-8000-000000000001",
-      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
-      "USB_group": "OpaqueRef:eb01ac57-c2fb-55ff-89e8-e930f87bf866",
-      "other_config": {},
-      "currently_attached": false

$ xe-passthrough vm-usb-list params=device,status,now-at
device ( RO)    : 1-1.2
    status ( RO): assigned
    now-at (SRO): <unknown>


device ( RO)    : 1-4
    status ( RO): lost, there
    now-at (SRO): 1-4



$ xe-passthrough vm-usb-repair
step ( RO)            : 1
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): 1-4 046d:0825 6E2F10A0
    takes-effect ( RO): vm-start
          reason ( RO): the VM has the device through it from its next start on


Done: 1 change was made and read back (history entry 3; state-rollback takes it back).
~ xapi.json
@@ -59,0 +60 @@
+        "OpaqueRef:00000000-0000-0000-0000-000000000001",
@@ -233,0 +235 @@
+        "OpaqueRef:00000000-0000-0000-0000-000000000001",
@@ -245,0 +248,7 @@
+    },
+    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
+      "uuid": "00000000-0000-4000-8000-000000000001",
+      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
+      "USB_group": "OpaqueRef:eb01ac57-c2fb-55ff-89e8-e930f87bf866",
+      "other_config": {},
+      "currently_attached": false

$ xe-passthrough vm-usb-detach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=all
step ( RO)            : 1
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): 1-1.2 0403:6001
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): the VM has it no more


step ( RO)            : 2
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): 1-4 046d:0825 6E2F10A0
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): the VM has it no more


Done: 2 changes were made and read back (history entry 4; state-rollback takes it back).
~ xapi.json
@@ -58,5 +58 @@
-      "VUSBs": [
-        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f",
-        "OpaqueRef:00000000-0000-0000-0000-000000000001",
-        "OpaqueRef:00000000-0000-0000-0000-000000000001"
-      ],
+      "VUSBs": [],
@@ -202,3 +198 @@
-      "VUSBs": [
-        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f"
-      ],
+      "VUSBs": [],
@@ -234,23 +228,5 @@
-      "VUSBs": [
-        "OpaqueRef:00000000-0000-0000-0000-000000000001",
-        "OpaqueRef:00000000-0000-0000-0000-000000000001"
-      ],
-      "other_config": {}
-    }
-  },
-  "VUSB": {
-    "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f": {
-      "uuid": "2a4bfbc0-c3d3-54d7-9761-c5bec15001ab",
-      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
-      "USB_group": "OpaqueRef:25469aa5-43fa-5588-b138-58c8e932cd81",
-      "other_config": {},
-      "currently_attached": false
-    },
-    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
-      "uuid": "00000000-0000-4000-8000-000000000001",
-      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
-      "USB_group": "OpaqueRef:eb01ac57-c2fb-55ff-89e8-e930f87bf866",
-      "other_config": {},
-      "currently_attached": false
-    }
-  }
+      "VUSBs": [],
+      "other_config": {}
+    }
+  },
+  "VUSB": {}

$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): 1-1.2 0403:6001
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 4: vm-usb-detach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=all


step ( RO)            : 2
          change ( RO): platform:usb
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): true
              to ( RO): (absent)
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 1: vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-4


step ( RO)            : 3
          change ( RO): passthrough-enabled
           where ( RO): USB device 1-4 046d:0825 6E2F10A0
            from ( RO): true
              to ( RO): false
    takes-effect ( RO): now
          reason ( RO): takes back history entry 1: vm-usb-attach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-4


Done: 3 changes were made and read back (history entry 5; state-rollback to=4 goes back to before it).
~ xapi.json
@@ -58 +58,3 @@
-      "VUSBs": [],
+      "VUSBs": [
+        "OpaqueRef:00000000-0000-0000-0000-000000000001"
+      ],
@@ -70,3 +72 @@
-      "platform": {
-        "usb": "true"
-      },
+      "platform": {},
@@ -185 +185 @@
-      "passthrough_enabled": true,
+      "passthrough_enabled": false,
@@ -198 +198,3 @@
-      "VUSBs": [],
+      "VUSBs": [
+        "OpaqueRef:00000000-0000-0000-0000-000000000001"
+      ],
@@ -232 +234,9 @@
-  "VUSB": {}
+  "VUSB": {
+    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
+      "uuid": "00000000-0000-4000-8000-000000000001",
+      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
+      "USB_group": "OpaqueRef:25469aa5-43fa-5588-b138-58c8e932cd81",
+      "other_config": {},
+      "currently_attached": false
+    }
+  }
