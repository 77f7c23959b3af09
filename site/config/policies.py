"""What a browser may do with our pages: Content-Security-Policy and Permissions-Policy.

`home.middleware` chooses among the policies here; every directive stands for something that a page
needs, and tests/browser/test_policies.py walks the site and the admin to see that none is missing.
"""

from csp.constants import NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE

PLAYER = "https://www.youtube-nocookie.com"  # the only other host, on pages with a recording

# What visitors get. No script or style within the page, nothing from elsewhere.
PUBLIC = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],  # suggestions below the search field
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [NONE],
    # No script of ours turns text into HTML or code, so none ever may.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [NONE],
}

# What is added to a public page that holds a recording.
RECORDING = {"frame-src": [PLAYER]}

# What is changed on a public page that an editor looks at, on the site or in the preview beside the
# editor: Wagtail's bar writes HTML, the check of the page's contrast reads its style sheets anew.
EDITOR = {
    "frame-ancestors": [SELF],
    "require-trusted-types-for": None,
    "trusted-types": None,
}

# The attribute `ontouchstart="return;"`: so Wagtail's picture cropper looks for touch screens.
_RETURN = "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"

# The admin: Wagtail's widgets bring a script within the page each, its text editor writes styles.
# Attributes such as `onclick` stay forbidden, and so does making code out of text.
ADMIN = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [UNSAFE_HASHES, _RETURN],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],  # the preview
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}

# A file that is saved is no page: should a browser show it nevertheless, it can do nothing.
DOWNLOAD = {"default-src": [NONE], "sandbox": [""], "frame-ancestors": [NONE]}

# What no page of ours ever asks a person for, or for knowledge about them. A longer list would
# forbid nothing more: only our own scripts run (see above), and a frame gets no feature that its
# `allow` does not name. Each answer carries it, and nginx spends more on the headers of a kept page
# than on anything else of it.
PERMISSIONS = dict.fromkeys(
    (
        "bluetooth",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "hid",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    ),
    (),
)
