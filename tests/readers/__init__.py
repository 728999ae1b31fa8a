# SPDX-License-Identifier: AGPL-3.0-or-later
"""What five reading systems document about the books that they show well, as rules that a finished EPUB is held to."""
