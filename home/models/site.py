"""What belongs to the site as a whole: settings, names and menus."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import TranslatableMixin

from home.blocks import INLINE_FEATURES, MenuItemBlock, MenuLinkBlock, SocialLinkBlock
from home.contrast import DARK_GROUNDS, LIGHT_GROUNDS, check_accent
from home.youtube import PLAYLIST_ID, playlist_embed_url, playlist_url

validate_playlist_id = RegexValidator(
    PLAYLIST_ID, _("The id is what follows “list=” in the playlist's address.")
)
validate_colour = RegexValidator(
    r"^#[0-9A-Fa-f]{6}$", _("Write the colour as # and six digits, for example #9D2235.")
)


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """Settings that are the same in every language."""

    playlist_id = models.CharField(
        _("playlist"),
        max_length=64,
        blank=True,
        validators=[validate_playlist_id],
        help_text=_("The id of the YouTube playlist of the meetings: what follows “list=”."),
    )
    youtube_channel = models.URLField(_("YouTube channel"), blank=True)
    social_links = StreamField(
        [("link", SocialLinkBlock())], verbose_name=_("social networks"), blank=True
    )
    mark = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("mark"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The sign in the header, square. Without it the woven diamond is drawn."),
    )
    accent_light = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("On light paper. Empty: carmine, #9D2235."),
    )
    accent_dark = models.CharField(
        _("accent colour in dark mode"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("Empty: #EF8A95."),
    )

    select_related = ["mark"]
    picture_places = {"mark": ("mark",)}

    panels = [
        MultiFieldPanel(
            [FieldPanel("playlist_id"), FieldPanel("youtube_channel")], heading=_("Recordings")
        ),
        FieldPanel("social_links"),
        MultiFieldPanel(
            [
                FieldPanel("mark"),
                FieldRowPanel([FieldPanel("accent_light"), FieldPanel("accent_dark")]),
            ],
            heading=_("Look"),
        ),
    ]

    class Meta:
        verbose_name = _("site settings")

    def clean(self):
        """Refuse accent colours that can't be read; what is no colour the fields refuse."""
        super().clean()
        errors = {}
        for name, grounds in {"accent_light": LIGHT_GROUNDS, "accent_dark": DARK_GROUNDS}.items():
            try:
                validate_colour(colour := getattr(self, name))
            except ValidationError:
                continue
            try:
                check_accent(colour, grounds)
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    @property
    def playlist_url(self) -> str:
        return playlist_url(self.playlist_id) if self.playlist_id else ""

    @property
    def playlist_embed_url(self) -> str:
        return playlist_embed_url(self.playlist_id) if self.playlist_id else ""


class SiteTexts(TranslatableMixin, models.Model):
    """Header and footer of one language: names, menus, the notice and the footer's text."""

    name = models.CharField(_("name of the association"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    union_name = models.CharField(
        _("union"), max_length=160, blank=True, help_text=_("The union within which it works.")
    )
    union_url = models.URLField(_("website of the union"), blank=True)
    footer = RichTextField(_("text of the footer"), features=INLINE_FEATURES, blank=True)
    notice = models.TextField(
        _("notice"),
        max_length=400,
        blank=True,
        help_text=_(
            "Shown at the foot of the window until the visitor has read it. It must be true: "
            "the site sets no cookies; recordings load from YouTube after a click. "
            "Empty: no notice."
        ),
    )
    main_menu = StreamField(
        [("item", MenuItemBlock())], verbose_name=_("main menu"), blank=True, max_num=8
    )
    footer_menu = StreamField(
        [("item", MenuLinkBlock())], verbose_name=_("footer menu"), blank=True, max_num=12
    )

    panels = [
        HelpPanel(
            content=_(
                "Arrange menus on the Latvian card. Titles come from the pages, and a page "
                "without a translation is left out of that language's menu by itself."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("short_name"),
                FieldPanel("union_name"),
                FieldPanel("union_url"),
            ],
            heading=_("Names"),
        ),
        FieldPanel("main_menu"),
        FieldPanel("footer_menu"),
        FieldPanel("footer"),
        FieldPanel("notice"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("header and footer")
        verbose_name_plural = _("header and footer")

    def __str__(self):
        return self.name

    @property
    def notice_version(self) -> str:
        """What stands for the text of the notice in a visitor's browser; empty without a notice.

        Another text is another notice: those who have read the old one see it once.
        """
        text = " ".join(self.notice.split())
        return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
