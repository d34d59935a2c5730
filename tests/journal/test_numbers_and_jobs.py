import pytest

from journal.actions import next_number, recorded
from journal.models import JobRun


@pytest.mark.django_db
def test_numbers_run_without_gaps_per_committee_use_and_year() -> None:
    given = [next_number(committee=1, use="report", year=2026) for _n in range(3)]
    assert given == [1, 2, 3]
    assert next_number(committee=2, use="report", year=2026) == 1
    assert next_number(committee=1, use="topic", year=2026) == 1
    assert next_number(committee=1, use="report", year=2027) == 1


@pytest.mark.django_db
def test_job_run_keeps_its_count_and_last_good_end() -> None:
    recorded("test")(lambda: 5)()
    run = JobRun.objects.get(name="test")
    assert (run.count, run.error, run.good_at == run.ended_at) == (5, "", True)


@pytest.mark.django_db
def test_job_run_keeps_the_error_and_the_earlier_good_end() -> None:
    recorded("test")(lambda: 5)()
    good = JobRun.objects.get(name="test").good_at

    def broken() -> int:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError):
        recorded("test")(broken)()
    run = JobRun.objects.get(name="test")
    assert (run.good_at, run.error) == (good, "RuntimeError: no paper")
