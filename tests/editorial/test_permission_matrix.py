"""Who may do what, in which language: every line of the matrix is tried by everybody."""

import os
from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from editorial.roles import ROLES

from .office import DEEDS, GROUPS, PEOPLE, STRANGER, VISITOR, Office

DOCUMENT = settings.BASE_DIR / "docs" / "permissions.md"
CASES = [(deed, language) for deed in DEEDS for language in deed.may]


@pytest.fixture
def office(home_lv, home_en, person):
    return Office(home_lv, home_en, person)


@pytest.fixture
def sign_in(person, django_user_model):
    def make(role):
        client = Client()
        if role == STRANGER:
            client.force_login(django_user_model.objects.create_user("stranger"))
        elif role != VISITOR:
            client.force_login(person(role, "somebody"))
        return client

    return make


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "language"), CASES, ids=[f"{deed.group}: {deed} ({code})" for deed, code in CASES]
)
def test_who_may(deed, language, office, sign_in):
    done = set()
    for somebody in PEOPLE:
        before = transaction.savepoint()
        # A copy: what a deed did to the objects is not rolled back.
        if deed.do(deepcopy(office), sign_in(somebody), language):
            done.add(somebody)
        transaction.savepoint_rollback(before)
    assert done == set(deed.may[language])


def cell(deed, role):
    """Say in which languages a role may do it."""
    languages = [language for language, may in deed.may.items() if role in may]
    if len(deed.may) == 1:
        return "yes" if languages else "–"
    return ", ".join(languages) or "–"


def document():
    """Return docs/permissions.md."""
    heads = " | ".join(ROLES)
    lines = [
        "# Who may do what",
        "",
        "Printed from the table that `tests/editorial/test_permission_matrix.py` proves, line by",
        "line. Everybody tries everything, also people without a role and people who are not",
        "signed in: they may do none of this. “lv” and “en” say in which language's pages or",
        "records; “yes” stands where there is but one.",
    ]
    for group in GROUPS:
        lines += [
            "",
            f"## {group}",
            "",
            f"| | {heads} |",
            "| --- | --- | --- | --- | --- |",
        ]
        for deed in DEEDS:
            if deed.group == group:
                cells = " | ".join(cell(deed, role) for role in ROLES)
                lines.append(f"| {deed} | {cells} |")
    return "\n".join(lines) + "\n"


def test_the_documented_matrix_is_this_one():
    if os.environ.get("WRITE_DOCS"):
        DOCUMENT.write_text(document())
    assert DOCUMENT.read_text() == document(), "Run it with WRITE_DOCS=1 and commit the document."
