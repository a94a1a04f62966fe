"""Errors of the assistant package. Messages are Norwegian sentences with a remedy: faces show them as they are.

AssistantError
├── SettingsError   a setting is wrong
├── QuestionError   the question cannot be taken: empty, too long, nothing to read
├── HistoryError    the history is not a talk
├── UsageError      a command was given a value that it cannot use
├── BackupError     a backup cannot be written or put back
├── UsersError      who may log in cannot be read or changed
├── FeedbackError   ratings of answers cannot be read or stored
└── NotReadyError   there is no index that can be used
"""


class AssistantError(Exception):
    """Base of every error that the assistant raises on purpose."""


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""


class QuestionError(AssistantError):
    """The question cannot be taken as one."""


class HistoryError(AssistantError):
    """The history given is not a talk."""


class UsageError(AssistantError):
    """A command was given a value that it cannot use."""


class BackupError(AssistantError):
    """A backup cannot be written or put back."""


class UsersError(AssistantError):
    """Who may log in cannot be read or changed."""


class FeedbackError(AssistantError):
    """Ratings of answers cannot be read or stored."""


class NotReadyError(AssistantError):
    """There is no index that can be used, and none could be built."""
