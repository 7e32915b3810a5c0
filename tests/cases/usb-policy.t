# The USB policy: read, judge, edit; every byte that is not edited stays.
host: usb-desk

$ xe-passthrough usb-policy-list
rule ( RO)       : 1
       text ( RO): DENY: vid=17e9
    meaning ( RO): deny every product of vendor 17e9
    devices ( RO): 0


rule ( RO)       : 2
       text ( RO): DENY: class=02
    meaning ( RO): deny communications (modems, serial ports, networks)
    devices ( RO): 1


rule ( RO)       : 3
       text ( RO): ALLOW:vid=056a pid=0315 class=03
    meaning ( RO): allow product 0315 of vendor 056a: human interface devices
    devices ( RO): 0


rule ( RO)       : 4
       text ( RO): ALLOW:vid=056a pid=0314 class=03
    meaning ( RO): allow product 0314 of vendor 056a: human interface devices
    devices ( RO): 0


rule ( RO)       : 5
       text ( RO): ALLOW:vid=056a pid=00fb class=03
    meaning ( RO): allow product 00fb of vendor 056a: human interface devices
    devices ( RO): 0


rule ( RO)       : 6
       text ( RO): DENY: class=03 subclass=01 prot=01
    meaning ( RO): deny keyboard
    devices ( RO): 1


rule ( RO)       : 7
       text ( RO): DENY: class=03 subclass=01 prot=02
    meaning ( RO): deny mouse
    devices ( RO): 0


rule ( RO)       : 8
       text ( RO): DENY: class=0a
    meaning ( RO): deny data of communications devices
    devices ( RO): 1


rule ( RO)       : 9
       text ( RO): DENY: class=e0
    meaning ( RO): deny wireless controllers
    devices ( RO): 0


rule ( RO)       : 10
       text ( RO): DENY: class=ef subclass=04
    meaning ( RO): deny miscellaneous: network (RNDIS)
    devices ( RO): 0


rule ( RO)       : 11
       text ( RO): ALLOW:
    meaning ( RO): allow everything that no rule above decides
    devices ( RO): 5



$ xe-passthrough usb-policy-lint
line ( RO)        : 11
    severity ( RO): warn
        code ( RO): USB_DOM0
        text ( RO): line 11 offers 1-3 (0781:5591 SanDisk Ultra USB 3.0) to VMs, and dom0 lives on it
      remedy ( RO): usb-policy-add rule="DENY:vid=0781 pid=5591"



# behind the rule that takes all
$ xe-passthrough --dry-run usb-policy-add rule="DENY: class=0e" before=last
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 12: DENY: class=0e
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): (absent)
              to ( RO): 1 local change
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Dry run: 2 changes would be made, nothing was touched.
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! warn USB_RULE_SHADOWED (/etc/xensource/usb-policy.conf): line 12 'DENY: class=0e' will never decide: line 11 matches all that it matches, and allows it

# the narrowest rule that allows a device, where it wins
$ xe-passthrough usb-policy-add device=1-2
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


Done: 2 changes were made and read back (history entry 1; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: XAPI will offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+ALLOW:vid=1cf1 pid=0030

$ xe-passthrough usb-policy-add device=1-2
Nothing to change: everything is as asked for.
! Note: the policy allows 1-2 already

$ xe-passthrough usb-policy-explain device=1-2 params=interface,verdict,rule
interface ( RO)    : 1-2:1.0
      verdict ( RO): allow
         rule ( RO): 2


interface ( RO)    : 1-2:1.1
      verdict ( RO): allow
         rule ( RO): 2



# of a keyboard only the interface that is denied
$ xe-passthrough --dry-run usb-policy-add device=1-1.1
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 7: ALLOW:vid=046d pid=c31c class=03 subclass=01 prot=01
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 1 local change
              to ( RO): 2 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Dry run: 2 changes would be made, nothing was touched.
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! warn USB_ONLY_KEYBOARD (1-1.1): 1-1.1 (046d:c31c Logitech USB Keyboard) is the only keyboard of this host: once a VM has it, the console has none
!   remedy:   keep another way to the console
! Note: XAPI will offer 1-1.1 (046d:c31c Logitech USB Keyboard) to VMs

$ xe-passthrough usb-policy-add device=1-1.1 before=last
! Error: 'ALLOW:vid=046d pid=c31c class=03 subclass=01 prot=01' would not decide about 1-1.1 there: a rule above it denies the device
! leave before= away: the rule is then placed so that it wins
[1]

$ xe-passthrough usb-policy-add device=1-1
! Error: 1-1 is a hub: no rule can allow one
[1]

$ xe-passthrough usb-policy-add device=1-5
! Error: 1-5 is not ready, and no rule can allow it: it is not configured: dom0 has not accepted it, or it was taken away from it
[1]

# a rule as it is written
$ xe-passthrough usb-policy-add rule="DENY: class=0e # no cameras" before=11
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 11: DENY: class=0e # no cameras
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 1 local change
              to ( RO): 2 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 2; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: XAPI will no longer offer 1-4 (046d:0825) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -10,0 +11 @@
+DENY: class=0e # no cameras

$ xe-passthrough usb-policy-add rule="DENY: class=0e # no cameras" before=11
Nothing to change: everything is as asked for.

$ xe-passthrough usb-policy-add rule="DENY: class=e"
! Error: rule: class, subclass and prot take exactly 2 hex digits
! rule:1:13
!   DENY: class=e
!               ^
! write leading zeros
[1]

$ xe-passthrough usb-policy-add rule="DENY: vid=0x0781,pid=5591"
! Error: rule: numbers are hex without 0x
! rule:1:11
!   DENY: vid=0x0781,pid=5591
!             ^~~~~~~~~~~~~~~
! leave 0x away, and write leading zeros
[1]

$ xe-passthrough usb-policy-add rule="ALLOW:" before=first
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 1: ALLOW:
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 2 local changes
              to ( RO): 3 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 3; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! warn USB_RULE_SHADOWED (/etc/xensource/usb-policy.conf): 13 rules will never decide (usb-policy-lint shows them), the first in line 2: 'DENY: vid=17e9'
! warn USB_ONLY_KEYBOARD (1-1.1): 1-1.1 (046d:c31c Logitech USB Keyboard) is the only keyboard of this host: once a VM has it, the console has none
!   remedy:   keep another way to the console
! Note: XAPI will offer 1-1.1 (046d:c31c Logitech USB Keyboard) to VMs
! Note: XAPI will offer 1-4 (046d:0825) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+ALLOW:

# a VM would lose its device
$ xe-passthrough usb-policy-add rule="DENY: vid=0403"
! Error: refused, nothing was changed
! refuse USB_ASSIGNMENT_LOST (1-1.2): a VM has 1-1.2 (0403:6001 FTDI FT232R USB UART): at its next scan XAPI takes it from the VM for good
!   evidence: PUSB 786f9d8b-f213-51f5-b331-2b9aa9b4cb1d, VUSB 2a4bfbc0-c3d3-54d7-9761-c5bec15001ab
!   remedy:   vm-usb-detach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-1.2 first, when the VM no longer needs it
!   override: force=USB_ASSIGNMENT_LOST@1-1.2
! Note: XAPI will no longer offer 1-1.2 (0403:6001 FTDI FT232R USB UART) to VMs
! Note: XAPI will no longer offer 1-1.3 (0403:6001 FTDI FT232R USB UART) to VMs
[1]

$ xe-passthrough --dry-run usb-policy-add rule="DENY: vid=0403" force=USB_ASSIGNMENT_LOST@1-1.2
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 1: DENY: vid=0403
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 3 local changes
              to ( RO): 4 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Dry run: 2 changes would be made, nothing was touched.
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! forced USB_ASSIGNMENT_LOST (1-1.2): a VM has 1-1.2 (0403:6001 FTDI FT232R USB UART): at its next scan XAPI takes it from the VM for good
!   evidence: PUSB 786f9d8b-f213-51f5-b331-2b9aa9b4cb1d, VUSB 2a4bfbc0-c3d3-54d7-9761-c5bec15001ab
!   remedy:   vm-usb-detach uuid=49331a73-c8a4-5a2e-9623-d80aee909744 device=1-1.2 first, when the VM no longer needs it
! Note: XAPI will no longer offer 1-1.2 (0403:6001 FTDI FT232R USB UART) to VMs
! Note: XAPI will no longer offer 1-1.3 (0403:6001 FTDI FT232R USB UART) to VMs

$ xe-passthrough usb-policy-move rule=11 before=first
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): line 11: DENY: class=e0
              to ( RO): line 1: DENY: class=e0
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 3 local changes
              to ( RO): 5 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 4; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+DENY: class=e0 # radio
@@ -11 +11,0 @@
-DENY: class=e0 # radio

$ xe-passthrough usb-policy-move rule=13 before=first
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): line 13: DENY: class=ef subclass=04
              to ( RO): line 1: DENY: class=ef subclass=04
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 5 local changes
              to ( RO): 7 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 5; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"
@@ -13 +13,0 @@
-DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"

$ xe-passthrough usb-policy-remove rule="deny:class=0E"
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): line 13: DENY: class=0e
              to ( RO): (no such rule)
    takes-effect ( RO): now
          reason ( RO): the rules below it decide what it did


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 7 local changes
              to ( RO): 6 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 6; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -13 +12,0 @@
-DENY: class=0e # no cameras

$ xe-passthrough usb-policy-remove rule="deny:class=0E"
Nothing to change: everything is as asked for.

$ xe-passthrough usb-policy-list local=true
rule ( RO)       : 5
       text ( RO): ALLOW:vid=1cf1 pid=0030
    meaning ( RO): allow product 0030 of vendor 1cf1
    devices ( RO): 0



$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): as it is
              to ( RO): (absent)
    takes-effect ( RO): now
          reason ( RO): takes back history entry 6: usb-policy-remove rule=deny:class=0E


step ( RO)            : 2
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): as it is
              to ( RO): as it was
    takes-effect ( RO): now
          reason ( RO): takes back history entry 6: usb-policy-remove rule=deny:class=0E


Done: 2 changes were made and read back (history entry 7; state-rollback to=6 goes back to before it).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: XAPI will no longer offer 1-1.1 (046d:c31c Logitech USB Keyboard) to VMs
! Note: XAPI will no longer offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -1,3 +0,0 @@
-DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"
-DENY: class=e0 # radio
-ALLOW:
@@ -5 +1,0 @@
-ALLOW:vid=1cf1 pid=0030
@@ -12,0 +9,2 @@
+DENY: class=e0 # radio
+DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"

$ sh: grep -c . root/etc/xensource/usb-policy.conf
12

# a script that adds its rules runs again and again: each is there once, and has its way
$ xe-passthrough usb-policy-add rule="ALLOW:vid=0658 pid=0200"
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 1: ALLOW:vid=0658 pid=0200
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): (absent)
              to ( RO): 1 local change
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 8; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+ALLOW:vid=0658 pid=0200

$ xe-passthrough usb-policy-add rule="ALLOW:vid=0658 pid=0201"
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 1: ALLOW:vid=0658 pid=0201
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 1 local change
              to ( RO): 2 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 9; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+ALLOW:vid=0658 pid=0201

$ xe-passthrough usb-policy-add rule="ALLOW:vid=0658 pid=0200"
Nothing to change: everything is as asked for.
! Note: line 2 says so already, and no rule above it says otherwise

$ xe-passthrough usb-policy-add rule="DENY: class=0a"
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): line 10: DENY: class=0a
              to ( RO): line 1: DENY: class=0a
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 2 local changes
              to ( RO): 4 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 10; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+DENY: class=0a # data interface of modems
@@ -10 +10,0 @@
-DENY: class=0a # data interface of modems

$ xe-passthrough --dry-run usb-policy-add rule="ALLOW:vid=056a pid=0315 class=03"
Nothing to change: everything is as asked for.
! Note: line 6 says so already, and no rule above it says otherwise
