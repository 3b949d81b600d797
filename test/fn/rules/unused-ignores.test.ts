import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from './rules-broken.ts'

const KEY = 'buildkit.seatgeek.io/ignore-rules'
const ignoring = (ids: string) => ({ annotations: { [KEY]: ids } })

/** What is said of such objects, as lines of rule, kind and message. */
function saidOf(...objects: readonly object[]) {
  const results = resultsOf(objects.map((object) => JSON.stringify(object)).join('\n---\n'))
  return results.map(({ tags, resourceRef, message }) => `${tags?.rule} ${resourceRef?.kind}: ${message}`)
}

const neverRestarted = { lifecycle: { restartPolicy: 'Never' } }

test('ids are read with any separator and in any case, and each once', () => {
  const metadata = ignoring('bk601,\tBK409 ,BK601')
  assert.deepEqual(
    saidOf({
      kind: 'BuildkitTemplate',
      metadata,
      spec: { ...neverRestarted, image: 'moby/buildkit:rootless', rootless: true },
    }),
    [],
  )
})

for (const [name, ids, message] of [
  ['no rule has', 'BK999', 'must name rules of docs/rules.md, got "BK999"; remove it'],
  ['the object does not break', 'BK614', 'must name rules that this object breaks, got "BK614"; remove it'],
  ['nobody can ignore', 'BK503', 'must name rules that can be ignored, got "BK503"; remove it'],
  ['says that others are not needed', 'BK001', 'must name rules that can be ignored, got "BK001"; remove it'],
] as const)
  test(`an ignore of what ${name} is a warning`, () => {
    const template = { kind: 'BuildkitTemplate', metadata: ignoring(ids) }
    assert.deepEqual(saidOf(template), [`BK001 BuildkitTemplate: ${message}`])
  })

test('of a template that no Buildkit names nobody knows what its builders would break', () => {
  const unused = { kind: 'BuildkitTemplate', metadata: { name: 'unused', ...ignoring('BK502, BK601') } }
  assert.deepEqual(saidOf({ kind: 'BuildkitTemplate' }, unused), [
    'BK001 BuildkitTemplate: must name rules that this object breaks, got "BK601"; remove it',
  ])
})

const namespace = (level: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'ci', labels: { 'pod-security.kubernetes.io/enforce': level }, ...ignoring('BK413') },
})
const inNamespace = ['BuildkitTemplate', 'Buildkit'].map((kind) => ({ kind, metadata: { namespace: 'ci' } }))

test('Namespaces and NetworkPolicies may ignore rules too, and are told where they need not', () => {
  assert.deepEqual(saidOf(namespace('baseline'), ...inNamespace), [])
  assert.deepEqual(saidOf(namespace('privileged'), ...inNamespace), [
    'BK001 Namespace: must name rules that this object breaks, got "BK413"; remove it',
  ])
})

test('an ignore among the annotations for Pods is shown its place', () => {
  const template = { kind: 'BuildkitTemplate', spec: { podAnnotations: { [KEY]: 'BK601' } } }
  assert.deepEqual(saidOf(template), [
    'undefined BuildkitTemplate: must be an annotation of the object itself, not of its Pods; move it to `metadata.annotations`',
  ])
})
