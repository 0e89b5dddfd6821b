#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to the first painted board of the sample clinic, against an empty window: in turn, so that a noisy machine
slows both. Prints `name value unit`."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile

RUNS = 9
NOW = "2026-11-23T14:26:00Z"


def measure(*arguments):
    reply = subprocess.run([sys.argv[1], *arguments], capture_output=True, text=True, timeout=60)
    return int(reply.stdout.split()[-1]) / 1000


def main():
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "sample.db")
        practice = subprocess.Popen([os.environ["RECEPTION_PRACTICE"], "--database", database, "--socket",
                                     os.path.join(folder, "s"), "--sample", "--date", NOW], stdout=subprocess.PIPE, text=True)
        for line in practice.stdout:
            if line.startswith("listening"):
                break
        practice.send_signal(signal.SIGTERM)
        practice.wait()
        measure("empty"), measure("board", database, NOW)  # warm caches, and the first publishing of hours
        empty, board = [], []
        for _ in range(RUNS):
            empty.append(measure("empty"))
            board.append(measure("board", database, NOW))
        ratios = [b / e for b, e in zip(board, empty)]
        print(f"start.empty_window {statistics.median(empty):.0f} ms")
        print(f"start.first_board {statistics.median(board):.0f} ms")
        print(f"start.ratio {statistics.median(ratios):.2f} x")


main()
