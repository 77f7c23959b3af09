"""Translations as PO files, many at once: out to a translator's own tools and back.

``selection`` says which translations a person works on, ``exporting`` writes them, ``reading``
opens what somebody uploads, ``importing`` tries it out and applies it, by the rules of ``checks``.
"""

TRANSLATION_ID = "X-WagtailLocalize-TranslationID"  # as wagtail-localize names it
EXPORTED_AT = (
    "X-Exported-At"  # ISO 8601; POT-Creation-Date knows no seconds, and msgmerge resets it
)
TOOL_NAME = "PO"  # what stands behind "translated with" in the translation editor
