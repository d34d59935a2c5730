"""What is typed on the council's pages is kept, and each step's page shows what that step offers."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from council import actions
from council.models import Measure, Sitting
from council.steps import state_of, steps_of
from service_station.actions import promote_reports
from tests.cast import Cast
from tests.factories import council as make
from tests.factories.service_station import make_report

SignIn = Callable[[User], Client]


@pytest.fixture
def editor(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.secretary)


@pytest.mark.parametrize(
    ("step", "names"),
    [
        (1, ["edit", "remit"]),
        (2, ["edit", "analysis", "remit", "plans/new"]),
        (3, ["edit", "analysis", "remit", "plans/new", "measures/new"]),
        (4, ["edit", "remit", "plans/new", "posting", "measures/new"]),
        (5, ["edit", "remit", "measures/new", "resolution"]),
    ],
)
def test_topic_page_offers_the_work_of_its_step(step: int, names: list[str], editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, step)
    page = editor.get(f"/council/topics/{topic.pk}/").content.decode()
    every = ["edit", "analysis", "remit", "plans/new", "posting", "measures/new", "resolution"]
    assert [name for name in every if f'href="/council/topics/{topic.pk}/{name}/"' in page] == names
    assert (f"/council/sittings/new/?topic={topic.pk}" in page) == (step == 3)


def test_topic_page_at_step_three_offers_the_decision_once_a_sitting_is_called(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    make.make_sitting(cast, topic)
    page = editor.get(f"/council/topics/{topic.pk}/").content.decode()
    assert f"/council/topics/{topic.pk}/decision/" in page
    assert f"/council/topics/{topic.pk}/positions/new/" in page


def test_topic_page_at_step_five_counts_measures_and_days(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 5)
    page = editor.get(f"/council/topics/{topic.pk}/").content.decode()
    assert "进入实施议程，+" in page
    assert steps_of(topic)[-1].note.endswith("0 / 1 项")


def test_topic_page_says_how_the_first_report_came(editor: Client, cast: Cast) -> None:
    topic = make.make_topic(cast)
    reports = [make_report(cast.committee), make_report(cast.committee)]
    promote_reports(reports=reports, topic=topic, by=cast.station)
    assert "2 件" in editor.get(f"/council/topics/{topic.pk}/").content.decode()


@pytest.mark.parametrize(
    ("opens", "closes", "kind", "word"),
    [(9, 1, "due", "征求意见已结束"), (-2, -4, "due", "开始"), (1, -2, "info", "还剩 3 天")],
)
def test_badge_of_a_posted_topic_tells_where_its_days_stand(
    opens: int, closes: int, kind: str, word: str, cast: Cast
) -> None:
    posting = make.make_posting(cast, opens_on=make.days_ago(opens), closes_on=make.days_ago(closes))
    found = state_of(posting.topic)
    assert found[0] == kind
    assert word in found[1]


def test_badge_of_an_ended_topic_is_its_state(cast: Cast) -> None:
    topic = make.make_topic(cast)
    topic = actions.make_move(topic=topic, move="withdraw", by=cast.secretary, reason="已解决")
    assert state_of(topic) == ("plain", topic.get_state_display())


def test_address_of_a_move_opened_in_the_browser_moves_nothing(editor: Client, cast: Cast) -> None:
    topic = make.make_topic(cast)
    answer = editor.get(f"/council/topics/{topic.pk}/moves/formulate/")
    assert (answer.status_code, answer["Location"]) == (302, f"/council/topics/{topic.pk}/")
    topic.refresh_from_db()
    assert topic.step == topic.Step.ESTABLISH
    assert editor.post(f"/council/topics/{topic.pk}/moves/formulate/").status_code == 302
    topic.refresh_from_db()
    assert topic.step == topic.Step.FORMULATE


def test_amended_topic_keeps_what_was_typed(editor: Client, cast: Cast) -> None:
    topic = make.make_topic(cast)
    url = f"/council/topics/{topic.pk}/edit/"
    answer = editor.post(
        url, {"token": uuid.uuid4(), "title": "莫让楼道变仓库", "branch": cast.branch2.pk, "reason": "居民又提"}
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/council/topics/{topic.pk}/")
    topic.refresh_from_db()
    assert (topic.title, topic.branch, topic.reason) == ("莫让楼道变仓库", cast.branch2, "居民又提")


def test_sitting_is_called_by_its_form(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    make.make_seats(cast)
    typed = {"day": make.days_ago(1).isoformat(), "sitting_place": "党员活动室", "topics": [topic.pk]}
    assert editor.post("/council/sittings/new/", typed).status_code == 302
    sitting = Sitting.objects.get()
    assert (sitting.sitting_place, list(sitting.topics.all())) == ("党员活动室", [topic])


def test_remit_of_somebody_else_is_kept_with_its_day(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 2)
    remit = next(value for value in type(topic).Remit.values if value not in type(topic).OWN_REMITS)
    url = f"/council/topics/{topic.pk}/remit/"
    typed = {"remit": remit, "note": "街道函〔2026〕3号"}
    assert "decided_on" in editor.post(url, typed | {"decided_on": make.days_ago(-1)}).context["form"].errors
    assert editor.post(url, typed | {"decided_on": make.days_ago(1)}).status_code == 302
    topic.refresh_from_db()
    assert (topic.remit, topic.remit_decided_on) == (remit, make.days_ago(1))


def test_measure_is_done_on_a_day_that_has_come(editor: Client, cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    measure = Measure.objects.get(topic=resolution.topic)
    url = f"/council/measures/{measure.pk}/done/"
    assert "done_on" in editor.post(url, {"done_on": make.days_ago(-1)}).context["form"].errors
    assert editor.post(url, {"done_on": make.days_ago(0)}).status_code == 302
    measure.refresh_from_db()
    assert measure.done_on == make.days_ago(0)


def test_resolution_is_withdrawn_with_a_reason(cast: Cast, signed_in: SignIn) -> None:
    resolution = make.make_resolution(cast, state="posted")
    url = f"/council/resolutions/{resolution.pk}/moves/withdraw/"
    approver = signed_in(cast.deputy)
    assert approver.post(url, {"reason": ""}).status_code == 200
    assert approver.get(f"/council/resolutions/{resolution.pk}/moves/post/").status_code == 302
    resolution.refresh_from_db()
    assert resolution.state == "posted"
    assert approver.post(url, {"reason": "内容有误"}).status_code == 302
    resolution.refresh_from_db()
    assert resolution.state == "withdrawn"


def test_drafted_resolution_may_be_edited_by_editors_only(editor: Client, cast: Cast, signed_in: SignIn) -> None:
    resolution = make.make_resolution(cast)
    url = f"/council/resolutions/{resolution.pk}/"
    assert f"{url}edit/" in editor.get(url).content.decode()
    assert f"{url}edit/" not in signed_in(cast.branch1_secretary).get(url).content.decode()


def test_closed_topic_has_all_steps_done_and_no_move(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 5)
    type(topic).objects.filter(pk=topic.pk).update(state="closed", ended_on=make.days_ago(0))
    topic.refresh_from_db()
    assert {step.state for step in steps_of(topic)} == {"done"}
    assert state_of(topic) == ("ok", topic.get_state_display())
    assert "/moves/" not in editor.get(f"/council/topics/{topic.pk}/").content.decode()
