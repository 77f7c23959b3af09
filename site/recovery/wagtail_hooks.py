from wagtail import hooks

from . import state

hooks.register("register_state_entries", state.entries)
