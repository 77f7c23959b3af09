"""News and knowledge: articles, topics, conferences and their insights."""

from .articles import (
    Correction,
    NewsAttachment,
    NewsIndexPage,
    NewsPage,
    NewsPartner,
    NewsTopic,
)
from .insights import (
    ConferencePage,
    ConferenceRecording,
    Insight,
    InsightLibraryPage,
    InsightReference,
    InsightTopic,
)
from .topics import Topic

__all__ = [
    "ConferencePage",
    "ConferenceRecording",
    "Correction",
    "Insight",
    "InsightLibraryPage",
    "InsightReference",
    "InsightTopic",
    "NewsAttachment",
    "NewsIndexPage",
    "NewsPage",
    "NewsPartner",
    "NewsTopic",
    "Topic",
]
