"""`saferplans serve`: the API and the pages, until Ctrl-C."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress

import click
import uvicorn

from service import messages
from service.app import build_app
from service.bootstrap import Bootstrap
from service.commands import options

_GRACE = 5
"""Seconds that requests in flight get when the service is stopped."""


@click.command("serve")
@click.option("--host", help="Address to listen on; else SAFERPLANS_HOST, or 127.0.0.1.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    help="Port to listen on, 0 for a free one; else SAFERPLANS_PORT, or 8000.",
)
@options.place
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap, *, host: str | None, port: int | None, where: options.Where
) -> None:
    """Serve the API and the web pages."""
    settings = where.settings(host=host, port=port)
    # Taken first: a busy port is known before seconds go into loading the model.
    with listen(settings.host, settings.port) as listener:
        options.log_to_stderr()
        state = bootstrap.state(settings, options.feedback())
        click.echo(messages.serving(*listener.getsockname()[:2]), err=True)
        config = uvicorn.Config(
            build_app(state),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        # The server finishes what is in flight, then hands on the signal that stopped it.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        ClickException: another program listens there, or nobody can.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The event loop turns off Nagle's algorithm only where the protocol is named; with it each
    # answer would wait some 40 ms for the caller's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # From here on callers wait in the queue instead of being refused.
        listener.listen()
    except OSError as error:
        listener.close()
        taken = error.errno == errno.EADDRINUSE
        told = (
            messages.port_taken(host, port)
            if taken
            else messages.cannot_listen(host, port, error.strerror)
        )
        raise click.ClickException(told) from error
    return listener
