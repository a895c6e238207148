"""What `tests/conftest.py` promises of every test."""

from __future__ import annotations

import os
import socket

import pytest
from huggingface_hub import constants


def test_the_environment_holds_no_setting_of_the_users() -> None:
    ours = [name for name in os.environ if name.startswith("SAFERPLANS_")]
    assert [name for name in ours if not name.startswith("SAFERPLANS_TEST_")] == []


def test_the_model_hub_is_off() -> None:
    assert constants.HF_HUB_OFFLINE


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.invalid", 443)])
def test_a_foreign_address_is_refused(address: tuple[str, int]) -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="may not reach"):
        client.connect(address)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
        pytest.raises(RuntimeError, match="may not reach"),
    ):
        client.sendto(b"", address)


def test_a_foreign_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="may not reach"):
        socket.create_connection(("example.invalid", 443))


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port)) as client:
            assert client.getpeername()[1] == port
