# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is a name: of a person ("V. I. Lenin", "Eugen von Böhm-Bawerk"), of a body ("Foreign Languages Press").

A name is recognised by its form alone: capitalised words, initials, particles, no verbs. What has not that form
is not a name, and nothing is ever completed: "Eden and Cedar Paul" does not become "Eden Paul".
"""

from __future__ import annotations

import re

MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " januar februar märz mai juni juli oktober dezember".split()
)
PARTICLES = frozenset("de del della di da do dos das du la le van von der den ten ter zu zur af al el bin ben ibn y e".split())
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "jnr", "snr", "m.d", "ph.d"})
HONORIFICS = frozenset({"dr", "prof", "mr", "mrs", "ms", "sir", "rev", "fr", "st", "comrade", "lady", "lord"})

# Given names of the languages that archives hold most; they tell a name from a title of two capitalised words
# and the order of its parts ("Karl Kautsky", but not "Mao Tse-tung").
GIVEN = frozenset(
    """
    aaron adam adolf adolph adrian agnes al alain alan albert alberto aldo alec alejandro aleksandr alex alexander alexandra
    alexandre alexei alexis alfred alice allan allen amadeo ana alois anatole anatoli anatoly andré andrea andreas andrei andres andrew andy angela
    angelica ann anna anne annie anselmo andrés anthony antoine anton antonie antonio antónio apollon ariel arnold arthur august auguste augusto
    barbara ben benito benjamin bela béla bernard bernd bernhard bert bertolt bertrand bill bob boris brian bruno carl carlo carlos carmen
    caroline catherine cecil charles charlotte chris christian christine christopher clara clare claude clemens clive colin constance
    cornelius cyril dan daniel daphne dave david dean denis dennis derek diane didier diego dirk dmitri dmitry dominique
    don donald dora doris dorothy doug douglas duncan earl ed eden edgar edmond edmund eduard eduardo edward edwin
    eleanor elena elisabeth elizabeth ellen elmer emil emile émile emily emma engelbert enrico eric erich erik ernest ernesto
    ernst errico étienne eugen eugene eugène eugenio evelyn evgeny felix félix fenner ferdinand fernando filippo florence
    francesco francis francisco franco françois frank franz fred frederic frederick friedrich fritz fyodor gabriel
    gaston gavin geoff geoffrey georg george georges georgi georgii georgy gerald gerard gerd gerhard gerry giacomo gilbert gino
    giovanni giuseppe gladys glen gordon graham grant greg gregor gregory grigori grigory guido guillermo gus gustav guy
    hal hannah hans harold harriet harrison harry heinrich heinz helen helene henk henri henriette henry herbert
    herman hermann hilda horace howard hubert hugh hugo ian ignazio ilya inessa irene irving isaac isabel ivan jack
    jacob jacques jaime jakob james jan jane janet jason javier jean jeff jenny jerry jesús jim jimmy joan joe joel johann
    johannes john jon jonas jonathan jorge josé josef joseph joshua juan judith jules julia julian julio julius jürgen justin karel
    karen karl kate katherine kathleen keith ken kenneth kevin khristian klara kurt larry lars laura laurence lawrence lazar len leo leon
    léon leonard leonardo leonid leopold leslie lev lewis lily linda louis louise luc luca lucien lucy ludwig luigi luis ludwik luke
    luís lydia madeleine manuel marc marcel marco margaret margarita maria marie mario marion mark marthe martha martin marty mary
    mathias matthew maurice max may michael michel miguel mihály mikael mike mikhail milton mitch mitchell moissaye monty morgan morris moses
    murray nadezhda nancy nathan neil nelson nestor nicholas nick nicola nicolai nicolas nigel nikita nikolai noah noam
    norman octave olga oliver oscar oskar otto pablo palmiro pat patricia patrick paul pavel pedro peggy percy perry peter philip
    phil philippe phyll phyllis pierre pietro piero rachel ralph ramón raphael raya raymond rebecca reg reginald reinhard reinhold renato rené
    ricardo richard rita robert roberto robin rodolfo roger roland rolf roman ron ronald rosa rose rosemary ross roy
    rudolf rudolph rupert ruth ryan sally salvador sam samuel sandra santiago sara sarah sean sebastian serge sergei sergey
    shane sheila sidney sigmund silvia simon simone sofia solomon sophie stan stanley stefan stephen steve steven stewart stuart
    susan sydney sylvia sylvain ted terence terry theodor theodore thomas tim timothy todd tom tony trevor ursula valentin vera
    vernon victor viktor vincent virginia vittorio vladimir walter walther werner wilfred wilhelm willi william willy winston wolfgang
    yakov yuri yvonne zelda
    """.split()
)

# Cities of publishers: behind a body's name ("Foreign Languages Press, Peking") they are no second name.
PLACES = frozenset(
    """
    London Moscow Peking Beijing Paris Berlin Leningrad Chicago Glasgow Edinburgh Manchester Petrograd Geneva Zurich Vienna
    Leipzig Stuttgart Hamburg Amsterdam Brussels Rome Milan Madrid Barcelona Lisbon Prague Detroit Boston Toronto Sydney
    Melbourne Calcutta Bombay Moskva Moskau Москва Ленинград Wien Zürich Genève Roma Milano Lisboa England Britain USSR USA
    """.split()
    + ["New York", "San Francisco", "Los Angeles", "St. Petersburg", "Buenos Aires", "Mexico City", "New Delhi"]
)

_BODY = re.compile(
    r"\b(?:press|publish\w*|verlag|archives?|archivo|archiv|committee|comité|party|partei|network|campaign|website|site|institute|institut"
    r"|league|collective|groups?|team|union|librar(?:y|ies)|society|association|federation|foundation|exchange|staff|office|project"
    r"|bureau|commission|editions?|éditions|editorial|international|workers|tribune|militant|notes|translations|reprints|service|board"
    r"|centre|center|company|co|encyclop\w+|school|university|organi[sz]ation|volunteers|information|matters|outlook)\b",
    re.I,
)
_GLUED = re.compile(r"(?:[^\W\d_]\.)+(?=[^\W\d_]{2})")
_INITIALS = re.compile(r"(?:[^\W\d_](?:\.|[-’']|$))+(?:-?[^\W\d_]\.)*$|(?:[A-Z][a-z]?\.)+$")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-’'‘`])*\.?$")
_NO_NAME = frozenset(
    """
    unknown anonymous unsigned none needs the a an this that from for by with in on of at to and or but not as is are was were has
    have translation translated transcription transcribed transcript markup html edited published written source note notes
    online volume version internet introduction preface foreword afterword appendix chapter part section contents index letter
    speech report resolution thesis theses manifesto open what why how who when where which your our my his her its we i you
    they he she it german french russian english spanish italian date public domain copyright der die das ein eine les des
    und un una une los las il lo i gli sur zur über
    """.split()
)
# "A Challenge" and "I Claudius" begin with a word, "A. Badayev" and "I. Hay" with an initial.
_ARTICLES = frozenset("AIOÀ")
# "I. Egypt" may be a heading, "T.U.E.L. Conference" no person at all.
_AMBIGUOUS_INITIALS = re.compile(r"[IVX]\. (?!\w\.)|(?:[A-Z]\.){4,} |U\.S\. ")
_ABSTRACT = re.compile(
    r"(?:ism|ists?|tions?|ments?|ness|ity|ities|ship|ance|ence|ology|ics|ings|ies|day|days|class|war|party|state|works?|labou?r"
    r"|peace|crisis|strike|struggle|power|rights?|life|people|world|questions?|unions?|speaks|miners|workers|archive|collection)$",
    re.I,
)
_ADJECTIVE = re.compile(r"(?:ing|ed|ly|ive|[intrcu]al|ists?|ism|[bglst]ian|ous|less|ful|est|ic)$", re.I)


_AUTHORITY = re.compile(r"\b(?:staff|committee|board|editors|bureau|secretariat|comité|komitee|zentrale)\b", re.I)


def is_authority(text: str) -> bool:
    """Whether a body may sign a text: "The Staff of Morning Freiheit", "Central Committee of the ..."."""
    return is_body(text) and bool(_AUTHORITY.search(text))


def is_body(text: str) -> bool:
    """Whether a text names an institution: "Foreign Languages Press", "The Militant"."""
    words = text.split()
    named = text.startswith("The ") or bool(_BODY.search(text))
    return named and "," not in text and 1 < len(words) <= 8 and all(w[0].isupper() or w in {"of", "the", "for", "and", "&"} for w in words)


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
    """ "V. I. Lenin" -> "Lenin, V. I."; a body or a single word as it is; None where the order is not certain.

    Certain is an order with an initial or a known given name first: "Mao Tse-tung" keeps none.
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
    return f"{last}, {' '.join(given)}{name[len(' '.join(words)):]}" if certain else None


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
