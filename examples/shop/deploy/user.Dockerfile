# Go runs on the machine that builds, and compiles for the one that the image is for.
FROM --platform=$BUILDPLATFORM golang:1.25.0-alpine AS builder
LABEL stage=gobuilder

# Where modules come from: docker build --build-arg GOPROXY=https://… --build-arg GOPRIVATE=git.example.com
ARG GOPROXY
# It has names of hosts, no secret.
# hadolint ignore=DL3064
ARG GOPRIVATE
ENV CGO_ENABLED=0
WORKDIR /build

# Modules that no proxy has are fetched with git. Its version is that of the image's own release.
# hadolint ignore=DL3018
RUN if [ -n "$GOPRIVATE" ] && ! command -v git >/dev/null; then apk add --no-cache git; fi

# Modules are downloaded again only when these files change.
# Those behind a login: docker build --secret id=netrc,src=$HOME/.netrc
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=secret,id=netrc,target=/root/.netrc \
    go mod download

COPY . /build/
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=secret,id=netrc,target=/root/.netrc \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags='-s -w' -o /app/shop-user ./user

FROM scratch
LABEL org.opencontainers.image.title="shop-user"
COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
WORKDIR /app
COPY --from=builder /app/shop-user ./
# The program can read it, whatever its mode is here.
COPY --chown=65532:65532 user/etc ./etc/
EXPOSE 8080
# A number, so that Kubernetes can see that it is not root.
USER 65532:65532
CMD ["./shop-user", "-f", "etc/user.yaml"]
