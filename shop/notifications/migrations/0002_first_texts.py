"""The first words of the shop; editors change them in the admin."""

from django.db import migrations

CUSTOMER_EMAIL = """Dear {first_name},

%s

{lines}

{totals}

Order: {number}
Delivery: {delivery}
To: {place}
Payment: {payment}

You can see where your order stands at any time:
{link}

Warm regards,
{shop}
"""

STAFF_EMAIL = """%s

Order: {number}
From: {name}
Phone: {phone}
Email: {email}
To: {place}
Delivery: {delivery}
Payment: {payment}
Notes: {notes}

{lines}

{totals}

{admin_link}
"""

# event, channel, subject, text
TEXTS = [
    (
        "order_placed",
        "sms",
        "",
        "Thank you {first_name}! We have your order {number} for {total}. Follow it: {link} {shop}",
    ),
    (
        "order_placed",
        "email",
        "Thank you! We have your order {number}",
        CUSTOMER_EMAIL % "thank you for your order. This is what we have written down:",
    ),
    (
        "order_placed",
        "staff_email",
        "New order {number}: {total}",
        STAFF_EMAIL % "A new order has come in.",
    ),
    (
        "order_confirmed",
        "sms",
        "",
        "Good news {first_name}: your order {number} is confirmed and we are packing it. {shop}",
    ),
    (
        "order_confirmed",
        "email",
        "Your order {number} is confirmed",
        CUSTOMER_EMAIL % "good news: your order is confirmed and we are packing it.",
    ),
    (
        "order_shipped",
        "sms",
        "",
        "{first_name}, your order {number} is on its way. Please keep your phone near. {shop}",
    ),
    (
        "order_shipped",
        "email",
        "Your order {number} is on its way",
        CUSTOMER_EMAIL % "your order is on its way to you. Please keep your phone near.",
    ),
    (
        "order_delivered",
        "sms",
        "",
        "{first_name}, your order {number} has been delivered. Thank you for shopping with {shop}!",
    ),
    (
        "order_delivered",
        "email",
        "Your order {number} has been delivered",
        CUSTOMER_EMAIL % "your order has been delivered. We hope you enjoy it!",
    ),
    (
        "order_cancelled",
        "sms",
        "",
        "{first_name}, your order {number} has been cancelled. Questions? {link} {shop}",
    ),
    (
        "order_cancelled",
        "email",
        "Your order {number} has been cancelled",
        CUSTOMER_EMAIL % "your order has been cancelled. This is what it was:",
    ),
    (
        "order_cancelled",
        "staff_email",
        "Order {number} was cancelled",
        STAFF_EMAIL % "An order was cancelled; its stock is back.",
    ),
]


def write_texts(apps, schema_editor):
    template = apps.get_model("notifications", "MessageTemplate")
    for event, channel, subject, body in TEXTS:
        template.objects.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
