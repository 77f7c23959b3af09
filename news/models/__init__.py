"""News and knowledge: articles, topics, conferences and their insights."""

from .articles import (
    Correction,
    NewsAttachment,
    NewsIndexPage,
    NewsPage,
    NewsPartner,
    NewsTopic,
)
from .conferences import ConferencePage, ConferenceRecording
from .insights import Insight, InsightTopic
from .library import InsightLibraryPage
from .references import InsightReference
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
