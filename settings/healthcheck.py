"""Ask the web server of this container whether it is alive: `python -m settings.healthcheck`."""

import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from settings import env


def alive() -> bool:
    """Tell whether /health/ answers 200 to a request for the shop's own host."""
    connection = HTTPConnection("127.0.0.1", env.PORT, timeout=4)
    try:
        connection.request("GET", "/health/", headers={"Host": urlsplit(env.BASE_URL).netloc})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if alive() else 1)
