# A change of the policy that died half-way is taken back by the next one; one that was complete is kept.
host: usb-desk

$ xe-passthrough --minimal usb-policy-add device=1-2

# as if it had died before the second of its two files
$ sh: cd root/var/lib/xe-passthrough && mv journal/000001.done journal/000001.begun && rm usb-policy.record

$ xe-passthrough --minimal usb-policy-list rule=4 params=text

$ xe-passthrough usb-policy-add rule="DENY: class=07"

# and before the last mark
$ sh: cd root/var/lib/xe-passthrough && mv journal/000002.done journal/000002.begun

$ xe-passthrough --minimal usb-policy-add rule="DENY: class=06"

$ xe-passthrough state-history params=id,state

# somebody else was there: an undo leaves his bytes alone
$ sh: echo '# mine' >>root/etc/xensource/usb-policy.conf

$ xe-passthrough state-rollback
