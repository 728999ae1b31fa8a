# SPDX-License-Identifier: AGPL-3.0-or-later
"""A package, so that tests can share the books they are made with."""
