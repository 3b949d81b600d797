import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'
import { ALL, buildkit, CLIENTS, only, policy, template } from './policy-objects.ts'

const manifestsOf = (...objects: readonly object[]) => objects.map((object) => stringify(object)).join('---\n')

const named = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'buildkit', team: 'platform' } } }

test('a policy that names builders as other Pods of BuildKit are labelled is told how to select them', () => {
  const said = (namespace: string, ...others: readonly object[]) =>
    resultsOf(
      manifestsOf(
        template(),
        buildkit('shop'),
        policy('named', { ...named, ingress: [CLIENTS] }, namespace),
        ...others,
      ),
    )
      .filter(({ tags }) => tags?.rule === 'BK414')
      .map(({ message }) => message)
  assert.deepEqual(said('ci'), [
    'must select a builder, but no Pod in namespace "ci" has these labels; select them by "buildkit.seatgeek.io/buildkit"',
  ])
  assert.deepEqual(said('elsewhere'), [])
  const spec = { template: { metadata: { labels: named.podSelector.matchLabels } } }
  assert.deepEqual(said('ci', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'b' }, spec }), [])
})

test('where policies keep strangers from every builder of a template, its plain port is not mentioned', () => {
  const ids = (...objects: readonly object[]) => {
    return resultsOf(manifestsOf(...objects), { rules: {} }).map(({ tags }) => tags?.rule)
  }
  const clients = { ingress: [CLIENTS] }
  assert.deepEqual(ids(template(), buildkit('a'), buildkit('b'), policy('all', { ...ALL, ...clients })), [])
  assert.deepEqual(
    ids(template(), buildkit('a'), buildkit('b'), policy('a', { ...only('a'), ...clients })),
    ['BK417', 'BK401'].sort(),
  )
  assert.deepEqual(ids(template(), buildkit('a'), policy('all', { ...ALL, ingress: [{}] })), ['BK401', 'BK418'])
  assert.deepEqual(ids(template(), buildkit('a')), ['BK401'])
})
