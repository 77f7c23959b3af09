"""The second step of signing in, and what people and administrators see of an account's safety."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from home.retention import SECONDS_A_DAY, in_words

from . import audit, second_factor, sessions, throttling
from .forms import CodeForm, RecoveryCodeForm

SHOWN_ENTRIES = 20


class _StepView(FormView):
    """A step between the password and the admin."""

    form_class = CodeForm

    @method_decorator(sensitive_post_parameters())
    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    @property
    def next_address(self):
        """Where the person wanted to go, on this site, or the admin's home."""
        wanted = self.request.POST.get("next") or self.request.GET.get("next") or ""
        hosts, secure = {self.request.get_host()}, self.request.is_secure()
        if url_has_allowed_host_and_scheme(wanted, hosts, require_https=secure):
            return wanted
        return reverse("wagtailadmin_home")

    def refuse(self, form):
        form.refuse("locked" if second_factor.is_exhausted(self.request.user) else "wrong")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=self.next_address, **kwargs)


class VerifyView(_StepView):
    """Asks for a code of the app, or for one of the codes on paper."""

    template_name = "accounts/verify.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_verified():
            return redirect(self.next_address)
        if not second_factor.is_enrolled(request.user):
            return redirect("accounts:set_up")
        return super().dispatch(request, *args, **kwargs)

    @property
    def by_paper(self):
        return "recovery" in self.request.GET

    def get_form_class(self):
        return RecoveryCodeForm if self.by_paper else CodeForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(by_paper=self.by_paper, **kwargs)

    def form_valid(self, form):
        if not second_factor.verify(self.request, form.cleaned_data["code"]):
            return self.refuse(form)
        if self.by_paper:
            left = second_factor.codes_left(self.request.user)
            text = _("You signed in with a recovery code. Codes left: %(count)s.")
            messages.warning(self.request, text % {"count": left})
        return redirect(self.next_address)


class SetUpView(_StepView):
    """Shows the QR code, asks for a first code of the app, and gives the recovery codes."""

    template_name = "accounts/set_up.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_verified() and second_factor.is_enrolled(request.user):
            return redirect("accounts:verify")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        authenticator = second_factor.begin(self.request.user)
        return super().get_context_data(
            authenticator=authenticator, qr_code=second_factor.qr_code(authenticator), **kwargs
        )

    def form_valid(self, form):
        codes = second_factor.confirm(self.request, form.cleaned_data["code"])
        if codes is None:
            return self.refuse(form)
        return show_codes(self.request, codes, self.next_address)


def show_codes(request, codes, next_address):
    """The page with new recovery codes, which is shown once."""
    context = {"codes": codes, "next": next_address}
    return render(request, "accounts/recovery_codes.html", context)


@require_POST
def renew_codes(request):
    if not request.user.is_verified():
        raise PermissionDenied
    codes = second_factor.renew_codes(request)
    return show_codes(request, codes, reverse("accounts:own"))


class AccountSafetyView(WagtailAdminTemplateMixin, TemplateView):
    """An account's second factor and what happened with it: one's own, or another's."""

    template_name = "accounts/safety.html"
    page_title = gettext_lazy("Sign-in and security")
    header_icon = "lock"

    @cached_property
    def account(self):
        return account_for(self.request, self.kwargs.get("pk"))

    def get_breadcrumbs_items(self):
        if self.account == self.request.user:
            above = {"url": reverse("wagtailadmin_account"), "label": _("Account")}
        else:
            above = {
                "url": reverse("wagtailusers_users:edit", args=[self.account.pk]),
                "label": self.account.get_full_name() or self.account.get_username(),
            }
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        account = self.account
        is_own = account == self.request.user
        return super().get_context_data(
            account=account,
            is_own=is_own,
            is_enrolled=second_factor.is_enrolled(account),
            codes_left=second_factor.codes_left(account),
            is_locked=throttling.is_locked(account.get_username()),
            entries=audit.entries(account)[:SHOWN_ENTRIES],
            may_set_up=settings.SECOND_FACTOR,
            sessions=sessions.of(self.request) if is_own else (),
            session_lasts=in_words(settings.SESSION_COOKIE_AGE / SECONDS_A_DAY),
            session_idles=in_words(settings.SESSION_IDLE_SECONDS / SECONDS_A_DAY),
            **kwargs,
        )


@require_POST
def end_session(request, reference):
    """A person signs out elsewhere: a computer of others, a telephone that is lost."""
    if not sessions.end(request.user, reference):
        raise Http404
    audit.record(request.user, audit.SESSIONS_ENDED, request, count=1)
    messages.success(request, _("You are signed out there."))
    return redirect("accounts:own")


@require_POST
def end_others(request):
    """A person signs out everywhere but here."""
    count = sessions.end_all(request.user, but=request.session.session_key)
    if count:
        audit.record(request.user, audit.SESSIONS_ENDED, request, count=count)
    text = ngettext("%(count)s session ended.", "%(count)s sessions ended.", count)
    messages.success(request, text % {"count": count})
    return redirect("accounts:own")


@require_POST
def reset(request, pk):
    """An administrator takes away the second factor of somebody who lost the telephone."""
    account = account_for(request, pk)
    if account == request.user:
        raise PermissionDenied
    second_factor.reset(account, request)
    text = _("%(name)s sets up a new second factor at the next sign-in.")
    messages.success(request, text % {"name": account})
    return redirect("accounts:account", pk)


@require_POST
def unlock(request, pk):
    """An administrator lets somebody try again at once."""
    account = account_for(request, pk)
    throttling.unlock(account.get_username(), account.email)
    audit.record(account, audit.UNLOCKED, request)
    messages.success(request, _("%(name)s can sign in again.") % {"name": account})
    return redirect("accounts:account", pk)


def account_for(request, pk):
    """Return the account if the person of the request may look after it: their own, or any.

    Accounts of superusers are looked after by superusers.
    """
    if pk is None:
        return request.user
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    account = get_object_or_404(get_user_model(), pk=pk)
    if account.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
    return account
