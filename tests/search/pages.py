"""Publishing as an editor does it."""

from wagtail.rich_text import RichText

from tests.factories import NewsPageFactory


def publish(page):
    page.save_revision().publish()
    return page


def article(news, title, text="", **fields):
    """Publish an article below a news page."""
    body = [("text", RichText(f"<p>{text}</p>"))] if text else []
    return publish(NewsPageFactory(parent=news, title=title, body=body, **fields))
