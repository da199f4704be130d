# The shop's image: web server and worker are the same image with another command.

FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /opt/duka
COPY requirements.txt /tmp/requirements.txt
# Everything comes as a ready-made wheel, or the build stops: no compiler is needed anywhere.
RUN pip --python /opt/duka/bin/python install --require-hashes --only-binary :all: -r /tmp/requirements.txt \
    && /opt/duka/bin/python -m compileall -q /opt/duka/lib
WORKDIR /srv/duka
COPY . .
# The key serves this one command and stays out of the image.
RUN SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost VAR_DIR=/tmp/var \
    DJANGO_SETTINGS_MODULE=settings.production \
    /opt/duka/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.12-slim-bookworm
ENV PATH=/opt/duka/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=settings.production \
    HOST=0.0.0.0 \
    PORT=8000 \
    VAR_DIR=/var/lib/duka
RUN groupadd --system --gid 10001 duka \
    && useradd --system --uid 10001 --gid duka --home-dir /var/lib/duka --shell /usr/sbin/nologin duka \
    && install -d -o duka -g duka /var/lib/duka
COPY --from=build /opt/duka /opt/duka
COPY --from=build /srv/duka /srv/duka
WORKDIR /srv/duka
USER 10001:10001
VOLUME /var/lib/duka
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "settings.healthcheck"]
CMD ["python", "-m", "gunicorn", "--config", "settings/gunicorn.py"]
