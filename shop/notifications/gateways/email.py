"""Email through Django's mail settings, with SMTP's refusals turned into Outcomes."""

import logging
import smtplib
from email.utils import parseaddr

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from shop.notifications.gateways.interface import Outcome, refused, retry, sent, unknown

logger = logging.getLogger(__name__)


class EmailGateway:
    """Send one plain-text email a call."""

    def __init__(self, *, sender: str) -> None:
        self._sender = sender

    def send(
        self, *, recipient: str, subject: str, body: str, reference: str, way_out: str = ""
    ) -> Outcome:
        """Hand the email over.

        A second send of the same message carries the same Message-ID, so that mailboxes which
        look at it show the email once. A way out is named as RFC 8058 asks for.
        """
        domain = parseaddr(self._sender)[1].rpartition("@")[2] or "localhost"
        message_id = f"<{reference}@{domain}>"
        headers = {"Message-ID": message_id}
        if way_out:
            headers["List-Unsubscribe"] = f"<{way_out}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message = EmailMessage(subject, body, self._sender, [recipient], headers=headers)
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            return retry(f"The mail server could not be used: {_words(error)}")
        try:
            return _hand_over(connection, message, message_id)
        finally:
            _close(connection)


def _hand_over(connection: BaseEmailBackend, message: EmailMessage, message_id: str) -> Outcome:
    try:
        taken = connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _answered(code, words)
    except smtplib.SMTPResponseException as error:
        return _answered(error.smtp_code, error.smtp_error)
    except (ValueError, smtplib.SMTPNotSupportedError) as error:
        return refused(f"The email could not be written: {_words(error)}")
    except (smtplib.SMTPException, OSError) as error:
        # Some of these happen before the text left; nothing here says which.
        return unknown(f"The connection to the mail server broke: {_words(error)}")
    # Console and memory backends count, file backends count; SMTP counts what it handed over.
    return sent(provider_id=message_id) if taken else refused("The address cannot be written to")


def _answered(code: int, words: bytes | str) -> Outcome:
    """Read a refusal: 4xx is for now, 5xx for good (RFC 5321, section 4.2.1)."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    reason = f"The mail server refused it ({code} {' '.join(text.split())})"
    return retry(reason, str(code)) if 400 <= code < 500 else refused(reason, str(code))


def _close(connection: BaseEmailBackend) -> None:
    """Say goodbye; the verdict on the email stands whatever the server makes of that."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.info("The mail server hung up without a goodbye", exc_info=True)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:150] or type(error).__name__
