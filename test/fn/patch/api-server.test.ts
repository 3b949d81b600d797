import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { type Mapping, patched } from '../../../fn/patch/merge.ts'
import { type ApiRequest, apiRequests } from '../../harness/servers/api-request.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../harness/servers/cluster.ts'
import { privileged } from '../privileged-pod.ts'
import { PATCHES } from './patches.ts'

const POD_TEMPLATES = '/api/v1/namespaces/default/podtemplates'
const RUNS = { seed: 20_261_130, numRuns: 1000 }
const LISTS = ['containers', 'volumes', 'imagePullSecrets', 'hostAliases'] as const
const own: Mapping = { ...privileged, serviceAccountName: 'builder' }

const namesIn = (spec: Mapping, list: string, key: string) =>
  ((spec[list] ?? []) as readonly Mapping[]).filter((item) => !('$patch' in item)).map((item) => item[key])

/** A Pod into which some patches have been merged, and a patch of it, often with a directive. */
const pairs = fc
  .tuple(fc.subarray([...PATCHES], { maxLength: 3 }), fc.constantFrom(...PATCHES))
  .map(([merged, patch]) => [merged.reduce(patched, own), patch] as const)
  .chain(([podSpec, patch]) => fc.tuple(fc.constant(podSpec), withDirective(podSpec, patch)))

function withDirective(podSpec: Mapping, patch: Mapping): fc.Arbitrary<Mapping> {
  const found = LISTS.filter((list) => list in podSpec && list !== 'containers')
  const choices: Mapping[] = LISTS.flatMap((list) => {
    const key = list === 'hostAliases' ? 'ip' : 'name'
    const names = namesIn(patch, list, key)
    const others = namesIn(podSpec, list, key)
      .filter((name) => !names.includes(name))
      .reverse()
    const order = [...names, ...others].map((name) => ({ [key]: name }))
    const deletion = { $patch: 'delete', [key]: others[0] }
    const isThere = found.includes(list) && others.length > 0
    return [
      ...(order.length > 0 ? [{ ...patch, [`$setElementOrder/${list}`]: order }] : []),
      ...(isThere ? [{ ...patch, [list]: [...((patch[list] ?? []) as object[]), deletion] }] : []),
    ]
  })
  const removals = found.map((list) => ({ ...patch, [list]: null }))
  const replacement =
    'securityContext' in podSpec ? [{ ...patch, securityContext: { $patch: 'replace', fsGroup: 5 } }] : []
  return fc.constantFrom(patch, ...choices, ...removals, ...replacement)
}

// Nearly nothing of a Pod may be patched once it is there; of a PodTemplate everything may.
suite('a strategic merge by an API server', { skip: needs('etcd', 'kube-apiserver') }, () => {
  let cluster: Cluster
  let request: ApiRequest
  before(async () => {
    cluster = await startCluster()
    request = apiRequests({ ...cluster, patch: 'strategic-merge' })
  })
  after(() => cluster.stop())

  /** Whether the API server accepts a Pod and its patch; if so, what it makes of both is what it makes of our merge. */
  async function isAccepted([podSpec, patch]: readonly [Mapping, Mapping], at: number): Promise<boolean> {
    const object = (name: string, spec: Mapping) => ({ metadata: { name }, template: { spec } })
    const created = await request('POST', POD_TEMPLATES, object(`a-${at}`, podSpec))
    if (created.status !== 201) return false
    const theirs = await request('PATCH', `${POD_TEMPLATES}/a-${at}?dryRun=All`, { template: { spec: patch } })
    const ours = await request('POST', `${POD_TEMPLATES}?dryRun=All`, object(`b-${at}`, patched(podSpec, patch)))
    const message = JSON.stringify({ podSpec, patch, theirs: theirs.body.message, ours: ours.body.message }, null, 1)
    assert.equal(ours.status === 201, theirs.status === 200, message)
    if (theirs.status === 200) assert.deepEqual(ours.body.template.spec, theirs.body.template.spec, message)
    return theirs.status === 200
  }

  test('is ours, for more than 500 patches that it accepts', async () => {
    let accepted = 0
    for (const [at, pair] of fc.sample(pairs, RUNS).entries()) if (await isAccepted(pair, at)) accepted++
    assert.ok(accepted > 500, `accepted only ${accepted}`)
  })
})
