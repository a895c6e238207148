"""Settings: from the environment, with bounds, each explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.settings import Settings, SettingsError, load_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "99999"),
        ("PORT", "-1"),
        ("PUBLIC_URL", "plans"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("HOST", ""),
        ("GLOSSARY", "/nowhere/glossary.toml"),
    ],
)
def test_a_value_that_can_not_be_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SAFERPLANS_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert f"SAFERPLANS_{name}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFERPLANS_PORT", "9000")
    assert load_settings(port=None).port == 9000
    assert load_settings(port=9001).port == 9001


@pytest.mark.parametrize("first", ["saferplans_port", "SAFERPLANS_PORT"])
def test_the_exact_name_wins_over_another_spelling(
    monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    ports = {"saferplans_port": "9000", "SAFERPLANS_PORT": "9001"}
    for name in sorted(ports, key=lambda name: name != first):
        monkeypatch.setenv(name, ports[name])
    assert load_settings().port == 9001
    monkeypatch.delenv("SAFERPLANS_PORT")
    assert load_settings().port == 9000


def test_paths_and_addresses_are_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFERPLANS_DATA_DIR", "~/plans")
    monkeypatch.setenv("SAFERPLANS_PUBLIC_URL", "https://plans.example/")
    settings = load_settings()
    assert settings.data_dir == Path.home() / "plans"
    assert settings.public_url == "https://plans.example"


def test_every_setting_is_explained() -> None:
    assert all(field.description for field in Settings.model_fields.values())
