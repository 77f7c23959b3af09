"""The form of a group says in Latvian what each box allows, to screen readers too."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse

from editorial import roles

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(
    r"\b(can|add|change|delete|view|choose|publish|lock|unlock|pages?|locale|translation|any)\b",
    re.IGNORECASE,
)


def test_each_box_of_a_group_is_named_in_latvian(admin_client, admin_user):
    group = Group.objects.get(name=roles.CHIEF_EDITOR)
    response = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    page = BeautifulSoup(response.content, "html.parser")
    boxes = page.select("#main input[type=checkbox]")
    named = {label.get("for"): label.get_text(strip=True) for label in page.select("label[for]")}
    names = [named[box.get("id")] for box in boxes if box.get("id") in named]
    assert len(names) > 60
    assert {"Pievienot: tēma", "Mainīt: valoda", "Publicēt jebkuru lapu"} <= set(names)
    assert [name for name in named.values() if ENGLISH.search(name)] == []
