# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in German."""

from __future__ import annotations

from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="de",
    title="Lizenz und Nachweise",
    and_=" und ",
    written="Geschrieben",
    published="Veröffentlicht",
    source="Quelle",
    roles={
        Role.AUTHOR: "Verfasser",
        Role.TRANSLATOR: "Übersetzung",
        Role.EDITOR: "Herausgeber",
        Role.INTRODUCTION: "Einleitung",
        Role.TRANSCRIBER: "Abschrift",
        Role.MARKUP: "Auszeichnung",
        Role.PROOFREADER: "Korrektur",
    },
    taken_from="Die Abschrift stammt von ",
    archive="Die Abschrift erschien unter {}.",
    licence="Lizenz",
    statement="Die Abschrift trägt diesen Vermerk:",
    statements="Die Abschrift trägt diese Vermerke:",
    whose=(
        "So sagen es die Herausgeber der Abschrift. Ob es auch für das Original, eine Übersetzung oder eine "
        "Einleitung gilt, ist damit nicht bewiesen."
    ),
    recorded="Wer diese Ausgabe vorbereitet hat, hat die Lizenz festgehalten, unter der sie erscheint.",
    named="Lizenz: {}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: (
            "Die Nutzung ist eingeschränkt: Was Lizenz oder Vermerk nicht ausdrücklich erlauben, bedarf der "
            "Zustimmung der Rechteinhaber."
        ),
        Status.REFUSED: "Diese Ausgabe darf ohne Zustimmung der Rechteinhaber weder kopiert noch weitergegeben werden.",
        Status.NOT_STATED: "Ob diese Ausgabe kopiert oder weitergegeben werden darf, ist daher nicht bekannt.",
    },
    reasons={
        NONE_STATED: "Die Abschrift nennt keine Lizenz, und es wird keine angenommen.",
        NO_VERSION: "Der Vermerk nennt keine Fassung dieser Lizenz, und es wird keine angenommen.",
        ANY_VERSION: (
            "Der Vermerk nennt keine Fassung der Lizenz; nach deren Abschnitt 10 darf jede veröffentlichte "
            "gewählt werden, und beigefügt ist die neueste, 1.3."
        ),
        NOT_UNDERSTOOD: (
            "Der Vermerk erlaubt nichts in Worten, die hier bekannt sind, und es wird keine Erlaubnis angenommen."
        ),
    },
    enclosed="Der volle Wortlaut der Lizenz steht am Ende.",
    pieces="Die Stücke dieses Buches",
    edition="Diese Ausgabe",
    publisher="Herausgebracht von {}.",
    series="In der Reihe {}.",
    number="{}, Nr.\N{NO-BREAK SPACE}{}",
    date="Ausgabe vom {}.",
    unchanged="Wörter und Satzzeichen stehen wie in der Abschrift, mit ihren Druckfehlern.",
    changed="Gegenüber der Abschrift wurde geändert:",
    added=(
        "Hinzugefügt wurden Titelseite, Inhaltsverzeichnis, Kolumnentitel, Seitenzahlen, Verweise zwischen "
        "dem Text und seinen Anmerkungen und diese Seite."
    ),
    added_to_text="Hinzugefügt wurden der Kopf, die oben erklärten Zeichen und diese Seiten am Ende.",
    made="Hergestellt mit publisher {}.",
    typeface="Die gedruckten Seiten sind aus der {} gesetzt.",
    typefaces="Die gedruckten Seiten sind aus der {} und zum Teil aus der {} gesetzt.",
    misprint="Ein Druckfehler wurde berichtigt; die Anmerkung zum Text gibt die Lesart der Abschrift.",
    misprints="Druckfehler wurden berichtigt; die Anmerkung zum Text gibt die Lesarten der Abschrift.",
    regular="Die Typografie wurde vereinheitlicht, kein Wort geändert: {}.",
    rules={
        "quotes": ("Anführungszeichen", "Anführungszeichen"),
        "apostrophes": ("Apostroph", "Apostrophe"),
        "dashes": ("Gedankenstrich", "Gedankenstriche"),
        "ranges": ("Zahlenbereich", "Zahlenbereiche"),
        "ellipses": ("Auslassungszeichen", "Auslassungszeichen"),
        "calls": (
            "Anmerkungszeichen hinter das Satzzeichen gerückt",
            "Anmerkungszeichen hinter das Satzzeichen gerückt",
        ),
        "spaces": ("Leerzeichen", "Leerzeichen"),
        "no_break": ("geschütztes Leerzeichen", "geschützte Leerzeichen"),
    },
)
