#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rule for openings costs in instructions, counted by callgrind: the same on every machine, however busy.
Prints `name value unit`."""

import os
import re
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    reply = subprocess.run([sys.argv[1], "--tool=callgrind", "--callgrind-out-file=" + os.path.join(folder, "out"),
                            "--toggle-collect=rcp_openings_get_days", "--toggle-collect=rcp_openings_collect",
                            sys.argv[2], "once"], capture_output=True, text=True, timeout=300)
match = re.search(r"Collected : (\d+)", reply.stderr)
if match is None:
    sys.exit(reply.stderr)
print(f"openings-rule-mornings-instructions {int(match[1]) / 1e6:.2f} M")
