"""Tell a Sentry server of faults, where SENTRY_DSN names one; without it nothing is loaded."""

from typing import Any

from settings.masking import masked_tree
from shop.core.tracing import request_id

# Of a request: how and what was asked. No body, cookie, query, header or address of a person.
OF_A_REQUEST = ("method", "url")


def start(dsn: str, environment: str) -> bool:
    """Begin to report errors to `dsn`; tells whether it did.

    Reports hold neither variables nor people, and pass the same masks as the log.
    """
    if not dsn:
        return False
    # Loaded where it is wanted only: it costs a web process some memory.
    import sentry_sdk  # noqa: PLC0415
    from sentry_sdk.integrations.django import DjangoIntegration  # noqa: PLC0415

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=20,
        traces_sample_rate=0,
        send_client_reports=False,
        auto_session_tracking=False,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
        before_send=cleaned,
        shutdown_timeout=2,
    )
    return True


def cleaned(event: Any, hint: Any = None) -> Any:
    """Return a report without people and secrets, with the name of its request as a tag."""
    event.pop("user", None)
    asked = event.get("request", {})
    event["request"] = {name: asked[name] for name in OF_A_REQUEST if name in asked}
    if named := request_id.get():
        event["tags"] = {**event.get("tags", {}), "request_id": named}
    return masked_tree(event)
