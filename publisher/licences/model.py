# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a licence statement says and what it obliges to."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Status(StrEnum):
    FREE = "free"
    RESTRICTED = "restricted"
    REFUSED = "refused"
    NOT_STATED = "not stated"


# Reasons that most licences have; the credits page says them in other languages, too (publisher/phrases).
NONE_STATED = "The transcription states no licence, and none is assumed."
NOT_UNDERSTOOD = "The statement grants no permission in words that are known here, and none is assumed."
NO_VERSION = "The statement names no version of this licence, and none is assumed."
ANY_VERSION = (
    "The statement names no version of this licence. Its section 10 then allows any published version to be chosen;"
    " version 1.3, the latest, is the one enclosed."
)


class Licence(Struct, frozen=True, kw_only=True):
    """The licence of one work.

    `statement` is verbatim, `label` the header label it stood under, `spdx` an SPDX identifier or
    LicenseRef-public-domain, None where no licence is named. `version_stated` is false where the statement
    names a licence without its version. `text` names the bundled licence text (licences/texts/) that must
    travel with the work, None where none must. `recorded` says that the edition's settings name the licence, not the
    statement; `reasons` are sentences for the credits page. `unchanged` says that only copies of the text as it is are
    allowed: a licence without derivatives, or leave to copy that says nothing of changes.
    """

    status: Status
    statement: str = ""
    label: str = ""
    spdx: str | None = None
    version_stated: bool = False
    name: str | None = None
    url: str | None = None
    text: str | None = None
    recorded: bool = False
    reasons: tuple[str, ...] = ()
    unchanged: bool = False
