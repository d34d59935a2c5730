from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CHOSEN = "committee"


class ChosenCommitteeMiddleware:
    """Sets `request.committee` and restricts the user's grants to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        committee = None
        if request.user.is_authenticated:
            request.user.chosen_committee_id = request.session.get(CHOSEN)
            by_id = {place.pk: place for place in request.user.committees}
            committee = by_id.get(request.user.committee_id)
        setattr(request, "committee", committee)  # noqa: B010 (see config.http.StaffRequest)
        return self.get_response(request)
