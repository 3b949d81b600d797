/** What to run if the servers are missing. The times are for two cores. */
export function offer(missing: readonly string[]): string {
  const some = `npm run tools -- ${missing.join(' ')}`
  return `The demo runs on a real API server, and on a real node if you are root on Linux.
It needs ${missing.join(', ')}. Build them from source once, with Go (https://go.dev/doc/install):

  ${some}    about 5 minutes, for a demo without builds
  ${'npm run tools'.padEnd(some.length)}    about 30 minutes, for the whole demo with real builds, and every test

All tools take up to 20 GB of disk, most of it for the caches of Go. Then run: npm run demo
`
}
