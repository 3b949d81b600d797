import type { Start } from '../controller/measure-ten-thousand.ts'
import { table } from '../table.ts'
import type { ChurnResult } from './measure-churn.ts'
import type { IdleResult } from './measure-idle.ts'
import type { Change, RepositoryResult } from './measure-repository.ts'
import type { Fleet } from './repository.ts'

export interface FleetResults {
  readonly fleet: Fleet
  readonly repository: RepositoryResult
  readonly idle: IdleResult
  readonly churn: ChurnResult
}

/** docs/benchmarks-fleet.md: what was measured, in words and tables. */
export function fleetPage({ fleet, repository, idle, churn }: FleetResults, machine: string): string {
  const { clusters, builders } = fleet
  const { renderSeconds, checkSeconds, changed, rolled } = repository
  return `# Benchmarks of a fleet

Written by \`npm run bench:fleet\`; do not edit. Measured on ${machine}.

${clusters} clusters with ${thousands(builders)} builders each, ${thousands(clusters * builders)} in all. [Scale](scale.md) explains what to do with these figures.

## In CI

One Git repository has a package for each cluster, with ten templates. Each step runs \`render-buildkit\` for one package after the other.
The change gives one template more cache, which rolls a tenth of the builders.

${table(
  ['', 'render', 'check', '`git diff`', 'lines of the diff', '`git push`'],
  [
    [`all ${clusters} packages, for the first time`, sec(renderSeconds), sec(checkSeconds), '', '', ''],
    changeRow('one package, after the change', changed),
    changeRow(`the other ${clusters - 1} packages, after the change`, rolled),
  ],
)}
${idleSection(fleet, idle)}## ${thousands(churn.builders)} builders in one cluster

${table(
  ['', 'synced', 'all status right', 'status writes', 'peak memory', 'longest block'],
  [startRow('first start', churn.first), startRow('second start', churn.second)],
)}
Then Pods became unready and ready again for ${churn.minutes} minutes, 16 at once, as fast as the API server took it. Each change clears or publishes an
endpoint.

${table(
  ['changes', 'per second', 'report to status, median', 'p99', 'peak memory', 'CPU'],
  [
    [
      thousands(churn.changes),
      rate(churn.changes / churn.minutes / 60),
      ms(churn.medianMilliseconds),
      ms(churn.p99Milliseconds),
      mb(churn.peakMegabytes),
      cores(churn.cpuSeconds / churn.minutes),
    ],
  ],
)}`
}

function idleSection({ clusters }: Fleet, idle: IdleResult): string {
  const [requests, cpu] = [idle.requests / idle.minutes, idle.cpuSeconds / idle.minutes]
  const row = (name: string, count: number) => [
    name,
    rate(requests * count),
    cores(cpu * count),
    mb(idle.residentMegabytes * count),
  ]
  return `## Controllers that have nothing to do

One controller in each cluster, as its leader, for ${idle.minutes} minutes. Requests are those for its Lease and its watches.

${table(['', 'requests per minute', 'CPU', 'memory'], [row('one controller', 1), row(`all ${clusters}`, clusters)])}
`
}

function changeRow(name: string, change: Change): readonly string[] {
  const { renderSeconds, checkSeconds, diffSeconds, diffLines, pushedBytes } = change
  const size = `${(pushedBytes / 1e6).toFixed(2)} MB`
  return [name, sec(renderSeconds), sec(checkSeconds), sec(diffSeconds), thousands(diffLines), size]
}

function startRow(name: string, start: Start): readonly string[] {
  const { syncedSeconds, settledSeconds, writes, peakMegabytes, blockedMilliseconds } = start
  return [name, sec(syncedSeconds), sec(settledSeconds), thousands(writes), mb(peakMegabytes), ms(blockedMilliseconds)]
}

function sec(seconds: number): string {
  return `${seconds.toFixed(1)} s`
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`
}

function mb(megabytes: number): string {
  return `${megabytes.toFixed(0)} MB`
}

function rate(value: number): string {
  return value.toFixed(1)
}

/** CPU time per minute, as a share of a core. */
function cores(secondsPerMinute: number): string {
  return `${(secondsPerMinute / 60).toFixed(3)} cores`
}

function thousands(count: number): string {
  return count.toLocaleString('en')
}
