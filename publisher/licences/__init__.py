# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a licence statement to its SPDX identifier, status and obligations."""
