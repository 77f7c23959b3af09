"""Translations of pages go through the workflow like any other page.

wagtail-localize's editor saves texts and publishes; it knows no drafts of a page and no review.
What is added to it here: submit, withdraw, and the reviewer's answer (Wagtail's own views).
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin, WorkflowState
from wagtail_localize.models import Translation

from .access import may_edit_source
from .pair import save_draft

SUBMIT, WITHDRAW, PUBLISH = "submit", "withdraw", "publish"


def translation_of(instance) -> Translation | None:
    """Return the translation that makes a page or record; none when it was stopped or never was."""
    return Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
    ).first()


def count_missing(translation) -> int:
    """Return how many text units have no translation, or one with an error."""
    total, translated = translation.get_progress()
    return total - translated


def refuse(translation) -> str:
    """Return why a translation can't go to visitors or reviewers yet, or nothing."""
    missing = count_missing(translation)
    if not missing:
        return ""
    return ngettext(
        "%(count)s text unit is not translated yet or holds an error. Visitors would read "
        "Latvian there.",
        "%(count)s text units are not translated yet or hold an error. Visitors would read "
        "Latvian there.",
        missing,
    ) % {"count": missing}


@dataclass
class Review:
    """A translated page on its way to visitors, for one person: what they see and may do."""

    translation: Translation
    page: Page
    user: object

    @cached_property
    def missing(self) -> int:
        return count_missing(self.translation)

    @cached_property
    def state(self) -> WorkflowState | None:
        return self.page.current_workflow_state

    @property
    def returned(self) -> bool:
        """Whether a reviewer has asked for changes."""
        return bool(self.state) and self.state.status == WorkflowState.STATUS_NEEDS_CHANGES

    @property
    def in_review(self) -> bool:
        return bool(self.state) and not self.returned

    @property
    def can_submit(self) -> bool:
        return self.page.has_workflow and not self.in_review

    @property
    def can_publish(self) -> bool:
        return self.page.permissions_for_user(self.user).can_publish()

    @property
    def can_stop(self) -> bool:
        """Whether the person, who may change the page, may change its source too."""
        return may_edit_source(self.user, self.translation)

    @property
    def can_withdraw(self) -> bool:
        return self.in_review and self.state.user_can_cancel(self.user)

    @cached_property
    def task_state(self):
        """The step of the workflow that the page is at, with the last comment on it."""
        return self.state.current_task_state if self.state else None

    @cached_property
    def can_answer(self) -> bool:
        """Whether the person is a reviewer of the step that the page is at."""
        if not self.in_review:
            return False
        task = self.task_state.task.specific
        return bool(task.get_actions(self.page, self.user))

    @transaction.atomic
    def submit(self):
        """Save the translated page as a draft and start its workflow, or resume it.

        Raises ``ValidationError`` when the page can't be saved with these texts.
        """
        save_draft(self.translation, self.user)
        page = type(self.page).objects.get(pk=self.page.pk)
        if self.returned:
            self.state.resume(self.user)
        else:
            page.get_workflow().start(page, self.user)

    def withdraw(self):
        self.state.cancel(user=self.user)


def act_on_translation(request, instance):
    """Answer what the translation editor of a page or record sends, or leave it to upstream."""
    action = request.POST.get("action") if request.method == "POST" else None
    actions = (SUBMIT, WITHDRAW, PUBLISH) if isinstance(instance, Page) else (PUBLISH,)
    if action not in actions or not isinstance(instance, TranslatableMixin):
        return None
    translation = translation_of(instance)
    if not translation:
        return None
    if action == WITHDRAW:
        return withdraw(request, Review(translation, instance.specific, request.user))
    if refusal := refuse(translation):
        messages.error(request, refusal)
        return redirect(request.path)
    if action == SUBMIT:
        return submit(request, Review(translation, instance.specific, request.user))
    return None


def submit(request, review):
    if not review.can_submit:
        raise PermissionDenied
    try:
        review.submit()
    except ValidationError:
        messages.error(request, _("The translation was not submitted: correct the marked texts."))
    else:
        messages.success(request, _("The translation was submitted for review."))
    return redirect(request.path)


def withdraw(request, review):
    if not review.can_withdraw:
        raise PermissionDenied
    review.withdraw()
    messages.success(request, _("The translation was withdrawn from review."))
    return redirect(request.path)
