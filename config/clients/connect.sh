#!/usr/bin/env bash
# Creates a buildx builder from Buildkits, one for each architecture, and returns when all of them answer.
#
# BUILDKITS    names, separated by spaces, commas or lines; `shop-arm64=linux/arm64` is built for that platform alone
# NAMESPACE    their namespace; that of the kubeconfig if not set
# REPLICAS     to which replicas of each: "one", at its endpoint, if not set; "by-key", one for each key; or "all", as nodes of one builder
# REPLICA_KEY  what shares a cache, with by-key and all; if not set, the repository in GitHub and GitLab
# BUILDER      name of the builder for buildx; "buildkit" if not set
# TLS_SECRET   Secret in that namespace with ca.crt, tls.crt and tls.key of the client
# TLS_FOLDER   folder with these files, instead of the Secret
# TIMEOUT      seconds for all of it; 300 if not set
#
# Needs kubectl, docker with buildx, sha256sum with by-key and all, and the permission to get Buildkits and the Secret. docs/connect.md explains it.
set -euo pipefail

BUILDKITS=${BUILDKITS:-}
REPLICAS=${REPLICAS:-one}
BUILDER=${BUILDER:-buildkit}
TIMEOUT=${TIMEOUT:-300}
buildkits=()
read -r -d '' -a buildkits <<<"${BUILDKITS//,/ }" || true
endpoints=() nodes=()
# No endpoint is empty.
unreachable=',,' error='' certificates=''

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

main() {
  check_settings
  while true; do
    wait_for_endpoints
    create_builder
    connect
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
  check_replicas
  [[ $BUILDER =~ ^[A-Za-z][-_.A-Za-z0-9]*$ ]] || fail "BUILDER must be a name that begins with a letter, got \"$BUILDER\""
  [[ $TIMEOUT =~ ^[0-9]+$ ]] || fail "TIMEOUT must be a number of seconds, got \"$TIMEOUT\""
  [ -z "${TLS_SECRET:-}" ] || [ -z "${TLS_FOLDER:-}" ] || fail 'TLS_SECRET and TLS_FOLDER cannot be set together'
}

check_replicas() {
  case $REPLICAS in
    one) [ -z "${REPLICA_KEY:-}" ] || fail "REPLICAS must be by-key or all with REPLICA_KEY, got \"one\"" ;;
    by-key | all)
      REPLICA_KEY=${REPLICA_KEY:-${GITHUB_REPOSITORY:-${CI_PROJECT_PATH:-}}}
      [ -n "$REPLICA_KEY" ] || fail "REPLICA_KEY must be what shares a cache, such as the name of a repository, got none"
      ;;
    *) fail "REPLICAS must be one, by-key or all, got \"$REPLICAS\"" ;;
  esac
}

is_over() { [ "$SECONDS" -ge "$TIMEOUT" ]; }

in_namespace() { kubectl "$@" ${NAMESPACE:+--namespace="$NAMESPACE"} --request-timeout=10s 2>&1; }

# The value after `KEY=` at the beginning of a line.
value_of() { sed -n "s/^$1=//p" <<<"$2" | head -n 1; }

wait_for_endpoints() {
  local reported='' missing each
  while true; do
    missing='' endpoints=() nodes=()
    for each in "${buildkits[@]}"; do read_buildkit "$each"; done
    [ -n "$missing" ] || return 0
    ! is_over || fail "each Buildkit must have an endpoint within $TIMEOUT seconds, got none of:$missing"
    [ "$missing" = "$reported" ] || say "waiting for:$missing"
    reported=$missing
    sleep 2
  done
}

# Appends to `endpoints` and `nodes`, or to `missing`.
read_buildkit() {
  local name=${1%%=*} found listed ready chosen endpoint server_name platform=''
  local fields='{"\n"}endpoint=,{.status.endpoint},{.status.tlsServerName}'
  [ "$REPLICAS" = one ] || fields='{range .status.endpoints[*]}{"\n"}endpoint={.replica},{.address},{.tlsServerName}{end}'
  fields+='{"\n"}ready={range .status.conditions[?(@.type=="Ready")]}{.reason}: {.message}{end}'
  if ! found=$(in_namespace get "buildkits.buildkit.seatgeek.io/$name" --output="jsonpath=$fields"); then
    [[ ! $found =~ \((Forbidden|Unauthorized)\) ]] || fail "$found; grant \`get\` on buildkits, see docs/connect.md"
    missing+=$'\n'"  $name: $found"
    return
  fi
  # A message may have any lines.
  listed=$(sed -n 's/^endpoint=\([0-9]*,[^,]\)/\1/p' <<<"${found%%$'\n'ready=*}")
  if [ -z "$listed" ]; then
    ready=$(value_of ready "$found")
    missing+=$'\n'"  $name: ${ready:-"has no status yet; is the controller running?"}"
    return
  fi
  [[ $1 != *=* ]] || platform=${1#*=}
  choose "$listed"
  while IFS=, read -r _ endpoint server_name; do
    endpoints+=("$endpoint")
    nodes+=("$name,$platform,$endpoint,$server_name")
    # buildx takes a platform from a node when another one claims it.
    platform=''
  done <<<"$chosen"
}

# Sets `chosen` to those of the lines "replica,endpoint,server name" to connect to.
choose() {
  local others
  chosen=$1
  [ "$REPLICAS" != one ] || return 0
  # What could not be reached is left out until nothing else is listed.
  others=$(grep -vF "$unreachable" <<<"$1") || unreachable=',,'
  chosen=$(by_weight "${others:-$1}")
  [ "$REPLICAS" = all ] || chosen=${chosen%%$'\n'*}
}

# Rendezvous hashing: each replica has a weight for the key, and the heaviest comes first. A key stays until its replica is gone.
by_weight() {
  local line replica
  while IFS= read -r line; do
    replica=${line%%,*}
    printf '%s %s\n' "$(sha256sum <<<"${replica:-0} $REPLICA_KEY")" "$line"
  done <<<"$1" | LC_ALL=C sort -r | sed 's/.* //'
}

# buildx does not connect here, so that a builder that does not answer is no error yet.
create_builder() {
  remove_former
  local i name platform endpoint server_name arguments
  for i in "${!nodes[@]}"; do
    IFS=, read -r name platform endpoint server_name <<<"${nodes[i]}"
    arguments=(--name "$BUILDER" --driver remote)
    [ "$i" = 0 ] || arguments+=(--append)
    [ -z "$platform" ] || arguments+=(--platform "$platform")
    if [ -n "$server_name" ]; then
      [ -n "$certificates" ] || find_certificates "$name"
      arguments+=(--driver-opt "servername=$server_name" --driver-opt "cacert=$certificates/ca.crt")
      [ ! -e "$certificates/tls.crt" ] || arguments+=(--driver-opt "cert=$certificates/tls.crt" --driver-opt "key=$certificates/tls.key")
    fi
    docker buildx create "${arguments[@]}" "$endpoint" >/dev/null
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

# Sets `error`, to nothing if each builder answers, and appends to `unreachable`, lines ",endpoint,". `inspect` does not say why a builder does not
# answer; `du` does, and exits with 1.
connect() {
  local report running endpoint silent=''
  error=''
  report=$(docker buildx inspect --timeout 10s "$BUILDER" 2>&1) || { error=$report && return; }
  running=$(awk '$1 == "Endpoint:" { endpoint = $2 } $1 == "Status:" && $2 == "running" { print "," endpoint "," }' <<<"$report")
  for endpoint in "${endpoints[@]}"; do
    [[ $running == *",$endpoint,"* ]] || silent+=$'\n'",$endpoint,"
  done
  [ -n "$silent" ] || return 0
  # A builder that refuses a certificate closes the connection, often before buildx has read the reason.
  for _ in 1 2 3 4 5; do
    ! error=$(docker buildx du --builder "$BUILDER" --filter id=none 2>&1) || error='a builder did not answer, and now does: EOF' silent=''
    [[ $error == *'broken pipe'* ]] || break
  done
  unreachable+=$silent
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
