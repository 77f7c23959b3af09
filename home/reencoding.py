"""Uploaded pictures written anew: the pixels and the colours stay, everything else goes.

What goes is the place where a telephone took a photograph, its owner's name, its small preview of
the uncut picture, and whatever somebody hid before, within or behind the picture.
"""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

# How each format is written, so that nobody sees a difference.
HOW = {
    "JPEG": {"quality": 95, "subsampling": 0, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 95, "method": 4},
    "AVIF": {"quality": 90, "speed": 8},
    "GIF": {},
}
ORIENTATION = 0x0112  # Exif 3.0, 4.6.4


def written_anew(file):
    """Return an uploaded picture without anything but its pixels and colours, the right way up.

    ``file`` is a picture that Pillow reads and whose number of pixels was found bearable. What
    moves is returned as it is: visitors get one picture of it, drawn by us.
    """
    file.seek(0)
    with Image.open(file) as picture:
        # Cameras put a second JPEG behind the first (CIPA DC-007); Pillow takes that for a film.
        kind = "JPEG" if picture.format == "MPO" else picture.format
        is_animated = picture.format != "MPO" and getattr(picture, "is_animated", False)
        if kind not in HOW or is_animated:
            file.seek(0)
            return file
        options = dict(HOW[kind])
        if picture.format == "JPEG" and picture.getexif().get(ORIENTATION, 1) == 1:
            # The same tables as before: hardly a pixel changes, and the file grows not.
            options = {"quality": "keep", "optimize": True}
            upright = picture
        else:
            upright = ImageOps.exif_transpose(picture)
        # Pillow writes what it read, where it is not told that there is nothing.
        nothing = {"exif": b"", "xmp": b"", "comment": b""}
        profile = picture.info.get("icc_profile")
        upright.info = {
            key: value for key, value in upright.info.items() if key in ("transparency", "gamma")
        }
        written = io.BytesIO()
        upright.save(written, format=kind, icc_profile=profile, **(nothing | options))
    return SimpleUploadedFile(file.name, written.getvalue(), file.content_type)
