"""Tests are hermetic: no settings of the user's, no model hub, and no network but this machine.

Child processes inherit the cleaned environment; the guard on sockets holds in this process only.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

# Before anything imports a hub's client, which reads these once. SAFERPLANS_TEST_… stay: they name
# servers that only some machines have.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
for _name in [name for name in os.environ if name.startswith("SAFERPLANS_")]:
    if not _name.startswith("SAFERPLANS_TEST_"):
        del os.environ[_name]

_IN_CI = os.environ.get("CI") == "true"

settings.register_profile("dev", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=10)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if _IN_CI else "dev")


class NetworkRefusedError(RuntimeError):
    """A test reached for the network. No OSError, which the code under test might swallow."""


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _only_local(original: Callable[..., Any], host_of: Callable[..., object]) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not _is_local(host_of(*args)):
            raise NetworkRefusedError(f"a test may not reach {host_of(*args)!r}")
        return original(*args, **kwargs)

    return guarded


def _host_of_address(_: socket.socket, *args: Any) -> object:
    # The address comes last; that of a Unix socket is a path, and local.
    return args[-1][0] if isinstance(args[-1], tuple) else None


@pytest.fixture(scope="session", autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Refuses the network, and keeps the user's own data directory out of reach."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            original = getattr(socket.socket, name)
            patch.setattr(socket.socket, name, _only_local(original, _host_of_address))
        lookup = _only_local(socket.getaddrinfo, lambda host=None, *_: host)
        patch.setattr(socket, "getaddrinfo", lookup)
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leaves out a test whose program isn't installed, and says so; in CI none may be left out."""
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            if shutil.which(program) is None:
                leave_out = pytest.fail if _IN_CI else pytest.skip
                leave_out(f"needs {program}, which is not installed (see `make test`)")
