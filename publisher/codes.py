# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every problem code: permanent, explained by `publisher explain CODE`, compared with the code by a test.

The letter says what the problem is about: S the source file, W which works there are, M settings, H the header, T the
text, N notes, P pictures, G style sheets, R readers of marked-up sources, L licences, F the proof that no word was
lost, D the layout of pages, O outputs, A accepted findings, B booklets, C covers, X failures of the program itself.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(Struct, frozen=True):
    """What a code means: severity, a one-line title, and what causes it and what to do."""

    severity: Severity
    title: str
    explanation: str


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: dict[str, Code] = {
    "S001": Code(
        E,
        "no such file or folder",
        "The path given does not exist. Check its spelling.",
    ),
    "S002": Code(
        E,
        "empty file",
        "The file holds no text, only white space or nothing. Transcribe it, or remove it.",
    ),
    "S003": Code(
        E,
        "undecodable bytes",
        "The bytes are valid in no encoding that transcriptions use. Save the file as UTF-8; the message"
        " gives the offset of the first byte that does not fit.",
    ),
    "S004": Code(
        E,
        "not a text file",
        "The file holds binary data (an image, a PDF, an archive). Give a transcription.",
    ),
    "S005": Code(
        E,
        "no texts",
        "The folder holds no transcription. Texts are known by the ends of their names: .txt, .html, .md, .xml (TEI),"
        " .muse, and what pandoc reads (.docx, .odt, .rst...).",
    ),
    "S006": Code(
        E,
        "unreadable file",
        "The file or folder exists but cannot be read: its permissions forbid it, the disk fails, or it is"
        " no regular file (a pipe, a device). Make it readable, or copy its contents to a file of its own.",
    ),
    "S007": Code(
        E,
        "symbolic link in a circle",
        "A link leads back to a folder that contains it, or to itself, so that the search for texts would"
        " never end. Remove the link.",
    ),
    "S008": Code(
        E,
        "not a text by its name",
        "The file's name says that it holds settings or data and no text. Give the text itself.",
    ),
    "S009": Code(
        E,
        "no text below the header",
        "The file has a title or a header, but no text follows that could be printed. Complete the transcription.",
    ),
    "S010": Code(
        E,
        "endless word",
        "A line holds more than 20,000 letters or signs without a space between them, such as a picture that"
        " was written as letters. No line of a page can be broken there. Leave it out, or break it into lines.",
    ),
    "W001": Code(
        E,
        "two works with one name",
        "The outputs of several works would have the same names (in small letters, because many disks do"
        " not tell X.pdf from x.pdf), so that one would replace the other. None of them is built. Give each"
        " a `slug` of its own in its book.toml (x.toml for a lone x.txt).",
    ),
    "W002": Code(
        E,
        "a work without a name",
        "Outputs are named after the text's file or folder in the letters a to z, digits and hyphens;"
        ' nothing of this name is left in them. Set `slug = "..."` in its book.toml (x.toml for a lone'
        " x.txt).",
    ),
    "W003": Code(
        W,
        "page not listed",
        "A page of the work matches no entry of the index page's contents list. It follows the listed pages"
        " in the natural order of file names. Give `files` in book.toml to order the pages yourself.",
    ),
    "W004": Code(
        N,
        "entry without a page",
        "An entry of the index page's contents list matches no page of the folder. The page may be missing,"
        " or its title is spelt otherwise.",
    ),
    "W005": Code(
        W,
        "file of another form",
        "The files of a work are read by one reader, and this file is for another. Name the files of the work in its"
        " book.toml (files = [...]), or the reader (reader = ...).",
    ),
    "M001": Code(
        E,
        "settings file is no TOML",
        "A settings file does not follow the rules of TOML (https://toml.io). The commonest cause is a text"
        " without quotation marks, or a quotation mark inside a text without a backslash before it.",
    ),
    "M002": Code(
        E,
        "unknown key",
        "A settings file has a key that publisher does not know: a slip of the pen, or a key that belongs"
        " to another file or table. It is an error so that no setting is lost unseen. The"
        " message says which key was probably meant, or which there are.",
    ),
    "M003": Code(
        E,
        "unknown licence identifier",
        "`licence` takes one identifier of the SPDX list (https://spdx.org/licenses/), or"
        " LicenseRef-public-domain for a work in the public domain. Leave the key out to use the statement"
        " in the text's own header.",
    ),
    "M004": Code(
        E,
        "wrong kind of value",
        "A setting has another type or form than its key asks for; the message says which.",
    ),
    "M005": Code(
        E,
        "value names nothing known",
        "The value has the right form, but no language, paper size, theme, reader or problem code has this"
        " name. The hint says which names there are, or where they are found.",
    ),
    "M006": Code(
        E,
        "book.toml of mdBook",
        "A settings file has a table [book], which only mdBook's own book.toml has, in the folder of a book in"
        " Markdown. Name what you want to set as the README says, without that table.",
    ),
    "M007": Code(
        E,
        "missing key",
        "A table of a settings file lacks a key that it cannot do without; the message names it.",
    ),
    "M008": Code(
        E,
        "no such source file",
        "`files` names a file, or a pattern, that matches nothing in the work's folder. Names are relative"
        " to the folder of book.toml, with / between folders.",
    ),
    "M009": Code(
        W,
        "no language",
        "Nothing says which language the text is in, so that it is not hyphenated and screen readers guess"
        ' how to pronounce it. Write `language = "en"` (or another BCP 47 tag) in the settings, or in the'
        " shelf's defaults.toml.",
    ),
    "M010": Code(
        W,
        "the source marks no pages",
        'The settings ask for the page numbers of the printed edition (pages = "source"), but the source says nowhere'
        " where its pages begin. The e-book has no page numbers then. Choose those of the PDF, or none.",
    ),
    "H001": Code(
        W,
        "no title",
        "No line at the top of the text reads as its title. Give `title` in book.toml; until then the"
        " name of the outputs serves.",
    ),
    "H002": Code(
        W,
        "no author",
        'Neither the first line nor the header names an author. Give [[contributors]] with role = "author"'
        " in book.toml.",
    ),
    "H003": Code(
        N,
        "unknown header label",
        "A line of the header has a label that publisher does not know. It is kept and printed on the"
        " credits page as it stands, but nothing is read out of it. Mend the label if it is misspelt.",
    ),
    "H004": Code(
        N,
        "unreadable date",
        "A header line states more than one date, half a date, or one that the calendar does not have, and"
        " none is chosen for you. The line is kept as it stands. Give the date in book.toml if you know it.",
    ),
    "H005": Code(
        N,
        "credit without a name",
        "A credit line of the header (who translated, transcribed, marked up, proofread) names nobody that"
        " can be recognised as a person or body. The line is kept as it stands. Name them under"
        " [[contributors]] in book.toml if you know them.",
    ),
    "T001": Code(
        W,
        "mojibake",
        'A word looks like UTF-8 text that was once decoded as windows-1252 ("ThÃ¨ses" for "Thèses"). It is'
        " printed as it stands. Mend the transcription at the place given.",
    ),
    "T002": Code(
        W,
        "stray quotation mark",
        "A straight quotation mark has no partner in its paragraph, or closes a curly one. It is printed as"
        " it stands. Mend the transcription, or accept the finding if the source has it so.",
    ),
    "T003": Code(
        N,
        "hyphen for a dash",
        'A hyphen joins a word with a small word that goes on with the sentence ("need-in fact"), where a'
        " dash is probably meant. It is printed as it stands.",
    ),
    "T004": Code(
        N,
        "flattened table",
        "Cells of a table stand on lines of their own, as a browser copies them. They are printed in their"
        " order; compare the result with the original.",
    ),
    "T005": Code(
        W,
        "control character",
        "A character that cannot be printed (a control character, a byte order mark amid the text) was taken"
        " out. No word is lost; remove it from the transcription.",
    ),
    "T006": Code(
        N,
        "link inside a title",
        '"[See glossary entry]" and the like are links of the archive\'s page. They are left out of the title.',
    ),
    "N001": Code(
        W,
        "note called but not given",
        "The text calls a note whose body was not found. The call is printed as text. Add the note to the"
        " transcription, or accept the finding.",
    ),
    "N002": Code(
        W,
        "note given but not called",
        "A note's body stands among the notes, but nothing in the text calls it. It is printed among the"
        " notes and marked.",
    ),
    "N004": Code(
        N,
        "note called from another chapter",
        "A note is called from a second chapter, too. Only calls in the note's own chapter are links; this"
        " one is printed as text.",
    ),
    "N005": Code(
        N,
        "notes matched by their order",
        "Notes on a page of their own have no labels. They were given to the open calls in their order,"
        " because their numbers agree. Compare them with the original.",
    ),
    "N006": Code(
        N,
        "note too long for the foot of its page",
        "The settings put notes at the foot of pages, but this one does not fit there, on its page or the next: it is"
        " longer than three fifths of a page, or others take the room. It stands among the endnotes, and the foot of"
        ' its page says so. A larger paper may help, or notes = "end".',
    ),
    "P001": Code(
        W,
        "no picture",
        "A picture that the text shows is not in the work's folder, is outside of it, or is not a picture that a book"
        " can hold (PNG, JPEG, GIF, WebP, plain SVG): it is of another kind, too large, damaged, or a drawing that"
        " could do something, uses itself, or has no size. Its description is printed in its place.",
    ),
    "P002": Code(
        W,
        "picture without a description",
        'Who cannot see the picture learns nothing of it. Describe it where the source shows it: alt="..." in HTML,'
        " ![description](file) in Markdown, figDesc in TEI.",
    ),
    "P003": Code(
        E,
        "no cover",
        "The picture that `cover` names is not in the folder of the settings, is damaged, or is of a kind that shops"
        " and older readers do not take for a cover. It must be a PNG or JPEG, best 1600 by 2400 pixels. Without"
        " `cover` one is drawn.",
    ),
    "P004": Code(
        W,
        "cover hardly to be seen",
        "The picture that `cover` names has less than 100 pixels on a side, or is more than eight times as long as"
        " it is wide. It is the cover all the same. Best are 1600 by 2400 pixels.",
    ),
    "R001": Code(
        W,
        "unknown markup",
        "The reader does not know this element or form. Its words are printed as they stand.",
    ),
    "R002": Code(
        W,
        "wrong encoding declared",
        "The file says that it is in one encoding, and its bytes are in another. The bytes were believed.",
    ),
    "R003": Code(
        N,
        "program left out",
        "Scripts, style sheets and forms are no part of a text. They were left out.",
    ),
    "R004": Code(
        E,
        "not well-formed",
        "The file breaks a rule of its own format, so that nobody can say what is inside what. Correct it at the place"
        " that the message names.",
    ),
    "R005": Code(
        E,
        "nested too deep",
        "Elements stand in one another deeper than any text needs. The file is damaged, or made to do harm.",
    ),
    "R006": Code(
        E,
        "entities or other files refused",
        "The file defines entities or wants other files. Neither is read: both have been used to read a machine's"
        " secrets or to fill its memory. Write the characters themselves.",
    ),
    "R010": Code(
        W,
        "comment without an end",
        "A page has a comment that never ends, so that all that follows it is hidden, in browsers as in the book."
        ' Close the comment with "-->", or take it out.',
    ),
    "R030": Code(
        N,
        "transcribers' note left out",
        "A note of the transcribers names the archive, whose name an edition may not bear unless it keeps the"
        " archive's whole licence. It is left out of the book and stands in the ledger. If readers should know what it"
        " says, put it into the settings in your own words.",
    ),
    "R031": Code(
        W,
        "note without an end",
        'A note that begins with "[Footnote" never closes its bracket. It is taken to end with its paragraph. Close it'
        " with ] in the transcription.",
    ),
    "R050": Code(
        W,
        "include that cannot be followed",
        "The text asks for another file to be put in ({{#include ...}}), and that file is not one of the"
        " work's own texts, is already part of the book, or only a part of it is asked for. The line is"
        " printed as it stands. Put the words in yourself.",
    ),
    "R051": Code(
        W,
        "listed file that is not there",
        "SUMMARY.md names a file that the work does not have, or that lies outside of its folder. Nothing"
        " outside is ever read. Its entry is left out.",
    ),
    "R052": Code(
        N,
        "entry without a text",
        "SUMMARY.md names a chapter that nobody has written yet. It is left out of the book.",
    ),
    "R053": Code(
        N,
        "numbers of a list out of order",
        "Markdown counts the items of a list on from its first number, whatever numbers follow in the"
        " source. Here they are neither all the same nor in order, so that what is printed differs. If the"
        " numbers matter, put a backslash behind each (`7\\.`) and the lines are paragraphs.",
    ),
    "R054": Code(
        N,
        "drawn table kept as it is",
        "A table that is drawn with strokes and plus signs is printed as it was drawn, in type of one width.",
    ),
    "R055": Code(
        W,
        "front matter that cannot be read",
        "The lines between the marks at the top of the file are no valid YAML or TOML, or hold anchors and"
        " aliases, which are refused. Each line is read by itself as `key: value`. Mend the front matter;"
        " a value with a colon in it stands in quotation marks.",
    ),
    "R056": Code(
        W,
        "chapter without a title",
        "A file of a work with several has no heading, and nothing else names it. Put a heading at its top.",
    ),
    "R070": Code(
        E,
        "XML of another kind",
        "The file is XML, but not TEI, which is the only kind that this reader knows. Convert it to TEI, or to HTML.",
    ),
    "R071": Code(
        W,
        "character described, not given",
        "The transcription only describes a character that has no code of its own, and neither the text nor its header"
        " has others for it. […] stands in its place. Write the character that comes nearest to it.",
    ),
    "R072": Code(
        N,
        "words that the transcription lacks",
        "The transcribers could not read these places, or left them out, and say so. Their own sign is printed there,"
        " or […] where they have none. Nothing is guessed.",
    ),
    "R073": Code(
        N,
        "words joined at the ends of lines",
        "The print parts words at the ends of its lines, and the transcription keeps the hyphens. Such words are"
        ' printed whole, except where "und" or the like follows the hyphen. The ledger has the hyphens.',
    ),
    "R090": Code(
        E,
        "pandoc is not installed",
        "Files of this kind are read with pandoc, which is an extra: pip install 'publisher[pandoc]' installs it.",
    ),
    "R091": Code(
        E,
        "pandoc cannot read the file",
        "The file is damaged, empty, of another kind than its name says, or too large. The message is pandoc's own.",
    ),
    "R092": Code(
        W,
        "pandoc warns",
        "pandoc read the file, but says that it did not understand a part of it, or could not take in something that"
        " stands elsewhere. Compare the book with the file at that place.",
    ),
    "R100": Code(
        W,
        "not called a plain-text edition",
        'The reader "plain" was asked for, but the first line is not that of a plain-text edition. The file was read as'
        " one all the same. Compare what was read with it, or choose another reader in the settings.",
    ),
    "R101": Code(
        W,
        "text among the notes",
        "A paragraph stands among the notes of a plain-text edition and begins with no label. It is printed as a part"
        " of the note before it, or as a note that nothing calls. Indent it by four, or give it a label.",
    ),
    "R102": Code(
        W,
        "two notes of one name",
        "Two notes of a chapter are called alike in a plain-text edition, so that nobody can say which of them a call"
        " means. All calls lead to the first. Change the label of one, in its call and before its body.",
    ),
    "R103": Code(
        W,
        "heading inside a block",
        "An underlined line stands inside a quotation, a list or a note, where no chapter or section can begin. It is"
        " printed as a paragraph. Move it to the margin, or leave out the line below it.",
    ),
    "R104": Code(
        W,
        "label unknown in a plain-text edition",
        "The header of a plain-text edition has labels of its own, such as Title, Author, Language. This one is not"
        " among them. It is kept with the header of the transcription.",
    ),
    "R105": Code(
        W,
        "no end of the text",
        "A plain-text edition says where its text ends. The line is missing: the file was cut off, or somebody took it"
        " out. Everything up to the last line was read as text.",
    ),
    "R106": Code(
        E,
        "plain-text edition among other files",
        "A plain-text edition is a whole book, with a title and notes of its own. It cannot be a chapter of another"
        " work. Build it alone, or take it out of the folder.",
    ),
    "L001": Code(
        W,
        "no licence stated",
        "The transcription carries no statement of rights. Nothing is assumed: the credits page says so,"
        " and --release does not build the work. If you know the licence, record it in book.toml: licence ="
        ' "GFDL-1.3-or-later".',
    ),
    "L002": Code(
        W,
        "use not permitted",
        "The rights statement refuses what an edition needs: all rights are reserved, or permission was"
        " given for one place only, or an exception such as fair use is claimed. The credits page says so,"
        " and --release does not build the work. Ask whoever holds the rights; if they agree, record the"
        " licence in book.toml.",
    ),
    "L003": Code(
        N,
        "licence without a version",
        "The statement names a licence but not its version. None is guessed. The GNU licences allow any"
        " published version to be chosen in that case; other licences get no identifier and no link.",
    ),
    "L004": Code(
        N,
        "both licensed and in the public domain",
        "One statement says that the work is in the public domain, another that it stands under a licence."
        " The licence is followed, because that is right in either case; both statements are printed.",
    ),
    "L005": Code(
        W,
        "contradictory rights statements",
        "Rights are reserved and given up at the same time, perhaps for different parts of the text (the"
        " original and its translation). The statement that allows least holds until you have looked and"
        " recorded a licence in book.toml.",
    ),
    "L006": Code(
        W,
        "rights statement not understood",
        "The words of the statement are not among those that are known to grant or refuse something. It is"
        " printed as it stands and counts as no licence. Read it; if it is a licence, record its identifier"
        " in book.toml.",
    ),
    "L007": Code(
        N,
        "Creative Commons without a licence's name",
        "Creative Commons has several licences, from CC0 to one that allows neither changes nor sale, and"
        " the statement names none of them. The edition relies on the statement's own words only.",
    ),
    "L008": Code(
        N,
        "restricted use",
        "The licence forbids commercial use or changes, or allows nothing but copying. The work is built;"
        " where changes are not allowed, none are made to the text.",
    ),
    "L009": Code(
        W,
        "licence text not enclosed",
        "The licence asks that its full text goes with every copy, and the text is not among those that"
        " publisher carries. Add it to the work as an appendix before you pass the edition on.",
    ),
    "L010": Code(
        E,
        "bundled licence text changed",
        "A licence's text that came with publisher is not the one that was published; a licence with a word"
        " changed is none. Install publisher again.",
    ),
    "L100": Code(
        E,
        "rights do not allow a release",
        "`--release` builds only works whose rights are stated and not refused. Clear the rights with"
        " whoever holds them; or, if you answer for it, record why the work may be published, in its"
        ' book.toml: a [rights] table with override = "the reason". The manifest of the release repeats the'
        " reason.",
    ),
    "F001": Code(
        E,
        "words of the source and of the book differ",
        "What the reader made of a source was compared with the source, word by word, and differs where nothing says"
        " why. The reader is wrong, not the text. Please report it, and send the file; until then the work can be read"
        " by another reader (reader = ...) or be accepted as it is ([[accept]]).",
    ),
    "F002": Code(
        E,
        "words of the source in no place",
        "A word of the source file stands neither among those that are printed nor among those that were left out for a"
        " reason. The reader is wrong, not the text. Please report it, and send the file.",
    ),
    "F003": Code(
        E,
        "words of the book and of the EPUB differ",
        "The finished EPUB was read back and compared with the book, word by word. A mistake of this program: please"
        " report it, and send the text.",
    ),
    "F004": Code(
        E,
        "words of the book and of the PDF differ",
        "The finished PDF was read back and compared with the book, word by word. A mistake of this program or of the"
        " libraries that lay out its pages: please report it, and send the text.",
    ),
    "F005": Code(
        E,
        "the book was changed where no change is listed",
        "What emendations and typography have changed was compared with the list of the changes, and is not the same."
        " A mistake of this program: please report it, and send the text. Without changes (typography = false in the"
        " settings, no emendations) the book can be built until then.",
    ),
    "G001": Code(
        E,
        "error in a style sheet",
        "The style sheet that the settings name has a mistake: a bracket that is never closed, a property or a value"
        " that does not exist in print, a selector that is none. The layout would pass over it without a word."
        " Correct it.",
    ),
    "G002": Code(
        E,
        "style that reaches across parts",
        "Chapters and other parts of a book are laid out apart, each without knowing its number, its side of the paper"
        " or the other parts. A style sheet cannot count through the book, name other pages, carry words from page to"
        " page, choose sides for what opens a page, or ask how parts stand to one another. Numbers of pages and running"
        " heads are to be had in the margins of pages: counter(page, folio), string(verso), string(recto).",
    ),
    "G003": Code(
        E,
        "address in a style sheet",
        "A style sheet may show pictures that lie in the work's folder. Other style sheets, fonts and whatever is"
        " elsewhere are not loaded: the book would depend on more than the work.",
    ),
    "G004": Code(
        E,
        "rule that a style sheet cannot hold",
        "A style sheet of a work is added to a theme, which with the paper decides the size and margins of pages, the"
        " typefaces that are there, and that the medium is print. Leave the rule out.",
    ),
    "G005": Code(
        E,
        "style that spoils words",
        "The rules of a style sheet were tried on a page with all kinds of text. With this one words are missing,"
        " changed, added, too small, of the colour of the paper or outside of the page, or the layout does not come to"
        " an end. Capitals are to be had without changing a word: font-variant-caps: all-small-caps. Initials over two"
        " lines are not: they would be painted apart from their words.",
    ),
    "F006": Code(
        E,
        "words of the book and of the plain text differ",
        "The finished plain text was read back and compared with the book, word by word. A mistake of this program:"
        " please report it, and send the text.",
    ),
    "O001": Code(
        E,
        "output cannot be written",
        "The output folder or a file in it cannot be written: no permission, no room on the disk, or a file"
        " where a folder should be. No output of this work was replaced. Outputs of other works are not"
        " affected.",
    ),
    "O002": Code(
        W,
        "no font has a character",
        "The PDF and the booklet are set in packaged fonts only, so that they are the same on every"
        " machine, and these lack the character: � is printed. The EPUB keeps it. If it is a slip"
        " of the transcription, correct it. The fonts have Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian,"
        " Georgian, Ethiopic, Devanagari, Bengali, Gujarati, Gurmukhi, Kannada, Malayalam, Oriya, Sinhala, Tamil,"
        " Telugu, Thai, Lao, Khmer and Burmese letters, and most signs. Chinese, Japanese and Korean ones come"
        " with the extra publisher[cjk]; without it, install that. Others, such as Tibetan or Syriac, are not"
        " there.",
    ),
    "O003": Code(
        E,
        "settings file exists",
        "`publisher new` never overwrites a settings file, because somebody may have written it by hand."
        " Remove it or give it another name to have a new one written.",
    ),
    "D001": Code(
        N,
        "widow",
        "The last line of a paragraph stands alone at the head of a page. `publisher proof` measures it; the build"
        " keeps two lines together, so that this is a paragraph that could not be moved.",
    ),
    "D002": Code(
        N,
        "orphan",
        "The first line of a paragraph stands alone at the foot of a page, where two lines should. The build keeps"
        " two lines together, so that this is a paragraph that could not be moved.",
    ),
    "D003": Code(
        N,
        "loose line",
        "Spaces between words are over 0.4 em wider than in the typeface: 0.6 em in EB Garamond. The paragraph was"
        " broken into lines as a whole and has no better way. A long word that cannot be divided is the usual"
        " cause.",
    ),
    "D004": Code(
        N,
        "overfull line",
        "A line reaches beyond the block that it stands in: a word that cannot be divided is longer than the line.",
    ),
    "D005": Code(
        N,
        "stacked hyphens",
        "Three lines in a row end in hyphens. Lines are broken so that no more than two do, unless words could not"
        " stand otherwise; text beside floats and in other scripts is left to WeasyPrint.",
    ),
    "D006": Code(
        N,
        "hyphen across pages",
        "A word is divided over two pages. Paragraphs are broken anew where that would be; it remains where every other"
        " way leaves word spaces far too wide.",
    ),
    "D007": Code(
        N,
        "short last line",
        "The last line of a paragraph has fewer than five letters. Paragraphs are broken into lines so that this does"
        " not happen, unless the other lines would be too loose.",
    ),
    "D008": Code(
        N,
        "heading at the foot",
        "A heading is the last line of a page, and what it heads is overleaf. Headings are kept with two lines of text;"
        " something below it does not fit on the page.",
    ),
    "D009": Code(
        N,
        "nearly empty last page",
        "The last page of a chapter or another part has fewer than three lines. The part was set again with lines"
        " more and with lines less, and neither helped.",
    ),
    "D010": Code(
        N,
        "facing pages not equally deep",
        "Of two pages that face each other one is over a line deeper than the other. A heading, a table or a"
        " paragraph of three lines that was not to be divided stands on the next page.",
    ),
    "D011": Code(
        N,
        "missing glyph",
        "No typeface of the edition has a character, and an empty box is printed in its place. O002 reports the"
        " character.",
    ),
    "D012": Code(
        N,
        "broken word in a table",
        "A table has so many columns that a word or a number does not fit into its own, and goes on in the next line"
        " without a hyphen. Choose a larger paper for the work, or divide the table in the transcription.",
    ),
    "A001": Code(
        E,
        "accepted finding does not occur",
        "An [[accept]] entry silences one finding with its code whose message or source line contains its"
        " text. There is none, perhaps because the text was corrected: remove the entry, or compare its text"
        " with the finding.",
    ),
    "E001": Code(
        E,
        "emendation does not fit as often as it says",
        "An [[emendation]] corrects the places where its `find` stands in the text, and says by `count` how many there"
        " are (one, where it does not say). It stands there more or less often; nothing is changed. White space counts"
        " as white space of any kind, everything else must be as in the transcription, straight quotation marks"
        " included; marks of notes are left out. Write more words around the misprint, or name the line or the count.",
    ),
    "E002": Code(
        E,
        "emendation that means nothing",
        "An [[emendation]] has nothing to find, replaces words by themselves, or names a file or a line that it cannot"
        " mean. The message says which.",
    ),
    "E003": Code(
        W,
        "emendations not carried out",
        "The licence of the text allows copies only of the text as it is: it has a clause against derivatives, or the"
        " statement allows copying and nothing else. Misprints are therefore printed as they stand. Ask those who"
        " hold the rights, and record a licence that allows changes in the settings, or remove the emendations.",
    ),
    "E004": Code(
        E,
        "emendation that something is in the way of",
        "What an [[emendation]] would change is changed by another one already, or is not text: the end of a line of"
        " verse, a picture, code. Put the two into one, or find fewer words.",
    ),
    "Y001": Code(
        N,
        "quotation mark left straight",
        "Straight quotation marks and apostrophes become those of the language where it is certain which is meant."
        " Here it is not: a partner is missing, spaces stand on the wrong side, curly and straight marks are mixed, or"
        " an apostrophe may be a quotation mark. The marks of this paragraph that are uncertain are printed as they"
        " are. Correct the place with an [[emendation]], or accept the finding.",
    ),
    "Y002": Code(
        N,
        "typography left as it is",
        "The licence of the text allows copies only of the text as it is, so that quotation marks, dashes and spaces"
        " stand as in the transcription. With `typography = false` in the settings nothing is said of it.",
    ),
    "B001": Code(
        E,
        "not a PDF",
        "A booklet is made from a PDF, and this file is none, or is so damaged that its pages cannot be found. Open it"
        " in a viewer; if it shows there, save or print it to a new PDF.",
    ),
    "B002": Code(
        E,
        "encrypted PDF",
        "The PDF can be opened with a password only. Give it with --password, or save the PDF without one.",
    ),
    "B003": Code(
        E,
        "PDF without pages",
        "The PDF is sound but has no pages, so that there is nothing to print.",
    ),
    "B004": Code(
        W,
        "damaged PDF",
        "Parts of the PDF were damaged and had to be mended by guessing. Pages or words may be missing in the booklet:"
        " compare it with the PDF, or make the PDF anew.",
    ),
    "B005": Code(
        E,
        "page of an impossible size",
        "A page's box says that it is smaller than a millimetre or larger than five metres. The PDF is wrong there.",
    ),
    "B006": Code(
        E,
        "sheet too small",
        "On this sheet the pages would be printed at less than a quarter of their size. Take a larger sheet, fewer"
        " pages a side, or less space inside.",
    ),
    "B007": Code(
        W,
        "pages of several sizes",
        "Not all pages of the PDF have one size. The booklet's pages have the size of most of them; the others are"
        " set in the middle, wide ones turned by a quarter, larger ones reduced.",
    ),
    "B008": Code(
        N,
        "cover not apart",
        "The outermost sheet goes to a file of its own only where there is one that goes around all others: in a"
        " two-up booklet of one signature with at least two sheets. The format `wrap` makes covers for other books.",
    ),
    "B009": Code(
        E,
        "booklet out of order",
        "Each booklet is folded and read by the program before it is written, and this one's pages did not come in"
        " order. That is a fault of the program: please report it, with the PDF and the options.",
    ),
    "B010": Code(
        N,
        "no room for trim marks",
        "Trim marks stand outside of the pages, at least 6 mm from the sheet's edge. Here the pages fill the sheet."
        " Take a larger sheet, or do without marks: untrimmed pages need none.",
    ),
    "B011": Code(
        W,
        "signature too thick",
        "More than 80 pages (20 sheets) in one signature do not fold well, and no usual stapler goes through them."
        " Leave `signature` out of [booklet]: the sheets are then divided into several signatures, to be sewn.",
    ),
    "B012": Code(
        W,
        "page described wrongly",
        "A PDF says of a page what no page can be: it is turned by another angle than quarters of a turn, or the box of"
        " what it shows lies beside it. It is laid on the sheet as it lies, whole. Compare it with the page as a viewer"
        " shows it.",
    ),
    "B013": Code(
        W,
        "signature smaller than its sheet",
        "A sheet that is folded twice (four-up) has eight pages, so that there is no signature of four. Each has eight"
        " pages. Sheets that are cut first (four-up-cut), and those of two-up, have signatures of four.",
    ),
    "C001": Code(
        W,
        "words missing on the cover",
        "No packaged font has some letters of the title, of the authors or of the subtitle, so that the cover is drawn"
        " without them; boxes in their place would look worse. The title page has them, as far as a reader's fonts do."
        " Give a picture of your own for the cover: `cover` in book.toml.",
    ),
    "C002": Code(
        N,
        "title cut on the cover",
        "A title, a subtitle or a list of authors is too long to be read on a cover, and is cut behind a word, with an"
        " ellipsis. The title page has all of it. `short_title` in book.toml stands on the cover in its place.",
    ),
    "C003": Code(
        W,
        "no code on the cover",
        "`cover_qr` asks for a code with the link to the source on the printed covers, but `source_url` is not stated,"
        " or has more than 134 bytes: the dots of a longer one would be smaller than 0.4 mm, and few cameras read them."
        " Give a shorter address that leads to the same place.",
    ),
    "X001": Code(
        E,
        "internal error",
        "publisher met a case that it was not made for; the text is not to blame. Other works are not"
        " affected. Please report the message and the text that caused it. With PUBLISHER_DEBUG=1 the"
        " message has the details.",
    ),
    "X002": Code(
        E,
        "a process died",
        "The process that built this work ended without a word: most often the system had no memory left."
        " Other works are not affected. Build the work alone with `-j 1`, or on a machine with more memory.",
    ),
}
