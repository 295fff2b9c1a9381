"""What staff see of deliveries: that they are on their way. Addresses and keys of browsers are nobody's business."""

from django.contrib import admin

from notifications.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin[Delivery]):
    list_display = ["id", "user", "kind", "due_at", "tries"]
    list_filter = ["kind"]
    list_select_related = ["user"]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False
