import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

type Annotations = Readonly<Record<string, string>>
interface Given {
  readonly template?: Annotations
  readonly buildkit?: Annotations
  /** Of the Buildkit itself. */
  readonly own?: Annotations
  readonly retirement?: 'controller' | 'engine'
}

function saidOf({ template = {}, buildkit = {}, own = {}, retirement = 'controller' }: Given) {
  const objects = [
    { kind: 'BuildkitTemplate', spec: { podAnnotations: template } },
    { kind: 'Buildkit', metadata: { annotations: own }, spec: { annotations: buildkit } },
  ]
  const manifests = objects.map((object) => stringify(object)).join('---\n')
  return resultsOf(manifests, { retirement }).map(({ tags, resourceRef, field }) => [
    tags?.rule,
    resourceRef?.kind,
    field?.path,
  ])
}

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options'
const WAVE = 'argocd.argoproj.io/sync-wave'
const PRUNE = 'kustomize.toolkit.fluxcd.io/prune'
const SSA = 'kustomize.toolkit.fluxcd.io/ssa'
const FORCE = 'kustomize.toolkit.fluxcd.io/force'
const HOOK = 'argocd.argoproj.io/hook'
const EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict'
const inTemplate = (id: string, key: string) => [id, 'BuildkitTemplate', `spec.podAnnotations[${key}]`]

test('an annotation of a Buildkit is judged, unless its template has another', () => {
  assert.deepEqual(saidOf({ buildkit: { [SYNC_OPTIONS]: 'Force=true' } }), [
    ['BK604', 'Buildkit', `spec.annotations[${SYNC_OPTIONS}]`],
  ])
  assert.deepEqual(
    saidOf({ template: { [SYNC_OPTIONS]: 'ServerSideApply=true' }, buildkit: { [SYNC_OPTIONS]: 'Force=true' } }),
    [],
  )
})

const cases: readonly (readonly [string, Given, readonly string[]])[] = [
  ['options of a comma list', { template: { [SYNC_OPTIONS]: 'ServerSideApply=true, Replace=true' } }, ['BK603']],
  ['of two options the worse', { template: { [SYNC_OPTIONS]: 'Force=true,Replace=true' } }, ['BK603']],
  ['options that only look alike', { template: { [SYNC_OPTIONS]: 'Replace=false,Validate=false' } }, []],
  ['our own option, said again', { template: { [SYNC_OPTIONS]: 'Prune=false' } }, []],
  ['an option that wins over ours', { template: { [SYNC_OPTIONS]: 'Prune=confirm' } }, ['BK607']],
  ['pruning by Flux', { template: { [PRUNE]: 'enabled' } }, ['BK607']],
  ['pruning by Flux, which shall prune', { template: { [PRUNE]: 'enabled' }, retirement: 'engine' }, []],
  ['force, which is not looked at', { template: { [FORCE]: 'Enabled' } }, ['BK609']],
  ['applied again, and forced', { template: { [FORCE]: 'enabled', [SSA]: 'Merge' } }, ['BK608', 'BK609']],
  ['never applied', { template: { [SSA]: 'ignore' } }, ['BK605']],
  ['a hook that is none', { template: { [HOOK]: 'Skip' } }, ['BK605']],
  ['a hook', { template: { [HOOK]: 'PreSync,Skip' } }, ['BK606']],
  ['local', { template: { 'config.kubernetes.io/local-config': 'true' } }, ['BK605']],
  ['not local', { template: { 'config.kubernetes.io/local-config': 'false' } }, []],
  ['a wave of the Pod after the Buildkit, which has none', { template: { [WAVE]: '1' } }, ['BK610']],
  ['a wave of the Pod before the Buildkit', { template: { [WAVE]: '-1' } }, []],
  ['waves are numbers', { template: { [WAVE]: '9' }, own: { [WAVE]: '10' } }, []],
  ['eviction by Cluster Autoscaler within its time', { buildkit: { [EVICT]: 'true' } }, ['BK602']],
  ['no eviction by Cluster Autoscaler', { buildkit: { [EVICT]: 'false' } }, []],
  ['a wave that is none counts as 0', { template: { [WAVE]: '0' }, own: { [WAVE]: 'first' } }, ['BK611']],
]
for (const [name, given, ids] of cases)
  test(`annotations for engines are merged before they are judged: ${name}`, () => {
    assert.deepEqual(
      saidOf(given).map(([id]) => id),
      ids,
    )
  })

test('what a template says is said once for all of its builders', () => {
  const template = { kind: 'BuildkitTemplate', spec: { podAnnotations: { [HOOK]: 'Sync' } } }
  const builders = ['a', 'b', 'c'].map((name) => ({
    kind: 'Buildkit',
    metadata: { name },
    spec: { labels: { team: name } },
  }))
  const results = resultsOf([template, ...builders].map((object) => stringify(object)).join('---\n'))
  assert.deepEqual(
    results.map(({ tags, resourceRef, field }) => [tags?.rule, resourceRef?.kind, field?.path]),
    [inTemplate('BK606', HOOK)],
  )
})
