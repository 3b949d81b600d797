import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engineAnnotations, isEngineAnnotation } from '../../../fn/render/engine-annotations.ts'

const always = {
  'argocd.argoproj.io/ignore-healthcheck': 'true',
  'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
}
const kept = {
  ...always,
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'client.lifecycle.config.k8s.io/deletion': 'detach',
  'client.lifecycle.config.k8s.io/mutation': 'ignore',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent',
}

const byController = { retirement: 'controller', handover: 'Overlap' } as const

const cases: Readonly<Record<string, readonly [Parameters<typeof engineAnnotations>, object]>> = {
  'no engine prunes a Pod that the controller retires': [[byController, {}, undefined], kept],
  'an engine that retires a Pod may prune it': [
    [{ retirement: 'engine', handover: 'Overlap' }, {}, undefined],
    { ...always, 'buildkit.seatgeek.io/retirement': 'engine' },
  ],
  'a Pod says that its predecessor must end first': [
    [{ ...byController, handover: 'Recreate' }, {}, undefined],
    { ...kept, 'buildkit.seatgeek.io/handover': 'Recreate' },
  ],
  "a Pod comes in its Buildkit's wave": [[byController, {}, '-3'], { ...kept, 'argocd.argoproj.io/sync-wave': '-3' }],
  "a user's own value wins": [
    [
      byController,
      { 'kustomize.toolkit.fluxcd.io/ssa': 'Ignore', 'argocd.argoproj.io/sync-wave': '7', team: 'x' },
      '-3',
    ],
    { ...kept, 'kustomize.toolkit.fluxcd.io/ssa': 'Ignore', 'argocd.argoproj.io/sync-wave': '7' },
  ],
  'a user may want Pods to count for the health of an Application': [
    [byController, { 'argocd.argoproj.io/ignore-healthcheck': 'false' }, undefined],
    { ...kept, 'argocd.argoproj.io/ignore-healthcheck': 'false' },
  ],
  "a user's own options are merged with ours": [
    [
      byController,
      { 'argocd.argoproj.io/sync-options': 'Validate=false, SkipDryRunOnMissingResource=true' },
      undefined,
    ],
    { ...kept, 'argocd.argoproj.io/sync-options': 'Validate=false,SkipDryRunOnMissingResource=true,Prune=false' },
  ],
  "a user's own option wins over ours of its name": [
    [byController, { 'argocd.argoproj.io/sync-options': 'Prune=confirm' }, undefined],
    { ...kept, 'argocd.argoproj.io/sync-options': 'Prune=confirm' },
  ],
}

for (const [name, [args, expected]] of Object.entries(cases)) {
  test(name, () => {
    assert.deepEqual(engineAnnotations(...args), expected)
  })
}

test('what tells engines what to do is no content of a Pod', () => {
  for (const key of [...Object.keys(kept), 'argocd.argoproj.io/sync-wave']) assert.equal(isEngineAnnotation(key), true)
  for (const key of ['team', 'argocd.argoproj.io/tracking-id']) assert.equal(isEngineAnnotation(key), false)
})
