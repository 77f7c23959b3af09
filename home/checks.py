"""System checks: the house rules that a reviewer would otherwise have to remember."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, TranslatableMixin

OUR_APPS = ("home", "news", "people", "search")


def our_models():
    return [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]


@register(Tags.models)
def check_page_types(app_configs, **kwargs):
    """Every page type says which parents and children it takes, and builds on BasePage."""
    from .models import BasePage

    errors = []
    for model in our_models():
        if not issubclass(model, Page):
            continue
        if not issubclass(model, BasePage):
            errors.append(
                Error("The page type does not build on BasePage.", obj=model, id="home.E001")
            )
        errors.extend(
            Error(f"The page type does not set {name}.", obj=model, id="home.E002")
            for name in ("parent_page_types", "subpage_types")
            if name not in vars(model)
        )
    return errors


@register(Tags.models)
def check_relations_follow_the_language(app_configs, **kwargs):
    """No ParentalManyToManyField to something translatable: it stays in the source language."""
    return [
        Error(
            "Use a through-model with TranslatableMixin and Orderable.", obj=field, id="home.E003"
        )
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, ParentalManyToManyField)
        and issubclass(field.related_model, TranslatableMixin)
    ]


POLICY_MIDDLEWARE = (
    "home.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "home.middleware.CrossOriginResourcePolicyMiddleware",
)
# Sources that would let a script in that is not a file of ours.
LOOSE_SOURCES = {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"}


@register(Tags.security, deploy=True)
def check_policies(app_configs, **kwargs):
    """A public server gives every answer its policies; the public one lets nothing foreign in."""
    from config import policies

    warnings = [
        Warning(f"{path} is not in MIDDLEWARE: answers carry no such policy.", id="home.W005")
        for path in POLICY_MIDDLEWARE
        if path not in settings.MIDDLEWARE
    ]
    warnings.extend(
        Warning(f"The public site's {name} allows {source}.", id="home.W006")
        for name, sources in policies.PUBLIC.items()
        for source in sorted(LOOSE_SOURCES.intersection(sources))
    )
    return warnings
