# Reserved memory of devices: from the ACPI table, through today's bridges, and from Xen.
host: gpu-server

# no folder of tables: Xen alone knows
$ xe-passthrough rmrr-list
segment ( RO)    : 0
       base ( RO): 0x6c3a5000
      limit ( RO): 0x6c3c5fff
     shared ( RO): false
    devices (SRO): 0000:00:14.0


! Note: the ACPI tables of HOST are unknown: cannot open '/sys/firmware/acpi/tables': No such file or directory; what is shown is what Xen says

# the table as Xen leaves it on Intel; 02:00.0 is a bridge to bus 03, 1d.0 is not there
$ sh: mkdir -p root/sys/firmware/acpi/tables && printf 'RMAD\250\000\000\000\000\366\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\001\000\040\000\000\000\000\000\000P\072l\000\000\000\000\377\137\074l\000\000\000\000\001\010\000\000\000\000\024\000\001\000\070\000\000\000\000\000\000\060\370\175\000\000\000\000\377O\370\175\000\000\000\000\001\014\000\000\000\000\034\004\000\000\000\000\001\012\000\000\000\000\034\000\000\000\001\012\000\000\000\000\035\000\000\000\001\000\040\000\000\000\000\000\000\000\016\000\000\000\000\000\377\177\016\000\000\000\000\000\001\010\000\000\000\000\037\004' >root/sys/firmware/acpi/tables/RMAD
~ root/sys/firmware/acpi/tables/RMAD (new, mode 0644)
(168 bytes, was 0)

$ xe-passthrough rmrr-list
segment ( RO)    : 0
       base ( RO): 0x6c3a5000
      limit ( RO): 0x6c3c5fff
     shared ( RO): false
    devices (SRO): 0000:00:14.0


segment ( RO)    : 0
       base ( RO): 0x7df83000
      limit ( RO): 0x7df84fff
     shared ( RO): true
    devices (SRO): 0000:03:00.0; 0000:01:00.0; 0000:00:1d.0/00.0 (unresolved)


segment ( RO)    : 0
       base ( RO): 0xe0000
      limit ( RO): 0xe7fff
     shared ( RO): false
    devices (SRO): 0000:00:1f.4



$ xe-passthrough rmrr-list params=all shared=true
segment ( RO)     : 0
        base ( RO): 0x7df83000
       limit ( RO): 0x7df84fff
      shared ( RO): true
     devices (SRO): 0000:03:00.0; 0000:01:00.0; 0000:00:1d.0/00.0 (unresolved)
       pages ( RO): 2
    below-1m ( RO): false
        kind ( RO): RMRR
      source ( RO): RMAD



$ xe-passthrough --json rmrr-list below-1m=true
{
  "api": 1,
  "records": [
    {
      "segment": 0,
      "base": "0xe0000",
      "limit": "0xe7fff",
      "shared": false,
      "devices": [
        "0000:00:1f.4"
      ],
      "pages": 8,
      "below-1m": true,
      "kind": "RMRR",
      "source": "RMAD"
    }
  ]
}

$ xe-passthrough --minimal rmrr-list
0x6c3a5000,0x7df83000,0xe0000

# a file of this machine, of the user's choice
$ xe-passthrough --minimal rmrr-list table=root/sys/firmware/acpi/tables/RMAD params=devices
0000:00:14.0,0000:03:00.0; 0000:01:00.0; 0000:00:1d.0/00.0 (unresolved),0000:00:1f.4

$ xe-passthrough rmrr-list table=root/proc
! Error: 'root/proc' is not a regular file
[1]

$ xe-passthrough rmrr-list table=nowhere
! Error: cannot open 'nowhere': No such file or directory
[1]

$ xe-passthrough rmrr-list table=root/proc/cmdline
! Error: 'root/proc/cmdline': this table is none of DMAR, RMAD and IVRS: it begins with 'root'
[1]

# AMD's
$ sh: printf 'IVRSp\000\000\000\000\202\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\042\011\040\000\000\001\007\001\000\000\000\000\000\000\000\000\000\040\364\311\000\000\000\000\000\140\002\000\000\000\000\000\040\011\040\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\340\376\000\000\000\000\000\020\000\000\000\000\000\000' >ivrs.aml
~ ivrs.aml (new, mode 0644)
(112 bytes, was 0)

$ xe-passthrough rmrr-list table=ivrs.aml params=all
segment ( RO)     : 0
        base ( RO): 0xc9f42000
       limit ( RO): 0xc9f67fff
      shared ( RO): true
     devices (SRO): 0000:01:00.0-0000:01:00.7
       pages ( RO): 38
    below-1m ( RO): false
        kind ( RO): IVMD
      source ( RO): IVRS


segment ( RO)     : 0
        base ( RO): 0xfee00000
       limit ( RO): 0xfee00fff
      shared ( RO): true
     devices (SRO): all
       pages ( RO): 1
    below-1m ( RO): false
        kind ( RO): IVMD
      source ( RO): IVRS



# cut off
$ sh: head -c 120 root/sys/firmware/acpi/tables/RMAD >cut.aml
~ cut.aml (new, mode 0644)
(120 bytes, was 0)

$ xe-passthrough rmrr-list table=cut.aml
! Error: 'cut.aml': the RMAD table is broken or cut off at byte 4 (0x4): a table of 168 bytes, where 120 are left
[1]

$ sh: cp cut.aml root/sys/firmware/acpi/tables/RMAD
~ root/sys/firmware/acpi/tables/RMAD
(120 bytes, was 168)

$ xe-passthrough rmrr-list
! Error: '/sys/firmware/acpi/tables/RMAD' of HOST: the RMAD table is broken or cut off at byte 4 (0x4): a table of 168 bytes, where 120 are left
[1]

# a folder of tables without one of ours: the firmware reserves nothing, and Xen is believed where it says more
$ sh: rm root/sys/firmware/acpi/tables/RMAD
~ root/sys/firmware/acpi/tables/RMAD (removed)

$ xe-passthrough rmrr-list params=base,devices,source
base ( RO)       : 0x6c3a5000
    devices (SRO): 0000:00:14.0
     source ( RO): xen


