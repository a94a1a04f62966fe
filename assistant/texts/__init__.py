"""Every Norwegian sentence that the assistant itself says, a module for each area. Rules are not here: they come from the corpus, quoted."""

from assistant.texts.documents import *  # noqa: F403  (all that the modules hold are sentences, used as texts.NAME)
from assistant.texts.talk import *  # noqa: F403
