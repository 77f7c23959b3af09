"""The association: its pages, meetings, partners, and what belongs to the site as a whole."""

# Settings and texts come first: the chrome of every page reads them.
from .site import SiteSettings, SiteTexts  # isort: skip
from .accessibility import AccessibilityStatementPage, EnforcementBody, KnownFailure
from .association import ContentPage, Goal, GoalsPage, HomePage
from .audits import AutomatedCheck, CheckFailure
from .base import Attachment, BasePage
from .joining import FormField, FormPage
from .meetings import AgendaItem, MeetingAttachment, MeetingPage, MeetingsPage
from .partners import Partner
from .public import EasyReadPage, PrivacyPage, StoredRecord
from .submissions import pages_with_forms

__all__ = [
    "AccessibilityStatementPage",
    "AgendaItem",
    "Attachment",
    "AutomatedCheck",
    "BasePage",
    "CheckFailure",
    "ContentPage",
    "EasyReadPage",
    "EnforcementBody",
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
    "pages_with_forms",
]
