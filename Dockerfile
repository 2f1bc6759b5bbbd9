# Two stages: the first installs the pinned dependencies into a virtual environment, the second holds nothing else
# but that environment, the package and the data it serves from.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/prepost
COPY locks/serve.txt locks/serve.txt
RUN /opt/prepost/bin/python -m pip install --no-cache-dir --require-hashes -r locks/serve.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
RUN /opt/prepost/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --create-home --home-dir /var/lib/prepost prepost
COPY --from=build /opt/prepost /opt/prepost
COPY models /srv/prepost/models
COPY data/policy /srv/prepost/data/policy
COPY data/calendar /srv/prepost/data/calendar
COPY data/platforms /srv/prepost/data/platforms
COPY data/recovery /srv/prepost/data/recovery
COPY data/feedback.toml /srv/prepost/data/feedback.toml
WORKDIR /srv/prepost
ENV PATH=/opt/prepost/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PREPOST_MODELS_DIR=/srv/prepost/models \
    PREPOST_POLICY_DIR=/srv/prepost/data/policy \
    PREPOST_CALENDAR_DIR=/srv/prepost/data/calendar \
    PREPOST_PLATFORMS_DIR=/srv/prepost/data/platforms \
    PREPOST_RECOVERY_DIR=/srv/prepost/data/recovery \
    PREPOST_DATA_DIR=/var/lib/prepost
USER prepost
VOLUME /var/lib/prepost
EXPOSE 8000
# Reachable from outside the container only once an API key exists: see docs/operating.md.
HEALTHCHECK --interval=10s --timeout=2s --start-period=10s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["prepost"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
