from accounts import actions

MODULES = ["accounts.actions"]

EXAMPLES = {
    "create_user": lambda cast: actions.create_user(
        username="new", full_name="新同志", by=cast.sysadmin, committee=cast.committee.pk
    ),
    "amend_user": lambda cast: actions.amend_user(user=cast.nobody, full_name="改名", by=cast.sysadmin),
    "set_user_active": lambda cast: actions.set_user_active(user=cast.nobody, is_active=False, by=cast.sysadmin),
    "reset_password": lambda cast: actions.reset_password(user=cast.nobody, by=cast.sysadmin),
    "unlock_user": lambda cast: actions.unlock_user(user=cast.nobody, by=cast.sysadmin),
    "change_own_password": lambda cast: actions.change_own_password(by=cast.nobody, password="another long one 2"),
}
