# A change of the policy that died half-way is taken back by the next one; one that was complete is kept.
host: usb-desk

$ xe-passthrough --minimal usb-policy-add device=1-2
~ root/etc/xensource/usb-policy.conf
@@ -1,0 +2 @@
+ALLOW:vid=1cf1 pid=0030

# as if it had died before the second of its two files
$ sh: cd root/var/lib/xe-passthrough && mv journal/000001.done journal/000001.begun && rm usb-policy.record

$ xe-passthrough --minimal usb-policy-list rule=2 params=text
ALLOW:vid=1cf1 pid=0030
! Note: history entry 1 was interrupted: the next command that changes anything takes it back (state-history shows it)

$ xe-passthrough usb-policy-add rule="DENY: class=07"
step ( RO)            : 1
          change ( RO): file /etc/xensource/usb-policy.conf
           where ( RO): /etc/xensource/usb-policy.conf
            from ( RO): (no such rule)
              to ( RO): line 1: DENY: class=07
    takes-effect ( RO): now
          reason ( RO): the first rule that matches an interface decides about it


step ( RO)            : 2
          change ( RO): file /var/lib/xe-passthrough/usb-policy.record
           where ( RO): /var/lib/xe-passthrough/usb-policy.record
            from ( RO): (absent)
              to ( RO): 1 local change
    takes-effect ( RO): now
          reason ( RO): so that they can be told from what was shipped, and brought back after an update of the package


Done: 2 changes were made and read back (history entry 2; state-rollback takes it back).
Next: let XAPI look at the devices again: xe pusb-scan host-uuid=6a7d20a1-31d0-5049-b1fc-79ccdaefb9fd
! Note: 'usb-policy-add device=1-2' of TIME was interrupted: what it had done was taken back
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+DENY: class=07
@@ -2 +2,0 @@
-ALLOW:vid=1cf1 pid=0030

# and before the last mark
$ sh: cd root/var/lib/xe-passthrough && mv journal/000002.done journal/000002.begun

$ xe-passthrough --minimal usb-policy-add rule="DENY: class=06"
~ root/etc/xensource/usb-policy.conf
@@ -0,0 +1 @@
+DENY: class=06

$ xe-passthrough state-history params=id,state
id ( RO)       : 1
    state ( RO): failed


id ( RO)       : 2
    state ( RO): done


id ( RO)       : 3
    state ( RO): done



# somebody else was there: an undo leaves his bytes alone
$ sh: echo '# mine' >>root/etc/xensource/usb-policy.conf
~ root/etc/xensource/usb-policy.conf
@@ -14,0 +15 @@
+# mine

$ xe-passthrough state-rollback
! Error: '/etc/xensource/usb-policy.conf' was changed since: its bytes are not those that this program wrote
! nothing was taken back; undo it by hand: state-history shows what it was
[1]
