# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is a name: of a person ("V. I. Lenin", "Eugen von Böhm-Bawerk"), of a body ("Foreign Languages Press").

A name is recognised by its form alone: capitalised words, initials, particles, no verbs. What has not that form
is not a name, and nothing is ever completed: "Eden and Cedar Paul" does not become "Eden Paul".
"""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "de del della di da do dos das du la le van von der den ten ter zu zur af al el bin ben ibn y e".split()
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "jnr", "snr", "m.d", "ph.d"})

# Given names of the languages that archives hold most; they tell a name from a title of two capitalised words
# and the order of its parts ("Karl Kautsky", but not "Mao Tse-tung").
GIVEN = frozenset(
    """
    aaron adam adolf adolph adrian agnes al alain alan albert alberto aldo alec alejandro aleksandr alex alexander
    alexandra alexandre alexei alexis alfred alice allan allen alois amadeo ana anatole anatoli anatoly andrea
    andreas andrei andres andrew andré andrés andy angela angelica ann anna anne annie anselmo anthony antoine
    anton antonie antonio antónio apollon ariel arnold arthur august auguste augusto barbara bela ben benito
    benjamin bernard bernd bernhard bert bertolt bertrand bill bob boris brian bruno béla carl carlo carlos carmen
    caroline catherine cecil charles charlotte chris christian christine christopher clara clare claude clemens
    clive colin constance cornelius cyril dan daniel daphne dave david dean denis dennis derek diane didier diego
    dirk dmitri dmitry dominique don donald dora doris dorothy doug douglas duncan earl ed eden edgar edmond
    edmund eduard eduardo edward edwin eleanor elena elisabeth elizabeth ellen elmer emil emile emily emma
    engelbert enrico eric erich erik ernest ernesto ernst errico eugen eugene eugenio eugène evelyn evgeny felix
    fenner ferdinand fernando filippo florence francesco francis francisco franco frank franz françois fred
    frederic frederick friedrich fritz fyodor félix gabriel gaston gavin geoff geoffrey georg george georges
    georgi georgii georgy gerald gerard gerd gerhard gerry giacomo gilbert gino giovanni giuseppe gladys glen
    gordon graham grant greg gregor gregory grigori grigory guido guillermo gus gustav guy hal hannah hans harold
    harriet harrison harry heinrich heinz helen helene henk henri henriette henry herbert herman hermann hilda
    horace howard hubert hugh hugo ian ignazio ilya inessa irene irving isaac isabel ivan jack jacob jacques jaime
    jakob james jan jane janet jason javier jean jeff jenny jerry jesús jim jimmy joan joe joel johann johannes
    john jon jonas jonathan jorge josef joseph joshua josé juan judith jules julia julian julio julius justin
    jürgen karel karen karl kate katherine kathleen keith ken kenneth kevin khristian klara kurt larry lars laura
    laurence lawrence lazar len leo leon leonard leonardo leonid leopold leslie lev lewis lily linda louis louise
    luc luca lucien lucy ludwig ludwik luigi luis luke luís lydia léon madeleine manuel marc marcel marco margaret
    margarita maria marie mario marion mark martha marthe martin marty mary mathias matthew maurice max may
    michael michel miguel mihály mikael mike mikhail milton mitch mitchell moissaye monty morgan morris moses
    murray nadezhda nancy nathan neil nelson nestor nicholas nick nicola nicolai nicolas nigel nikita nikolai noah
    noam norman octave olga oliver oscar oskar otto pablo palmiro pat patricia patrick paul pavel pedro peggy
    percy perry peter phil philip philippe phyll phyllis piero pierre pietro rachel ralph ramón raphael raya
    raymond rebecca reg reginald reinhard reinhold renato rené ricardo richard rita robert roberto robin rodolfo
    roger roland rolf roman ron ronald rosa rose rosemary ross roy rudolf rudolph rupert ruth ryan sally salvador
    sam samuel sandra santiago sara sarah sean sebastian serge sergei sergey shane sheila sidney sigmund silvia
    simon simone sofia solomon sophie stan stanley stefan stephen steve steven stewart stuart susan sydney sylvain
    sylvia ted terence terry theodor theodore thomas tim timothy todd tom tony trevor ursula valentin vera vernon
    victor viktor vincent virginia vittorio vladimir walter walther werner wilfred wilhelm willi william willy
    winston wolfgang yakov yuri yvonne zelda émile étienne
    """.split()
)

# Cities of publishers: behind a body's name ("Foreign Languages Press, Peking") they are no second name.
PLACES = frozenset(
    (
        "London|Moscow|Peking|Beijing|Paris|Berlin|Leningrad|Chicago|Glasgow|Edinburgh|Manchester|Petrograd|Geneva|Zurich"
        "|Vienna|Leipzig|Stuttgart|Hamburg|Amsterdam|Brussels|Rome|Milan|Madrid|Barcelona|Lisbon|Prague|Detroit|Boston"
        "|Toronto|Sydney|Melbourne|Calcutta|Bombay|Moskva|Moskau|Москва|Ленинград|Wien|Zürich|Genève|Roma|Milano|Lisboa"
        "|England|Britain|USSR|USA|New York|San Francisco|Los Angeles|St. Petersburg|Buenos Aires|Mexico City|New Delhi"
    ).split("|")
)

_BODY = re.compile(
    r"\b(?:press|publish\w*|verlag|archives?|archivo|archiv|committee|comité|party|partei|network|campaign|website|site|institute|institut"
    r"|league|collective|groups?|team|union|librar(?:y|ies)|society|association|federation|foundation|exchange|staff|office|project"
    r"|bureau|commission|editions?|éditions|editorial|international|workers|tribune|militant|notes|translations|reprints|service|board"
    r"|centre|center|company|co|encyclop\w+|school|university|organi[sz]ation|volunteers|information|matters|outlook)\b",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?:[^\W\d_]\.)+(?=[^\W\d_]{2})")
_INITIALS = re.compile(r"(?:[^\W\d_](?:\.|[-’']|$))+(?:-?[^\W\d_]\.)*$|(?:[A-Z][a-z]?\.)+$")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-’'‘`])*\.?$")
_NO_NAME = frozenset(
    """
    a afterword an and anonymous appendix are as at bibliography but by chapter conclusion contents copyright das
    date dedication der des die domain edited ein eine endnotes english epilogue footnotes for foreword french from
    german gli glossary has have he her his how html in index internet introduction is it italian its las les letter
    los manifesto markup my needs none not note notes of on online open or our part postscript preface prologue
    public published report resolution russian section she source spanish speech sur that the theses thesis they
    this to transcribed transcript transcription translated translation und une unknown unsigned version volume was
    we were what when where which who why with written you your zur über
    """.split()
)
# "A Challenge" and "I Claudius" begin with a word, "A. Badayev" and "I. Hay" with an initial.
_ARTICLES = frozenset("AIOÀ")
# "I. Egypt" may be a heading, "T.U.E.L. Conference" no person at all.
_AMBIGUOUS_INITIALS = re.compile(r"[IVX]\. (?!\w\.)|(?:[A-Z]\.){4,} |U\.S\. ")
_ABSTRACT = re.compile(
    r"(?:ism|ists?|tions?|ments?|ness|ity|ities|ship|ance|ence|ology|ics|ings|ies|day|days|class|war|party|state|works?|labou?r"
    r"|peace|crisis|strike|struggle|power|rights?|life|people|world|questions?|unions?|speaks|miners|workers|archive|collection)$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:ing|ed|ly|ive|[intrcu]al|ists?|ism|[bglst]ian|ous|less|ful|est|ic)$", re.IGNORECASE)


_AUTHORITY = re.compile(
    r"\b(?:staff|committee|board|editors|bureau|secretariat|comité|komitee|zentrale)\b", re.IGNORECASE
)


def is_authority(text: str) -> bool:
    """Whether a body may sign a text: "The Staff of Morning Freiheit", "Central Committee of the ..."."""
    return is_body(text) and bool(_AUTHORITY.search(text))


def is_body(text: str) -> bool:
    """Whether a text names an institution: "Foreign Languages Press", "The Militant"."""
    words = text.split()
    named = text.startswith("The ") or bool(_BODY.search(text))
    return (
        named
        and "," not in text
        and 1 < len(words) <= 8
        and all(w[0].isupper() or w in {"of", "the", "for", "and", "&"} for w in words)
    )


def is_person(text: str) -> bool:
    """Whether a text has the form of one person's name, a nickname ("Zodiac") included."""
    words = text.split()
    return (
        1 <= len(words) <= 6
        and words[0][0].isupper()
        and not (words[0] in _ARTICLES and len(words) > 1 and not is_initials(words[1]))
        and any(map(_is_full, words))
        and all(map(_is_name_word, words))
        and not any(len(w.strip(".")) > 1 and w.casefold().strip(".") in _NO_NAME for w in words)
        and not any(w.endswith(("'s", "’s", "s’", "s'")) for w in words)
    )


def is_initials(text: str) -> bool:
    """Whether a text holds initials alone: "J.", "J. R."."""
    return all(_INITIALS.match(word) for word in text.split())


def _is_full(word: str) -> bool:
    return len(word.strip(".’'")) > 1 and word[0].isupper() and word.casefold().strip(".") not in SUFFIXES


def _is_name_word(word: str) -> bool:
    if word in PARTICLES:
        return True
    return bool(word[0].isupper() and (_INITIALS.match(word) or _WORD.match(_GLUED.sub("", word))))


def sort_form(name: str) -> str | None:
    """The form to sort by: "Lenin, V. I."; a body or a single word as it is; None where the order is not certain.

    Certain is an order with an initial or a known given name first: "Mao Tse-tung" gets none.
    """
    words = name.removesuffix(", Jr.").removesuffix(", Sr.").split()
    if is_body(name) or len(words) == 1:
        return name
    if " and " in name or " & " in name or not has_known_order(name):
        return None
    *given, last = words
    if is_initials(last) or last.casefold().strip(".") in SUFFIXES:
        return None
    if len(given) > 1 and given[-1].istitle() and given[-1].casefold() in PARTICLES:
        last = f"{given.pop()} {last}"
    full = [word for word in given if word not in PARTICLES and not is_initials(word)]
    certain = len(full) < 2 or all(map(_comes_first, full)) or any(word in PARTICLES for word in given)
    return f"{last}, {' '.join(given)}{name[len(' '.join(words)) :]}" if certain else None


def has_known_order(name: str) -> bool:
    """Whether a given name or an initial shows that a name begins with the given names."""
    words = name.split()
    initial = any(is_initials(word) and word not in _ARTICLES for word in words[:-1]) and not sounds_like_title(name)
    return len(words) > 1 and (_comes_first(words[0]) or initial)


def is_ambiguous(name: str) -> bool:
    """Whether a well-formed name may as well be a numbered heading or an abbreviation."""
    return bool(_AMBIGUOUS_INITIALS.match(name))


def sounds_like_title(text: str) -> bool:
    """Whether capitalised words are a title rather than a name: "Class Struggle", "Dividing Ireland"."""
    words = text.split()
    long = len(words) > 3 and not any(word in PARTICLES for word in words)
    return long or bool(_ABSTRACT.search(text)) or (len(words) > 1 and bool(_ADJECTIVE.search(words[0])))


def _comes_first(word: str) -> bool:
    return word.casefold() in GIVEN or is_initials(word)
