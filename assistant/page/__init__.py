"""The web page. Importing it imports Gradio (seconds): only app.py and `bht serve` do."""

import os

# Before Gradio is imported: nothing is sent to anybody.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# Where matplotlib is installed, Gradio asks it at each event how it draws; it takes a second and 40 MB to find out.
os.environ.setdefault("MPLBACKEND", "agg")

from assistant.page.administer import may_administer
from assistant.page.build import build_app, launch_arguments, serve, start
from assistant.page.chat import Assistant
from assistant.page.sections import Coverage

__all__ = ["Assistant", "Coverage", "build_app", "launch_arguments", "may_administer", "serve", "start"]
