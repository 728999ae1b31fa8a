# SPDX-License-Identifier: AGPL-3.0-or-later
"""Works -> outputs: what must be made (make), where it runs (run), how it gets to the disk (disk, release)."""
