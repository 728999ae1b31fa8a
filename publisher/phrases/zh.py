# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in Chinese."""

from __future__ import annotations

from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="zh-Hans",
    title="许可与版本说明",
    comma="、",
    and_="和",
    stop="。",
    space="",
    line="{}：{}",
    written="写作时间",
    published="发表",
    source="来源",
    roles={
        Role.AUTHOR: "作者",
        Role.TRANSLATOR: "翻译",
        Role.EDITOR: "编辑",
        Role.INTRODUCTION: "导言",
        Role.TRANSCRIBER: "录入",
        Role.MARKUP: "标记",
        Role.PROOFREADER: "校对",
    },
    taken_from="录入文本取自 ",
    archive="录入文本发表于{}。",
    licence="许可",
    statement="录入文本附有以下声明：",
    statements="录入文本附有以下声明：",
    whose="这是发布录入文本者的说法。它是否也适用于原文、译文或导言，并不因此得到证明。",
    recorded="本版的编制者记录了本版发布所依据的许可。",
    named="许可：{}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: "使用受到限制：许可或声明没有明确允许的，须经权利人同意。",
        Status.REFUSED: "未经权利人同意，不得复制或传播本版。",
        Status.NOT_STATED: "因此不知道本版可否复制或传播。",
    },
    reasons={
        NONE_STATED: "录入文本没有说明许可，也不假定任何许可。",
        NO_VERSION: "声明没有指明此许可的版本，也不假定任何版本。",
        ANY_VERSION: "声明没有指明许可的版本；按许可第 10 条，可以选用任何已公布的版本，这里附上最新的 1.3 版。",
        NOT_UNDERSTOOD: "声明没有用此处已知的文字给予许可，也不假定任何许可。",
    },
    enclosed="许可的全文见书末。",
    pieces="本书各篇",
    edition="关于本版",
    publisher="出版者：{}。",
    series="丛书：{}。",
    number="{}，第{}种",
    date="版本日期：{}。",
    unchanged="文字和标点与录入文本一致，包括其中的错字。",
    changed="与录入文本相比，作了以下改动：",
    added="增加了扉页、目录、页眉、页码、正文与注释之间的链接以及本页。",
    added_to_text="增加了文首信息、上面说明的符号以及文末这几页。",
    made="用 publisher {} 制作。",
    typeface="印刷页面用 {} 字体排版。",
    typefaces="印刷页面用 {} 字体排版，部分用 {} 字体。",
    font_licence="{}：{}，",
    misprint="更正了一处错字，录入文本的原貌见文本说明。",
    misprints="更正了错字，录入文本的原貌见文本说明。",
    regular="统一了排版符号，未改动任何文字：{}。",
    counted="{name}（{number}）",
    rules={
        "quotes": ("引号", "引号"),
        "apostrophes": ("撇号", "撇号"),
        "dashes": ("破折号", "破折号"),
        "ranges": ("数字范围", "数字范围"),
        "ellipses": ("省略号", "省略号"),
        "calls": ("移到标点之后的注号", "移到标点之后的注号"),
        "spaces": ("空格", "空格"),
        "no_break": ("不换行空格", "不换行空格"),
    },
)
