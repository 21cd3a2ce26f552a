"""Hypothesis measures no single example here: other work on the machine would fail it."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
