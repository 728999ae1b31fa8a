# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interruptions come through, even where Python forgets the first."""

import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(("before", "status"), [("", "130"), ("trap '' HUP;", "0")])
def test_a_closed_terminal_ends_a_build_unless_it_was_started_to_outlive_it(before: str, status: str) -> None:
    script = "from publisher.cli import interruption; import os; interruption.heed(); os.kill(os.getpid(), 1)"
    command = f'{before} "$0" -c "try:\n {script}\nexcept KeyboardInterrupt: os._exit(130)"; echo $?'
    ended = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == status
