"""The page editor's form as a browser sends it back, block ids and all."""

from wagtail import blocks
from wagtail.blocks.list_block import ListBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock


def editor_data(page) -> dict:
    """Return what the editor of a page sends when nothing was changed."""
    form_class = page.get_edit_handler().get_form_class()
    return _form_data(form_class(instance=page))


def _form_data(form) -> dict:
    data = {}
    fields = form.instance._meta.get_fields()
    stream_fields = {field.name for field in fields if isinstance(field, StreamField)}
    for bound in form:
        name, value = form.add_prefix(bound.name), bound.value()
        if bound.name in stream_fields:
            value = getattr(form.instance, bound.name)
            data |= block_data(value.stream_block, name, value)
        else:
            data |= _widget_data(bound.field.widget, name, value)
    for formset in getattr(form, "formsets", {}).values():
        management = formset.management_form
        data |= {management.add_prefix(key): value for key, value in management.initial.items()}
        for number, child in enumerate(formset.initial_forms):
            data |= _form_data(child)
            data[child.add_prefix("ORDER")] = number + 1
    return {name: value for name, value in data.items() if value is not None}


def _widget_data(widget, name, value) -> dict:
    if hasattr(widget, "decompress"):
        raise NotImplementedError(f"{name}: {widget}")
    if isinstance(value, bool):
        return {name: "on"} if value else {}
    formatted = widget.format_value(value)
    return {name: formatted[0] if isinstance(formatted, list) and formatted else formatted or ""}


def block_data(block, prefix, value) -> dict:
    """Return the form data of a block's value, as Wagtail's editor sends it."""
    if isinstance(block, blocks.StreamBlock):
        children = list(value)
    elif isinstance(block, ListBlock):
        children = list(value.bound_blocks)
    elif isinstance(block, blocks.StructBlock):
        if isinstance(block, ImageBlock):
            value = block._image_to_struct_value(value)
        data = {}
        for name, child in block.child_blocks.items():
            data |= block_data(child, f"{prefix}-{name}", value[name])
        return data
    elif isinstance(block, blocks.StaticBlock):
        return {}
    elif isinstance(block, blocks.ChooserBlock):
        return {prefix: value.pk if value else ""}
    else:
        return _widget_data(block.field.widget, prefix, block.value_for_form(value))
    data = {f"{prefix}-count": len(children)}
    for number, child in enumerate(children):
        here = f"{prefix}-{number}"
        data |= {f"{here}-order": number, f"{here}-deleted": "", f"{here}-id": child.id or ""}
        if isinstance(block, blocks.StreamBlock):
            data[f"{here}-type"] = child.block_type
        data |= block_data(child.block, f"{here}-value", child.value)
    return data
