# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be said of an e-book's accessibility, computed from the finished book."""
