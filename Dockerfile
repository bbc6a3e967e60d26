# The suite, the stand-in and the example shops, set up as in a checkout.
FROM python:3.13-slim-bookworm

ENV PLAYWRIGHT_BROWSERS_PATH=/opt/browsers
WORKDIR /suite
COPY . .
# The set-up installs the browser with its libraries, which takes root.
RUN python -m tools.bootstrap \
    && .venv/bin/pip install --no-cache-dir --no-deps . \
    && useradd --create-home --uid 1000 suite

# Chromium's sandbox is on for every user but root.
USER 1000
ENV PATH=/suite/.venv/bin:$PATH
WORKDIR /home/suite
CMD ["clover-redirects", "--help"]
