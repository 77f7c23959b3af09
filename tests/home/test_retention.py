"""What the site keeps about people: all of it listed, and deleted when its time is over."""

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session as DjangoSession
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.models import Attempts, Session
from editorial.worker import JOBS
from home import retention
from home.models import StoredRecord
from search.models import UnansweredQuery
from tests.factories import (
    AccessibilityStatementPageFactory,
    FormPageFactory,
    PrivacyPageFactory,
    StoredRecordFactory,
)
from translation.models import POUpload

pytestmark = pytest.mark.django_db

# Fields in which people stand, besides links to accounts and e-mail addresses.
NAMES = {"session_key", "session_data", "form_data", "ip", "ip_address", "user_agent", "phone"}
# Of these nothing is written: no part of the site uses them.
UNUSED = {
    "wagtailcore.APIToken",
    "wagtailcore.GroupApprovalTask",
}


def holds_people(model) -> bool:
    return any(
        isinstance(field, models.EmailField)
        or field.name in NAMES
        or (field.many_to_one or field.one_to_one)
        and field.concrete
        and field.related_model is get_user_model()
        for field in model._meta.get_fields()
    )


def inherited(model) -> set[str]:
    """The labels of a model and of those whose rows it extends: pages are listed as such."""
    return {model._meta.label, *(parent._meta.label for parent in model._meta.get_parent_list())}


def test_every_model_with_data_of_people_is_listed():
    listed = {label for kind in retention.kinds().values() for label in kind.models}
    assert all(apps.get_model(label) for label in listed)
    missing = [
        model._meta.label
        for model in apps.get_models()
        if holds_people(model) and not inherited(model) & (listed | UNUSED)
    ]
    assert missing == []


def test_every_kind_says_how_long_it_is_kept():
    for kind in retention.kinds().values():
        assert kind.label
        assert kind.period
        assert not kind.purge or kind.get_days, kind.name  # what is deleted has a time
    with override("en"):
        assert retention.in_words(1 / 24 / 60) == "1 minute"
        assert retention.in_words(1 / 24) == "1 hour"
        assert retention.in_words(14) == "14 days"
        assert retention.in_words(24 * retention.MONTH_DAYS) == "24 months"


def rows_of(home, user, age):
    """One row of everything that is deleted in time, ``age`` days old."""
    then = timezone.now() - datetime.timedelta(days=age)
    form = FormPageFactory(parent=home)
    statement = home.get_children().filter(slug="pazinojums").first()
    statement = statement or AccessibilityStatementPageFactory(parent=home, slug="pazinojums")
    rows = [FormSubmission.objects.create(page=page, form_data={}) for page in (form, statement)]
    FormSubmission.objects.filter(pk__in=[row.pk for row in rows]).update(submit_time=then)
    upload = POUpload.objects.create(user=user, name="a.po")
    POUpload.objects.filter(pk=upload.pk).update(created_at=then)
    PageLogEntry.objects.log_action(form, "wagtail.edit", user=user, timestamp=then)
    ModelLogEntry.objects.log_action(user, "wagtail.edit", user=user, timestamp=then)
    return [
        *rows,
        upload,
        PageLogEntry.objects.latest("pk"),
        ModelLogEntry.objects.latest("pk"),
        UnansweredQuery.objects.create(day=then.date(), language="lv", text="zivis"),
        *(
            model.objects.create(session_key=f"s{age}", expire_date=then + datetime.timedelta(14))
            for model in (Session, DjangoSession)
        ),
        DBTaskResult.objects.create(
            status="FAILED",
            finished_at=then,
            args_kwargs={"args": [], "kwargs": {}},
            run_after=then,
        ),
        Attempts.objects.create(key=f"a{age}", until=then + datetime.timedelta(hours=1)),
        EditingSession.objects.create(user=user, content_object=form, last_seen_at=then),
    ]


def test_what_is_too_old_is_deleted_and_the_rest_stays(home_lv, admin_user):
    old = rows_of(home_lv, admin_user, age=5 * 365)
    new = rows_of(home_lv, admin_user, age=0)
    call_command("purge_personal_data")
    assert [row for row in old if type(row).objects.filter(pk=row.pk)] == []
    assert [row for row in new if not type(row).objects.filter(pk=row.pk)] == []
    tables = {row._meta.label for row in old}
    purged = {label for kind in retention.kinds().values() if kind.purge for label in kind.models}
    assert tables >= purged - {"translation.POFile", "wagtailadmin.FormState"}


def test_the_worker_deletes_it_every_day():
    (job,) = [job for job in JOBS if job.name == "purge"]
    assert job.interval == datetime.timedelta(days=1)


def test_the_privacy_page_says_what_the_code_does(client, home_lv, monkeypatch):
    FormPageFactory(parent=home_lv, retention_months=7)
    page = PrivacyPageFactory(parent=home_lv)
    StoredRecordFactory(page=page, what="Meklējumi", kind="unanswered", kept_for="mūžīgi")
    StoredRecordFactory(page=page, what="Pieteikumi", kind="applications", kept_for="")
    StoredRecordFactory(page=page, what="Cits", kept_for="gadu")
    content = client.get(page.url).content.decode()
    assert "mūžīgi" not in content
    assert "gadu" in content
    periods = [record.period for record in page.records.all()]
    with override("en"):
        assert page.records.get(what="Pieteikumi").period == "7 months"
        monkeypatch.setattr(settings, "SEARCH_UNANSWERED_DAYS", 91)
        assert page.records.get(what="Meklējumi").period == "91 days"
    assert "gadu" in periods


def test_a_record_without_a_kind_says_how_long(home_lv):
    page = PrivacyPageFactory(parent=home_lv)
    record = StoredRecord(page=page, what="a", where="b", purpose="c", locale=page.locale)
    with pytest.raises(ValidationError, match="kept"), override("en"):
        record.full_clean()
    record.kind = "unanswered"
    record.full_clean()
