import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import type { Item } from '../../../fn/input/item.ts'
import { listItem } from '../../../fn/input/item-of-text.ts'
import { decide } from '../../../fn/output/render.ts'
import type { Wanted } from '../../../fn/render/plan.ts'
import { RULES } from '../../../fn/rules/book.ts'
import { exampleText } from '../../../fn/rules/example.ts'
import { emit } from '../../../fn/yaml/emit.ts'
import type { Answer } from '../../harness/servers/api-request.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { type CrdCluster, startCrdCluster } from '../../harness/servers/crd-cluster.ts'
import { type AnyBuilder, anyBuilder } from './any-builder.ts'
import { objectManifest, pathOf, podManifest } from './pod-manifest.ts'
import { itemsOf } from './rules-broken.ts'

const DRY_RUN = '?dryRun=All&fieldValidation=Strict'
const PODS = `/api/v1/namespaces/default/pods${DRY_RUN}`
const OURS = '/apis/buildkit.seatgeek.io/v1alpha1/namespaces/default'
const RUNS = { seed: 20_261_125, numRuns: 1500 }
const REFUSING = RULES.filter(({ chapter }) => chapter === 'pod').filter(({ cannotWork }) => cannotWork)

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
  readonly wanted: Wanted
  /** The ids of the rules that are broken. */
  readonly broken: ReadonlySet<string>
}

/** What rendering says, and the Pod whatever it says; undefined where the schema already refuses the manifests. */
function judged(items: readonly Item[]): Judged | undefined {
  const { plan, results } = decide(items, DEFAULT_CONFIG, { isAdvised: true })
  if (results.some(({ severity, rule }) => severity === 'error' && !rule)) return undefined
  const [wanted] = plan.wanted
  return wanted && { wanted, broken: new Set(results.flatMap(({ rule }) => rule?.id ?? [])) }
}

function itemsOfBuilder({ template, buildkit }: AnyBuilder): readonly Item[] {
  return [template, buildkit].map((object) => listItem(emit([object], 0)))
}

/** Where rendering and the API server disagree about a Pod and what it is made from, in words. */
function disagreements({ broken }: Judged, answers: readonly Answer[]): readonly string[] {
  const refusals = REFUSING.filter(({ id }) => broken.has(id))
  const refused = answers.filter(({ status }) => status !== 201)
  if (refused.length > 0 && refusals.length > 0) return []
  const warnings = answers.flatMap((answer) => answer.warnings)
  return [
    ...refused.map(({ body }) => `refused, and no rule said so: ${body.message}`),
    ...refusals.map(({ id }) => `accepted, and ${id} said that it would not be`),
    ...warnings.flatMap((warning) => {
      const rules = ANNOUNCEMENTS.find(([pattern]) => pattern.test(warning))?.[1] ?? []
      return rules.some((id) => broken.has(id)) ? [] : [`accepted with a warning that no rule announced: ${warning}`]
    }),
  ]
}

/** To all that a builder has. */
function answersToRendered({ request }: CrdCluster, { pods, beside }: Wanted): readonly Promise<Answer>[] {
  return [
    ...pods.map(({ pod }) => request('POST', PODS, podManifest(pod))),
    ...beside.map(({ contents }) => request('POST', `${pathOf(contents.kind)}${DRY_RUN}`, objectManifest(contents))),
  ]
}

function answersTo(
  cluster: CrdCluster,
  { template, buildkit }: AnyBuilder,
  wanted: Wanted,
): Promise<readonly Answer[]> {
  return Promise.all([
    ...answersToRendered(cluster, wanted),
    cluster.request('POST', `${OURS}/buildkittemplates${DRY_RUN}`, template),
    cluster.request('POST', `${OURS}/buildkits${DRY_RUN}`, buildkit),
  ])
}

suite('rendering and a real API server', { skip: needs('etcd', 'kube-apiserver') }, () => {
  let cluster: CrdCluster
  before(async () => {
    cluster = await startCrdCluster()
    const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'builds' } }
    await cluster.request('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', { ...priorityClass, value: 1000 })
  })
  after(() => cluster.stop())

  test('agree on which Pods, Buildkits and templates are accepted, refused and warned of', async (context) => {
    const start = performance.now()
    const counts = { accepted: 0, refused: 0, warned: 0 }
    const disagreementsOn = async (builder: AnyBuilder) => {
      const one = judged(itemsOfBuilder(builder))
      if (!one) return []
      const answers = await answersTo(cluster, builder, one.wanted)
      counts[answers.every(({ status }) => status === 201) ? 'accepted' : 'refused']++
      if (answers.some(({ warnings }) => warnings.length > 0)) counts.warned++
      return disagreements(one, answers)
    }
    const found = await Promise.all(fc.sample(anyBuilder, RUNS).map(disagreementsOn))
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    context.diagnostic(`of ${RUNS.numRuns} builders ${JSON.stringify(counts)}, in ${seconds} s`)
    assert.ok(counts.accepted > 800 && counts.refused > 300 && counts.warned > 100, JSON.stringify(counts))
    if (found.every(({ length }) => length === 0)) return
    // The same once more, one after the other: fast-check makes the first that fails smaller.
    const agreement = fc.asyncProperty(anyBuilder, async (one) => assert.deepEqual(await disagreementsOn(one), []))
    await fc.assert(agreement, RUNS)
  })

  for (const { id, text } of REFUSING) {
    const { what, example } = text()
    test(`${id} is right about it: ${what}`, async () => {
      const statuses = [example.wrong, example.right].map(exampleText).map(async (manifests) => {
        const one = judged(itemsOf(manifests))
        const answers = one ? await Promise.all(answersToRendered(cluster, one.wanted)) : []
        return Math.max(...answers.map(({ status }) => status))
      })
      const [wrong = 0, right] = await Promise.all(statuses)
      assert.ok([413, 422].includes(wrong), `the API server answered ${wrong} to the wrong example`)
      assert.equal(right, 201)
    })
  }
})
