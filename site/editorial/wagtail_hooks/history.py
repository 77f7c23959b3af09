"""What stands in the history besides Wagtail's own actions."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from ..history import SAVED, WRITTEN
from ..schedule import FAILED


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action(WRITTEN, _("Translate texts"), _("Texts translated"))
    actions.register_action(SAVED, _("Save translation"), _("Translation saved"))

    @actions.register_action(FAILED)
    class ScheduledPublishingFailed(LogFormatter):
        label = _("Scheduled publishing failed")

        def format_message(self, log_entry):
            reason = log_entry.data.get("reason")
            if not reason:
                return gettext("Could not be published at the scheduled time. An error was logged.")
            message = gettext("Could not be published at the scheduled time: %(reason)s")
            return message % {"reason": reason}
