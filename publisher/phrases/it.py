# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in Italian."""

from __future__ import annotations

from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="it",
    title="Licenza e riconoscimenti",
    and_=" e ",
    written="Scritto",
    published="Pubblicato",
    source="Fonte",
    roles={
        Role.AUTHOR: "Autore",
        Role.TRANSLATOR: "Traduzione",
        Role.EDITOR: "Cura",
        Role.INTRODUCTION: "Introduzione",
        Role.TRANSCRIBER: "Trascrizione",
        Role.MARKUP: "Marcatura",
        Role.PROOFREADER: "Correzione",
    },
    taken_from="La trascrizione è tratta da ",
    archive="La trascrizione è stata pubblicata in {}.",
    licence="Licenza",
    statement="La trascrizione porta questa dichiarazione:",
    statements="La trascrizione porta queste dichiarazioni:",
    whose=(
        "Così dichiara chi ha pubblicato la trascrizione. Ciò non prova che valga anche per l’originale, una "
        "traduzione o un’introduzione."
    ),
    recorded="Chi ha preparato questa edizione ha registrato la licenza con cui è pubblicata.",
    named="Licenza: {}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: (
            "L’uso è limitato: ciò che la licenza o la dichiarazione non permette espressamente richiede il "
            "consenso dei titolari dei diritti."
        ),
        Status.REFUSED: "Questa edizione non può essere copiata né diffusa senza il consenso dei titolari dei diritti.",
        Status.NOT_STATED: "Non si sa quindi se questa edizione possa essere copiata o diffusa.",
    },
    reasons={
        NONE_STATED: "La trascrizione non indica alcuna licenza, e nessuna è presunta.",
        NO_VERSION: "La dichiarazione non indica alcuna versione di questa licenza, e nessuna è presunta.",
        ANY_VERSION: (
            "La dichiarazione non indica alcuna versione della licenza; secondo la sua sezione 10 se ne può "
            "scegliere una qualsiasi tra quelle pubblicate, e qui è acclusa la più recente, 1.3."
        ),
        NOT_UNDERSTOOD: "La dichiarazione non concede permessi in parole note qui, e nessuno è presunto.",
    },
    enclosed="Il testo completo della licenza si trova alla fine.",
    pieces="I testi di questo libro",
    edition="Questa edizione",
    publisher="Pubblicato da {}.",
    series="Nella collana {}.",
    number="{}, n.\N{NO-BREAK SPACE}{}",
    date="Edizione del {}.",
    unchanged="Parole e punteggiatura sono quelle della trascrizione, errori di stampa compresi.",
    changed="Rispetto alla trascrizione è stato cambiato:",
    added=(
        "Sono stati aggiunti il frontespizio, l’indice, le testatine, i numeri di pagina, i collegamenti tra "
        "il testo e le note, e questa pagina."
    ),
    added_to_text="Sono stati aggiunti l’intestazione, i segni spiegati sopra e queste pagine alla fine.",
    made="Realizzato con publisher {}.",
    typeface="Le pagine stampate sono composte in {}.",
    typefaces="Le pagine stampate sono composte in {} e in parte in {}.",
    misprint="È stato corretto un errore di stampa; la nota al testo dà la lezione della trascrizione.",
    misprints="Sono stati corretti errori di stampa; la nota al testo dà le lezioni della trascrizione.",
    regular="La tipografia è stata resa uniforme, nessuna parola è stata cambiata: {}.",
    rules={
        "quotes": ("virgoletta", "virgolette"),
        "apostrophes": ("apostrofo", "apostrofi"),
        "dashes": ("lineetta", "lineette"),
        "ranges": ("intervallo di numeri", "intervalli di numeri"),
        "ellipses": ("puntini di sospensione", "puntini di sospensione"),
        "calls": ("richiamo di nota spostato dopo la punteggiatura", "richiami di nota spostati dopo la punteggiatura"),
        "spaces": ("spazio", "spazi"),
        "no_break": ("spazio indivisibile", "spazi indivisibili"),
    },
)
