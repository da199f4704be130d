"""Which role opens which screen of the admin; see test_which_role_opens_which_screen.py."""

ROLES = ("Support", "Editors", "Catalogue managers", "Order desk", "Finance", "Managers", "Owners")

# A new screen: write its name (app's namespace, colon, name) behind the marks of who opens it.
TABLE = """
sup edi cat des fin man own
 x   x   x   x   -   x   x    products:list products:inspect
 -   x   x   -   -   x   x    products:add products:edit products:copy
 -   -   x   -   -   x   x    products:delete products:unpublish products:lock products:unlock
 x   -   -   x   -   x   x    vouchers:list
 -   -   -   -   -   x   x    vouchers:add vouchers:edit vouchers:delete vouchers:copy
 x   -   -   x   -   x   x    offers:list
 -   -   -   -   -   x   x    offers:add offers:edit offers:delete offers:copy
 -   -   -   -   -   x   x    message_texts:index message_texts:add message_texts:edit
 -   -   -   -   -   x   x    message_texts:delete
 -   -   -   -   -   x   x    delivery_methods:index delivery_methods:add delivery_methods:edit
 -   -   -   -   -   x   x    delivery_methods:delete
 -   -   -   -   -   x   x    delivery_zones:index delivery_zones:add delivery_zones:edit
 -   -   -   -   -   x   x    delivery_zones:delete
 -   -   -   -   -   x   x    carriers:index carriers:add carriers:edit carriers:delete
 -   -   -   -   -   x   x    vat_rates:index vat_rates:add vat_rates:edit vat_rates:delete
 -   -   -   -   -   x   x    webhooks:index webhooks:add webhooks:edit webhooks:delete
 -   -   -   -   -   x   x    webhooks:inspect
 -   -   -   -   -   -   x    api_clients:index api_clients:add api_clients:delete
 -   -   -   -   -   -   x    api_clients:inspect
 -   -   -   -   -   -   -    api_clients:edit
 x   -   -   x   x   x   x    orders_order_modeladmin_index orders_order_modeladmin_inspect
 x   -   -   x   x   x   x    invoicing_taxdocument_modeladmin_index
 x   -   -   x   x   x   x    payments_payment_modeladmin_index payments_payment_modeladmin_inspect
 x   -   -   x   x   x   x    payments_refund_modeladmin_index payments_refund_modeladmin_inspect
 x   -   -   x   x   x   x    payments_providerevent_modeladmin_index
 x   -   -   x   x   x   x    payments_providerevent_modeladmin_inspect shop_report money
 x   -   -   x   x   x   x    money_statements money_statement money_days money_days_file parcels
 x   -   -   x   x   x   x    parcel_papers messages_report_wish
 x   -   -   x   x   x   x    orders_many order_lists
 x   -   -   x   -   x   x    customers_modeladmin_index customers_modeladmin_inspect
 x   -   -   x   -   x   x    notifications_message_modeladmin_index
 x   -   -   x   -   x   x    notifications_message_modeladmin_inspect
 x   -   -   x   -   x   x    notifications_carrierreport_modeladmin_index
 x   -   -   x   -   x   x    notifications_carrierreport_modeladmin_inspect offer_effect
 x   -   -   x   -   x   x    messages_overview
 -   -   -   -   -   x   x    notifications_broadcast_modeladmin_index
 -   -   -   -   -   x   x    notifications_broadcast_modeladmin_inspect
 -   -   -   -   -   x   x    webhooks_delivery_modeladmin_index
 -   -   -   -   -   x   x    webhooks_delivery_modeladmin_inspect webhook_test webhook_secret
 -   -   -   -   -   x   x    webhook_replay message_text_preview running task_again task_drop
 -   -   -   -   -   x   x    customer_deactivate customer_export customer_erase messages_alert
 -   -   -   -   -   x   x    message_text_try broadcast_new broadcast_preview broadcast_edit
 -   -   -   -   -   x   x    broadcast_send broadcast_stop staff_log staff
 -   -   -   -   -   x   x    staff_invite staff_revoke staff_role
 -   -   x   -   -   x   x    inventory_movement_modeladmin_index catalogue_imports
 -   -   x   -   -   x   x    catalogue_import catalogue_import_progress catalogue_import_report
 -   -   x   -   -   x   x    catalogue_import_write catalogue_import_go_on catalogue_import_undo
 -   -   x   -   -   x   x    category_order stock
 x   x   x   x   -   x   x    catalogue_export category_prices category_prices_file
 x   x   x   x   -   x   x    category_prices_of category_change
 x   -   x   x   x   x   x    stock_grid variant_ledger shop_reports
 -   x   x   -   -   x   x    page_preview_link
 -   -   -   x   -   x   x    order_step message_send_again order_new order_change parcel_step
 -   -   -   x   -   x   x    order_split return_step customer_note messages_failed
 -   -   -   -   x   x   x    give_back money_match money_match_order money_step money_refund
 -   -   -   -   x   x   x    money_event money_statement_apply
 -   -   -   -   -   -   -    remove_second_factor
"""


def rows() -> dict[str, set[str]]:
    """Return for each screen the roles that open it."""
    found: dict[str, set[str]] = {}
    for line in TABLE.splitlines()[2:]:
        words = line.split()
        marks, names = words[: len(ROLES)], words[len(ROLES) :]
        assert names, line
        assert set(marks) <= {"x", "-"}, line
        for name in names:
            assert name not in found, name
            found[name] = {role for role, mark in zip(ROLES, marks, strict=True) if mark == "x"}
    return found
