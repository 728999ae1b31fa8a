# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished PDF -> sheets to print on both sides, fold and bind; nothing here knows of editions."""
