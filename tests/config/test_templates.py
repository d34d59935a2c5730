"""What holds for every template and style sheet of the house."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLES = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
PUBLIC = [path for path in TEMPLATES if path.name in {"public.html", "public_tabs.html", "language_links.html"}]


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_compiles_and_keeps_the_content_security_policy(path):
    text = path.read_text("utf-8")
    get_template(str(path.relative_to(settings.BASE_DIR / "templates")))
    assert re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|\shx-on", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_holds_no_chinese(path):
    assert re.findall(r"[\u4e00-\u9fff]+", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_names_static_files_that_exist(path):
    named = re.findall(r"""{% static ["']([^"']+)["'] %}""", path.read_text("utf-8"))
    assert [one for one in named if finders.find(one) is None] == []


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_public_frame_has_no_form_and_no_token(path):
    assert re.findall(r"<form|csrf_token", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_style_sheet_loads_nothing_from_elsewhere(path):
    assert re.findall(r"@import|url\(", path.read_text("utf-8")) == []


def test_colours_are_named_in_one_place():
    """The error pages stand alone on purpose."""
    used = {path.name: set(re.findall(r"#[0-9a-f]{6}\b", path.read_text("utf-8"))) for path in STYLES}
    assert {file for file, colours in used.items() if "#b01c1c" in colours} == {"tokens.css", "error.css"}
