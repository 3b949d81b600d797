import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

const TEMPLATE = 'BuildkitTemplate'

function saidOf(annotations: Readonly<Record<string, string>>, names: readonly string[] = ['a']) {
  const objects = [
    { kind: TEMPLATE, spec: { service: { annotations } } },
    ...names.map((name) => ({ kind: 'Buildkit', metadata: { name }, spec: { labels: { team: name } } })),
  ]
  return resultsOf(objects.map((object) => stringify(object)).join('---\n')).map(({ tags, resourceRef, field }) => [
    tags?.rule,
    resourceRef?.kind,
    field?.path,
  ])
}

const ARGO_CD = 'argocd.argoproj.io'
const FLUX = 'kustomize.toolkit.fluxcd.io'
const KPT = 'client.lifecycle.config.k8s.io'
const CASES: readonly (readonly [key: string, value: string, ...ids: readonly string[]])[] = [
  ['config.kubernetes.io/local-config', 'true', 'BK605'],
  ['config.kubernetes.io/local-config', 'false'],
  [`${FLUX}/reconcile`, 'Disabled', 'BK605'],
  [`${FLUX}/ssa`, 'Ignore', 'BK605'],
  [`${FLUX}/ssa`, 'IfNotPresent', 'BK621'],
  [`${FLUX}/ssa`, 'Merge'],
  [`${FLUX}/prune`, 'disabled', 'BK621'],
  [`${FLUX}/prune`, 'enabled'],
  [`${FLUX}/force`, 'Enabled', 'BK620'],
  [`${FLUX}/force`, 'disabled'],
  [`${ARGO_CD}/hook`, 'PreSync', 'BK606'],
  [`${ARGO_CD}/hook`, 'Skip', 'BK605'],
  ['helm.sh/hook', 'post-install', 'BK606'],
  ['helm.sh/resource-policy', 'keep', 'BK621'],
  [`${ARGO_CD}/sync-options`, 'Replace=true', 'BK620'],
  [`${ARGO_CD}/sync-options`, 'Validate=false, Force=true', 'BK620'],
  [`${ARGO_CD}/sync-options`, 'Force=true,Replace=true', 'BK620'],
  [`${ARGO_CD}/sync-options`, 'Prune=false', 'BK621'],
  [`${ARGO_CD}/sync-options`, 'ServerSideApply=true,Delete=false', 'BK621'],
  [`${ARGO_CD}/sync-options`, 'ServerSideApply=true,Prune=confirm'],
  [`${ARGO_CD}/sync-wave`, 'first', 'BK611'],
  [`${ARGO_CD}/sync-wave`, '-1'],
  [`${KPT}/deletion`, 'detach', 'BK621'],
  [`${KPT}/mutation`, 'ignore', 'BK621'],
  ['example.com/certificates', 'x'.repeat(262_144), 'BK505'],
  ['example.com/certificates', 'x'.repeat(200_000)],
]
for (const [key, value, ...ids] of CASES)
  test(`an annotation of Services: ${key}: ${value.slice(0, 20)} breaks ${ids.join() || 'no rule'}`, () => {
    const path = `spec.service.annotations[${key}]`
    assert.deepEqual(
      saidOf({ [key]: value }),
      ids.map((id) => [id, TEMPLATE, path]),
    )
  })

test('what a template says of Services is said once for all of its builders', () => {
  assert.deepEqual(saidOf({ [`${FLUX}/reconcile`]: 'disabled', [`${FLUX}/prune`]: 'disabled' }, ['a', 'b', 'c']), [
    ['BK605', TEMPLATE, `spec.service.annotations[${FLUX}/reconcile]`],
    ['BK621', TEMPLATE, `spec.service.annotations[${FLUX}/prune]`],
  ])
})
