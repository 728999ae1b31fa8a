# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plain-text edition: its form, and how it is read."""
