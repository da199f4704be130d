"""Print SMS for a shop that has no provider yet."""

import sys

from shop.notifications.gateways.interface import Outcome, sent
from shop.notifications.rules import sms_length


class ConsoleGateway:
    """Print each SMS to the worker's console as a phone would show it."""

    def send(
        self, *, recipient: str, subject: str, body: str, reference: str, way_out: str = ""
    ) -> Outcome:
        """Print the message; nothing leaves this machine."""
        length = sms_length(body)
        size = f"{length.characters} characters, {length.encoding}, parts: {length.parts}"
        rows = "\n".join(f"  | {row}" for row in body.splitlines())
        # One write, so that the lines of two workers do not mix.
        sys.stdout.write(
            f"\n  +-- SMS to {recipient} ({size}; printed, no provider is set up)\n{rows}\n  +--\n"
        )
        sys.stdout.flush()
        return sent(provider_id="console")
