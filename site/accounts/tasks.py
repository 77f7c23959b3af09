"""What signing in leaves to the background, so that how long it takes tells nothing."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.utils import translation
from django_tasks import task
from wagtail.admin.views.account import PasswordResetView

from . import audit


@task()
def send_password_reset(email: str, language: str):
    """Send the link for a new password to the accounts with this address, if there are any."""
    form = PasswordResetForm({"email": email})
    if not form.is_valid():
        return
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    for user in form.get_users(email):
        audit.record(user, audit.RESET_ASKED)
    with translation.override(language):
        form.save(
            domain_override=base.netloc,
            use_https=base.scheme == "https",
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
