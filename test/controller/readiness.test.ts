import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readinessOf } from '../../controller/readiness.ts'
import type { Scope } from '../../controller/watches.ts'
import { scopeOf } from './metrics/scrape-of-a-day.ts'

const FORBIDDEN = 'GET /api/v1/pods: 403 Forbidden: User "ours" cannot list'
const REFUSED = `pods are refused: ${FORBIDDEN}`
const INCOMPLETE = 'the first lists are not complete'

const served = (namespace: string) => scopeOf(namespace, true)
const waiting = (namespace: string) => scopeOf(namespace, false)
const refused = (namespace: string, words = FORBIDDEN): Scope => ({
  ...scopeOf(namespace, false),
  refusal: (resource) => (resource === 'pods' ? words : undefined),
})

function checked(...scopes: readonly Scope[]) {
  return Object.fromEntries(Object.entries(readinessOf(scopes)).map(([name, check]) => [name, check()]))
}

test('the whole cluster is one check, which fails until everything is listed and where it is refused', () => {
  assert.deepEqual(checked(served('')), { sync: undefined })
  assert.deepEqual(checked(waiting('')), { sync: INCOMPLETE })
  assert.deepEqual(checked(refused('')), { sync: REFUSED })
})

test('each namespace is a check, and one that is refused fails nothing while another one is served', () => {
  assert.deepEqual(checked(served('team-a'), refused('team-b')), {
    'namespace/team-a': undefined,
    'namespace/team-b': { tolerated: REFUSED },
  })
  assert.deepEqual(checked(refused('team-a'), refused('team-b')), {
    'namespace/team-a': REFUSED,
    'namespace/team-b': REFUSED,
  })
})

test('a namespace whose first lists are under way fails its check, whatever others say', () => {
  assert.deepEqual(checked(served('team-a'), waiting('team-b'), refused('team-c')), {
    'namespace/team-a': undefined,
    'namespace/team-b': INCOMPLETE,
    'namespace/team-c': { tolerated: REFUSED },
  })
})

test('what the API server says is one line that is not long', () => {
  const { sync } = checked(refused('', `first\nsecond ${'👷'.repeat(500)}`))
  assert.match(String(sync), /^pods are refused: first second (👷)+…$/u)
  assert.ok(String(sync).length <= 512)
})
