# SPDX-License-Identifier: AGPL-3.0-or-later
"""The names of TEI's elements and of the types of its divisions, by what the reader does with them.

Names are those of P5 and, where it has others, of P4: https://www.tei-c.org/release/doc/tei-p5-doc/en/html/REF-ELEMENTS.html
"""

from __future__ import annotations

from publisher.document import ChapterKind, SpanKind

DIVISIONS = frozenset("div div0 div1 div2 div3 div4 div5 div6 div7 div8".split())

# Always set apart from the text around them.
BLOCKS = DIVISIONS | frozenset(
    "p ab l lg sp spGrp list listBibl table figure floatingText text body front back group epigraph argument"
    " opener closer postscript trailer castList castGroup castItem titlePage docTitle docImprint imprimatur"
    " address addrLine eg egXML entry entryFree superEntry u performance prologue epilogue set listPerson"
    " listPlace listOrg listEvent person personGrp event lyrics dedication listApp noteGrp".split()
)
# Set apart where they stand beside blocks, part of the text where they stand amid words.
EITHER = frozenset(
    "q quote said cit stage bibl biblStruct biblFull head label byline docAuthor docDate docEdition dateline"
    " salute signed view camera sound tech caption titlePart formula graphic media desc figDesc div0 code".split()
)
# What has text and blocks side by side; in all others that hold blocks, words of their own make paragraphs.
PROSE = frozenset("p ab l head item note cell seg s hi stage label salute signed dateline byline".split())

# Part of the text, and nothing but their words matters.
WORDS = frozenset(
    "abbr actor addName addrLine affiliation age altIdent am analytic att author biblScope birth c camera"
    " castItem catchwords citedRange cl collection colloc corr country cRef damage damageSpan date death def"
    " delSpan depth desc dictScrap dim distinct district docAuthor docDate docEdition docRole edition editor"
    " education eg email etym ex expan extent faith figDesc fix floruit foreign forename foreName form gen genName"
    " geo geogFeat geogName gi gloss gram gramGrp handShift height heraldry hom hyph ident idno imprimatur imprint"
    " institution iType k lang lbl lem line localName locus m material measure measureGrp meeting mentioned"
    " metamark mod monogr mood msIdentifier name nameLink nat nationality note num number nym objectType"
    " occupation offset opener oRef org orgName orig origDate origPlace orth oVar pc per persName phr placeName"
    " pos postBox postCode pRef pron ptrGrp pubDate publisher pubPlace pVar quotation rdg re redo reg region"
    " rendition repository residence resp respStmt restore retrace rng role roleDesc roleName rs s secFol secl seg"
    " sense series set settlement sex shift sic signatures soCalled speaker spelling stamp state street stress"
    " subc subst supplied surface surname surplus syll tag tei term textLang textNode time tns tr trait trans"
    " unclear undo unit usg val w watermark width witDetail xr zone".split()
)
ELEMENTS = WORDS | frozenset(
    "ab abbr add analytic app argument att availability back bibl biblScope biblStruct body byline camera caption"
    " castGroup castItem castList cell choice cit closer code corr dateline def del div docImprint docTitle"
    " edition eg egXML emph entry entryFree epigraph epilogue etym event expan extent figDesc figure floatingText"
    " form formula front g gap gram gramGrp graphic head hi hom idno imprimatur imprint incident ins item kinesic"
    " l label lacunaEnd lacunaStart lem lg licence list listApp listBibl listEvent listOrg listPerson listPlace"
    " listRelation listWit mapping media monogr nameLink notatedMusic note noteGrp opener org orig orth p pause"
    " performance persPronouns person personGrp place postscript prologue ptr pubPlace publisher q quote rdgGrp re"
    " ref reg relation role roleDesc row rs said salute seg sense series set shift sic signed sound sp spGrp space"
    " speaker specGrp stage superEntry supplied table tech text textLang title titlePage titlePart trailer u"
    " unclear usg val view vocal wit witEnd witStart witness writing xr".split()
)
# Their words describe the file, or are another form of what is printed.
UNPRINTED: dict[str, str] = {
    "fw": "running head, signature or catchword of the printed page",
    "index": "entries for an index that the edition does not have",
    "interp": "an interpretation of the text",
    "interpGrp": "interpretations of the text",
    "spanGrp": "interpretations of the text",
    "fs": "an analysis of the text",
    "fLib": "an analysis of the text",
    "fvLib": "an analysis of the text",
    "certainty": "a remark on the markup",
    "precision": "a remark on the markup",
    "respons": "a remark on the markup",
    "link": "links between parts of the file",
    "linkGrp": "links between parts of the file",
    "joinGrp": "links between parts of the file",
    "altGrp": "links between parts of the file",
    "timeline": "times of a recording",
    "teiHeader": "a header inside the text",
    "substJoin": "links between parts of the file",
    "listTranspose": "links between parts of the file",
    "binaryObject": "data of a picture or a sound",
    "alt": "links between parts of the file",
}
MARKS = frozenset("pb cb gb lb milestone anchor ptr space caesura handShift addSpan delSpan damageSpan move".split())

SPANS: dict[str, SpanKind] = {
    **dict.fromkeys("bold b strong bf fett weight-bold".split(), "strong"),
    **dict.fromkeys(
        "smallcaps small-caps sc smcap smallcap smcaps k caps-small petites-capitales".split(), "small-caps"
    ),
    **dict.fromkeys("spaced gesperrt letterspaced letter-spaced wide g letterspacing sperr".split(), "spaced"),
    **dict.fromkeys("sup super superscript superscripted hoch exposant".split(), "superscript"),
    **dict.fromkeys("sub subscript tief inf".split(), "subscript"),
    **dict.fromkeys("strikethrough line-through overstrike struck strike".split(), "deleted"),
}
ITALIC = frozenset("italic italics ital it i kursiv italique slanted underline underlined u ul emph em".split())

PARTS = frozenset(
    "part parts book books volume volumes vol livre livres buch band tome tomo teil partie parte libro liber group"
    " collection abteilung часть том книга play drama series".split()
)
CHAPTERS = frozenset(
    "chapter chapters act acte acto akt aufzug atto letter lettre brief carta poem poeme sonnet ode canto song hymn"
    " essay article sermon story tale novel entry kapitel chapitre capitulo capitolo cap preface foreword introduction"
    " prologue epilogue epistle fable speech lecture appendix psalm fabula carmen epigram dialogue глава стихотворение"
    " письмо".split()
)
ACTS = frozenset("act acte acto akt aufzug atto действие".split())
SECTIONS = frozenset(
    "section subsection subchapter subsubsection scene scena szene auftritt escena configuration stanza paragraph"
    " verse lg sect div4 speech_group".split()
)
CONTENTS = frozenset(
    "contents toc table_of_contents tableofcontents table-of-contents inhalt inhaltsverzeichnis sommaire indice".split()
)
NOTES = frozenset(
    "notes note footnotes footnote endnotes endnote annotations annotation anmerkungen anmerkung commentary fn"
    " notas noten noter примечания editorial_notes notesection".split()
)
VARIANTS = frozenset("variant variants apparatus app textcrit crit critical textual lesart lesarten varia".split())

KINDS: dict[str, ChapterKind] = {
    **dict.fromkeys(
        "dedication dedicace dedidace dedicatoire widmung dedicatory dedic dedicatoria".split(), "dedication"
    ),
    **dict.fromkeys("epigraph motto".split(), "epigraph"),
    **dict.fromkeys("foreword geleitwort avant-propos avant_propos avertissement vorrede".split(), "foreword"),
    **dict.fromkeys(
        "preface praefatio prefacio prefazione vorwort to_the_reader au_lecteur предисловие".split(), "preface"
    ),
    **dict.fromkeys("acknowledgements acknowledgments acknowledgement danksagung".split(), "acknowledgments"),
    **dict.fromkeys("introduction einleitung intro introduzione введение".split(), "introduction"),
    **dict.fromkeys("prologue prolog prologo пролог".split(), "prologue"),
    **dict.fromkeys("epilogue epilog epilogo эпилог".split(), "epilogue"),
    **dict.fromkeys("conclusion schluss заключение".split(), "conclusion"),
    **dict.fromkeys("afterword nachwort postface послесловие".split(), "afterword"),
    **dict.fromkeys("appendix anhang appendice annexe приложение".split(), "appendix"),
}
