"""What other apps' templates may ask of news and insights."""

from django import template
from django.db.models import Count

from news.models import Insight, InsightLibraryPage, NewsIndexPage, NewsPage

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_news(context, number: int):
    """Return the newest articles in the language of the page."""
    articles = NewsPage.objects.filter(locale_id=context["chrome"].locale_id).visible()
    return articles.newest_first().with_cards().select_related("image")[:number]


@register.simple_tag(takes_context=True)
def news_index(context):
    """Return the news index in the language of the page, or None."""
    return NewsIndexPage.objects.filter(locale_id=context["chrome"].locale_id).visible().first()


@register.simple_tag(takes_context=True)
def newest_insights(context, number: int):
    """Return the insights of the newest conferences in the language of the page."""
    return Insight.objects.visible(context["chrome"].locale_id).with_clauses()[:number]


@register.simple_tag(takes_context=True)
def insight_library(context):
    """Return ``{"page", "insights", "conferences"}``: the library and its counts; or None."""
    locale_id = context["chrome"].locale_id
    library = InsightLibraryPage.objects.filter(locale_id=locale_id).visible().first()
    counts = Insight.objects.visible(locale_id).order_by()
    return library and {"page": library} | counts.aggregate(
        insights=Count("pk"), conferences=Count("page", distinct=True)
    )


@register.simple_tag(takes_context=True)
def insights_of_meeting(context, meeting):
    """Return the insights discussed at a meeting, in the language of the page."""
    insights = Insight.objects.visible(context["chrome"].locale_id).with_clauses()
    return insights.filter(meeting__translation_key=meeting.translation_key)
