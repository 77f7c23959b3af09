from django import template
from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from search.attachments import KIND

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """Return what people call a kind of document: the name of its model where it has one."""
    if kind == "recording":
        return _("Recording")
    if kind == KIND:
        return _("Attachment")
    names = (model._meta.verbose_name for model in apps.get_models() if _is(model, kind))
    return capfirst(next(names, kind))


def _is(model, kind):
    return model._meta.model_name == kind
