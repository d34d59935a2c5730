"""A resolution's snapshot in the reader's language."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from config.templatetags.house import short_day
from council.decision import Count, Method, Rules, decide, majority_of, part_in_words, quorum_sentence
from council.models import Topic

Shown = dict[str, Any]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def number_text(word: str, year: int, number: int) -> str:
    return _("%(word)s no. %(number)d of %(year)d") % {"word": word, "year": year, "number": number}


def view_of(content: Shown) -> Shown:
    """The frozen content with its days as days and its codes as words."""
    decision = content.get("decision")
    measures = [{**row, "due": _day(row["due"]), "done_on": _day(row["done_on"])} for row in content["measures"]]
    kept = [row for row in measures if not row["is_dropped"]]
    return {
        **content,
        "number_text": number_text(content["word"], content["year"], content["number"]),
        "posted_on": _day(content["posted_on"]),
        "finished_on": _day(content["finished_on"]),
        "days": {name: _day(value) for name, value in content["days"].items()},
        "remit_text": str(Topic.Remit(content["remit"]).label) if content["remit"] else "",
        "is_agreed": decision is not None and decision["method"] == Method.AGREEMENT,
        "explanation": explanation(decision) if decision else "",
        "measures": measures,
        "kept": len(kept),
        "done": sum(row["done_on"] is not None for row in kept),
    }


def explanation(decision: Shown) -> str:
    """How it was decided and by which rule; who or how many were against is not published."""
    rules = Rules(decision["rules_name"], tuple(decision["quorum"]), tuple(decision["majority"]))
    sentence = quorum_sentence(decision["entitled"], decision["present"], rules)
    method = Method(decision["method"])
    count = Count(decision["entitled"], decision["present"], method, decision["votes_for"])
    if method == Method.AGREEMENT:
        return decide(count, rules).sentence
    text = _(
        " Carried by show of hands with %(for)d votes; more than %(part)s of the seats (at least %(needed)d) are needed."
    )
    needed = majority_of(decision["entitled"], rules)
    return sentence + text % {"for": decision["votes_for"], "part": part_in_words(rules.majority), "needed": needed}


def trace_of(resolution: Shown) -> list[Shown]:
    """From the report to the finished work; the third word is how it was settled."""
    days = resolution["days"]
    span = f"{short_day(days['opens'])}—{short_day(days['closes'])}" if days["opens"] else ""
    finished = resolution["finished_on"]
    points = [
        (_("Reported by residents"), days["reported"] or days["opened"], ""),
        (_("Made a topic"), days["opened"], ""),
        (_("Agreed by discussion") if resolution["is_agreed"] else _("Carried by vote"), days["decided"], ""),
        (_("Opinions asked"), days["opens"], span),
        (_("Resolution formed"), days["posted"], ""),
        (_("Work finished") if finished else _("Being carried out"), finished, ""),
    ]
    return [
        {"label": label, "note": note or (short_day(day) if day else ""), "done": day is not None}
        for label, day, note in points
    ]
