"""Two translators at one text unit: the second is told before going over the first's text."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from wagtail_localize.models import StringTranslation
from wagtail_localize.views.edit_translation import (
    StringTranslationSerializer,
    edit_string_translation,
)

from .access import translation_for


@api_view(["PUT", "DELETE"])
@authentication_classes([SessionAuthentication])
@permission_classes([IsAuthenticated])
def edit_text_unit(request, translation_id, string_segment_id):
    """Save or remove the translation of a text unit, unless it is another than the editor showed.

    The request tells what was shown as ``known`` (js/translation-collisions.js); without it nothing
    is compared. A refusal is 409, with what is stored, as the editor knows it.
    """
    translation, _target = translation_for(request.user, translation_id)
    segment = get_object_or_404(translation.source.stringsegment_set, pk=string_segment_id)
    known, value = request.data.get("known"), request.data.get("value")
    with transaction.atomic():
        stored = (
            StringTranslation.objects.select_for_update()
            .filter(
                translation_of=segment.string_id,
                context=segment.context_id,
                locale=translation.target_locale_id,
            )
            .first()
        )
        if stored and known is not None and stored.data not in (known, value):
            context = {"translation_source": translation.source}
            found = StringTranslationSerializer(stored, context=context).data
            return Response(found, status=status.HTTP_409_CONFLICT)
        return edit_string_translation(
            request._request, translation_id=translation_id, string_segment_id=string_segment_id
        )
