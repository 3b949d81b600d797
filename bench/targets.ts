import { BARE, EXECUTABLE, FLOOR, GO, HELM, HELP, OURS, RICH, VERSION } from './contenders.ts'
import type { Size } from './measure-size.ts'
import type { Summary } from './summary.ts'

export interface Target {
  readonly claim: string
  readonly wanted: string
  readonly measured: string
  readonly isMet: boolean
}

/**
 * The targets, judged by the fastest runs, which other work on the machine has disturbed least; those against a peer that this
 * machine lacks are left out.
 */
export function targetsOf(one: Size, thousand: Size, tenThousand: Size): Target[] {
  const ours = summary(tenThousand, OURS)
  const richer = summary(thousand, RICH).fastestSeconds / summary(thousand, OURS).fastestSeconds
  return [
    startTarget(one, OURS, 25),
    startTarget(one, VERSION, 10),
    startTarget(one, HELP, 10),
    ...executableTarget(one),
    ...peerTargets(thousand, 5),
    ...peerTargets(tenThousand, 10),
    atMost('peak memory, 10,000 Buildkits', ours.peakMegabytes, { most: 300, unit: 'MB' }),
    atMost('time for 10,000 over time for 1,000', ours.fastestSeconds / summary(thousand, OURS).fastestSeconds, {
      most: 10,
      unit: '×',
    }),
    atMost('with claims and patches over without, 1,000 Buildkits', richer, { most: 1.5, unit: '×' }),
    atMost('time over the floor, 10,000 Buildkits', ours.fastestSeconds / summary(tenThousand, FLOOR).fastestSeconds, {
      most: 3,
      unit: '×',
    }),
  ]
}

function startTarget(one: Size, name: string, most: number): Target {
  const start = 1000 * (summary(one, name).fastestSeconds - summary(one, BARE).fastestSeconds)
  const what = name === OURS ? '1 Buildkit' : name
  return atMost(`${what}, over ${BARE}`, start, { most, unit: 'ms' })
}

function executableTarget(one: Size): readonly Target[] {
  const [executable, helm] = [one.summaries.get(EXECUTABLE), one.summaries.get(HELM)]
  if (!executable || !helm) return []
  const ratio = executable.fastestSeconds / helm.fastestSeconds
  return [atMost(`${EXECUTABLE} over ${HELM}, 1 Buildkit`, ratio, { most: 1, unit: '×' })]
}

function peerTargets(size: Size, timesFasterThanGo: number): Target[] {
  const wanted = [
    [GO, timesFasterThanGo],
    [HELM, 1],
  ] as const
  return wanted.flatMap(([name, least]) => {
    const peer = size.summaries.get(name)
    if (!peer) return []
    const ratio = peer.fastestSeconds / summary(size, OURS).fastestSeconds
    const claim = `faster than ${name}, ${size.count.toLocaleString('en')} Buildkits`
    return [{ claim, wanted: `≥ ${least} ×`, measured: `${ratio.toFixed(1)} ×`, isMet: ratio >= least }]
  })
}

function atMost(claim: string, value: number, { most, unit }: { most: number; unit: string }): Target {
  const digits = unit === '×' ? 1 : 0
  return { claim, wanted: `≤ ${most} ${unit}`, measured: `${value.toFixed(digits)} ${unit}`, isMet: value <= most }
}

export function summary({ summaries }: Size, name: string): Summary {
  return summaries.get(name) as Summary
}
