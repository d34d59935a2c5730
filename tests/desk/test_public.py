"""The public home and the page about the committee."""

from django.test import Client

from branches.models import Committee
from tests.cast import Cast
from tests.factories.organisation import make_committee


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
