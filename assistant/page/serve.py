"""Serves the page until it is stopped."""

import errno
import socket
from collections.abc import Callable

import gradio as gr

from assistant.errors import SettingsError
from assistant.page import texts
from assistant.page.build import Coverage, build_app, launch_arguments
from assistant.page.chat import Assistant
from assistant.settings import Settings


def serve(assistant: Assistant, settings: Settings, coverage: Coverage, announce: Callable[[str], None]) -> None:
    """Serve the page on the settings' host and port until Ctrl + C.

    Args:
        assistant: Who answers.
        settings: Where to serve; port 0 takes any free one.
        coverage: What the header says the answers rest on.
        announce: Gets the line that says where the page is.

    Raises:
        SettingsError: The port is taken, or the host is none of this machine's.
    """
    app = start(assistant, settings, coverage)
    announce(texts.READY.format(url=app.local_url))
    try:
        app.server.thread.join()
    except KeyboardInterrupt:
        pass
    finally:
        app.close(verbose=False)


def start(assistant: Assistant, settings: Settings, coverage: Coverage) -> gr.Blocks:
    """Start serving in the background, and return the running page.

    Raises:
        SettingsError: The port is taken, or the host is none of this machine's.
    """
    port = find_port(settings.host, settings.port)
    app = build_app(assistant, coverage)
    try:
        app.launch(server_name=settings.host, server_port=port, prevent_thread_lock=True, **launch_arguments())
    except OSError as error:  # taken since it was looked at
        raise SettingsError(texts.port_taken(port)) from error
    return app


def find_port(host: str, port: int) -> int:
    """Return the port if it is free, or any free one for 0.

    Raises:
        SettingsError: It is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise SettingsError(texts.port_forbidden(port)) from error
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            raise SettingsError(texts.port_taken(port) if taken else texts.bad_host(host)) from error
        return int(probe.getsockname()[1])
