"""Stands where a provider is missing, so that messages wait in sight instead of vanishing."""

from shop.notifications.gateways.interface import Outcome, refused


class UnconfiguredGateway:
    """Refuse every SMS and say what is missing."""

    def send(
        self, *, recipient: str, subject: str, body: str, reference: str, way_out: str = ""
    ) -> Outcome:
        """Refuse: staff can send it again once a provider is set up."""
        return refused(
            "No SMS provider is set up: AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY are"
            " empty",
            "unconfigured",
        )
