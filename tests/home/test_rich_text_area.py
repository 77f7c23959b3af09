"""The editor of rich text, when several people open texts at the same moment."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from home.rich_text_area import RichTextArea

pytestmark = pytest.mark.once


@pytest.fixture
def hasty_threads():
    """Let Python change threads as often as it can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_texts_opened_at_the_same_moment_stay_apart(hasty_threads):
    widget = RichTextArea(features=["bold", "ul"])
    texts = [f"<p>Raksts <b>{n}</b></p>" + f"<ul><li>punkts {n}</li></ul>" * 5 for n in range(400)]

    with ThreadPoolExecutor(4) as people:
        opened = list(people.map(widget.format_value, texts))

    for n, content in enumerate(opened):
        blocks = [block["text"] for block in json.loads(content)["blocks"]]
        assert blocks == [f"Raksts {n}", *[f"punkts {n}"] * 5]
