"""How often words stand on the site, counted while several people publish."""

import threading
import time
from collections import Counter

import pytest
from django.db import connection, transaction

from search.models import WordForm


def numbers():
    return dict(WordForm.objects.values_list("form", "documents"))


@pytest.mark.django_db
def test_words_are_counted_up_and_down_and_go_when_no_document_has_them():
    WordForm.objects.apply({"lv": Counter(sēde=2, plāns=1), "en": Counter(plan=1)})
    WordForm.objects.apply({"lv": Counter(sēde=-1, plāns=-1, budžets=1, nekad=-1)})
    assert numbers() == {"sēde": 1, "budžets": 1, "plan": 1}
    assert WordForm.objects.get(form="sēde").folded == "sede"


@pytest.mark.postgresql  # SQLite lets one write at a time
@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_both_count():
    begun = threading.Event()

    def publish():
        begun.set()
        WordForm.objects.apply({"lv": Counter(sēde=1, budžets=1)})
        connection.close()

    other = threading.Thread(target=publish)
    with transaction.atomic():
        WordForm.objects.apply({"lv": Counter(sēde=1, budžets=1)})
        other.start()
        begun.wait()
        time.sleep(0.3)  # it waits for this one's rows by now
    other.join(10)
    assert numbers() == {"sēde": 2, "budžets": 2}
