"""Every Norwegian sentence that the assistant itself says, a module for each area. Rules are not here: they come from the corpus, quoted."""

# All that the modules hold is said to users, and is used as texts.NAME.
from assistant.texts.absence import *  # noqa: F403
from assistant.texts.documents import *  # noqa: F403
from assistant.texts.duties import *  # noqa: F403
from assistant.texts.model import *  # noqa: F403
from assistant.texts.sources import *  # noqa: F403
from assistant.texts.talk import *  # noqa: F403
