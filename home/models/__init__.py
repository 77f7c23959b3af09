"""The association: its pages, meetings, partners, and what belongs to the site as a whole."""

# Settings and texts come first: the chrome of every page reads them.
from .site import SiteSettings, SiteTexts  # isort: skip
from .association import ContentPage, Goal, GoalsPage, HomePage
from .base import Attachment, BasePage
from .joining import FormField, FormPage
from .meetings import AgendaItem, MeetingAttachment, MeetingPage, MeetingsPage
from .partners import Partner
from .public import (
    AccessibilityStatementPage,
    EasyReadPage,
    KnownFailure,
    PrivacyPage,
    StoredRecord,
)

__all__ = [
    "AccessibilityStatementPage",
    "AgendaItem",
    "Attachment",
    "BasePage",
    "ContentPage",
    "EasyReadPage",
    "FormField",
    "FormPage",
    "Goal",
    "GoalsPage",
    "HomePage",
    "KnownFailure",
    "MeetingAttachment",
    "MeetingPage",
    "MeetingsPage",
    "Partner",
    "PrivacyPage",
    "SiteSettings",
    "SiteTexts",
    "StoredRecord",
]
