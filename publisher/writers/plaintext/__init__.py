# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a plain-text edition is written."""
