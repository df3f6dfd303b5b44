from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from catalog.models import OperationItem
from catalog.outlines.viewsets import OutlineGroup
from catalog.register.viewsets import CatalogGroup, ListOnlyPolicy

# A policy must be registered before the viewset asks for one.
register_permission_policy(OperationItem, ListOnlyPolicy(OperationItem))
register_snippet(CatalogGroup)
register_snippet(OutlineGroup)
