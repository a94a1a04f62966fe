"""The web page. Importing it imports Gradio (seconds): only app.py and `bht serve` do."""

import os

# Before Gradio is imported: nothing is sent to anybody.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from assistant.page.build import Coverage, build_app, launch_arguments  # noqa: E402
from assistant.page.chat import Assistant  # noqa: E402
from assistant.page.serve import serve, start  # noqa: E402

__all__ = ["Assistant", "Coverage", "build_app", "launch_arguments", "serve", "start"]
