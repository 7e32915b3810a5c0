#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""An XAPI plugin that answers every call with the same text: what any plugin in Python costs before it does anything. It reads and
writes XML-RPC with Python's own library, as the platform's frame for plugins does."""

import sys
import xmlrpc.client

xmlrpc.client.loads(sys.argv[1])
print(xmlrpc.client.dumps(({"Status": "Success", "Value": "constant"},), "", True))
