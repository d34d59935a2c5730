from django.utils import timezone

from journal.models import Notice
from tests.access.table import Row, each
from tests.cast import Cast


def secretarys_notice(cast: Cast) -> dict[str, int]:
    notice = Notice.objects.create(
        user=cast.secretary,
        kind="test",
        object_type="branches.branch",
        object_id=cast.branch1.pk,
        due_day=timezone.localdate(),
        text="Saved.",
        url="/notices/",
        message="Saved.",
    )
    return {"pk": notice.pk}


#           secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
TABLE = [
    Row("journal:notices", each(200, 200, 200, 200, 200, 200, 200, 200, 200, 403)),
    Row("journal:notice_read_all", each(302, 302, 302, 302, 302, 302, 302, 302, 302, 403), method="post"),
    Row(
        "journal:notice_open", each(302, 404, 404, 404, 404, 404, 404, 404, 404, 403), secretarys_notice, method="post"
    ),
    Row("journal:audit", each(403, 403, 403, 403, 403, 403, 200, 403, 200, 403)),
]
