"""Several people in one browser, each signed in."""

from django.contrib.auth.models import Group
from django.test import Client


def sign_in(browser, site, user, **options):
    """Open a browser profile in Latvian in which ``user`` is signed in; return an empty page."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(locale="lv-LV", timezone_id="Europe/Riga", **options)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return context.new_page()


def make_person(model, name, role):
    """Make a user with a role, or the one that is there."""
    user, _created = model.objects.get_or_create(username=name)
    user.groups.set([Group.objects.get(name=role)])
    return user
