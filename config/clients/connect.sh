#!/usr/bin/env bash
# Creates a buildx builder from Buildkits, one for each architecture, and returns when all of them answer.
#
# BUILDKITS    names, separated by spaces, commas or lines; `shop-arm64=linux/arm64` is built for that platform alone
# NAMESPACE    their namespace; that of the kubeconfig if not set
# BUILDER      name of the builder for buildx; "buildkit" if not set
# TLS_SECRET   Secret in that namespace with ca.crt, tls.crt and tls.key of the client
# TLS_FOLDER   folder with these files, instead of the Secret
# TIMEOUT      seconds for all of it; 300 if not set
#
# Needs kubectl, docker with buildx, and the permission to get Buildkits and the Secret. docs/connect.md explains it.
set -euo pipefail

BUILDKITS=${BUILDKITS:-}
BUILDER=${BUILDER:-buildkit}
TIMEOUT=${TIMEOUT:-300}
buildkits=()
read -r -d '' -a buildkits <<<"${BUILDKITS//,/ }" || true
endpoints=() server_names=()
certificates=''

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

main() {
  check_settings
  local error
  while true; do
    wait_for_endpoints
    create_builder
    error=$(why_not_connected)
    [ -n "$error" ] || break
    judge "$error"
    ! is_over || fail "builder \"$BUILDER\" must answer within $TIMEOUT seconds; last error: $error"
    say "cannot connect, reading the endpoints again: $error"
    sleep 2
  done
  say "builder \"$BUILDER\": ${endpoints[*]}"
}

check_settings() {
  local name='^[a-z0-9]([-.a-z0-9]*[a-z0-9])?(=[a-z0-9/]+)?$' each
  [ "${#buildkits[@]}" -gt 0 ] || fail 'BUILDKITS must have at least one name, got none'
  for each in "${buildkits[@]}"; do
    [[ $each =~ $name ]] || fail "BUILDKITS must be names such as shop or shop-arm64=linux/arm64, got \"$each\""
  done
  [[ $BUILDER =~ ^[A-Za-z][-_.A-Za-z0-9]*$ ]] || fail "BUILDER must be a name that begins with a letter, got \"$BUILDER\""
  [[ $TIMEOUT =~ ^[0-9]+$ ]] || fail "TIMEOUT must be a number of seconds, got \"$TIMEOUT\""
  [ -z "${TLS_SECRET:-}" ] || [ -z "${TLS_FOLDER:-}" ] || fail 'TLS_SECRET and TLS_FOLDER cannot be set together'
}

is_over() { [ "$SECONDS" -ge "$TIMEOUT" ]; }

in_namespace() { kubectl "$@" ${NAMESPACE:+--namespace="$NAMESPACE"} --request-timeout=10s 2>&1; }

# The value after `KEY=` at the beginning of a line.
value_of() { sed -n "s/^$1=//p" <<<"$2" | head -n 1; }

wait_for_endpoints() {
  local reported='' missing each
  while true; do
    missing='' endpoints=() server_names=()
    for each in "${buildkits[@]}"; do read_buildkit "${each%%=*}"; done
    [ -n "$missing" ] || return 0
    ! is_over || fail "each Buildkit must have an endpoint within $TIMEOUT seconds, got none of:$missing"
    [ "$missing" = "$reported" ] || say "waiting for:$missing"
    reported=$missing
    sleep 2
  done
}

# Appends to `endpoints` and `server_names`, or to `missing`.
read_buildkit() {
  local found endpoint ready
  local fields='{"\n"}endpoint={.status.endpoint}{"\n"}name={.status.tlsServerName}{"\n"}'
  fields+='ready={range .status.conditions[?(@.type=="Ready")]}{.reason}: {.message}{end}'
  if ! found=$(in_namespace get "buildkits.buildkit.seatgeek.io/$1" --output="jsonpath=$fields"); then
    [[ ! $found =~ \((Forbidden|Unauthorized)\) ]] || fail "$found; grant \`get\` on buildkits, see docs/connect.md"
    missing+=$'\n'"  $1: $found"
    return
  fi
  endpoint=$(value_of endpoint "$found")
  ready=$(value_of ready "$found")
  if [ -z "$endpoint" ]; then
    missing+=$'\n'"  $1: ${ready:-"has no status yet; is the controller running?"}"
    return
  fi
  endpoints+=("$endpoint")
  server_names+=("$(value_of name "$found")")
}

# buildx does not connect here, so that a builder that does not answer is no error yet.
create_builder() {
  remove_former
  local i arguments
  for i in "${!buildkits[@]}"; do
    arguments=(--name "$BUILDER" --driver remote)
    [ "$i" = 0 ] || arguments+=(--append)
    [[ ${buildkits[i]} != *=* ]] || arguments+=(--platform "${buildkits[i]#*=}")
    if [ -n "${server_names[i]}" ]; then
      [ -n "$certificates" ] || find_certificates "${buildkits[i]%%=*}"
      arguments+=(--driver-opt "servername=${server_names[i]}" --driver-opt "cacert=$certificates/ca.crt")
      [ ! -e "$certificates/tls.crt" ] || arguments+=(--driver-opt "cert=$certificates/tls.crt" --driver-opt "key=$certificates/tls.key")
    fi
    docker buildx create "${arguments[@]}" "${endpoints[i]}" >/dev/null
  done
}

# The builder of an earlier run. One of another driver has containers, which removing it would delete.
remove_former() {
  local former
  former=$(docker buildx inspect --timeout 1s "$BUILDER" 2>/dev/null) || return 0
  grep -q '^Driver: *remote$' <<<"$former" || fail "BUILDER must not be the name of a builder of another driver, got \"$BUILDER\""
  docker buildx rm "$BUILDER" >/dev/null 2>&1
}

# Sets `certificates` to a folder.
find_certificates() {
  if [ -n "${TLS_FOLDER:-}" ]; then
    certificates=$(cd "$TLS_FOLDER" && pwd) || fail "TLS_FOLDER must be a folder, got \"$TLS_FOLDER\""
  elif [ -n "${TLS_SECRET:-}" ]; then
    read_secret
  else
    fail "Buildkit \"$1\" serves TLS: set TLS_SECRET or TLS_FOLDER to the certificate of a client, see docs/connect.md"
  fi
  [ -s "$certificates/ca.crt" ] || fail "${TLS_SECRET:-$TLS_FOLDER} must have ca.crt, by which buildx verifies builders"
  [ ! -e "$certificates/tls.crt" ] || [ -e "$certificates/tls.key" ] || fail "${TLS_SECRET:-$TLS_FOLDER} must have tls.key beside tls.crt"
}

# GitHub's runner empties RUNNER_TEMP at the end of each job.
read_secret() {
  local found file value fields=''
  for file in ca.crt tls.crt tls.key; do fields+="{\"\\n\"}$file={.data.${file/./\\.}}"; done
  found=$(in_namespace get "secrets/$TLS_SECRET" --output="jsonpath=$fields") ||
    fail "TLS_SECRET must be a Secret that you can read, got \"$TLS_SECRET\": $found"
  certificates=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/buildkit.XXXXXX")
  for file in ca.crt tls.crt tls.key; do
    value=$(value_of "${file/./\\.}" "$found")
    [ -z "$value" ] || (umask 077 && base64 --decode <<<"$value" >"$certificates/$file")
  done
}

# Empty if each builder answers. `inspect` does not say why one does not; `du` does, and exits with 1.
why_not_connected() {
  local report
  report=$(docker buildx inspect --timeout 10s "$BUILDER" 2>&1) || { echo "$report" && return; }
  [ "$(grep -c '^Status: *running$' <<<"$report")" != "${#buildkits[@]}" ] || return 0
  # A builder that refuses a certificate closes the connection, often before buildx has read the reason.
  for _ in 1 2 3 4 5; do
    ! report=$(docker buildx du --builder "$BUILDER" --filter id=none 2>&1) || report='a builder did not answer, and now does: EOF'
    [[ $report == *'broken pipe'* ]] || break
  done
  echo "$report"
}

# Fails unless a builder could not be reached, which passes: its endpoint may just have moved.
judge() {
  local certificate='x509|certificate|tls: (handshake failure|unknown)'
  local connection='connection refused|timed out|timeout|deadline exceeded|unreachable|no route to host'
  connection+='|EOF|reset by peer|broken pipe|first record does not look like a TLS handshake'
  if grep -qiE "$certificate" <<<"$1"; then
    fail "$1; check that ca.crt is the CA of the builders, and that the certificate of the client is valid and signed by theirs"
  fi
  grep -qiE "$connection" <<<"$1" || fail "$1"
}

main
