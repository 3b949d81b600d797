import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { Pod } from '../../../fn/expand.ts'
import { type Item, listItem } from '../../../fn/item.ts'
import { decide } from '../../../fn/render.ts'
import { DEFAULT_CONFIG } from '../../../fn/render-config.ts'
import { KUBERNETES_RULES } from '../../../fn/rules/kubernetes/rules.ts'
import type { Answer } from '../../servers/api-request.ts'
import { needs } from '../../servers/binaries.ts'
import { type Cluster, startCluster } from '../../servers/cluster.ts'
import { type AnyBuilder, anyBuilder } from './any-builder.ts'
import { podManifest } from './pod-manifest.ts'
import { itemsOf } from './rules-broken.ts'

const PODS = '/api/v1/namespaces/default/pods?dryRun=All&fieldValidation=Strict'
const RUNS = { seed: 20_261_125, numRuns: 2000 }
const REFUSING = KUBERNETES_RULES.filter(({ cannotWork }) => cannotWork)

/** Which rule says what the API server warns of. */
const ANNOUNCEMENTS: readonly (readonly [warning: RegExp, rules: readonly string[]])[] = [
  [/fractional byte value/, ['BK509', 'BK510']],
  [/a null labelSelector results in matching no pod/, ['BK518', 'BK519']],
  [/deprecated since v1\.(9|14|17|22)|node-role\.kubernetes\.io\/control-plane/, ['BK521']],
  [/ is invalid, /, ['BK522']],
  [/non-functional in v1\.|deprecated since v1\.30/, ['BK535']],
  [/this is used in the Pod's hostname/, ['BK537']],
]

interface Judged {
  readonly pod: Pod
  /** The ids of the rules that are broken. */
  readonly broken: ReadonlySet<string>
}

/** What rendering says, and the Pod whatever it says; undefined where the schema already refuses the manifests. */
function judged(items: readonly Item[]): Judged | undefined {
  const { plan, results } = decide(items, DEFAULT_CONFIG)
  if (results.some(({ severity, tags }) => severity === 'error' && !tags?.rule)) return undefined
  const [wanted] = plan.wanted
  return wanted && { pod: wanted.pod, broken: new Set(results.flatMap(({ tags }) => tags?.rule ?? [])) }
}

function itemsOfBuilder({ template, buildkit }: AnyBuilder): readonly Item[] {
  const texts = [template, buildkit].map((object) => stringify(object, { aliasDuplicateObjects: false }).trimEnd())
  return texts.map((text) => listItem(`- ${text.replaceAll('\n', '\n  ')}\n`))
}

/** Where rendering and the API server disagree, in words. */
function disagreements({ broken }: Judged, { status, body, warnings }: Answer): readonly string[] {
  const refusals = REFUSING.filter(({ id }) => broken.has(id))
  if (status !== 201) return refusals.length > 0 ? [] : [`refused, and no rule said so: ${body.message}`]
  return [
    ...refusals.map(({ id }) => `accepted, and ${id} said that it would not be`),
    ...warnings.flatMap((warning) => {
      const rules = ANNOUNCEMENTS.find(([pattern]) => pattern.test(warning))?.[1] ?? []
      return rules.some((id) => broken.has(id)) ? [] : [`accepted with a warning that no rule announced: ${warning}`]
    }),
  ]
}

suite('rendering and a real API server', { skip: needs('etcd', 'kube-apiserver') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
    const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'builds' } }
    await cluster.request('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', { ...priorityClass, value: 1000 })
  })
  after(() => cluster.stop())

  const answerTo = (pod: Pod) => cluster.request('POST', PODS, podManifest(pod))

  test('agree on which Pods are accepted, refused and warned of', async (context) => {
    const start = performance.now()
    const counts = { accepted: 0, refused: 0, warned: 0 }
    const disagreementsOn = async (builder: AnyBuilder) => {
      const one = judged(itemsOfBuilder(builder))
      if (!one) return []
      const answer = await answerTo(one.pod)
      counts[answer.status === 201 ? 'accepted' : 'refused']++
      if (answer.warnings.length > 0) counts.warned++
      return disagreements(one, answer)
    }
    const found = await Promise.all(fc.sample(anyBuilder, RUNS).map(disagreementsOn))
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    context.diagnostic(`of ${RUNS.numRuns} builders ${JSON.stringify(counts)}, in ${seconds} s`)
    assert.ok(counts.accepted > 1000 && counts.refused > 300 && counts.warned > 100, JSON.stringify(counts))
    if (found.every(({ length }) => length === 0)) return
    // The same once more, one after the other: fast-check makes the first that fails smaller.
    const agreement = fc.asyncProperty(anyBuilder, async (one) => assert.deepEqual(await disagreementsOn(one), []))
    await fc.assert(agreement, RUNS)
  })

  for (const { id, what, example } of REFUSING) {
    test(`${id} is right about it: ${what}`, async () => {
      const statuses = [example.wrong, example.right].map(async (manifests) => {
        const one = judged(itemsOf(manifests))
        return one && (await answerTo(one.pod)).status
      })
      const [wrong = 0, right] = await Promise.all(statuses)
      assert.ok([413, 422].includes(wrong), `the API server answered ${wrong} to the wrong example`)
      assert.equal(right, 201)
    })
  }
})
