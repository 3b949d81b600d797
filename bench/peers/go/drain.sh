say() { echo "drain: $1" 2>/dev/null >/proc/1/fd/2 || :; }
connected() {
  for table in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$table" ] || continue
    while read -r _ local _ state _; do
      case "$local $state" in *:HEX_PORT\ 01) return 0 ;; esac
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
