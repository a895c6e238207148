"""A reader of questions over three areas, with a small glossary."""

from __future__ import annotations

from corpus.glossary import Glossary
from corpus.models import Area
from corpus.places import Place
from service.answering.areas import AreaFinder
from service.answering.reading import Question, Reader
from service.answering.vocabulary import Vocabulary
from service.ports import NoMeanings

AREAS = [
    Area(name="Northmoor", aliases=("North Moor",)),
    Area(name="Eastvale and Dunby", aliases=("Eastvale",)),
    Area(name="Saltmere"),
]
PLACES = [
    Place(name="Darlington", kind="unitary"),
    Place(name="Reading", kind="unitary", ordinary_word=True),
    Place(name="Saltmere", kind="district", aliases=("Saltmere-on-Sea",)),
]
GLOSSARY = Glossary.model_validate(
    {
        "same": [
            {"terms": ["burglary", "break-ins"], "source": "a statute"},
            {"terms": ["metal theft", "stealing metal"], "source": "a statute"},
            {"terms": ["cats and dogs", "pets"], "source": "a statute"},
        ]
    }
)
VOCABULARY = Vocabulary(GLOSSARY, NoMeanings(), lambda _: False)


def read(text: str) -> Question:
    """The reading of a question."""
    finder = AreaFinder(AREAS, PLACES, lambda word: word in {"north", "burglary"})
    return Reader(finder, VOCABULARY.lexicon, lambda _: False).read(text)
