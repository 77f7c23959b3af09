"""The page “System state”, for those who answer for the site, in words that they understand."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from editorial import roles
from editorial.models import Job
from home.models import SiteSettings
from sight import queue
from sight.models import Heartbeat
from sight.state import Entry, Group, Level, State, entries
from tests.factories import NewsIndexPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db

URL = "/admin/reports/system/"
AGAIN = "/admin/reports/system/try-again/"


@pytest.fixture
def worker():
    Heartbeat.objects.beat("a", machine="here")


def make_failure(error="builtins.OSError", detail="OSError: [Errno 28] No space left on device"):
    return DBTaskResult.objects.create(
        task_path="home.tasks.draw_pictures",
        status="FAILED",
        args_kwargs={"args": ["news.NewsPage", 1], "kwargs": {}},
        backend_name="default",
        worker_ids=["a", "b", "c"],
        finished_at=timezone.now(),
        run_after=timezone.now(),
        exception_class_path=error,
        traceback=f"Traceback\n{detail}",
    )


def read(name) -> State:
    (entry,) = [entry for entry in entries() if entry.name == name]
    with override("en"):
        return entry.look()


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (roles.EDITOR, False),
        (roles.TRANSLATOR, False),
        (roles.CHIEF_EDITOR, True),
        (roles.ADMINISTRATOR, True),
    ],
)
def test_those_who_publish_see_it_and_its_menu_item(client, person, role, sees):
    client.force_login(person(role))
    assert (client.get(URL).status_code == 200) is sees
    row = make_failure()
    client.post(AGAIN, {"task": row.pk})
    row.refresh_from_db()
    assert (row.status == "READY") is sees
    menu = client.get("/admin/").content.decode()
    assert (URL in menu) is sees


def test_nobody_else_does(client):
    make_failure()
    for answer in (client.get(URL), client.post(AGAIN)):
        assert answer.status_code == 302 and "/login/" in answer["Location"]
    assert queue.failed().exists()


def test_trying_again_needs_a_click(chief_client):
    make_failure()
    assert chief_client.get(AGAIN).status_code == 405
    assert queue.failed().exists()


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_failed_task_that_is_there_no_more_gets_a_sentence(chief_client, key):
    answer = chief_client.post(AGAIN, {"task": key or "x"}, follow=True)
    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_a_failed_task_says_in_words_what_went_wrong(chief_client):
    make_failure()
    make_failure("django.db.utils.OperationalError", "server closed the connection")
    make_failure(queue.LOST, "")
    make_failure("builtins.ZeroDivisionError", "ZeroDivisionError: <b>division</b>")
    with override("en"):
        sentences = [failure.sentence for failure in chief_client.get(URL).context["failures"]]
    assert len(set(sentences)) == 4
    content = chief_client.get(URL).content.decode()
    assert "&lt;b&gt;division" in content and "home.tasks" not in content


def test_all_failed_tasks_can_be_tried_again_at_once(chief_client):
    for _ in range(3):
        make_failure()
    with override("lv"):
        label = str(next(entry.label for entry in entries() if entry.name == "failed"))
    assert f"<strong>{label}</strong>" in chief_client.get("/admin/").content.decode()
    chief_client.post(AGAIN)
    assert not queue.failed().exists()
    assert f"<strong>{label}</strong>" not in chief_client.get("/admin/").content.decode()


def test_a_worker_that_is_down_is_said_plainly_where_editors_begin(chief_client, worker):
    assert read("worker").level == Level.OK
    Heartbeat.objects.update(seen_at=timezone.now() - datetime.timedelta(hours=2))
    state = read("worker")
    assert (state.level, state.text) == (Level.SERIOUS, "It shows no sign of life.")
    assert "scheduled" in state.hint
    assert 'id="system-state-section"' in chief_client.get("/admin/").content.decode()


def test_the_dashboard_of_writers_is_not_troubled(editor_client):
    assert 'id="system-state-section"' not in editor_client.get("/admin/").content.decode()


def test_what_is_late_is_noticed(home_lv):
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=home_lv), live=False)
    assert read("publish").level != Level.WARNING
    page.save_revision(approved_go_live_at=timezone.now() - datetime.timedelta(hours=1))
    assert (read("publish").level, read("publish").text) == (
        Level.WARNING,
        "1 page or record is late.",
    )


def test_a_playlist_that_cannot_be_read_is_said_with_the_reason(home_lv):
    assert read("playlist").text == "The site has no playlist."
    site_settings = SiteSettings.for_site(home_lv.get_site())
    site_settings.playlist_id = "PL1234567890"
    site_settings.save()
    Job.objects.create(name="sync_playlist", started_at=timezone.now())
    Job.objects.record("sync_playlist", "The feed could not be read.")
    assert read("playlist").level == Level.NOTE  # it may pass
    Job.objects.update(failing_since=timezone.now() - datetime.timedelta(days=2))
    Job.objects.record("sync_playlist", "The feed is still away.")
    state = read("playlist")
    assert (state.level, state.detail) == (Level.WARNING, "The feed is still away.")
    Job.objects.record("sync_playlist")
    assert read("playlist").level == Level.OK and read("playlist").at


def test_tasks_that_wait_too_long_are_noticed(settings, worker):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"}}
    assert read("queue").text == "Nothing waits."
    row = make_failure()
    queue.try_again(queue.failed())
    assert read("queue").level == Level.OK
    DBTaskResult.objects.filter(pk=row.pk).update(
        run_after=timezone.now() - datetime.timedelta(hours=1)
    )
    assert read("queue").level == Level.WARNING


def test_a_page_that_the_search_lacks_is_noticed(home_lv):
    assert read("search").level == Level.OK
    index = NewsIndexPageFactory(parent=home_lv)
    from search.models import SearchDocument

    SearchDocument.objects.filter(page=index.page_ptr).delete()
    assert read("search").level == Level.WARNING


def test_apps_name_what_is_theirs_and_a_broken_entry_breaks_nothing(chief_client):
    def fail():
        raise RuntimeError("broken")

    made = timezone.now()
    ours = [
        Entry("sample", "Paraugs", Group.SAFETY, lambda: State("Ir.", at=made)),
        Entry("broken", "Salauzts", Group.SAFETY, fail),
    ]
    with hooks.register_temporarily("register_state_entries", lambda: ours):
        content = chief_client.get(URL).content.decode()
        assert "Paraugs" in content and "Salauzts" in content
        assert read("broken").level == Level.WARNING
    assert "sample" not in [entry.name for entry in entries()]


def test_many_rows_cost_no_more_queries(
    chief_client, home_lv, worker, django_assert_max_num_queries
):
    news = NewsIndexPageFactory(parent=home_lv)
    for _ in range(12):
        make_failure()
        NewsPageFactory(parent=news)
    chief_client.get(URL)
    with django_assert_max_num_queries(45):
        chief_client.get(reverse("sight:index"))
