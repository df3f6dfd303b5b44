from wagtail import hooks

from accounts.viewsets import InstitutionViewSet


@hooks.register("register_admin_viewset")
def institutions() -> InstitutionViewSet:
    return InstitutionViewSet()
