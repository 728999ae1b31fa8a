# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interruptions come through, even where Python forgets the first."""

import subprocess
import sys

DEAF = """
import os, signal, time
from publisher.cli import interruption

class Deaf:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        print("never printed: the exception ends the destructor, and is forgotten")

interruption.heed()
deaf = Deaf()
del deaf
started = time.monotonic()
try:
    time.sleep(5)
except KeyboardInterrupt:
    interruption.heard()
    time.sleep(2 * interruption.AGAIN)
    print("heard", time.monotonic() - started < 2)
"""


def test_an_interruption_that_a_destructor_swallows_is_tried_again_until_it_is_heard() -> None:
    ended = subprocess.run([sys.executable, "-c", DEAF], capture_output=True, text=True, timeout=20, check=False)
    assert (ended.returncode, ended.stdout) == (0, "heard True\n")
    assert "Exception ignored" in ended.stderr
