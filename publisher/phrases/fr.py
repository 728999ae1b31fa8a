# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in French."""

from __future__ import annotations

from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="fr",
    title="Licence et crédits",
    and_=" et ",
    line="{}\N{NARROW NO-BREAK SPACE}: {}",
    written="Rédaction",
    published="Publication",
    source="Source",
    roles={
        Role.AUTHOR: "Auteur",
        Role.TRANSLATOR: "Traduction",
        Role.EDITOR: "Édition",
        Role.INTRODUCTION: "Introduction",
        Role.TRANSCRIBER: "Transcription",
        Role.MARKUP: "Balisage",
        Role.PROOFREADER: "Relecture",
    },
    taken_from="La transcription provient de ",
    archive="La transcription a été publiée sous {}.",
    licence="Licence",
    statement="La transcription porte cette mention\N{NARROW NO-BREAK SPACE}:",
    statements="La transcription porte ces mentions\N{NARROW NO-BREAK SPACE}:",
    whose=(
        "C’est ce que déclarent ceux qui ont publié la transcription. Cela ne prouve pas que la mention vaut "
        "aussi pour l’original, une traduction ou une introduction."
    ),
    recorded="Ceux qui ont préparé cette édition ont consigné la licence sous laquelle elle paraît.",
    named="Licence\N{NARROW NO-BREAK SPACE}: {}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: (
            "L’usage est restreint\N{NARROW NO-BREAK SPACE}: ce que la licence ou la mention n’autorise pas "
            "expressément demande l’accord des titulaires des droits."
        ),
        Status.REFUSED: "Cette édition ne peut être copiée ni transmise sans l’accord des titulaires des droits.",
        Status.NOT_STATED: "On ne sait donc pas si cette édition peut être copiée ou transmise.",
    },
    reasons={
        NONE_STATED: "La transcription n’indique aucune licence, et aucune n’est supposée.",
        NO_VERSION: "La mention n’indique aucune version de cette licence, et aucune n’est supposée.",
        ANY_VERSION: (
            "La mention n’indique aucune version de la licence\N{NARROW NO-BREAK SPACE}; la section 10 de "
            "celle-ci permet de choisir n’importe quelle version publiée, et c’est la plus récente, 1.3, qui est "
            "jointe."
        ),
        NOT_UNDERSTOOD: "La mention n’accorde aucune permission en des termes connus ici, et aucune n’est supposée.",
    },
    enclosed="Le texte intégral de la licence se trouve à la fin.",
    pieces="Les textes de ce livre",
    edition="Cette édition",
    publisher="Publié par {}.",
    series="Dans la collection {}.",
    number="{}, n°\N{NO-BREAK SPACE}{}",
    date="Édition du {}.",
    unchanged="Les mots et la ponctuation sont ceux de la transcription, fautes d’impression comprises.",
    changed="Par rapport à la transcription, ont été modifiés\N{NARROW NO-BREAK SPACE}:",
    added=(
        "Ont été ajoutés la page de titre, la table des matières, les titres courants, les numéros de page, "
        "les liens entre le texte et ses notes, et cette page."
    ),
    added_to_text="Ont été ajoutés l’en-tête, les signes expliqués ci-dessus et ces pages à la fin.",
    made="Réalisé avec publisher {}.",
    typeface="Les pages imprimées sont composées en {}.",
    typefaces="Les pages imprimées sont composées en {} et en partie en {}.",
    font_licence="{}\N{NARROW NO-BREAK SPACE}: {}, ",
    misprint=(
        "Une faute d’impression a été corrigée\N{NARROW NO-BREAK SPACE}; la note sur le texte donne la leçon "
        "de la transcription."
    ),
    misprints=(
        "Des fautes d’impression ont été corrigées\N{NARROW NO-BREAK SPACE}; la note sur le texte donne les "
        "leçons de la transcription."
    ),
    regular="La typographie a été régularisée, aucun mot n’a été changé\N{NARROW NO-BREAK SPACE}: {}.",
    rules={
        "quotes": ("guillemet", "guillemets"),
        "apostrophes": ("apostrophe", "apostrophes"),
        "dashes": ("tiret", "tirets"),
        "ranges": ("intervalle de nombres", "intervalles de nombres"),
        "ellipses": ("points de suspension", "points de suspension"),
        "calls": ("appel de note placé après la ponctuation", "appels de note placés après la ponctuation"),
        "spaces": ("espace", "espaces"),
        "no_break": ("espace insécable", "espaces insécables"),
    },
)
