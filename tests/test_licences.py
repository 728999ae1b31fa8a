# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rights statements say, which identifiers there are, and that the enclosed texts are whole."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.document import Block, Section, plain, runs
from publisher.errors import Location, OutputError
from publisher.licences import texts
from publisher.licences.identifiers import by_identifier, suggest
from publisher.licences.model import Licence, Status
from publisher.licences.statements import recognise
from publisher.metadata.model import Statement

CASES = Path(__file__).with_name("cases") / "licences"
CORPUS = os.environ.get("PUBLISHER_CORPUS")

Outcome = tuple[str, str, str]


def said(line: str, number: int = 1) -> Statement:
    """ "Copyleft: GNU FDL 1.2" -> a statement with its label; a line without a label has none."""
    label, colon, text = line.partition(": ")
    labelled = colon and len(label) < 25
    return Statement(text if labelled else line, label if labelled else "", Location("text.txt", number))


def outcome(statement: Statement) -> Outcome:
    licence, problems = recognise([statement])
    return licence.status.value, licence.spdx or "-", " ".join(problem.code for problem in problems) or "-"


def cases() -> Iterator[tuple[Outcome, str, str]]:
    """What is expected, the statement, and where the case stands."""
    for file in sorted(CASES.glob("*.txt")):
        expected: Outcome = ("", "", "")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("== "):
                status, spdx, codes = line.removeprefix("== ").split(" | ")
                expected = status, spdx, codes
            elif line and not line.startswith("#"):
                yield expected, line, f"{file.name}:{number}"


@pytest.mark.parametrize(("expected", "line"), [pytest.param(*case, id=place) for *case, place in cases()])
def test_statement(expected: Outcome, line: str) -> None:
    statement = said(line)
    assert outcome(statement) == expected
    assert recognise([statement])[0].statement == statement.text


@pytest.mark.slow
@pytest.mark.skipif(CORPUS is None, reason="PUBLISHER_CORPUS is not set")
def test_every_statement_of_the_corpus_is_a_case() -> None:
    known = [(said(line), expected) for expected, line, _ in cases()]
    for statement in corpus_statements():
        shortened = [e for s, e in known if s.label == statement.label and statement.text.startswith(s.text)]
        assert outcome(statement) in shortened, statement


def corpus_statements() -> Iterator[Statement]:
    folder = Path(str(CORPUS))
    for name, column in (
        ("mia-html/SURVEY-licence-statements.tsv", "statement"),
        ("MANIFEST.tsv", "licence_as_stated"),
    ):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield said(row[column])


def test_a_licence_without_a_version_is_given_none() -> None:
    bare, _ = recognise([said("Copyleft: the GNU Free Documentation License")])
    assert (bare.spdx, bare.version_stated, bare.text) == ("GFDL-1.1-or-later", False, "GFDL-1.3")
    assert "section 10" in bare.reasons[0]
    commons, _ = recognise([said("Copyleft: Creative Commons (Attribute & Share-alike)")])
    assert (commons.spdx, commons.url, commons.version_stated) == (None, None, False)
    assert commons.name == "Creative Commons Attribution Share Alike"


def test_a_version_that_is_stated_is_kept() -> None:
    licence, problems = recognise([said("Copyleft: GNU Free Documentation License, version 1.1 or any later version")])
    assert (licence.spdx, licence.version_stated, licence.text) == ("GFDL-1.1-or-later", True, "GFDL-1.1")
    assert not problems


def test_a_ported_licence_keeps_its_own_link() -> None:
    licence, _ = recognise([said("Copyleft: see http://creativecommons.org/licenses/by-sa/3.0/pl/")])
    assert (licence.spdx, licence.url) == (None, "https://creativecommons.org/licenses/by-sa/3.0/pl/")


@pytest.mark.parametrize(
    ("statement", "unchanged"),
    [
        ("Copyleft: CC BY-ND 4.0", True),
        ("Copyleft: Creative Commons Attribution-NonCommercial-NoDerivs", True),
        ("Copyleft: see https://creativecommons.org/licenses/by-nc-nd/3.0/pl/", True),
        ("Copyleft: Creative Commons", True),
        ("Permission is granted to copy and distribute this document", True),
        ("Permission is granted to copy, distribute and modify this document", False),
        ("Copyleft: CC BY-NC 4.0", False),
        ("Copyleft: CC BY-SA 4.0", False),
        ("Public Domain: The Archive 2010", False),
    ],
)
def test_a_licence_that_allows_only_copies_says_so(statement: str, *, unchanged: bool) -> None:
    assert recognise([said(statement)])[0].unchanged is unchanged


def test_nothing_stated() -> None:
    licence, problems = recognise([], "text.txt")
    assert licence.status is Status.NOT_STATED
    assert [str(problem) for problem in problems] == ["text.txt: warning L001: no licence is stated"]


@pytest.mark.parametrize(
    ("lines", "status", "spdx", "codes"),
    [
        # The original is free, its translation is not: the whole is not.
        (["Public Domain: The Archive 2010", "Copyright: © 1974 by the translator"], "refused", None, ["L002", "L005"]),
        (["Public Domain: The Archive 2010", "Copyleft: CC BY-SA 4.0"], "free", "CC-BY-SA-4.0", ["L004"]),
        (["Copyright: © 2004 The Archive", "Copyleft: CC BY-SA 4.0"], "free", "CC-BY-SA-4.0", []),
        (["Copyleft: CC BY-SA 4.0", "Licence: CC BY-NC-SA 4.0"], "restricted", "CC-BY-NC-SA-4.0", ["L008"]),
        (["Copyleft: CC BY-SA 4.0", "Rights: All rights reserved"], "refused", None, ["L002", "L005"]),
        (["Copyleft: Novosti, 1975", "Public Domain: The Archive 2010"], "free", "LicenseRef-public-domain", ["L006"]),
        (["Rights: Novosti", "Note: 1975", "Rights: Novosti"], "not stated", None, ["L006", "L006"]),
    ],
)
def test_what_asks_most_holds(lines: list[str], status: str, spdx: str | None, codes: list[str]) -> None:
    licence, problems = recognise([said(line, number) for number, line in enumerate(lines, 1)])
    assert (licence.status.value, licence.spdx, [problem.code for problem in problems]) == (status, spdx, codes)
    assert licence.statement.splitlines() == list(dict.fromkeys(line.partition(": ")[2] for line in lines))


def test_problems_stand_where_the_decisive_statement_does() -> None:
    _, problems = recognise([said("Public Domain: The Archive", 4), said("Rights: All rights reserved", 9)])
    assert {problem.location.line for problem in problems} == {9}


@pytest.mark.parametrize(
    ("identifier", "spdx", "status", "url"),
    [
        ("GFDL-1.3-or-later", "GFDL-1.3-or-later", Status.FREE, "https://www.gnu.org/licenses/fdl-1.3.html"),
        ("gfdl-1.2", "GFDL-1.2-only", Status.FREE, "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html"),
        ("GPL-2.0+", "GPL-2.0-or-later", Status.FREE, "https://spdx.org/licenses/GPL-2.0-or-later.html"),
        ("CC-BY-SA-3.0-DE", "CC-BY-SA-3.0-DE", Status.FREE, "https://creativecommons.org/licenses/by-sa/3.0/de/"),
        ("CC-BY-ND-4.0", "CC-BY-ND-4.0", Status.RESTRICTED, "https://creativecommons.org/licenses/by-nd/4.0/"),
        ("CC0-1.0", "CC0-1.0", Status.FREE, "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("licenseref-public-domain", "LicenseRef-public-domain", Status.FREE, None),
        ("BUSL-1.1", "BUSL-1.1", Status.RESTRICTED, "https://spdx.org/licenses/BUSL-1.1.html"),
    ],
)
def test_identifier(identifier: str, spdx: str, status: Status, url: str | None) -> None:
    licence = by_identifier(identifier)
    assert licence is not None
    assert (licence.spdx, licence.status, licence.url, licence.recorded) == (spdx, status, url, True)


@pytest.mark.parametrize(
    ("wrong", "suggestion"),
    [
        ("GFDLL", "GFDL-1.3-or-later"),
        ("GFDL", "GFDL-1.3-or-later"),
        ("GPL", "GPL-3.0-or-later"),
        ("CC BY SA 4.0", "CC-BY-SA-4.0"),
        ("CC-BY", "CC-BY-4.0"),
        ("public domain", "LicenseRef-public-domain"),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_suggestion(wrong: str, suggestion: str | None) -> None:
    assert by_identifier(wrong) is None
    assert suggest(wrong) == suggestion


@pytest.mark.parametrize("name", texts.SHA256)
def test_an_enclosed_text_is_whole(name: str) -> None:
    chapter = texts.load(name)
    blocks = [*chapter.blocks, *(part for section in chapter.sections for part in parts(section))]
    words = [plain(chapter.title), *(block if isinstance(block, str) else text(block) for block in blocks)]
    assert " ".join(words).split() == texts.text(name).split()


def parts(section: Section) -> Iterator[str | Block]:
    yield plain(section.title)
    yield from section.blocks


def text(block: Block) -> str:
    return " ".join(plain(run) for run in runs(block))


def test_the_structure_of_an_enclosed_text() -> None:
    chapter = texts.load("GFDL-1.3")
    assert plain(chapter.title) == "GNU Free Documentation License"
    assert [text(block)[:25] for block in chapter.blocks] == [
        "Version 1.3, 3 November 2",
        "Copyright (C) 2000, 2001,",
        "Everyone is permitted to ",
    ]
    headings = [plain(section.title) for section in chapter.sections]
    assert headings[0] == "0. PREAMBLE"
    assert headings[-1] == "ADDENDUM: How to use this License for your documents"
    modifications = [text(block)[:8] for block in chapter.sections[4].blocks]
    assert modifications[1:3] == ["A. Use i", "B. List "]


def test_a_changed_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "GFDL-1.3.txt").write_text(texts.text("GFDL-1.3").replace("must", "may"), encoding="ascii")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    with pytest.raises(OutputError, match="L010"):
        texts.text("GFDL-1.3")


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3"])
def test_a_licence_that_must_travel_names_its_text(version: str) -> None:
    licence: Licence | None = by_identifier(f"GFDL-{version}-or-later")
    assert licence is not None
    assert licence.text in texts.SHA256
