# One image for web, worker and beat; what runs is the command. `docker build --target web` leaves Chromium out.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY . .
RUN script/build

FROM python:3.13-slim-bookworm AS web
RUN useradd --system --uid 10001 --create-home --home-dir /home/jobswipe jobswipe \
    && mkdir -p /data/media && chown -R jobswipe /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DEBUG=0 DATA_DIR=/data WHEELS_DIR=/app/wheels PORT=8000
USER 10001
VOLUME /data
EXPOSE 8000
# A proxy in front is trusted for who asks, so nobody else may reach this port (docs/operate).
CMD ["sh", "-c", "exec script/web --host 0.0.0.0 --port \"$PORT\""]

FROM web AS worker
USER 0
# Chromium in Debian's newest version: an old one is a hole, and it is what looks at pages of strangers.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver fonts-liberation tini \
    && rm -rf /var/lib/apt/lists/*
USER 10001
# tini reaps what a browser leaves behind.
ENTRYPOINT ["tini", "--"]
CMD ["celery", "--quiet", "-A", "jobswipe", "worker", "--loglevel", "info"]
