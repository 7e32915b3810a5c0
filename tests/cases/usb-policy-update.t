# An update of the package overwrites the policy: what was local is noticed, and comes back.
host: usb-desk

$ xe-passthrough --minimal usb-policy-add device=1-2
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+ALLOW:vid=1cf1 pid=0030

$ xe-passthrough --minimal usb-policy-remove rule="DENY: class=e0"
~ root/etc/xensource/usb-policy.conf
@@ -10 +9,0 @@
-DENY: class=e0 # radio

# what somebody writes by hand counts as local
$ sh: sed -i 's/^ALLOW: .*/DENY: class=0b\n&/' root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -10,0 +11 @@
+DENY: class=0b

$ xe-passthrough --minimal usb-policy-add rule="DENY: class=07"
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+DENY: class=07

# the update
$ sh: printf '# a new text\nDENY: vid=17e9\nDENY: class=02\nDENY: class=0a\nDENY: class=e0\nDENY: class=dc # new\nALLOW:\n' >root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -1,14 +1,7 @@
-DENY: class=07
-DENY: vid=17e9 # display adapters that need a driver in dom0
-ALLOW:vid=1cf1 pid=0030
-DENY: class=02 # modems and serial adapters
-ALLOW:vid=056a pid=0315 class=03 # tablet
-ALLOW:vid=056a pid=0314 class=03 # tablet
-ALLOW:vid=056a pid=00fb class=03 # tablet
-DENY: class=03 subclass=01 prot=01 # keyboards
-DENY: class=03 subclass=01 prot=02 # mice
-DENY: class=0a # data interface of modems
-DENY: class=ef subclass=04 # wireless adapters of class "miscellaneous"
-DENY: class=0b
-ALLOW: # everything else
-# The first rule that matches an interface decides about it; hubs are always denied.
+# a new text
+DENY: vid=17e9
+DENY: class=02
+DENY: class=0a
+DENY: class=e0
+DENY: class=dc # new
+ALLOW:

$ xe-passthrough usb-policy-lint severity=refuse
! Note: local changes are not in '/etc/xensource/usb-policy.conf' any more: an update of the package overwrites it; usb-policy-reset local=merge brings them back

$ xe-passthrough usb-policy-add rule="DENY: class=06"
! Error: local changes are not in '/etc/xensource/usb-policy.conf' any more: an update of the package has overwritten it
! usb-policy-reset local=merge brings them back, usb-policy-reset local=drop lets go of them
[1]

$ xe-passthrough usb-policy-reset local=merge
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): the policy as the package brought it
              to ( RO): the same with the local changes
    takes-effect ( RO): now
          reason ( RO): an update of the package overwrites the file


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 4 local changes
              to ( RO): 4 local changes
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 4; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: line 2 'DENY: class=07' comes
! Note: line 4 'ALLOW:vid=1cf1 pid=0030' comes
! Note: line 5 'DENY: class=e0' goes
! Note: line 8 'DENY: class=0b' comes
! Note: XAPI will offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+DENY: class=07
@@ -2,0 +4 @@
+ALLOW:vid=1cf1 pid=0030
@@ -5 +6,0 @@
-DENY: class=e0
@@ -6,0 +8 @@
+DENY: class=0b

$ xe-passthrough usb-policy-reset local=merge
Nothing to change: everything is as asked for.

$ xe-passthrough usb-policy-list params=rule,text,local
rule ( RO)     : 2
     text ( RO): DENY: class=07
    local ( RO): true


rule ( RO)     : 3
     text ( RO): DENY: vid=17e9
    local ( RO): false


rule ( RO)     : 4
     text ( RO): ALLOW:vid=1cf1 pid=0030
    local ( RO): true


rule ( RO)     : 5
     text ( RO): DENY: class=02
    local ( RO): false


rule ( RO)     : 6
     text ( RO): DENY: class=0a
    local ( RO): false


rule ( RO)     : 7
     text ( RO): DENY: class=dc
    local ( RO): false


rule ( RO)     : 8
     text ( RO): DENY: class=0b
    local ( RO): true


rule ( RO)     : 9
     text ( RO): ALLOW:
    local ( RO): false



# and back to what was shipped, which is what the update brought
$ xe-passthrough usb-policy-reset
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): the policy with local changes
              to ( RO): the policy as it was shipped
    takes-effect ( RO): now
          reason ( RO): local changes go


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 4 local changes
              to ( RO): (absent)
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 5; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: line 2 'DENY: class=07' goes
! Note: line 4 'ALLOW:vid=1cf1 pid=0030' goes
! Note: line 5 'DENY: class=e0' comes
! Note: line 8 'DENY: class=0b' goes
! Note: XAPI will no longer offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -2 +1,0 @@
-DENY: class=07
@@ -4 +2,0 @@
-ALLOW:vid=1cf1 pid=0030
@@ -6,0 +5 @@
+DENY: class=e0
@@ -8 +6,0 @@
-DENY: class=0b

$ xe-passthrough usb-policy-reset
Nothing to change: everything is as asked for.
! Note: what was shipped is unknown: '/etc/xensource/usb-policy.conf' is like no policy that is known here, and stays; usb-policy-reset version=8.3 (or 8.2) takes the rules that this version of XCP-ng ships

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): (absent)
              to ( RO): 4 local changes
    takes-effect ( RO): now
          reason ( RO): takes back history entry 5: usb-policy-reset


step ( RO)            : 2
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): the policy as it was shipped
              to ( RO): the policy with local changes
    takes-effect ( RO): now
          reason ( RO): takes back history entry 5: usb-policy-reset


Done: 2 changes were made and read back (history entry 6; state-rollback to=5 goes back to before it).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: XAPI will offer 1-2 (1cf1:0030 dresden elektronik ConBee II) to VMs
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+DENY: class=07
@@ -2,0 +4 @@
+ALLOW:vid=1cf1 pid=0030
@@ -5 +6,0 @@
-DENY: class=e0
@@ -6,0 +8 @@
+DENY: class=0b

# edited by hand before this program came
$ sh: rm -r root/var/lib/xe-passthrough && printf '# by hand\nALLOW:vid=0658\nDENY: vid=17e9\nALLOW:vid=056a pid=0315 class=03\nALLOW:vid=056a pid=0314 class=03\nALLOW:vid=056a pid=00fb class=03\nDENY: class=03 subclass=01 prot=01\nDENY: class=03 subclass=01 prot=02\nDENY: class=0a\nDENY: class=e0\nDENY: class=ef subclass=04\nALLOW:\n' >root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -1,2 +1,2 @@
-# a new text
-DENY: class=07
+# by hand
+ALLOW:vid=0658
@@ -4,2 +4,5 @@
-ALLOW:vid=1cf1 pid=0030
-DENY: class=02
+ALLOW:vid=056a pid=0315 class=03
+ALLOW:vid=056a pid=0314 class=03
+ALLOW:vid=056a pid=00fb class=03
+DENY: class=03 subclass=01 prot=01
+DENY: class=03 subclass=01 prot=02
@@ -7,2 +10,2 @@
-DENY: class=dc # new
-DENY: class=0b
+DENY: class=e0
+DENY: class=ef subclass=04

$ xe-passthrough --minimal usb-policy-list local=true params=text
ALLOW:vid=0658

$ xe-passthrough --minimal usb-policy-add rule="DENY: class=07"
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+DENY: class=07

$ xe-passthrough state-rollback
step ( RO)            : 1
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): 3 local changes
              to ( RO): (absent)
    takes-effect ( RO): now
          reason ( RO): takes back history entry 1: usb-policy-add rule=DENY: class=07


step ( RO)            : 2
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): line 2: DENY: class=07
              to ( RO): (no such rule)
    takes-effect ( RO): now
          reason ( RO): takes back history entry 1: usb-policy-add rule=DENY: class=07


Done: 2 changes were made and read back (history entry 2; state-rollback to=1 goes back to before it).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
~ root/etc/xensource/usb-policy.conf
@@ -2 +1,0 @@
-DENY: class=07

$ xe-passthrough usb-policy-reset
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): the policy with local changes
              to ( RO): the policy as it was shipped
    takes-effect ( RO): now
          reason ( RO): local changes go


Done: 1 change was made and read back (history entry 3; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: the file was changed before this program looked: shipped is what XCP-ng 8.3 ships
! Note: line 2 'ALLOW:vid=0658' goes
! Note: line 3 'DENY: class=02' comes
~ root/etc/xensource/usb-policy.conf
@@ -2 +1,0 @@
-ALLOW:vid=0658
@@ -3,0 +3 @@
+DENY: class=02 # modems, serial ports, networks

$ xe-passthrough usb-policy-reset
Nothing to change: everything is as asked for.
! Note: nothing is local: '/etc/xensource/usb-policy.conf' has the rules that XCP-ng 8.3 ships
