# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command as a module: python -m publisher."""

from __future__ import annotations

import sys

from publisher.cli import main

sys.exit(main())
