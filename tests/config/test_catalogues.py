"""The catalogue: what is found in code and templates, what is kept, what is named as missing."""

import gettext
import os
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from config.catalogues import (
    bring_up_to_date,
    chinese_literals,
    compile_catalogue,
    extract,
    faults,
    is_compiled,
    read,
    update,
)

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop, ngettext, pgettext

TITLE = gettext_lazy("A title")
KIND = gettext_noop("a kind")
def say(count):
    return (_("Due on " "%(day)s") % {"day": 1}, pgettext("weekday", "Mon"), ngettext("%(n)s day", "%(n)s days", count))
"""
TEMPLATE = """{% if x %}
    <p title="{% translate "It's here" %}">
      {% translate "May" context "verb" %} {{ _("In a variable") }}
  {% blocktranslate count n=n trimmed %}
        {{ n }} person
        is here
      {% plural %}
        {{ n }} persons
        are here
      {% endblocktranslate %}{% include "a.html" with title=_("In a tag") %}
{% endif %}{# _("a comment") #}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("room", "tests", "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "room" / "models.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "tests" / "test_room.py").write_text("_('only a test')", encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return tmp_path / "config" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def test_extract_finds_every_way_to_mark_a_text(root: Path) -> None:
    assert [(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in extract(root)] == [
        (None, "%(n)s day", "%(n)s days"),
        (None, "%(n)s person is here", "%(n)s persons are here"),
        (None, "A title", ""),
        (None, "Due on %(day)s", ""),
        (None, "In a tag", ""),
        (None, "In a variable", ""),
        (None, "It's here", ""),
        ("verb", "May", ""),
        ("weekday", "Mon", ""),
        (None, "a kind", ""),
    ]


def test_update_keeps_translations_and_drops_what_is_not_used(root: Path, catalogue: Path) -> None:
    update(catalogue, extract(root))
    file = polib.pofile(str(catalogue))
    file.find("A title").msgstr = "标题"
    file.find("%(n)s day").msgstr_plural = {0: "%(n)s 天"}
    file.append(polib.POEntry(msgid="Gone", msgstr="没了"))
    file.save()

    update(catalogue, extract(root))
    entries = read(catalogue)
    assert entries[None, "A title"].msgstr == "标题"
    assert entries[None, "%(n)s day"].msgstr_plural == {0: "%(n)s 天"}
    assert (None, "Gone") not in entries
    before = catalogue.read_bytes()
    update(catalogue, extract(root))
    assert catalogue.read_bytes() == before


def test_update_takes_from_fragments_what_the_catalogue_leaves_open(root: Path, catalogue: Path) -> None:
    fragments = catalogue.parents[2] / "fragments"
    fragments.mkdir(parents=True)
    (fragments / "room.po").write_text('msgid "A title"\nmsgstr "标题"\n', encoding="utf-8")
    update(catalogue, extract(root))
    assert read(catalogue)[None, "A title"].msgstr == "标题"

    (fragments / "room.po").write_text('msgid "A title"\nmsgstr "别的"\n', encoding="utf-8")
    update(catalogue, extract(root))
    assert read(catalogue)[None, "A title"].msgstr == "标题"


def test_catalogue_is_compiled_only_after_a_change(root: Path, catalogue: Path) -> None:
    update(catalogue, extract(root))
    bring_up_to_date(catalogue)
    assert is_compiled(catalogue)
    compiled = catalogue.with_suffix(".mo")
    compiled.write_bytes(b"as it was")
    bring_up_to_date(catalogue)
    assert compiled.read_bytes() == b"as it was"

    file = polib.pofile(str(catalogue))
    file.find("A title").msgstr = "标题"
    file.save()
    os.utime(compiled, (0, 0))
    bring_up_to_date(catalogue)
    with compiled.open("rb") as words:
        assert gettext.GNUTranslations(words).gettext("A title") == "标题"


def test_compile_writes_what_gettext_reads(root: Path, catalogue: Path) -> None:
    update(catalogue, extract(root))
    file = polib.pofile(str(catalogue))
    file.find("A title").msgstr = "标题"
    file.find("%(n)s day").msgstr_plural = {0: "%(n)s 天"}
    file.find("Mon").msgstr = "周一"
    file.save()
    assert not is_compiled(catalogue)

    with compile_catalogue(catalogue).open("rb") as compiled:
        chinese = gettext.GNUTranslations(compiled)
    assert is_compiled(catalogue)
    assert chinese.gettext("A title") == "标题"
    assert chinese.ngettext("%(n)s day", "%(n)s days", 5) == "%(n)s 天"
    assert chinese.pgettext("weekday", "Mon") == "周一"
    assert chinese.gettext("a kind") == "a kind"


def test_faults_name_what_is_missing_wrong_or_unused(root: Path, catalogue: Path) -> None:
    (root / "templates" / "page.html").unlink()
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid "A title"\nmsgstr "标题"\n\n'
        '#, fuzzy\nmsgid "a kind"\nmsgstr "种类"\n\n'
        'msgid "Due on %(day)s"\nmsgstr "%(date)s 到期"\n\n'
        'msgid "Gone"\nmsgstr "没了"\n\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s 天"\n',
        encoding="utf-8",
    )
    assert faults(catalogue, extract(root)) == [
        "placeholders are ['%(date)s'], expected ['%(day)s']: 'Due on %(day)s'",
        "not translated: 'Mon' (context 'weekday')",
        "not translated: 'a kind'",
        "not used any more: 'Gone'",
    ]


def test_chinese_literals_are_allowed_in_data_docstrings_and_comments_only(root: Path) -> None:
    (root / "room" / "chinese.py").write_text("HEADING = '姓名'\n", encoding="utf-8")
    (root / "room" / "views.py").write_text('"""社区."""\n# 党委\nA = "x"\nB = f"{A} 党委"\n', encoding="utf-8")
    (root / "templates" / "page.html").write_text("<p>\n议题</p>", encoding="utf-8")
    assert chinese_literals(root) == ["room/views.py:4", "templates/page.html:2"]


def test_command_says_what_is_missing_and_fails(
    root: Path, catalogue: Path, settings: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("config.catalogues.CATALOGUE", catalogue)
    monkeypatch.setattr("django.conf.settings.BASE_DIR", root)
    call_command("translations", "extract")
    assert capsys.readouterr().out == "10 texts, 10 without translation\n"
    with pytest.raises(SystemExit) as ended:
        call_command("translations", "check")
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines()[2] == "not translated: 'A title'"

    file = polib.pofile(str(catalogue))
    for entry in file:
        entry.msgstr, entry.msgstr_plural = entry.msgid, {0: entry.msgid_plural} if entry.msgid_plural else {}
    file.save()
    call_command("translations", "check")
    call_command("translations", "compile")
    assert capsys.readouterr().out == "Every text is translated.\n"
    assert is_compiled(catalogue)
