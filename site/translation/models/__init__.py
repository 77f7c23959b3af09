"""What translators work with, beside wagtail-localize's own models."""

from .po_uploads import POFile, POUpload
from .status import Publication, State, TranslationStatus
from .terms import Term

__all__ = ["POFile", "POUpload", "Publication", "State", "Term", "TranslationStatus"]
