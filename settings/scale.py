"""Settings of a shop that has outgrown one machine: each is off while its name is unset."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from settings import env


def databases() -> dict[str, dict[str, Any]]:
    """Return the database, and the replica that follows it where DATABASE_REPLICA_URL names one."""
    found = {"default": pooled(env.database())}
    if env.DATABASE_REPLICA_URL:
        replica = pooled(env.database(env.DATABASE_REPLICA_URL))
        found["replica"] = {**replica, "TEST": {"MIRROR": "default"}}
    return found


def pooled(config: dict[str, Any]) -> dict[str, Any]:
    """Share at most DATABASE_POOL connections among the threads of a process."""
    if not env.DATABASE_POOL or config["ENGINE"].endswith("sqlite3"):
        return config
    pool = {"min_size": 1, "max_size": env.DATABASE_POOL, "timeout": 10}
    # The pool keeps connections open; Django's own keeping would hold them back from it.
    return {**config, "CONN_MAX_AGE": 0, "OPTIONS": {**config["OPTIONS"], "pool": pool}}


def redis_cache(prefix: str, *, meanwhile: str) -> dict[str, Any]:
    """Return Django's settings of a cache in REDIS_URL; `meanwhile` stands in while it is gone."""
    return {
        "BACKEND": "shop.core.patient_redis.PatientRedisCache",
        "LOCATION": env.REDIS_URL,
        "KEY_PREFIX": prefix,
        "OPTIONS": {"meanwhile": meanwhile, "socket_connect_timeout": 1.0, "socket_timeout": 2.0},
    }


def media_storage() -> dict[str, Any]:
    """Return where uploaded files are kept: a folder, or a bucket for MEDIA_STORAGE_URL.

    s3://KEY:SECRET@BUCKET?endpoint=https://host&region=...&public=https://cdn.host&prefix=media
    Key and secret may be left out where the machine itself is allowed in; `public` is where
    browsers fetch the files; without it addresses are signed and last an hour.
    """
    if not env.MEDIA_STORAGE_URL:
        return {"BACKEND": "shop.core.storage.WholeFileStorage"}
    address = urlsplit(env.MEDIA_STORAGE_URL)
    words = {name: values[-1] for name, values in parse_qs(address.query).items()}
    options: dict[str, Any] = {
        "bucket_name": address.hostname,
        "location": words.get("prefix", "media"),
        "file_overwrite": False,
        "default_acl": None,  # the bucket says who may read
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        "addressing_style": "path" if "endpoint" in words else "auto",
    }
    if address.username:
        options["access_key"] = unquote(address.username)
        options["secret_key"] = unquote(address.password or "")
    for name, option in (("endpoint", "endpoint_url"), ("region", "region_name")):
        if name in words:
            options[option] = words[name]
    if "public" in words:
        public = urlsplit(words["public"])
        options["custom_domain"] = f"{public.netloc}{public.path}".rstrip("/")
        options["url_protocol"] = f"{public.scheme}:"
    return {"BACKEND": "shop.core.bucket.BucketStorage", "OPTIONS": options}


def media_origins() -> list[str]:
    """Return the origins from which browsers fetch pictures beyond the shop's own."""
    if not env.MEDIA_STORAGE_URL:
        return []
    address = urlsplit(env.MEDIA_STORAGE_URL)
    words = parse_qs(address.query)
    named = words.get("public") or words.get("endpoint")
    if named:
        return ["://".join(urlsplit(named[-1])[:2])]
    return [f"https://{address.hostname}.s3.amazonaws.com"]


def frontend_cache() -> dict[str, dict[str, Any]]:
    """Return which cache in front of the shop is told of changes (CDN_PURGE_URL).

    http(s)://host: anything that takes PURGE requests, such as Varnish; cloudflare://TOKEN@ZONE;
    cloudfront://DISTRIBUTION.
    """
    if not env.CDN_PURGE_URL:
        return {}
    address = urlsplit(env.CDN_PURGE_URL)
    backends = "wagtail.contrib.frontend_cache.backends"
    if address.scheme == "cloudflare":
        chosen: dict[str, Any] = {
            "BACKEND": f"{backends}.CloudflareBackend",
            "BEARER_TOKEN": unquote(address.username or ""),
            "ZONEID": address.hostname,
        }
    elif address.scheme == "cloudfront":
        chosen = {
            "BACKEND": f"{backends}.CloudfrontBackend",
            "DISTRIBUTION_ID": address.netloc,
        }
    else:
        chosen = {"BACKEND": f"{backends}.HTTPBackend", "LOCATION": env.CDN_PURGE_URL}
    return {"default": chosen}
