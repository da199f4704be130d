"""The API in GraphQL: the same readings, actions and rights as /api/v2/, one address."""
