"""The words of the house: what its code and templates say in English, and the Chinese for it.

`extract()` needs Babel (developers only); the rest needs polib alone, so `make run` compiles without gettext.
"""

import ast
import io
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import polib
from django.utils.translation.template import templatize

CATALOGUE = Path(__file__).resolve().parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METADATA = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}
NOT_THE_HOUSE = {"tests", "bench", "migrations", "locale", "var", "docs", "tools", "node_modules"}
CHINESE_FILES = {"demo.py", "chinese.py"}
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdifr]|%[sdifr]|\{\w*\}")

Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid)


def sources(root: Path) -> list[Path]:
    """Every Python file and template of the house, tests and demo data not among them."""
    found = [*root.rglob("*.py"), *root.rglob("*.html")]
    return sorted(path for path in found if _is_ours(path.relative_to(root)))


def _is_ours(path: Path) -> bool:
    return not any(part in NOT_THE_HOUSE or part.startswith(".") for part in path.parts)


def extract(root: Path) -> list[polib.POEntry]:
    """One entry without translation for every text marked in the code and templates."""
    entries: dict[Key, polib.POEntry] = {}
    for path in sources(root):
        for entry in _extract_file(path):
            same = entries.setdefault(key(entry), entry)
            same.msgid_plural = same.msgid_plural or entry.msgid_plural
    for entry in entries.values():
        if entry.msgid_plural:
            entry.msgstr_plural = {0: ""}
    return sorted(entries.values(), key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def _extract_file(path: Path) -> Iterator[polib.POEntry]:
    babel = import_module("babel.messages.extract")  # not installed where the house only runs
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # templatize() writes the marked texts as Python calls among filler; indents would stop Babel's reader.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    found = babel.extract("python", io.BytesIO(text.encode()), KEYWORDS)
    for _line, message, _comments, context in found:
        msgid, plural = message if isinstance(message, tuple) else (message, "")
        yield polib.POEntry(msgid=msgid, msgid_plural=plural, msgctxt=context)


def read(catalogue: Path) -> dict[Key, polib.POEntry]:
    """The entries of a .po file; {} when there is none yet."""
    if not catalogue.exists():
        return {}
    return {key(entry): entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete}


def read_with_fragments(catalogue: Path) -> dict[Key, polib.POEntry]:
    """The catalogue; what it leaves open is taken from locale/fragments/*.po, where rooms keep theirs meanwhile."""
    entries = read(catalogue)
    for fragment in _fragments(catalogue):
        for name, entry in read(fragment).items():
            if not is_translated(entries.get(name)):
                entries[name] = entry
    return entries


def _fragments(catalogue: Path) -> list[Path]:
    return sorted((catalogue.parents[2] / "fragments").glob("*.po"))


def is_translated(entry: polib.POEntry | None) -> bool:
    return entry is not None and bool(_translations(entry)) and all(_translations(entry)) and not entry.fuzzy


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def update(catalogue: Path, extracted: list[polib.POEntry]) -> None:
    """Write the catalogue anew: what is said now, with the translations there are; the rest is dropped."""
    known = read_with_fragments(catalogue)
    for entry in extracted:
        _take_translation(entry, known.get(key(entry)))
    write(catalogue, extracted)


def _take_translation(entry: polib.POEntry, known: polib.POEntry | None) -> None:
    if known is None or known.fuzzy:
        return
    text = known.msgstr_plural.get(0, "") if known.msgid_plural else known.msgstr
    if entry.msgid_plural:
        entry.msgstr_plural = {0: text}
    else:
        entry.msgstr = text


def write(catalogue: Path, entries: list[polib.POEntry]) -> None:
    """No dates, no places, no wrapped lines: a changed text changes one line."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = dict(METADATA)
    file.extend(entries)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    text = str(file).removeprefix("#\n").strip()  # polib begins with an empty comment
    catalogue.write_text(f"{text}\n", encoding="utf-8")


def is_compiled(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    read_by_django = [path for path in [catalogue, *_fragments(catalogue)] if path.exists()]
    return compiled.exists() and all(path.stat().st_mtime <= compiled.stat().st_mtime for path in read_by_django)


def compile_catalogue(catalogue: Path) -> Path:
    """Write the .mo beside the .po; Django reads only that."""
    file = polib.POFile()
    file.metadata = dict(METADATA)
    entries = read_with_fragments(catalogue).values()
    file.extend(entry for entry in entries if is_translated(entry))
    compiled = catalogue.with_suffix(".mo")
    compiled.parent.mkdir(parents=True, exist_ok=True)
    file.save_as_mofile(str(compiled))
    return compiled


def bring_up_to_date(catalogue: Path) -> None:
    """Compile it where that has not been done since its last change."""
    if not is_compiled(catalogue):
        compile_catalogue(catalogue)


def faults(catalogue: Path, extracted: list[polib.POEntry]) -> list[str]:
    """One line for each text without a good translation, and for each translation nobody uses."""
    known = read(catalogue)
    lines = []
    for entry in extracted:
        translation = known.pop(key(entry), None)
        if not is_translated(translation):
            lines.append(f"not translated: {_shown(entry)}")
        elif translation and (difference := _placeholder_fault(entry, translation)):
            lines.append(f"{difference}: {_shown(entry)}")
    return lines + [f"not used any more: {_shown(entry)}" for entry in known.values()]


def _placeholder_fault(entry: polib.POEntry, translation: polib.POEntry) -> str:
    expected = sorted(set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)))
    for text in _translations(translation):
        found = sorted(set(PLACEHOLDER.findall(text)))
        if found != expected:
            return f"placeholders are {found}, expected {expected}"
    return ""


def _shown(entry: polib.POEntry) -> str:
    return f"{entry.msgid!r}" + (f" (context {entry.msgctxt!r})" if entry.msgctxt else "")


def chinese_literals(root: Path) -> list[str]:
    """`file:line` of each Chinese text in code or templates; docstrings and comments may name a thing in Chinese."""
    found = []
    for path in sources(root):
        if path.name in CHINESE_FILES:
            continue
        text = path.read_text(encoding="utf-8")
        lines = _python_lines(text) if path.suffix == ".py" else _template_lines(text)
        found += [f"{path.relative_to(root)}:{line}" for line in lines]
    return found


def _template_lines(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), start=1) if HAN.search(line)]


def _python_lines(text: str) -> list[int]:
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in docstrings
        if isinstance(node.value, str) and HAN.search(node.value)
    )
