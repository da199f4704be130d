"""Where the screens about money stand."""

from django.urls import path

from shop.backoffice.money.days import days, days_file
from shop.backoffice.money.desk import money
from shop.backoffice.money.matching import find_order, match
from shop.backoffice.money.refunds import settle_event, settle_refund
from shop.backoffice.money.statements import apply, statement, statements
from shop.backoffice.money.steps import take_step

MONEY_ADDRESSES = [
    path("money/", money, name="money"),
    path("money/payments/<int:payment_id>/match/", find_order, name="money_match"),
    path("money/payments/<int:payment_id>/match/<int:order_id>/", match, name="money_match_order"),
    path("money/payments/<int:payment_id>/<slug:step>/", take_step, name="money_step"),
    path("money/refunds/<int:refund_id>/<slug:step>/", settle_refund, name="money_refund"),
    path("money/events/<int:event_id>/<slug:step>/", settle_event, name="money_event"),
    path("money/statements/", statements, name="money_statements"),
    path("money/statements/<int:import_id>/", statement, name="money_statement"),
    path("money/statements/<int:import_id>/apply/", apply, name="money_statement_apply"),
    path("money/days/", days, name="money_days"),
    path("money/days.csv", days_file, name="money_days_file"),
]
