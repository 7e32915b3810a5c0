# USB devices by xe's own verbs: what a VM gets is wanted, and comes back.
host: usb-desk

# not before VMs may have it
$ xe-passthrough vusb-create usb-group-uuid=fb8bdb24-5252-5612-8b79-9fa00fe87624 vm-uuid=49331a73-c8a4-5a2e-9623-d80aee909744
! Error: the USB device 1-4 is dom0's: its PUSB is not enabled for VMs
! pusb-param-set uuid=eeb181df-be79-5bf0-a275-e5fbc5bb8411 passthrough-enabled=true first
[1]

$ xe-passthrough pusb-param-set uuid=eeb181df-be79-5bf0-a275-e5fbc5bb8411 passthrough-enabled=true
~ xapi.json
@@ -185 +185 @@
-      "passthrough_enabled": false,
+      "passthrough_enabled": true,

$ xe-passthrough pusb-param-set uuid=eeb181df-be79-5bf0-a275-e5fbc5bb8411 passthrough-enabled=yes
! passthrough-enabled=yes: must be one of true|false
! For usage run: 'xe-passthrough help pusb-param-set'
[1]

# dom0 lives on this one
$ xe-passthrough pusb-param-set uuid=7999d29e-0ce0-5198-980d-7283ed0fb47d passthrough-enabled=true
! Error: refused, nothing was changed
! refuse USB_DOM0 (1-3): dom0 lives on 1-3 (0781:5591 SanDisk Ultra USB 3.0): / <- sda1 <- 0000:00:14.0
!   remedy:   choose another device
[1]

$ xe-passthrough --dry-run vusb-create usb-group-uuid=fb8bdb24-5252-5612-8b79-9fa00fe87624 vm-uuid=49331a73-c8a4-5a2e-9623-d80aee909744
step ( RO)            : 1
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): 1-4 046d:0825 6E2F10A0
    takes-effect ( RO): vm-start
          reason ( RO): asked for: the VM has the device from its next start on


Dry run: 1 change would be made, nothing was touched.

$ xe-passthrough vusb-create usb-group-uuid=fb8bdb24-5252-5612-8b79-9fa00fe87624 vm-uuid=49331a73-c8a4-5a2e-9623-d80aee909744
00000000-0000-4000-8000-000000000001
~ xapi.json
@@ -59 +59,2 @@
-        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f"
+        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f",
+        "OpaqueRef:00000000-0000-0000-0000-000000000001"
@@ -230 +231,3 @@
-      "VUSBs": [],
+      "VUSBs": [
+        "OpaqueRef:00000000-0000-0000-0000-000000000001"
+      ],
@@ -240,0 +244,7 @@
+    },
+    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
+      "uuid": "00000000-0000-4000-8000-000000000001",
+      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
+      "USB_group": "OpaqueRef:eb01ac57-c2fb-55ff-89e8-e930f87bf866",
+      "other_config": {},
+      "currently_attached": false

$ xe-passthrough vusb-create usb-group-uuid=fb8bdb24-5252-5612-8b79-9fa00fe87624 vm-uuid=49331a73-c8a4-5a2e-9623-d80aee909744
! The group's USB device is given to a VM already: a group has one VUSB.
! USB_group: fb8bdb24-5252-5612-8b79-9fa00fe87624 (Group of 046d 0825 USBs)
[1]

$ xe-passthrough vm-usb-list params=device,status,wanted
device ( RO)    : 1-1.2
    status ( RO): assigned
    wanted ( RO): false


device ( RO)    : 1-4
    status ( RO): assigned
    wanted ( RO): true



$ xe-passthrough vusb-create usb-group-uuid=fb8bdb24-5252-5612-8b79-9fa00fe87624 vm-uuid=nobody
! There is no object of this type with this uuid.
! type: VM
! uuid: nobody
[1]

$ xe-passthrough vusb-unplug uuid=2a4bfbc0-c3d3-54d7-9761-c5bec15001ab
! Error: 'HOST' is a recording, not a running host: XAPI's VUSB.unplug cannot be called
[1]

$ xe-passthrough vusb-destroy uuid=2a4bfbc0-c3d3-54d7-9761-c5bec15001ab
~ xapi.json
@@ -59 +58,0 @@
-        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f",
@@ -199,3 +198 @@
-      "VUSBs": [
-        "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f"
-      ],
+      "VUSBs": [],
@@ -238,7 +234,0 @@
-    "OpaqueRef:831219f2-c080-5ccd-8741-42ebc690041f": {
-      "uuid": "2a4bfbc0-c3d3-54d7-9761-c5bec15001ab",
-      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
-      "USB_group": "OpaqueRef:25469aa5-43fa-5588-b138-58c8e932cd81",
-      "other_config": {},
-      "currently_attached": false
-    },

$ xe-passthrough vusb-destroy uuid=2a4bfbc0-c3d3-54d7-9761-c5bec15001ab
! There is no object of this type with this uuid.
! type: VUSB
! uuid: 2a4bfbc0-c3d3-54d7-9761-c5bec15001ab
[1]

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): VUSB
           where ( RO): VM 49331a73-c8a4-5a2e-9623-d80aee909744 'home-automation'
            from ( RO): (absent)
              to ( RO): 1-1.2 0403:6001
    takes-effect ( RO): vm-start
          reason ( RO): takes back history entry 3: vusb-destroy uuid=2a4bfbc0-c3d3-54d7-9761-c5bec15001ab


Done: 1 change was made and read back (history entry 4; state-rollback to=3 goes back to before it).
~ xapi.json
@@ -59 +59,2 @@
-        "OpaqueRef:00000000-0000-0000-0000-000000000001"
+        "OpaqueRef:00000000-0000-0000-0000-000000000001",
+        "OpaqueRef:00000000-0000-0000-0000-000000000002"
@@ -198 +199,3 @@
-      "VUSBs": [],
+      "VUSBs": [
+        "OpaqueRef:00000000-0000-0000-0000-000000000002"
+      ],
@@ -240,0 +244,7 @@
+    },
+    "OpaqueRef:00000000-0000-0000-0000-000000000002": {
+      "uuid": "00000000-0000-4000-8000-000000000002",
+      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
+      "USB_group": "OpaqueRef:25469aa5-43fa-5588-b138-58c8e932cd81",
+      "other_config": {},
+      "currently_attached": false

# it goes with the device that is dom0's again
$ xe-passthrough pusb-param-set uuid=eeb181df-be79-5bf0-a275-e5fbc5bb8411 passthrough-enabled=false
~ xapi.json
@@ -59 +58,0 @@
-        "OpaqueRef:00000000-0000-0000-0000-000000000001",
@@ -186 +185 @@
-      "passthrough_enabled": true,
+      "passthrough_enabled": false,
@@ -231,3 +230 @@
-      "VUSBs": [
-        "OpaqueRef:00000000-0000-0000-0000-000000000001"
-      ],
+      "VUSBs": [],
@@ -238,7 +234,0 @@
-    "OpaqueRef:00000000-0000-0000-0000-000000000001": {
-      "uuid": "00000000-0000-4000-8000-000000000001",
-      "VM": "OpaqueRef:7c80b714-60d1-5855-9008-82e4c9af66ed",
-      "USB_group": "OpaqueRef:eb01ac57-c2fb-55ff-89e8-e930f87bf866",
-      "other_config": {},
-      "currently_attached": false
-    },

# plugged in
$ sh: sed -i 's/"currently_attached": false/"currently_attached": true/' xapi.json
~ xapi.json
@@ -240 +240 @@
-      "currently_attached": false
+      "currently_attached": true

$ xe-passthrough pusb-param-set uuid=786f9d8b-f213-51f5-b331-2b9aa9b4cb1d passthrough-enabled=false
! Error: the VM 'home-automation' has the USB device 1-1.2 now
! vusb-unplug uuid=00000000-0000-4000-8000-000000000002 first, or shut the VM down
[1]
