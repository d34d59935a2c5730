"""Staff's forms for meetings on the spot."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.http import StaffRequest
from config.permissions import may
from council import actions
from council.forms import MeetingForm
from council.models import GardenMeeting, Posting
from council.views.forms import form_page


@require_http_methods(["GET", "POST"])
@may("council.edit")
def meeting_create(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Posting.objects.visible_to(request.user, "council.edit").select_related("topic__committee")
    posting = get_object_or_404(rows, pk=pk)
    meeting = GardenMeeting(posting=posting)
    form = MeetingForm(request.POST or None, instance=meeting, initial={"day": timezone.localdate()})

    def save(data: dict[str, Any]) -> GardenMeeting:
        meeting.token = data["token"]
        return actions.record_meeting(meeting=meeting, by=request.user)

    back = reverse("council:topic_detail", args=[posting.topic_id])
    return form_page(request, form, title=_("Meeting on the spot"), intro=posting.topic.title, save=save, back=back)


@require_http_methods(["GET", "POST"])
@may("council.edit")
def meeting_edit(request: StaffRequest, pk: int) -> HttpResponse:
    rows = GardenMeeting.objects.visible_to(request.user, "council.edit").select_related("posting__topic__committee")
    meeting = get_object_or_404(rows, pk=pk)
    return form_page(
        request,
        MeetingForm(request.POST or None, instance=meeting),
        title=_("Correct the meeting on the spot"),
        intro=meeting.posting.topic.title,
        save=lambda data: actions.amend_meeting(meeting=meeting, by=request.user),
        back=reverse("council:topic_detail", args=[meeting.posting.topic_id]),
    )
