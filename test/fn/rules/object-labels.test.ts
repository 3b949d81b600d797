import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from './rules-broken.ts'

/** What is said of these objects, as lines of rule, kind and field. */
function saidOf(objects: readonly object[], config?: Parameters<typeof resultsOf>[1]) {
  const results = resultsOf(objects.map((object) => JSON.stringify(object)).join('\n---\n'), config)
  return results.map(({ tags, resourceRef, field }) => `${tags?.rule} ${resourceRef?.kind}: ${field?.path}`)
}

const metadata = { labels: { team: 'a & b' }, annotations: { 'https://example.com': '' } }
const template = { kind: 'BuildkitTemplate', metadata }
const buildkit = { kind: 'Buildkit', metadata }

test('labels and annotations of our own objects are what an API server takes', () => {
  assert.deepEqual(saidOf([template, buildkit]), [
    'BK503 BuildkitTemplate: metadata.labels.team',
    'BK504 BuildkitTemplate: metadata.annotations[https://example.com]',
    'BK503 Buildkit: metadata.labels.team',
    'BK504 Buildkit: metadata.annotations[https://example.com]',
  ])
})

test('of a template that no cluster gets they may be anything', () => {
  assert.deepEqual(saidOf([template], { dropTemplates: true, rules: { BK401: 'none' } }), [])
  const annotations = { ...metadata.annotations, 'config.kubernetes.io/local-config': 'true' }
  assert.deepEqual(saidOf([{ ...template, metadata: { ...metadata, annotations } }]), [])
})

const variable = (name: string) => ['${', name, '}'].join('')

test('what Flux substitutes when it applies is not judged', () => {
  const substituted = { labels: { team: variable('team') }, annotations: { [`${variable('domain')}/owner`]: '' } }
  assert.deepEqual(
    saidOf([
      { ...template, metadata: substituted },
      { ...buildkit, metadata: substituted },
    ]),
    [],
  )
})
