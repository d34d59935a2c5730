"""A measure's due day: moved with a reason, and the old day stays on record."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from council import actions
from council.models import DueChange, Measure
from tests.cast import Cast
from tests.factories import council as make

SignIn = Callable[[User], Client]


@pytest.fixture
def measure(cast: Cast) -> Measure:
    return make.make_measure(cast, make.make_topic_at(cast, 3), due=make.days_ago(-10))


def typed(measure: Measure, due: str, reason: str) -> dict[str, str]:
    return {"token": str(measure.token), "what": measure.what, "owner": measure.owner, "due": due, "reason": reason}


def test_moved_day_keeps_the_old_one_with_its_reason(cast: Cast, measure: Measure, signed_in: SignIn) -> None:
    client = signed_in(cast.member)
    url = f"/council/measures/{measure.pk}/edit/"
    for days, reason in ((-20, "雨季推迟"), (-30, "等材料")):
        assert client.post(url, typed(measure, make.days_ago(days).isoformat(), reason)).status_code == 302
    rows = list(DueChange.objects.values_list("old_due", "reason", "by"))
    assert rows == [
        (make.days_ago(-10), "雨季推迟", cast.member.pk),
        (make.days_ago(-20), "等材料", cast.member.pk),
    ]
    page = client.get(f"/council/topics/{measure.topic_id}/").content.decode()
    assert "雨季推迟" in page
    assert "等材料" in page


@pytest.mark.parametrize("due", [make.days_ago(-20).isoformat(), ""])
def test_moved_day_without_a_reason_is_refused(due: str, cast: Cast, measure: Measure, signed_in: SignIn) -> None:
    answer = signed_in(cast.member).post(f"/council/measures/{measure.pk}/edit/", typed(measure, due, " "))
    assert answer.context["form"].errors["reason"] == ["请填写改期原因。"]
    measure.refresh_from_db()
    assert measure.due == make.days_ago(-10)
    assert not DueChange.objects.exists()


def test_first_day_and_other_changes_need_no_reason(cast: Cast, measure: Measure) -> None:
    measure.what = "清除蔬菜并补种"
    actions.amend_measure(measure=measure, by=cast.member)
    undated = make.make_measure(cast, measure.topic, due=None)
    undated.due = make.days_ago(-3)
    actions.amend_measure(measure=undated, by=cast.member)
    assert not DueChange.objects.exists()
    undated.due = make.days_ago(-4)
    with pytest.raises(ValidationError) as error:
        actions.amend_measure(measure=undated, by=cast.member)
    assert list(error.value.message_dict) == ["reason"]
