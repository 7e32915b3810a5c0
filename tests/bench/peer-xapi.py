# SPDX-License-Identifier: GPL-2.0-or-later
"""What a script does in place of vm-pci-list: log in on XAPI's socket, ask for all VMs, print those with devices, log out."""
import http.client
import socket
import sys
import xmlrpc.client


class Connection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(sys.argv[1])


class Transport(xmlrpc.client.Transport):
    def make_connection(self, host):
        if not self._connection[1]:
            self._connection = host, Connection("localhost")
        return self._connection[1]


xapi = xmlrpc.client.ServerProxy("http://localhost/", transport=Transport())
session = xapi.session.login_with_password("root", "", "1.0", "bench")["Value"]
for vm in xapi.VM.get_all_records(session)["Value"].values():
    if "pci" in vm["other_config"]:
        print(vm["uuid"], vm["name_label"], vm["other_config"]["pci"])
xapi.session.logout(session)
