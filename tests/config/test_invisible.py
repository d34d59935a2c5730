"""Invisible characters are refused in every text box, whichever form it stands in."""

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from branches.forms import BranchForm
from council.forms import TopicForm
from members.forms import MemberForm
from service_station.forms import ReportForm
from visits.forms import FamilyForm

LINE, LINES = forms.CharField(), forms.CharField(widget=forms.Textarea)


def errors(field: forms.CharField, text: str) -> list[str]:
    try:
        with translation.override("zh-hans"):
            field.clean(text)
    except forms.ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    "mark",
    ["\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\u200e", "\ufeff", "\u00ad", "\u2028", "\x07", "\x85", "\0"],
)
@pytest.mark.parametrize("field", [LINE, LINES], ids=["line", "lines"])
def test_invisible_character_is_named_by_what_stands_before_it(field: forms.CharField, mark: str) -> None:
    told = "“莫让社区变农庄”后面有一个看不见的字符，请删去这一处后重新输入。"
    assert errors(field, f"莫让社区变农庄{mark}好") == [told]


def test_invisible_character_at_the_start_is_told() -> None:
    assert errors(LINE, "\u202e莫愁") == ["文字开头有一个看不见的字符，请删去开头后重新输入。"]


@pytest.mark.parametrize("mark", ["\n", "\t", "\r\n"])
def test_new_line_belongs_into_lines_alone(mark: str) -> None:
    assert (errors(LINES, f"一{mark}二"), len(errors(LINE, f"一{mark}二"))) == ([], 1)


def test_password_is_not_read_and_so_not_shown() -> None:
    assert errors(forms.CharField(widget=forms.PasswordInput), "geheim-und\u200blang") == []


@pytest.mark.parametrize("text", ["👨‍👩‍👧 回家", "❤️", "李·阿依古丽", "café", "〇𠮷"])
def test_what_is_seen_is_taken(text: str) -> None:
    assert (errors(LINE, text), errors(LINES, text)) == ([], [])


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (BranchForm, "name"),
        (TopicForm, "title"),
        (MemberForm, "name"),
        (ReportForm, "where"),
        (FamilyForm, "person_name"),
    ],
)
def test_names_and_titles_are_under_the_rule(form: Any, name: str) -> None:
    assert len(errors(form.base_fields[name], "莫愁\u202e新寓")) == 1


@pytest.mark.django_db
def test_user_name_with_an_invisible_character_does_not_sign_in() -> None:
    page = Client().post("/accounts/login/", {"username": "secretary\u200b", "password": "x"})
    assert list(page.context["form"].errors) == ["username"]
