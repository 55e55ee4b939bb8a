# `make` lists the verbs.

export CTL_GOCTL ?= $(CURDIR)/target/tools/goctl
# With the tools in place nothing is skipped: a test that cannot run fails.
ALL := CTL_NO_SKIP=1 cargo test --no-fail-fast
STEP := @./tools/step

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

.PHONY: build
build: ## the release binary, target/release/ctl
	cargo build --release

.PHONY: man
man: ## a man page for every command, target/man/ctl*.1
	cargo run --quiet --example man
	@ls target/man

.PHONY: quick
quick: ## cargo test: needs Rust alone; what needs other tools says that it was skipped
	cargo test

.PHONY: test
test: tools ## all that CI runs: tools, formatting, lints, every test with the real tools
	$(STEP) formatting cargo fmt --check
	$(STEP) lints cargo clippy --quiet --all-targets -- -D warnings
	$(STEP) tests env $(ALL)

.PHONY: review
review: ## accept the snapshots that changed, and show the difference
	INSTA_UPDATE=always cargo test --quiet --test generate --test templates --test sql_constructs --test proto_language
	git status --short tests/snapshots tests/sql tests/proto docs
	git diff --patch tests/snapshots tests/sql tests/proto docs

.PHONY: deploy
deploy: tools ## Dockerfiles and manifests: read by the tools that check such, images built and run
	$(STEP) deploy env $(ALL) --test dockerfiles --test manifests --test shop --test images

.PHONY: example
example: tools ## what examples/shop/generate.sh makes, and the difference
	cargo build --quiet
	rm -f examples/shop/.dockerignore
	PATH="$(CURDIR)/target/debug:$(CURDIR)/target/tools:$$PATH" HOME=/nonexistent ./examples/shop/generate.sh
	git status --short examples/shop
	git diff --patch examples/shop

.PHONY: golang
golang: tools ## compile, vet, test and run all generated Go
	$(STEP) golang env $(ALL) --test golang --test service

.PHONY: parity
parity: tools ## everything that is generated and formatted against goctl and gofmt, and a table of it
	@rm -rf target/tmp/parity-table
	$(STEP) parity env $(ALL) --test parity --test sql_constructs --test api_format_parity --test goctl_corpus --test gofmt; code=$$?; \
	echo; cat target/tmp/parity-table/*; exit $$code

.PHONY: bench
bench: tools ## speed, memory, size: against cp -r, against goctl, an empty program
	cargo bench --quiet

.PHONY: fuzz
fuzz: ## the fuzz targets, a minute each: needs nightly Rust and cargo-fuzz
	$(STEP) fuzz ./tools/fuzz

.PHONY: tools
tools: ## install what the tests need and this machine lacks
	$(STEP) tools ./tools/install
