"""What people and machines type into an address never breaks a page."""

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.mark.parametrize(
    "address",
    [
        "/council/sittings/new/?topic=99999999999999999999999999",
        "/visits/on-behalf/?q=%00",
        "/visits/on-behalf/?q=a%00b",
    ],
)
def test_page_opens_whatever_the_address_asks(cast: Cast, client: Client, address: str) -> None:
    client.force_login(cast.secretary)
    page = client.get(address)
    assert (page.status_code, "<form" in page.content.decode()) == (200, True)


def test_register_names_every_wrong_part_of_the_address(cast: Cast, client: Client) -> None:
    client.force_login(cast.secretary)
    page = client.get("/members/?sort=zz&since=0001-01-01&way=zz")
    form = page.context["filter"].form
    assert page.status_code == 400
    assert [form[name].label for name in ("sort", "since", "way")] == ["排序", "起算日（不含当天）", "增减类别"]


def test_occasion_before_the_party_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.secretary)
    page = client.post("/visits/new/", {"happened_on": "0202-11-20", "known_on": "0202-11-20"})
    assert page.context["form"].errors["known_on"] == ["日期太早，请填写 1921-07-01 或之后的日期。"]
