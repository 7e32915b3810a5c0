# A policy that the scanner rejects is shown, and never edited nor written.
host: usb-desk

$ sh: printf 'DENY: vid=17e9\n  # keyboards\nDENY: class=3\nALLOW:vid=0781,pid=5591\nALLOW:\nDENY:class=03\nDENY: subclass=01\nDENY: class=09\n' >root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -1,12 +1,8 @@
-DENY: vid=17e9 # display adapters that need a driver in dom0
-DENY: class=02 # modems and serial adapters
-ALLOW:vid=056a pid=0315 class=03 # tablet
-ALLOW:vid=056a pid=0314 class=03 # tablet
-ALLOW:vid=056a pid=00fb class=03 # tablet
-DENY: class=03 subclass=01 prot=01 # keyboards
-DENY: class=03 subclass=01 prot=02 # mice
-DENY: class=0a # data interface of modems
-DENY: class=e0 # radio
-DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"
-ALLOW: # everything else
-# The first rule that matches an interface decides about it; hubs are always denied.
+DENY: vid=17e9
+  # keyboards
+DENY: class=3
+ALLOW:vid=0781,pid=5591
+ALLOW:
+DENY:class=03
+DENY: subclass=01
+DENY: class=09

$ xe-passthrough usb-policy-lint
line ( RO)        : 2
    severity ( RO): refuse
        code ( RO): USB_POLICY_BAD
        text ( RO): line 2: blanks stand before the comment: XAPI's scanner stops here, and no device is offered to any VM
      remedy ( RO): take the blanks away


line ( RO)        : 3
    severity ( RO): refuse
        code ( RO): USB_POLICY_BAD
        text ( RO): line 3: class, subclass and prot take exactly 2 hex digits
      remedy ( RO): write leading zeros


line ( RO)        : 4
    severity ( RO): refuse
        code ( RO): USB_POLICY_BAD
        text ( RO): line 4: matches are not separated by anything but blanks
      remedy ( RO): write a blank instead


line ( RO)        : 6
    severity ( RO): warn
        code ( RO): USB_RULE_SHADOWED
        text ( RO): line 6 never decides: line 5 matches all that it matches, and allows it
      remedy ( RO): usb-policy-move rule=6 before=5, if it is meant to decide; else usb-policy-remove


line ( RO)        : 7
    severity ( RO): warn
        code ( RO): USB_RULE_WIDE
        text ( RO): line 7 denies more than it seems to: 'subclass' without 'class' matches that number with every class
      remedy ( RO): name the class, too


line ( RO)        : 7
    severity ( RO): warn
        code ( RO): USB_RULE_SHADOWED
        text ( RO): line 7 never decides: line 5 matches all that it matches, and allows it
      remedy ( RO): usb-policy-move rule=7 before=5, if it is meant to decide; else usb-policy-remove


line ( RO)        : 8
    severity ( RO): warn
        code ( RO): USB_RULE_NEVER
        text ( RO): line 8 never decides: hubs are always denied, and their interfaces never asked about
      remedy ( RO): 


line ( RO)        : 8
    severity ( RO): warn
        code ( RO): USB_RULE_SHADOWED
        text ( RO): line 8 never decides: line 5 matches all that it matches, and allows it
      remedy ( RO): usb-policy-move rule=8 before=5, if it is meant to decide; else usb-policy-remove


! refuse USB_POLICY_BAD (/etc/xensource/usb-policy.conf): line 2: blanks stand before the comment: XAPI's scanner stops here, and no device is offered to any VM
!   /etc/xensource/usb-policy.conf:2:1
!       # keyboards
!     ^~~
!   remedy:   take the blanks away
! refuse USB_POLICY_BAD (/etc/xensource/usb-policy.conf): line 3: class, subclass and prot take exactly 2 hex digits
!   /etc/xensource/usb-policy.conf:3:13
!     DENY: class=3
!                 ^
!   remedy:   write leading zeros
! refuse USB_POLICY_BAD (/etc/xensource/usb-policy.conf): line 4: matches are not separated by anything but blanks
!   /etc/xensource/usb-policy.conf:4:15
!     ALLOW:vid=0781,pid=5591
!                   ^
!   remedy:   write a blank instead
[3]

$ xe-passthrough --minimal usb-policy-lint
refuse,refuse,refuse,warn,warn,warn,warn,warn
[3]

$ xe-passthrough usb-policy-explain device=1-2
! Error: the scanner of XAPI stops at line 2 of '/etc/xensource/usb-policy.conf': blanks stand before the comment
! /etc/xensource/usb-policy.conf:2:1
!     # keyboards
!   ^~~
! take the blanks away
[1]

$ xe-passthrough usb-device-list device=1-2 params=device,verdict,rules
device ( RO)     : 1-2
    verdict ( RO): <unknown>
      rules (SRO): <unknown>


! Note: verdicts are unknown: the scanner of XAPI stops at line 2 of '/etc/xensource/usb-policy.conf': blanks stand before the comment

$ xe-passthrough usb-device-list format=scan
! Error: the scanner of XAPI stops at line 2 of '/etc/xensource/usb-policy.conf': blanks stand before the comment
! /etc/xensource/usb-policy.conf:2:1
!     # keyboards
!   ^~~
! take the blanks away
[1]

$ xe-passthrough usb-policy-add rule="ALLOW:vid=0001"
! Error: the scanner of XAPI stops at line 2 of '/etc/xensource/usb-policy.conf': blanks stand before the comment
! /etc/xensource/usb-policy.conf:2:1
!     # keyboards
!   ^~~
! take the blanks away
[1]

$ xe-passthrough usb-policy-reset
! Error: XAPI's scanner rejects '/etc/xensource/usb-policy.conf' (usb-policy-lint says where), and what was shipped is unknown: it is like no policy that is known here
! usb-policy-reset version=8.3 (or 8.2) takes the rules that this version of XCP-ng ships
[1]

$ xe-passthrough --dry-run usb-policy-reset version=8.3
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): the policy as it is
              to ( RO): the policy as XCP-ng 8.3 ships it
    takes-effect ( RO): now
          reason ( RO): asked for: version=8.3


Dry run: 1 change would be made, nothing was touched.
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: line 2 'DENY: class=02' comes
! Note: line 3 'ALLOW:vid=056a pid=0315 class=03' comes
! Note: line 4 'ALLOW:vid=056a pid=0314 class=03' comes
! Note: line 5 'ALLOW:vid=056a pid=00fb class=03' comes
! Note: line 6 'DENY: class=03 subclass=01 prot=01' comes
! Note: line 7 'DENY: class=03 subclass=01 prot=02' comes
! Note: line 8 'DENY: class=0a' comes
! Note: line 9 'DENY: class=e0' comes
! Note: line 10 'DENY: class=ef subclass=04' comes
! Note: line 6 'DENY:class=03' goes
! Note: line 7 'DENY: subclass=01' goes
! Note: line 8 'DENY: class=09' goes
! Note: the policy as it was is one that XAPI's scanner rejects, and no state-rollback writes it again; its text stays with the history entry, below '/var/lib/xe-passthrough/journal'

$ xe-passthrough usb-policy-reset version=9
! version=9: the rules that XCP-ng 8.3 and 8.2 ship are known
! For usage run: 'xe-passthrough help usb-policy-reset'
[2]

$ sh: rm root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf (removed)

$ xe-passthrough usb-policy-lint
! Error: there is no USB policy: '/etc/xensource/usb-policy.conf' is missing
! where XAPI runs without that file, its scanner fails and offers no USB device to any VM: usb-policy-reset puts the shipped one there
[1]

$ xe-passthrough usb-policy-add device=1-2
! Error: there is no USB policy: '/etc/xensource/usb-policy.conf' is missing
! where XAPI runs without that file, its scanner fails and offers no USB device to any VM: usb-policy-reset puts the shipped one there
[1]

# what was shipped is known of some versions, and of no other
$ xe-passthrough usb-policy-reset
! Error: '/etc/xensource/usb-policy.conf' is missing, and which rules this platform ships is not known here
! copy the file from another host of the same version; usb-policy-reset version=8.3 (or 8.2) takes the rules that this version of XCP-ng ships
[1]

$ sh: printf "PRODUCT_BRAND='XCP-ng'\nPRODUCT_VERSION='8.30.0'\n" >>root/etc/xensource-inventory
~ root/etc/xensource-inventory
@@ -2,0 +3,2 @@
+PRODUCT_BRAND='XCP-ng'
+PRODUCT_VERSION='8.30.0'

$ xe-passthrough usb-policy-reset
! Error: '/etc/xensource/usb-policy.conf' is missing, and which rules XCP-ng 8.30.0 ships is not known here
! copy the file from another host of the same version; usb-policy-reset version=8.3 (or 8.2) takes the rules that this version of XCP-ng ships
[1]

$ sh: sed -i "s/8.30.0/8.2.1/" root/etc/xensource-inventory
~ root/etc/xensource-inventory
@@ -4 +4 @@
-PRODUCT_VERSION='8.30.0'
+PRODUCT_VERSION='8.2.1'

$ xe-passthrough --dry-run usb-policy-reset
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (absent)
              to ( RO): the policy as XCP-ng 8.2 ships it
    takes-effect ( RO): now
          reason ( RO): without this file XAPI's scanner fails, and no device is offered to any VM


Dry run: 1 change would be made, nothing was touched.
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd

$ xe-passthrough usb-policy-reset
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (absent)
              to ( RO): the policy as XCP-ng 8.2 ships it
    takes-effect ( RO): now
          reason ( RO): without this file XAPI's scanner fails, and no device is offered to any VM


Done: 1 change was made and read back (history entry 1; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf (new, mode 0644)
@@ -0,0 +1,12 @@
+DENY: vid=17e9 # displays
+DENY: class=02 # modems, serial ports, networks
+ALLOW:vid=056a pid=0315 class=03 # tablet
+ALLOW:vid=056a pid=0314 class=03 # tablet
+ALLOW:vid=056a pid=00fb class=03 # tablet
+DENY: class=03 subclass=01 prot=01 # keyboards
+DENY: class=03 subclass=01 prot=02 # mice
+DENY: class=0a # data of modems and the like
+DENY: class=0b # smart cards
+DENY: class=e0 # radio
+DENY: class=ef subclass=04 # networks
+ALLOW: # the rest

$ xe-passthrough usb-policy-reset
Nothing to change: everything is as asked for.
! Note: nothing is local: '/etc/xensource/usb-policy.conf' has the rules that XCP-ng 8.2 ships

$ xe-passthrough --minimal usb-policy-add device=1-2
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+ALLOW:vid=1cf1 pid=0030

$ xe-passthrough state-rollback to=0
step ( RO)            : 1
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 1 local change
              to ( RO): (absent)
    takes-effect ( RO): now
          reason ( RO): takes back history entry 2: usb-policy-add device=1-2


step ( RO)            : 2
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): as it is
              to ( RO): (absent)
    takes-effect ( RO): now
          reason ( RO): takes back history entry 2: usb-policy-add device=1-2


Done: 2 changes were made and read back (history entry 3; state-rollback to=2 goes back to before it).
! Note: there was no '/etc/xensource/usb-policy.conf': without it XAPI's scanner fails, and what XAPI offers stays as it is
~ root/etc/xensource/usb-policy.conf (removed)

# what was local is known as long as the record is there
$ xe-passthrough --minimal usb-policy-reset
~ root/etc/xensource/usb-policy.conf (new, mode 0644)
@@ -0,0 +1,12 @@
+DENY: vid=17e9 # displays
+DENY: class=02 # modems, serial ports, networks
+ALLOW:vid=056a pid=0315 class=03 # tablet
+ALLOW:vid=056a pid=0314 class=03 # tablet
+ALLOW:vid=056a pid=00fb class=03 # tablet
+DENY: class=03 subclass=01 prot=01 # keyboards
+DENY: class=03 subclass=01 prot=02 # mice
+DENY: class=0a # data of modems and the like
+DENY: class=0b # smart cards
+DENY: class=e0 # radio
+DENY: class=ef subclass=04 # networks
+ALLOW: # the rest

$ xe-passthrough --minimal usb-policy-add device=1-2
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+ALLOW:vid=1cf1 pid=0030

$ sh: rm root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf (removed)

$ xe-passthrough usb-policy-reset local=merge
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (absent)
              to ( RO): the policy as it was shipped, with the local changes
    takes-effect ( RO): now
          reason ( RO): without this file XAPI's scanner fails, and no device is offered to any VM


Done: 1 change was made and read back (history entry 6; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: XAPI will offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
~ root/etc/xensource/usb-policy.conf (new, mode 0644)
@@ -0,0 +1,13 @@
+DENY: vid=17e9 # displays
+ALLOW:vid=1cf1 pid=0030
+DENY: class=02 # modems, serial ports, networks
+ALLOW:vid=056a pid=0315 class=03 # tablet
+ALLOW:vid=056a pid=0314 class=03 # tablet
+ALLOW:vid=056a pid=00fb class=03 # tablet
+DENY: class=03 subclass=01 prot=01 # keyboards
+DENY: class=03 subclass=01 prot=02 # mice
+DENY: class=0a # data of modems and the like
+DENY: class=0b # smart cards
+DENY: class=e0 # radio
+DENY: class=ef subclass=04 # networks
+ALLOW: # the rest

$ sh: rm root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf (removed)

$ xe-passthrough usb-policy-reset
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (absent)
              to ( RO): the policy as it was shipped
    takes-effect ( RO): now
          reason ( RO): without this file XAPI's scanner fails, and no device is offered to any VM


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 1 local change
              to ( RO): (absent)
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 7; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf (new, mode 0644)
@@ -0,0 +1,12 @@
+DENY: vid=17e9 # displays
+DENY: class=02 # modems, serial ports, networks
+ALLOW:vid=056a pid=0315 class=03 # tablet
+ALLOW:vid=056a pid=0314 class=03 # tablet
+ALLOW:vid=056a pid=00fb class=03 # tablet
+DENY: class=03 subclass=01 prot=01 # keyboards
+DENY: class=03 subclass=01 prot=02 # mice
+DENY: class=0a # data of modems and the like
+DENY: class=0b # smart cards
+DENY: class=e0 # radio
+DENY: class=ef subclass=04 # networks
+ALLOW: # the rest

# dom0 lives on a device that is denied now: no rule may offer it
$ sh: printf 'DENY: vid=0781\nALLOW:\n' >root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -1,12 +1,2 @@
-DENY: vid=17e9 # displays
-DENY: class=02 # modems, serial ports, networks
-ALLOW:vid=056a pid=0315 class=03 # tablet
-ALLOW:vid=056a pid=0314 class=03 # tablet
-ALLOW:vid=056a pid=00fb class=03 # tablet
-DENY: class=03 subclass=01 prot=01 # keyboards
-DENY: class=03 subclass=01 prot=02 # mice
-DENY: class=0a # data of modems and the like
-DENY: class=0b # smart cards
-DENY: class=e0 # radio
-DENY: class=ef subclass=04 # networks
-ALLOW: # the rest
+DENY: vid=0781
+ALLOW:

$ xe-passthrough usb-policy-remove rule=1 force=USB_DOM0@1-3
! Error: refused, nothing was changed
! refuse USB_DOM0 (1-3): dom0 lives on 1-3 (0781:5591 SanDisk Ultra USB 3.0), and the rule would offer it to VMs
!   evidence: / <- sda1 <- 0000:00:14.0
!   remedy:   choose a narrower rule, or put a DENY rule for this device in front of it
! Note: XAPI will offer 1-3 (0781:5591 SanDisk Ultra USB 3.0) to VMs
[1]

# a match behind the '#'
$ sh: printf 'DENY: vid=17e9\nALLOW: # vid=0781 pid=5591\nDENY: class=02 # vid=0781 and others\nDENY:\n' >policy
~ policy (new, mode 0644)
@@ -0,0 +1,4 @@
+DENY: vid=17e9
+ALLOW: # vid=0781 pid=5591
+DENY: class=02 # vid=0781 and others
+DENY:

$ xe-passthrough usb-policy-lint file=policy code=USB_RULE_WIDE
line ( RO)        : 2
    severity ( RO): warn
        code ( RO): USB_RULE_WIDE
        text ( RO): line 2 allows more than it seems to: what stands behind '#' asks for nothing
      remedy ( RO): take the '#' away, or say it in words



# a file that the scanner rejects: shipped rules are the way out
$ sh: printf 'DENY: vid=17e9\nDENY: class=02\nALLOW:vid=056a pid=0315 class=03\n  # indented\nDENY: class=03 subclass=01 prot=01\nDENY: class=03 subclass=01 prot=02\nDENY: class=0a\nDENY: class=e0\nALLOW:vid=1cf1,pid=0030\nALLOW:\n' >root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -1 +1,9 @@
-DENY: vid=0781
+DENY: vid=17e9
+DENY: class=02
+ALLOW:vid=056a pid=0315 class=03
+  # indented
+DENY: class=03 subclass=01 prot=01
+DENY: class=03 subclass=01 prot=02
+DENY: class=0a
+DENY: class=e0
+ALLOW:vid=1cf1,pid=0030

$ xe-passthrough usb-policy-reset
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): the policy with local changes
              to ( RO): the policy as it was shipped
    takes-effect ( RO): now
          reason ( RO): local changes go


Done: 1 change was made and read back (history entry 8).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: the file was changed before this program looked: shipped is what XCP-ng 8.3 ships
! Note: line 4 'ALLOW:vid=056a pid=0314 class=03' comes
! Note: line 5 'ALLOW:vid=056a pid=00fb class=03' comes
! Note: line 10 'DENY: class=ef subclass=04' comes
! Note: the policy as it was is one that XAPI's scanner rejects, and no state-rollback writes it again; its text stays with the history entry, below '/var/lib/xe-passthrough/journal'
~ root/etc/xensource/usb-policy.conf
@@ -1,10 +1,11 @@
-DENY: vid=17e9
-DENY: class=02
-ALLOW:vid=056a pid=0315 class=03
-  # indented
-DENY: class=03 subclass=01 prot=01
-DENY: class=03 subclass=01 prot=02
-DENY: class=0a
-DENY: class=e0
-ALLOW:vid=1cf1,pid=0030
-ALLOW:
+DENY: vid=17e9 # displays
+DENY: class=02 # modems, serial ports, networks
+ALLOW:vid=056a pid=0315 class=03 # tablet
+ALLOW:vid=056a pid=0314 class=03 # tablet
+ALLOW:vid=056a pid=00fb class=03 # tablet
+DENY: class=03 subclass=01 prot=01 # keyboards
+DENY: class=03 subclass=01 prot=02 # mice
+DENY: class=0a # data of modems and the like
+DENY: class=e0 # radio
+DENY: class=ef subclass=04 # networks
+ALLOW: # the rest

$ xe-passthrough state-rollback
! Error: a policy that the scanner would reject is not written again: the scanner of XAPI stops at line 4 of 'the file as it was before': blanks stand before the comment
! keep what is there; the text that was there stays with the history entry, below '/var/lib/xe-passthrough/journal'
[1]
