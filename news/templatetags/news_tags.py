"""What other apps' templates may ask of news and insights."""

from django import template
from django.db.models import Count

from news.models import Insight, NewsPage

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_news(context, number: int):
    """Return the newest articles in the language of the page."""
    articles = NewsPage.objects.filter(locale_id=context["chrome"].locale_id).visible()
    return articles.newest_first().with_cards().with_pictures()[:number]


@register.simple_tag(takes_context=True)
def permalink(context, insight) -> str:
    """Return the address of an insight."""
    return insight.get_url(context["request"])


@register.simple_tag(takes_context=True)
def newest_insights(context, number: int):
    """Return the insights of the newest conferences in the language of the page."""
    return Insight.objects.visible(context["chrome"].locale_id).with_clauses()[:number]


@register.simple_tag(takes_context=True)
def library_counts(context):
    """Return ``{"insights", "conferences"}``: how many the library holds in this language."""
    insights = Insight.objects.visible(context["chrome"].locale_id).order_by()
    return insights.aggregate(insights=Count("pk"), conferences=Count("page", distinct=True))


@register.simple_tag(takes_context=True)
def insights_of_meeting(context, meeting):
    """Return the insights discussed at a meeting, in the language of the page."""
    insights = Insight.objects.visible(context["chrome"].locale_id).with_clauses()
    return insights.filter(meeting__translation_key=meeting.translation_key)
