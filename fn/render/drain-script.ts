/**
 * The preStop script of a builder that listens on `port`: it ends when no client was connected for ten seconds, so that a Pod that
 * is being deleted lets its last build finish (the kubelet cuts it off after the grace period). POSIX sh and `sleep` are all it
 * needs; connections are read from `/proc/net/tcp` and `tcp6` (proc(5)), where 01 is ESTABLISHED and ports are hexadecimal.
 * Its words go to the container's standard error, where `kubectl logs` shows them.
 */
export function drainScript(port: number): string {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  return `say() { echo "drain: $1" 2>/dev/null >/proc/1/fd/2 || :; }
connected() {
  for table in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$table" ] || continue
    while read -r _ local _ state _; do
      case "$local $state" in *:${hexPort}\\ 01) return 0 ;; esac
    done <"$table"
  done
  return 1
}
say "waiting until no client has been connected for 10 seconds"
quiet=0
while [ "$quiet" -lt 10 ]; do
  if connected; then quiet=0; else quiet=$((quiet + 1)); fi
  sleep 1
done
say "no client left"
`
}
