"""The public home and the page about the committee."""

from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Committee
from config.permissions import Role
from council.actions import move_resolution
from council.models import Sitting
from tests.cast import Cast
from tests.factories.council import make_posting, make_resolution
from tests.factories.organisation import make_committee, make_grant


def test_root_is_the_home_of_the_only_committee(db: None) -> None:
    committee = make_committee(slug="only")
    response = Client().get("/")
    assert (response.status_code, response.url) == (302, f"/c/{committee.slug}/")  # type: ignore[attr-defined]


def test_root_lists_several_committees(cast: Cast) -> None:
    page = Client().get("/").content.decode()
    for committee in Committee.objects.all():
        assert f'href="/c/{committee.slug}/"' in page


def test_root_says_so_when_nothing_is_set_up(db: None) -> None:
    assert Client().get("/").context["committees"] == []


def test_home_leads_to_report_and_look_up(cast: Cast) -> None:
    page = Client().get("/c/jia/").content.decode()
    for address in ("/c/jia/report/", "/c/jia/report/lookup/", "/c/jia/about/"):
        assert f'href="{address}"' in page
    assert cast.committee.phone in page


def test_about_names_branches_and_their_secretaries_of_this_committee(cast: Cast) -> None:
    page = Client().get("/c/jia/about/").content.decode()
    for name in ("第一支部", "第二支部", cast.branch1_secretary.full_name, cast.secretary.full_name):
        assert name in page
    assert cast.other_secretary.full_name not in page


def test_pages_carry_no_form(cast: Cast) -> None:
    for url in ("/", "/c/jia/", "/c/jia/about/"):
        page = Client().get(url).content.decode()
        assert "<form" not in page
        assert "csrf" not in page


def test_unknown_committee_is_404(cast: Cast) -> None:
    for url in ("/c/nowhere/", "/c/nowhere/about/"):
        assert Client().get(url).status_code == 404


def test_home_shows_what_is_open_in_the_garden(cast: Cast) -> None:
    posting = make_posting(cast)
    page = Client().get("/c/jia/").content.decode()
    assert f'href="/c/jia/garden/{posting.pk}/"' in page
    assert posting.content["title"] in page
    assert f"/garden/{posting.pk}/" not in Client().get("/c/yi/").content.decode()


def test_home_shows_a_posted_resolution_and_no_draft(cast: Cast) -> None:
    resolution = make_resolution(cast, state="approved")
    assert "关于清除蔬菜的决议" not in Client().get("/c/jia/").content.decode()
    move_resolution(resolution=resolution, move="post", by=cast.deputy)
    resolution.refresh_from_db()
    page = Client().get("/c/jia/").content.decode()
    assert f'href="/c/jia/resolutions/{resolution.year}-{resolution.number}/"' in page
    assert "关于清除蔬菜的决议" in page


def test_home_and_about_answer_304_until_something_is_new(cast: Cast) -> None:
    for url in ("/c/jia/", "/c/jia/about/"):
        tag = Client().get(url).headers["ETag"]
        assert Client().get(url, headers={"If-None-Match": tag}).status_code == 304
    make_grant(cast.nobody, Role.STATION, cast.committee)
    assert Client().get("/c/jia/about/", headers={"If-None-Match": tag}).status_code == 304
    make_grant(cast.nobody, Role.DEPUTY, cast.committee)
    assert Client().get("/c/jia/about/", headers={"If-None-Match": tag}).status_code == 200


def test_public_pages_ask_the_same_number_of_questions_for_one_and_three(cast: Cast) -> None:
    numbers = []
    for index in range(3):
        for kind, make in (("garden", make_posting), ("resolution", partial(make_resolution, state="posted"))):
            make(cast)
            Sitting.objects.filter(sitting_place="活动室").update(
                sitting_place=f"{kind} {index}"
            )  # one a day and place
        if index != 1:
            with CaptureQueriesContext(connection) as found:
                Client().get("/c/jia/")
            numbers.append(len(found))
    assert numbers[0] == numbers[1] <= 15
