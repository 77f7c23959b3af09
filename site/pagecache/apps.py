from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_migrate


class PageCacheConfig(AppConfig):
    name = "pagecache"

    def ready(self):
        from wagtail.models import PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from . import cdn, changes

        connection_created.connect(changes.watch_connection)
        post_save.connect(changes.follow_new_row)
        pre_migrate.connect(changes.pause, sender=self)
        post_migrate.connect(changes.resume, sender=self)
        page_published.connect(cdn.follow_publication)
        page_unpublished.connect(cdn.follow_publication)
        page_slug_changed.connect(cdn.follow_slug)
        post_page_move.connect(cdn.follow_move)
        post_save.connect(cdn.follow_closing, sender=PageViewRestriction)
