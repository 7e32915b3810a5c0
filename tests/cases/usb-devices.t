# USB devices: what they are, what the policy says, who has them.
host: usb-desk

$ xe-passthrough usb-device-list params=device,vendor-name,product-name,verdict,rules,vm-name
device ( RO)          : 1-1
     vendor-name ( RO): Genesys Logic, Inc.
    product-name ( RO): Hub
         verdict ( RO): deny
           rules (SRO): 
         vm-name ( RO): 


device ( RO)          : 1-1.1
     vendor-name ( RO): Logitech, Inc.
    product-name ( RO): Keyboard K120
         verdict ( RO): deny
           rules (SRO): 6
         vm-name ( RO): 


device ( RO)          : 1-1.2
     vendor-name ( RO): Future Technology Devices International, Ltd
    product-name ( RO): FT232 Serial (UART) IC
         verdict ( RO): allow
           rules (SRO): 11
         vm-name ( RO): home-automation


device ( RO)          : 1-1.3
     vendor-name ( RO): Future Technology Devices International, Ltd
    product-name ( RO): FT232 Serial (UART) IC
         verdict ( RO): allow
           rules (SRO): 11
         vm-name ( RO): 


device ( RO)          : 1-2
     vendor-name ( RO): Dresden Elektronik
    product-name ( RO): ZigBee gateway [ConBee II]
         verdict ( RO): deny
           rules (SRO): 2
         vm-name ( RO): 


device ( RO)          : 1-3
     vendor-name ( RO): SanDisk Corp.
    product-name ( RO): Ultra USB 3.0
         verdict ( RO): allow
           rules (SRO): 11
         vm-name ( RO): 


device ( RO)          : 1-4
     vendor-name ( RO): Logitech, Inc.
    product-name ( RO): Webcam C270
         verdict ( RO): allow
           rules (SRO): 11
         vm-name ( RO): 


device ( RO)          : 1-5
     vendor-name ( RO): Realtek
    product-name ( RO): USB 10/100/1000 LAN
         verdict ( RO): deny
           rules (SRO): 
         vm-name ( RO): 


device ( RO)          : 2-1
     vendor-name ( RO): Toshiba
    product-name ( RO): TransMemory
         verdict ( RO): deny
           rules (SRO): 
         vm-name ( RO): 



$ xe-passthrough --json usb-device-list device=1-1.2
{
  "api": 1,
  "records": [
    {
      "device": "1-1.2",
      "vendor-id": "0403",
      "product-id": "6001",
      "vendor-name": "Future Technology Devices International, Ltd",
      "product-name": "FT232 Serial (UART) IC",
      "serial": "",
      "speed": "12",
      "usb-version": "2.00",
      "interfaces": [
        "1-1.2:1.0 ff/ff/ff vendor specific, subclass ff, protocol ff"
      ],
      "drivers": [
        "ftdi_sio"
      ],
      "status": "ready",
      "verdict": "allow",
      "rules": [
        "11"
      ],
      "controller": "0000:00:14.0",
      "pusb-uuid": "786f9d8b-f213-51f5-b331-2b9aa9b4cb1d",
      "passthrough-enabled": true,
      "usb-group-uuid": "5ca3f7ff-a645-539e-9fa0-47739ee787d1",
      "vusb-uuid": "2a4bfbc0-c3d3-54d7-9761-c5bec15001ab",
      "vm-uuid": "49331a73-c8a4-5a2e-9623-d80aee909744",
      "vm-name": "home-automation"
    }
  ]
}

# what the platform's scanner prints
$ xe-passthrough usb-device-list format=scan
\[{"path": "1-1.2", "version": "2.00", "vendor-id": "0403", "product-id": "6001", "vendor-desc": "Future Technology Devices International, Ltd", "product-desc": "FT232 Serial (UART) IC", "speed": "12", "serial": "", "description": "Future Technology Devices International, Ltd_FT232 Serial (UART) IC"}, {"path": "1-1.3", "version": "2.00", "vendor-id": "0403", "product-id": "6001", "vendor-desc": "Future Technology Devices International, Ltd", "product-desc": "FT232 Serial (UART) IC", "speed": "12", "serial": "", "description": "Future Technology Devices International, Ltd_FT232 Serial (UART) IC"}, {"path": "1-3", "version": "2.10", "vendor-id": "0781", "product-id": "5591", "vendor-desc": "SanDisk Corp.", "product-desc": "", "speed": "480", "serial": "4C530000270811118265", "description": "SanDisk Corp._4C530000270811118265"}, {"path": "1-4", "version": "2.00", "vendor-id": "046d", "product-id": "0825", "vendor-desc": "Logitech, Inc.", "product-desc": "Webcam C270", "speed": "480", "serial": "6E2F10A0", "description": "Logitech, Inc._Webcam C270_6E2F10A0"}]

# which rule decided
$ xe-passthrough usb-policy-explain device=1-2 params=interface,verdict,rule,text,class,trace
interface ( RO)    : 1-2:1.0
      verdict ( RO): deny
         rule ( RO): 2
         text ( RO): DENY: class=02
        class ( RO): communications: modem or serial port (ACM), protocol 01
        trace (SRO): line 1 'DENY: vid=17e9': no, vid is 1cf1; line 2 'DENY: class=02': matches, denied


interface ( RO)    : 1-2:1.1
      verdict ( RO): deny
         rule ( RO): 8
         text ( RO): DENY: class=0a
        class ( RO): data of communications devices
        trace (SRO): line 1 'DENY: vid=17e9': no, vid is 1cf1; line 2 'DENY: class=02': no, class is 0a; line 3 'ALLOW:vid=056a pid=0315 class=03': no, vid is 1cf1; line 4 'ALLOW:vid=056a pid=0314 class=03': no, vid is 1cf1; line 5 'ALLOW:vid=056a pid=00fb class=03': no, vid is 1cf1; line 6 'DENY: class=03 subclass=01 prot=01': no, class is 0a; line 7 'DENY: class=03 subclass=01 prot=02': no, class is 0a; line 8 'DENY: class=0a': matches, denied



$ xe-passthrough usb-policy-explain device=1-1.1
interface ( RO)    : 1-1.1:1.0
      verdict ( RO): deny
         rule ( RO): 6
         text ( RO): DENY: class=03 subclass=01 prot=01
        class ( RO): keyboard
          why ( RO): 


interface ( RO)    : 1-1.1:1.1
      verdict ( RO): allow
         rule ( RO): 11
         text ( RO): ALLOW:
        class ( RO): human interface device, not for booting
          why ( RO): 



# nobody asks about a hub, or a device that is not ready: never allowed
$ xe-passthrough usb-policy-explain device=1-1
interface ( RO)    : 1-1:1.0
      verdict ( RO): deny
         rule ( RO): 0
         text ( RO): 
        class ( RO): hubs, protocol 01
          why ( RO): hubs are always denied, whatever the rules say



$ xe-passthrough usb-policy-explain device=1-5
interface ( RO)    : 1-5
      verdict ( RO): deny
         rule ( RO): 0
         text ( RO): 
        class ( RO): 
          why ( RO): the device is not ready: it is not configured: dom0 has not accepted it, or it was taken away from it



$ xe-passthrough --minimal usb-policy-explain device=2-1
deny

$ xe-passthrough usb-policy-explain device=0403:6001
! Error: several USB devices are '0403:6001': 1-1.2, 1-1.3; name one by its bus path
[1]

$ xe-passthrough usb-policy-explain device=9-9
! Error: there is no USB device '9-9'
! usb-device-list shows them: name one by its bus path (1-2.4), or by vendor:product
[1]

# another policy, of a file
$ sh: printf 'ALLOW:vid=1cf1 pid=0030\n' >mine.conf
~ mine.conf (new, mode 0644)
@@ -0,0 +1 @@
+ALLOW:vid=1cf1 pid=0030

$ xe-passthrough usb-policy-explain device=1-2 file=/nowhere/mine.conf
! Error: cannot open '/nowhere/mine.conf': No such file or directory
[1]

# an attribute without which the scanner fails for all
$ sh: rm root/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/speed
~ root/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/speed (removed)

$ xe-passthrough usb-device-list format=scan
! Error: the scanner fails here, for all devices: USB device 1-4 has no attribute 'speed'
[1]
