"""Two people edit the same thing: the second save must not silently replace the first."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.encryption import fingerprint

SEEN = "seen"
SHOWN = 120  # characters of a present value


class SeenForm(forms.BaseForm):
    """A form that edits what exists carries a mark of the values it was opened with.

    Whoever saves after another reads what stands there now, keeps his own words, and replaces knowingly by saving again.
    """

    is_edit = False  # a form over a model row that exists needs no word

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = getattr(self, "instance", None)
        self._stands: dict[str, Any] = {}
        if self.is_edit or (row is not None and row.pk):
            self._stands = {
                name: self.get_initial_for_field(field, name)
                for name, field in self.fields.items()
                if name in self.initial and not field.widget.is_hidden
            }
        self._mark = fingerprint("seen", repr([(name, _plain(value)) for name, value in self._stands.items()]))
        if self._stands:
            self.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._mark)

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or SEEN not in self.fields:
            return
        seen = self.cleaned_data.pop(SEEN, "")
        differing = [name for name in self.changed_data if name in self._stands and name in self.fields]
        if seen and seen != self._mark and differing:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix(SEEN)] = self._mark  # type: ignore[index]
            self.add_error(None, self._changed_meanwhile(differing))

    def _changed_meanwhile(self, names: list[str]) -> ValidationError:
        now = "; ".join(f"{self.fields[name].label}: {self._words(name)}" for name in names)
        text = _(
            "Somebody has saved this page meanwhile. Now it says: %(now)s. What you typed is kept below: "
            "check it, and save again to replace what stands there."
        )
        return ValidationError(text, code="meanwhile", params={"now": now})

    def _words(self, name: str) -> str:
        """The present value as the page shows it."""
        value, field = self._stands[name], self.fields[name]
        if value in (None, "", []):
            return "—"
        if isinstance(field, forms.ModelChoiceField):
            keys = _plain(value if isinstance(value, list) else [value])
            chosen = field.queryset.filter(pk__in=keys) if field.queryset is not None else []
            return ", ".join(field.label_from_instance(row) for row in chosen)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        text = str(value)
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return str(value)
