"""The forms of signing in: Wagtail's, which count attempts and tell nobody who has an account."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from . import audit, throttling
from .tasks import send_password_reset


class LoginForm(WagtailLoginForm):
    """Of a name and an address five attempts, then a pause, whether the account exists or not."""

    password = forms.CharField(
        label=_("Password"),  # Wagtail's has none, so that it would be English everywhere
        strip=False,
        widget=WagtailLoginForm.base_fields["password"].widget,
    )
    locked_message = _(
        "Too many attempts to sign in. Wait a quarter of an hour and try again, or ask an "
        "administrator for help."
    )

    def clean(self):
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        if not throttling.take_sign_in(self.request, name):
            audit.record_lock(self.request, name)
            raise ValidationError(self.locked_message, code="locked")
        cleaned = super().clean()  # raises what stands for every wrong name or password
        throttling.forget_sign_in(self.request, name)
        return cleaned


class PasswordResetForm(WagtailPasswordResetForm):
    """Does the same for every address: whether it is somebody's the mail's task finds out."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def save(self, request=None, **kwargs):
        email = self.cleaned_data["email"]
        if throttling.take_reset(request, email):
            send_password_reset.enqueue(email, get_language())


class CodeForm(forms.Form):
    """The digits of the app."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    error_messages = {
        "wrong": _("This code is not right. Type the one that the app shows now."),
        "locked": _("Too many attempts. Wait a quarter of an hour and try again."),
    }

    def refuse(self, reason: str):
        """Say why the code was not taken: ``wrong`` or ``locked``."""
        self.add_error("code", ValidationError(self.error_messages[reason], code=reason))

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class RecoveryCodeForm(CodeForm):
    """One of the codes on paper."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "autofocus": True}
        ),
    )
    error_messages = {
        "wrong": _("This code is not right, or it was used already."),
        "locked": CodeForm.error_messages["locked"],
    }
