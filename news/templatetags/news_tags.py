"""What other apps' templates may ask of news and insights."""

from django import template

from home import shared
from news.models import Insight, NewsPage

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_news(context, number: int):
    """Return the newest articles in the language of the page."""
    locale_id = context["chrome"].locale_id

    def find():
        articles = NewsPage.objects.filter(locale_id=locale_id).visible().newest_first()
        return list(articles.with_cards().with_pictures()[:number])

    return shared.once(("latest news", locale_id, number), find)


@register.simple_tag(takes_context=True)
def permalink(context, insight) -> str:
    """Return the address of an insight."""
    return insight.get_url(context["request"])


@register.simple_tag(takes_context=True)
def newest_insights(context, number: int):
    """Return the insights of the newest conferences in the language of the page."""
    locale_id = context["chrome"].locale_id

    def find():
        return list(Insight.objects.visible(locale_id).with_clauses()[:number])

    return shared.once(("newest insights", locale_id, number), find)


@register.simple_tag(takes_context=True)
def library_counts(context):
    """Return ``{"insights", "conferences"}``: how many the library holds in this language."""
    locale_id = context["chrome"].locale_id
    return shared.once(("library counts", locale_id), lambda: Insight.objects.counts(locale_id))


@register.simple_tag(takes_context=True)
def insights_of_meeting(context, meeting):
    """Return the insights discussed at a meeting, in the language of the page."""
    insights = Insight.objects.visible(context["chrome"].locale_id).with_clauses()
    return insights.filter(meeting__translation_key=meeting.translation_key)
