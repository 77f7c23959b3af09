"""Draw the pictures of everything that visitors see."""

from django.apps import apps
from django.core.management.base import BaseCommand
from wagtail.models import Page

from home.pictures import draw_all


class Command(BaseCommand):
    help = (
        "Draws the pictures that are missing, for all published pages and the records they show: "
        "after the sizes or formats have changed, or files were restored. Publishing and saving "
        "do it by themselves."
    )

    def handle(self, **options):
        models = [model for model in apps.get_models() if hasattr(model, "picture_places")]
        for model in models:
            instances = model.objects.live() if issubclass(model, Page) else model.objects.all()
            for instance in instances.iterator(chunk_size=100):
                draw_all(instance)
