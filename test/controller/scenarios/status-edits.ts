import { setTimeout } from 'node:timers/promises'
import { eventually } from '../../harness/servers/eventually.ts'
import { bringUp, columns, podName } from '../../harness/servers/package.ts'
import type { Scenarios } from '../../harness/servers/stage.ts'

const pod = podName('b', 1)
const NO_DAY = '2026-01-01T00:00:00+99:99'
const then = '2020-01-01T00:00:00Z'
const other = { type: 'Other', status: 'True', reason: 'X', lastTransitionTime: then }

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Status = any

/** What somebody writes into the status of a builder that serves; the API server takes all of it. */
const EDITS: Readonly<Record<string, (status: Status) => object>> = {
  'a podSince with an invalid offset': () => ({ podSince: NO_DAY }),
  'a podSince with an invalid second': () => ({ podSince: '2026-01-01T23:59:59x1Z' }),
  'a podSince in the future': () => ({ podSince: '9999-12-31T23:59:59Z' }),
  'a podSince in the year 0': () => ({ podSince: '0000-01-01T00:00:00Z' }),
  'a foreign endpoint': () => ({ endpoint: 'tcp://6.6.6.6:1234' }),
  'an endpoint of 300 kB': () => ({ endpoint: 'x'.repeat(300_000) }),
  'a server name where there is none': () => ({ tlsServerName: 'evil.example.com' }),
  'a server name of 300 kB': () => ({ tlsServerName: 'x'.repeat(300_000) }),
  'another podName': () => ({ podName: podName('x', 1), podSince: then }),
  'nothing at all': () => ({
    observedGeneration: null,
    conditions: null,
    endpoint: null,
    podName: null,
    podSince: null,
  }),
  'conditions since a day that does not exist': ({ conditions }) => ({
    conditions: conditions.map((condition: object) => ({ ...condition, lastTransitionTime: NO_DAY })),
  }),
  'a foreign condition of 300 kB': ({ conditions }) => ({
    conditions: [{ ...other, message: 'x'.repeat(300_000) }, ...conditions],
  }),
  '500 conditions of somebody else': ({ conditions }) => ({
    conditions: [...conditions, ...Array.from({ length: 500 }, (_, index) => ({ ...other, type: `Other${index}` }))],
  }),
  'the largest number of failures': () => ({ failures: [{ podName: pod, count: 2 ** 31 - 1, lastTime: then }] }),
  'a negative number of failures': () => ({ failures: [{ podName: pod, count: -5, lastTime: then }] }),
  'failures on a day that does not exist': () => ({ failures: [{ podName: pod, count: 3, lastTime: NO_DAY }] }),
  'a future generation': () => ({ observedGeneration: Number.MAX_SAFE_INTEGER }),
  '5,000 references': () => ({
    resourceRefs: Array.from({ length: 5000 }, (_, index) => ({
      group: '',
      version: 'v1',
      kind: 'Pod',
      name: `x${index}`,
      namespace: 'x',
    })),
  }),
}

const terminated = { exitCode: 1, reason: 'Error', startedAt: then, finishedAt: then }
const container = { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: false }
const FAILED = { phase: 'Failed', containerStatuses: [{ ...container, state: { terminated } }] }

/** A difference of thousands of references would take the test longer to print than anything else. */
function essentialsOf({ podName: named, endpoint, tlsServerName, observedGeneration, ...rest }: Status) {
  const { resourceRefs = [], failures } = rest
  const refs = resourceRefs.slice(0, 2).map(({ name }: { readonly name: string }) => name)
  return { named, endpoint, tlsServerName, observedGeneration, refs, failures }
}

/** Whatever stands in a status: it is put right, and the builder is followed. */
export const STATUS_EDITS: Scenarios = Object.fromEntries(
  Object.entries(EDITS).map(([what, edit]) => [
    `${what} in a status`,
    async ({ createPackage }) => {
      const pkg = await createPackage()
      await bringUp(pkg, { buildkit: 'b', pod: pod, ip: '10.0.0.1' })
      const right = await pkg.status('b')
      await pkg.editStatus('b', edit(right))
      await setTimeout(500)
      const essentials = async () => essentialsOf(await pkg.status('b'))
      const expected = essentialsOf(right)
      // Failures that can be counted are forgiven after ten minutes.
      if (!what.includes('failures') || what.includes('no calendar')) await eventually(essentials, expected)
      await pkg.patchPodStatus(pod, FAILED)
      await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodFailed'])
    },
  ]),
)
