# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in Spanish."""

from __future__ import annotations

from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="es",
    title="Licencia y créditos",
    and_=" y ",
    written="Escrito",
    published="Publicado",
    source="Fuente",
    roles={
        Role.AUTHOR: "Autor",
        Role.TRANSLATOR: "Traducción",
        Role.EDITOR: "Edición",
        Role.INTRODUCTION: "Introducción",
        Role.TRANSCRIBER: "Transcripción",
        Role.MARKUP: "Marcado",
        Role.PROOFREADER: "Corrección",
    },
    taken_from="La transcripción se tomó de ",
    archive="La transcripción se publicó en {}.",
    licence="Licencia",
    statement="La transcripción lleva esta declaración:",
    statements="La transcripción lleva estas declaraciones:",
    whose=(
        "Así lo declaran quienes publicaron la transcripción. Eso no prueba que valga también para el "
        "original, una traducción o una introducción."
    ),
    recorded="Quienes prepararon esta edición han hecho constar la licencia con que se publica.",
    named="Licencia: {}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: (
            "El uso está restringido: lo que la licencia o la declaración no permite expresamente requiere el "
            "consentimiento de los titulares de los derechos."
        ),
        Status.REFUSED: (
            "Esta edición no puede copiarse ni difundirse sin el consentimiento de los titulares de los derechos."
        ),
        Status.NOT_STATED: "Por eso no se sabe si esta edición puede copiarse o difundirse.",
    },
    reasons={
        NONE_STATED: "La transcripción no indica ninguna licencia, y no se supone ninguna.",
        NO_VERSION: "La declaración no indica ninguna versión de esta licencia, y no se supone ninguna.",
        ANY_VERSION: (
            "La declaración no indica ninguna versión de la licencia; según su sección 10 puede elegirse "
            "cualquiera de las publicadas, y se adjunta la más reciente, 1.3."
        ),
        NOT_UNDERSTOOD: "La declaración no concede ningún permiso en palabras conocidas aquí, y no se supone ninguno.",
    },
    enclosed="El texto completo de la licencia está al final.",
    pieces="Los textos de este libro",
    edition="Esta edición",
    publisher="Publicado por {}.",
    series="En la colección {}.",
    number="{}, n.º\N{NO-BREAK SPACE}{}",
    date="Edición del {}.",
    unchanged="Las palabras y la puntuación son las de la transcripción, incluidas sus erratas.",
    changed="Respecto de la transcripción se cambió lo siguiente:",
    added=(
        "Se añadieron la portada, el índice, los titulillos, los números de página, los enlaces entre el "
        "texto y sus notas, y esta página."
    ),
    added_to_text="Se añadieron el encabezado, los signos explicados arriba y estas páginas finales.",
    made="Hecho con publisher {}.",
    typeface="Las páginas impresas están compuestas en {}.",
    typefaces="Las páginas impresas están compuestas en {} y en parte en {}.",
    misprint="Se corrigió una errata; la nota sobre el texto da la lectura de la transcripción.",
    misprints="Se corrigieron erratas; la nota sobre el texto da las lecturas de la transcripción.",
    regular="Se regularizó la tipografía, sin cambiar ninguna palabra: {}.",
    rules={
        "quotes": ("comilla", "comillas"),
        "apostrophes": ("apóstrofo", "apóstrofos"),
        "dashes": ("raya", "rayas"),
        "ranges": ("intervalo de números", "intervalos de números"),
        "ellipses": ("puntos suspensivos", "puntos suspensivos"),
        "calls": ("llamada de nota puesta tras la puntuación", "llamadas de nota puestas tras la puntuación"),
        "spaces": ("espacio", "espacios"),
        "no_break": ("espacio duro", "espacios duros"),
    },
)
