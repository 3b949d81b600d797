/**
 * A shell function that succeeds while a client is connected to `port`, in POSIX sh: connections are read from `/proc/net/tcp` and `tcp6`
 * (proc(5)), where 01 is ESTABLISHED and ports are hexadecimal.
 */
export function connectedFunction(port: number): string {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  return `connected() {
  for table in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$table" ] || continue
    while read -r _ local _ state _; do
      case "$local $state" in *:${hexPort}\\ 01) return 0 ;; esac
    done <"$table"
  done
  return 1
}
`
}

/**
 * The preStop script of a builder that listens on `port`: it ends when no client was connected for ten seconds, so that a builder that
 * is being stopped lets its last build finish (the kubelet cuts it off after the grace period). POSIX sh and `sleep` are all it needs. Its words
 * go to the container's standard error, where `kubectl logs` shows them. `drainingFile` is the one that it makes first, if there is one.
 */
export function drainScript(port: number, drainingFile?: string): string {
  return `say() { echo "drain: $1" 2>/dev/null >/proc/1/fd/2 || :; }
${connectedFunction(port)}${drainingFile === undefined ? '' : `touch ${drainingFile} || :\n`}say "waiting until no client has been connected for 10 seconds"
quiet=0
while [ "$quiet" -lt 10 ]; do
  if connected; then quiet=0; else quiet=$((quiet + 1)); fi
  sleep 1
done
say "no client left"
`
}
