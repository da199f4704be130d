"""What can be said of a request to the outside world that got no answer."""

import requests
from requests.exceptions import ConnectTimeout, ProxyError, SSLError
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError


def never_left(error: requests.RequestException) -> bool:
    """Tell a request that never left from one whose answer was lost."""
    if isinstance(error, ConnectTimeout | ProxyError | SSLError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)
