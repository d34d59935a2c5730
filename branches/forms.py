from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branches.models import ROLE_CHOICES, Branch, Committee, Group
from config.days import DayField
from config.seen import SeenForm


def saving_helper() -> FormHelper:
    helper = FormHelper()
    helper.add_input(Submit("save", _("Save"), css_class="btn-primary"))
    return helper


class NamedOnceForm(SeenForm, forms.ModelForm):
    """For names that are unique `within` something that the form does not show: a foreign key of the model."""

    within = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = saving_helper()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = {"name": name, self.within: getattr(self.instance, self.within)}
        if self._meta.model.objects.filter(**same).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This name is taken already. Choose another one."))
        return name


class BranchForm(NamedOnceForm):
    within = "committee"

    class Meta:
        model = Branch
        fields = ["name", "area", "position"]


class GroupForm(NamedOnceForm):
    within = "branch"

    class Meta:
        model = Group
        fields = ["name"]


class CommitteeForm(SeenForm, forms.ModelForm):
    class Meta:
        model = Committee
        fields = ["name", "short_name", "level", "document_word", "street", "address", "phone", "introduction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = saving_helper()


class GrantForm(forms.Form):
    """Whom, what, where, how long."""

    user = forms.CharField(label=_("User name"), max_length=40)
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    branch = forms.ModelChoiceField(
        label=_("Branch"),
        queryset=Branch.objects.none(),
        required=False,
        help_text=_("Only for a branch secretary; all other roles cover the whole committee."),
    )
    linked = forms.ModelMultipleChoiceField(
        label=_("Linked branches"),
        queryset=Branch.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a committee member: whom he helps when a visit is stuck."),
    )
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("branch", "linked"):
            self.fields[name].queryset = committee.branches.all()  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate()
        self.helper = saving_helper()

    def clean_user(self) -> User:
        user = User.objects.filter(username=self.cleaned_data["user"].strip()).first()
        if user is None:
            raise forms.ValidationError(_("There is no such user. Enter the user name exactly, e.g. branch3."))
        return user


class GrantEndForm(forms.Form):
    until = DayField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate()
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("End the role"), css_class="btn-primary"))
