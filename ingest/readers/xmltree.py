"""Elements of XML by their local names: the two variants of a format differ in nothing else."""

from __future__ import annotations

from lxml import etree

_OFF = frozenset(("0", "false", "off"))


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element at a path of local names; None where it leads nowhere."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each.tag) == name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name; None where there is none."""
    if element is None:
        return None
    return next((each for key, each in element.attrib.items() if local(key) == name), None)


def whole(element: etree._Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number; None where it is none."""
    stated = value(element, name) or ""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else None


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said of it."""
    found = child(properties, name)
    return None if found is None else value(found) not in _OFF
