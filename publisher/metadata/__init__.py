# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known about a work: its header's values, its settings, and the two merged."""
