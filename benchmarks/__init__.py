# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measurements against other tools: `make bench`. Nothing here is part of the tests."""
