"""What every caller hears at every address of the API; see test_who_may_do_what.py."""

# nobody    has no name at all
# guest     holds the order's public token
# amina     is the customer whose things these are
# brian     is another customer
# reads     is a token with orders:read of Amina's
# writes    is a token with catalog:write of the manager's
# support, editor, manager work in the groups of these names; root may do everything
CALLERS = "nobody guest amina brian reads writes support editor manager root".split()

TABLE = """
                                                         nob gue ami bri rea wri sup edi man roo

GET    pages/                                            200 200 200 200 200 200 200 200 200 200
GET    pages/{page}/                                     200 200 200 200 200 200 200 200 200 200
GET    pages/find/                                       302 302 302 302 302 302 302 302 302 302
GET    images/                                           200 200 200 200 200 200 200 200 200 200
GET    images/{image}/                                   200 200 200 200 200 200 200 200 200 200
GET    images/find/                                      302 302 302 302 302 302 302 302 302 302
GET    documents/                                        200 200 200 200 200 200 200 200 200 200
GET    documents/{document}/                             200 200 200 200 200 200 200 200 200 200
GET    documents/find/                                   302 302 302 302 302 302 302 302 302 302

GET    products/                                         200 200 200 200 200 200 200 200 200 200
POST   products/                                         401 401 403 403 403 201 403 403 201 201
GET    products/{product}/                               200 200 200 200 200 200 200 200 200 200
GET    products/{draft}/                                 404 404 404 404 404 404 404 404 404 404
PATCH  products/{product}/                               401 401 403 403 403 200 403 403 200 200
PATCH  products/{draft}/                                 401 401 403 403 403 200 403 200 200 200
GET    products/find/                                    200 200 200 200 200 200 200 200 200 200
POST   products/upload/                                  401 401 403 403 403 202 403 403 202 202
GET    imports/{run}/                                    401 401 403 403 403 200 403 403 200 200
POST   imports/{run}/undo/                               401 401 403 403 403 409 403 403 409 409
GET    categories/                                       200 200 200 200 200 200 200 200 200 200
POST   categories/                                       401 401 403 403 403 201 403 403 201 201
GET    categories/tree/                                  200 200 200 200 200 200 200 200 200 200
GET    categories/average-prices/                        200 200 200 200 200 200 200 200 200 200
GET    categories/{category}/                            200 200 200 200 200 200 200 200 200 200
GET    categories/{category}/average-price/              200 200 200 200 200 200 200 200 200 200

GET    cart/                                             200 200 200 200 200 200 200 200 200 200
GET    cart/delivery/                                    200 200 200 200 200 200 200 200 200 200
GET    cart/quote/                                       400 400 200 400 200 400 400 400 400 400
POST   cart/voucher/                                     400 400 200 400 200 400 400 400 400 400
DELETE cart/voucher/                                     200 200 200 200 200 200 200 200 200 200
POST   cart/lines/                                       201 201 201 201 201 201 201 201 201 201
PATCH  cart/lines/{line}/                                404 404 200 404 200 404 404 404 404 404
DELETE cart/lines/{line}/                                404 404 200 404 200 404 404 404 404 404

GET    orders/                                           401 200 200 200 200 403 200 200 200 200
POST   orders/                                           201 201 201 201 403 403 201 201 201 201
GET    orders/{order}/                                   404 200 200 404 200 403 200 404 200 200
POST   orders/{order}/cancel/                            404 200 200 404 403 403 404 404 200 200
GET    orders/{order}/notifications/                     404 200 200 404 200 403 200 404 200 200
GET    orders/{order}/receipt/                           404 200 200 404 200 403 200 404 200 200
GET    orders/{order}/shipments/                         404 200 200 404 200 403 200 404 200 200
GET    orders/{order}/returns/                           404 200 200 404 200 403 200 404 200 200
POST   orders/{order}/returns/                           404 409 409 404 403 403 404 404 409 409
GET    shipments/                                        401 200 200 200 200 403 200 200 200 200
POST   shipments/                                        401 401 403 403 403 403 403 403 200 200
GET    shipments/{shipment}/                             404 200 200 404 200 403 200 404 200 200
PATCH  shipments/{shipment}/                             401 401 403 403 403 403 403 403 200 200
GET    returns/                                          401 401 403 403 403 403 200 403 200 200
PATCH  returns/{return}/                                 401 401 403 403 403 403 403 403 200 200
GET    payments/                                         401 200 200 200 200 403 200 200 200 200
POST   payments/                                         404 200 200 404 403 403 404 404 200 200
GET    payments/methods/                                 200 200 200 200 200 200 200 200 200 200
GET    payments/{payment}/                               404 200 200 404 200 403 200 404 200 200
GET    payments/{payment}/refund/                        404 200 200 404 200 403 200 404 200 200
POST   payments/{payment}/refund/                        401 401 403 403 403 403 403 403 409 409

GET    customers/me/                                     401 401 200 200 403 403 200 200 200 200
PUT    customers/me/                                     401 401 200 200 403 403 200 200 200 200
PATCH  customers/me/                                     401 401 200 200 403 403 200 200 200 200
DELETE customers/me/                                     401 401 409 204 403 403 409 409 409 409
GET    customers/me/addresses/                           401 401 200 200 403 403 200 200 200 200
POST   customers/me/addresses/                           401 401 201 201 403 403 201 201 201 201
GET    customers/me/addresses/{address}/                 401 401 200 404 403 403 404 404 404 404
PUT    customers/me/addresses/{address}/                 401 401 200 404 403 403 404 404 404 404
PATCH  customers/me/addresses/{address}/                 401 401 200 404 403 403 404 404 404 404
DELETE customers/me/addresses/{address}/                 401 401 204 404 403 403 404 404 404 404
GET    customers/me/consents/                            401 401 200 200 403 403 200 200 200 200
POST   customers/me/consents/                            401 401 201 201 403 403 201 201 201 201
PUT    customers/me/consents/                            401 401 200 200 403 403 200 200 200 200
GET    customers/me/export/                              401 401 200 200 403 403 200 200 200 200
GET    wishlist/                                         401 401 200 200 403 403 200 200 200 200
POST   wishlist/                                         401 401 200 201 403 403 201 201 201 201
DELETE wishlist/{product}/                               401 401 204 204 403 403 204 204 204 204

GET    admin/dashboard/                                  401 401 403 403 403 403 200 403 200 200
GET    admin/customers/                                  401 401 403 403 403 403 200 403 200 200
GET    admin/low-stock/                                  401 401 403 403 403 200 200 403 200 200
POST   admin/alerts/                                     401 401 403 403 403 403 403 403 202 202

GET    webhooks/                                         401 401 403 403 403 403 403 403 200 200
POST   webhooks/                                         401 401 403 403 403 403 403 403 201 201
GET    webhooks/{webhook}/                               401 401 403 403 403 403 403 403 200 200
PATCH  webhooks/{webhook}/                               401 401 403 403 403 403 403 403 200 200
DELETE webhooks/{webhook}/                               401 401 403 403 403 403 403 403 204 204
POST   webhooks/{webhook}/secret/                        401 401 403 403 403 403 403 403 200 200
POST   webhooks/{webhook}/test/                          401 401 403 403 403 403 403 403 202 202
GET    webhooks/{webhook}/deliveries/                    401 401 403 403 403 403 403 403 200 200
GET    webhooks/{webhook}/deliveries/{delivery}/         401 401 403 403 403 403 403 403 200 200
POST   webhooks/{webhook}/deliveries/{delivery}/replay/  401 401 403 403 403 403 403 403 202 202
"""

# What is sent, and the words of the address, where an operation needs some.
BODIES = {
    "POST products/": {"name": "Soap", "price": "120.00", "live": True},
    "PATCH products/{product}/": {"brand": "Shamba"},
    "PATCH products/{draft}/": {"brand": "Shamba"},
    "POST products/upload/": {"products": [{"sku": "B1", "name": "Rye", "price": "65.50"}]},
    "POST categories/": {"path": ["All Products", "New shelf"]},
    "POST cart/lines/": {"sku": "MG"},
    "POST cart/voucher/": {"code": "KARIBU"},
    "PATCH cart/lines/{line}/": {"quantity": 2},
    "POST orders/": {
        "items": [{"sku": "MG"}],
        "contact": {"name": "Wanjiku Kamau", "phone": "0712 345 678"},
        "address": {"county": "Nairobi"},
        "delivery_method": "delivery",
        "payment_method": "cash_on_delivery",
    },
    "POST orders/{order}/cancel/": {},
    "POST orders/{order}/returns/": {"items": [{"sku": "SENT"}]},
    "POST shipments/": {"order": "{order}", "carrier": "Our own rider"},
    "PATCH shipments/{shipment}/": {"status": "packed", "tracking_number": "R 7"},
    "PATCH returns/{return}/": {"status": "accepted"},
    "POST payments/": {"order": "{order}"},
    "PUT customers/me/": {"first_name": "A", "last_name": "B"},
    "PATCH customers/me/": {"first_name": "A"},
    "POST customers/me/addresses/": {"county": "Nairobi"},
    "PUT customers/me/addresses/{address}/": {"county": "Nakuru"},
    "PATCH customers/me/addresses/{address}/": {"county": "Nakuru"},
    "POST customers/me/consents/": {"purpose": "marketing_sms", "given": True},
    "PUT customers/me/consents/": {"marketing_sms": True},
    "POST wishlist/": {"product": "{product}"},
    "POST admin/alerts/": {"message": "The cold room is warm"},
    "POST webhooks/": {"url": "https://93.184.215.14/hooks", "events": ["order.paid"]},
    "PATCH webhooks/{webhook}/": {"active": False},
}
WORDS = {
    "GET pages/find/": "id={page}",
    "GET images/find/": "id={image}",
    "GET documents/find/": "id={document}",
    "GET products/find/": "sku=MG",
}
# Whoever holds an order's token opens these with it.
OPENED_BY_TOKEN = ("orders/", "payments/", "shipments/")
KNOWS_NO_TOKEN = ("payments/methods/",)


def rows() -> dict[str, dict[str, int]]:
    """Return for each operation what each caller hears."""
    found = {}
    for line in TABLE.splitlines()[2:]:
        if line.strip():
            method, path, *codes = line.split()
            assert len(codes) == len(CALLERS), line
            found[f"{method} {path}"] = dict(zip(CALLERS, map(int, codes), strict=True))
    return found
