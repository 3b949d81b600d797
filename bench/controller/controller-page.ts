import { table } from '../table.ts'
import type { BurstResult } from './measure-burst.ts'
import type { FailoverResult } from './measure-failover.ts'
import type { OneResult } from './measure-one.ts'
import type { Start, TenThousandResult } from './measure-ten-thousand.ts'

export interface Results {
  readonly one: OneResult
  readonly bursts: readonly [BurstResult, BurstResult]
  /** 1,000 builders of three replicas. */
  readonly threeThousand: BurstResult
  /** What the requests of 1,000 builders take the API server without a controller. */
  readonly floorSeconds: number
  readonly failover: FailoverResult
  readonly tenThousand: TenThousandResult
}

/** docs/benchmarks-controller.md: the targets and what was measured. */
export function controllerPage(results: Results, machine: string): string {
  return `# Benchmarks of the controller

Written by \`npm run bench\`; do not edit. Measured on ${machine}.

The bundled controller, with the credentials of a Pod, against a real kube-apiserver and etcd on the same machine. The benchmark is
the engine that creates Pods and Buildkits, the kubelet that reports Pods ready, and the client that watches for endpoints.

## Targets

${targets(results)}
The requests alone: a client without a controller, which writes each endpoint right after the report, took the API server
${results.floorSeconds.toFixed(1)} s.

## Beside the operator

The Go operator that users come from (seatgeek/buildkit-operator) was measured separately, on a machine of the same kind. It also
creates the Pods; its times do not include the work of a kubelet.

${besideOperator(results)}
## 10,000 Buildkits and 10,000 Pods

${table(
  ['', 'synced', 'all status right', 'status writes', 'peak memory', 'longest block'],
  [startRow('first start', results.tenThousand.first), startRow('second start', results.tenThousand.second)],
)}`
}

function targets({ one, bursts, threeThousand, floorSeconds, failover, tenThousand }: Results): string {
  const [, thousand] = bursts
  const { first, second } = tenThousand
  const rows = [
    row('Pod ready to endpoint, one builder, median', one.medianMilliseconds, { most: 5, unit: 'ms' }),
    row('Pod ready to endpoint, one builder, p99', one.p99Milliseconds, { most: 100, unit: 'ms' }),
    row('1,000 Pods become ready: all endpoints', thousand.publishedSeconds, { most: 3, unit: 's' }),
    row('the same, compared with the requests alone', thousand.publishedSeconds / floorSeconds, {
      most: 1.2,
      unit: '×',
    }),
    row('status writes per builder, creation to endpoint', thousand.writesPerBuilder, { most: 2, unit: '' }),
    row('Events per builder', thousand.eventsPerBuilder, { most: 1, unit: '' }),
    row('reads for 1,000 builders beside the watches', thousand.reads, { most: 0, unit: '' }),
    ...replicaRows(thousand, threeThousand),
    row('10,000 + 10,000: synced', first.syncedSeconds, { most: 2.5, unit: 's' }),
    row('10,000 + 10,000: peak memory', Math.max(first.peakMegabytes, second.peakMegabytes), { most: 130, unit: 'MB' }),
    row('10,000 + 10,000: longest block of the event loop', first.blockedMilliseconds, { most: 100, unit: 'ms' }),
    row('10,000 + 10,000: status writes of a second start', second.writes, { most: 0, unit: '' }),
    row(`requests in ${one.idle.seconds} idle seconds`, one.idle.requests, { most: 0, unit: '' }),
    row(`CPU time in ${one.idle.seconds} idle seconds`, one.idle.cpuSeconds, { most: 0.6, unit: 's' }),
    row('idle memory', one.residentMegabytes, { most: 70, unit: 'MB' }),
    row('standby leads after SIGTERM', failover.afterTermSeconds, { most: 2, unit: 's' }),
    row('standby leads after SIGKILL', failover.afterKillSeconds, { most: 17.5, unit: 's' }),
  ]
  return table(['what', 'target', 'measured', ''], rows)
}

/** The API server takes the reports of 3,000 Pods one after the other: what counts is what the controller adds. */
function replicaRows(one: BurstResult, three: BurstResult): readonly (readonly string[])[] {
  const added = three.publishedSeconds - three.reportedSeconds
  return [
    row('1,000 × 3 replicas: all endpoints after the last Pod is ready', added, { most: 5, unit: 's' }),
    row('1,000 × 3 replicas: status writes per builder', three.writesPerBuilder, { most: 3, unit: '' }),
    row('1,000 × 3 replicas: peak memory over 1,000 × 1', three.peakMegabytes / one.peakMegabytes, {
      most: 1.5,
      unit: '×',
    }),
  ]
}

interface Limit {
  readonly most: number
  readonly unit: string
}

function row(what: string, measured: number, { most, unit }: Limit): readonly string[] {
  const text = `${Number(measured.toFixed(measured < 10 ? 2 : 0))} ${unit}`.trim()
  return [what, `≤ ${most} ${unit}`.trim(), text, measured <= most ? 'met' : 'missed']
}

function besideOperator({ one, bursts }: Results): string {
  const [hundred, thousand] = bursts
  return table(
    ['', 'buildkit-controller', 'operator'],
    [
      ['one builder: Pod ready to endpoint', `${one.medianMilliseconds.toFixed(1)} ms`, '28–52 ms'],
      ['status writes of one builder', '2', '7'],
      ['100 at once: last endpoint after', `${hundred.publishedSeconds.toFixed(1)} s`, '79 s'],
      ['100 at once: median', `${hundred.medianMilliseconds.toFixed(0)} ms`, '39 s'],
      [
        '1,000 at once: last endpoint after',
        `${thousand.publishedSeconds.toFixed(1)} s`,
        'more than 10 min (551 of 1,000)',
      ],
      ['1,000 at once: median', `${thousand.medianMilliseconds.toFixed(0)} ms`, '400 s'],
      ['1,000 at once: peak memory', `${thousand.peakMegabytes.toFixed(0)} MB`, '88 MB'],
    ],
  )
}

function startRow(name: string, start: Start): readonly string[] {
  return [
    name,
    `${start.syncedSeconds.toFixed(1)} s`,
    `${start.settledSeconds.toFixed(1)} s`,
    start.writes.toLocaleString('en'),
    `${start.peakMegabytes.toFixed(0)} MB`,
    `${start.blockedMilliseconds.toFixed(0)} ms`,
  ]
}
