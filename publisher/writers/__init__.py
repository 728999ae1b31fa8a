# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its outputs, a module for each format; none of them writes to the disk."""
