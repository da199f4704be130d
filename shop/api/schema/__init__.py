"""The description of the API for programs (OpenAPI) and people (Swagger UI)."""
