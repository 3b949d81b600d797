/** What to type where not even an API server is there. The times are those of two cores. */
export function offer(missing: readonly string[]): string {
  const some = `npm run tools -- ${missing.join(' ')}`
  return `The demo runs on a real API server, and on a real node if you are root on Linux.
It needs ${missing.join(', ')}. Build them from their sources, once; you need Go (https://go.dev/doc/install):

  ${some}    about 5 minutes, for a demo without builds
  ${'npm run tools'.padEnd(some.length)}    about 30 minutes, for the whole demo with real builds, and every test

All of it takes up to 20 GB of disk, most of it in the caches of Go. Then type: npm run demo
`
}
