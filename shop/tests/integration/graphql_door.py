"""How tests talk GraphQL."""

import json

GRAPHQL = "/api/graphql/"


def send(client, query, status=200, *, name=None, headers=None, **variables):
    """Return the whole answer."""
    body = {"query": query, "variables": variables, "operationName": name}
    answer = client.post(
        GRAPHQL, json.dumps(body), content_type="application/json", headers=headers or {}
    )
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def data(client, query, **more):
    """Return what was asked for; nothing may have gone wrong."""
    answer = send(client, query, **more)
    assert "errors" not in answer, answer
    return answer["data"]


def refusals(client, query, status=200, **more):
    """Return place and code of everything that was refused."""
    answer = send(client, query, status, **more)
    told = [error["extensions"] for error in answer["errors"]]
    assert all(error.keys() == {"type", "errors", "status"} for error in told), answer
    return [(each["attr"], each["code"]) for error in told for each in error["errors"]]
