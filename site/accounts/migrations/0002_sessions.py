import django.db.models.deletion
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.utils import timezone


def take_over(apps, schema_editor):
    """Nobody is signed out: what was in Django's table goes on here, under the same keys.

    The old rows stay, for servers that still run the code from before; they are deleted when they
    are over (``accounts.sessions.purge``).
    """
    store = SessionStore()
    users = set(apps.get_model("auth", "User").objects.values_list("pk", flat=True))
    sessions = []
    for old in _alive(apps, "sessions"):
        user = int(store.decode(old.session_data).get(SESSION_KEY, 0))
        sessions.append(_copy(apps, "accounts", old, user_id=user if user in users else None))
    apps.get_model("accounts", "Session").objects.bulk_create(sessions)


def give_back(apps, schema_editor):
    sessions = [_copy(apps, "sessions", session) for session in _alive(apps, "accounts")]
    apps.get_model("sessions", "Session").objects.bulk_create(
        sessions,
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["session_data", "expire_date"],
    )


def _alive(apps, app):
    sessions = apps.get_model(app, "Session").objects.filter(expire_date__gt=timezone.now())
    return sessions.iterator()


def _copy(apps, app, session, **fields):
    return apps.get_model(app, "Session")(
        session_key=session.session_key,
        session_data=session.session_data,
        expire_date=session.expire_date,
        **fields,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    safe_because = {
        "RunPython take_over": "It copies the open sessions, some dozens, into a table that the old "
        "code does not know; the old code goes on with its own.",
    }

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.RunPython(take_over, give_back),
    ]
