"""What a customer may have, as numbers and answers."""

MOST_ADDRESSES = 20
MOST_WISHES = 200

# What counts while a person has not been asked. Messages about an order belong to the sale;
# offers need a yes (Kenya's Data Protection (General) Regulations 2021, regulations 14 and 15).
UNASKED = {
    "order_sms": True,
    "order_email": True,
    "marketing_sms": False,
    "marketing_email": False,
}
MARKETING = ("marketing_sms", "marketing_email")
