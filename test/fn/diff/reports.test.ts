import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diff, manifests, TEMPLATE } from './two-versions.ts'

const requests = (cpu: string, memory: string) => ({ resources: { default: { requests: { cpu, memory } } } })
const quota = `\n---\n${JSON.stringify({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'ci' }, spec: { hard: { cpu: '8' } } })}`
const OLD = manifests({ ...TEMPLATE, ...requests('3', '4Gi') }, ['a', 'b', 'gone']) + quota
const YOUNG = manifests({ image: 'x', ...requests('3250m', '4Gi') }, ['a', 'b', 'fresh']) + quota

const WARNING =
  'young.yaml:1:126: warning BK409 floating-tag: BuildkitTemplate ci/small: spec.image: must name a release, got "x"; each node keeps the image that it pulled first, so builders differ between nodes and are never updated; use a version or a digest'

/** A report without the folder of this run. */
async function report(old: string, young: string, ...flags: readonly string[]): Promise<string> {
  const { text } = await diff(old, young, ...flags)
  return text.replaceAll(/[^\s`"]*\/(?=(?:old|young)\.yaml)/g, '')
}

test('a report for a terminal has errors, warnings and quotas first, and then what happens', async () => {
  assert.equal(
    await report(OLD, YOUNG),
    `2 of 2 builders roll. 3 builders lose their cache, up to 279 GiB. 1 builder is new. 1 builder is removed. A ResourceQuota has no room for the change. 1 new warning.

New findings:
  ${WARNING}

ResourceQuotas without room:
  ci/quota: cpu must be at least 18750m during the roll, while both Pods of a builder count, and 9750m after it, got 8

2 builders: template small
  image: moby/buildkit:v0.33.0 → x
  resources.default.requests.cpu: 3 → 3250m
  cache: lost (emptyDir), up to 93.1 GiB each
  ci/a and ci/b

1 new builder: ci/fresh

1 builder removed, with its cache (emptyDir), up to 93.1 GiB: ci/gone

Requests          before  during  after
any node  cpu     9       18.75   9.75
any node  memory  12Gi    24Gi    12Gi

2 findings as before
`,
  )
})

test('a report in Markdown has the same order, and names in the open', async () => {
  assert.equal(
    await report(OLD, YOUNG, '--output', 'markdown'),
    `**2 of 2 builders roll. 3 builders lose their cache, up to 279 GiB. 1 builder is new. 1 builder is removed. A ResourceQuota has no room for the change. 1 new warning.**

### New findings

- \`\` ${WARNING} \`\`

### ResourceQuotas without room

- \`ci/quota: cpu must be at least 18750m during the roll, while both Pods of a builder count, and 9750m after it, got 8\`

### 2 builders: template \`small\`

Cache: lost (emptyDir), up to 93.1 GiB each

| field | change |
| --- | --- |
| \`image\` | \`moby/buildkit:v0.33.0 → x\` |
| \`resources.default.requests.cpu\` | \`3 → 3250m\` |

Builders: \`ci/a\`, \`ci/b\`

### 1 new builder

- \`ci/fresh\`

### 1 builder removed, with its cache (emptyDir), up to 93.1 GiB

- \`ci/gone\`

### Requests

| nodes | resource | before | during the roll | after |
| --- | --- | --: | --: | --: |
| any | \`cpu\` | 9 | 18.75 | 9.75 |
| any | \`memory\` | 12Gi | 24Gi | 12Gi |

2 findings as before
`
      .replaceAll('`` ', '`')
      .replaceAll(' ``', '`'),
  )
})

test('an unchanged amount has no row among requests, and one builder has its size to itself', async () => {
  const old = manifests({ ...TEMPLATE, ...requests('12', '4Gi'), cache: { claim: { size: '10Gi' } } }, ['a'])
  const young = manifests({ ...requests('12500m', '4Gi') }, ['a'])
  assert.equal(
    (await report(old, young)).split('\n\n').slice(0, 3).join('\n\n'),
    `1 of 1 builder rolls. 1 builder loses its cache, up to 10 GiB.

1 builder: template small
  image: moby/buildkit:v0.33.0 → (not set)
  resources.default.requests.cpu: 12 → 12500m
  cache.claim.size: 10Gi → (not set)
  cache.claim.accessMode: ReadWriteOncePod → (not set)
  cache.claim.retain: false → (not set)
  cache: lost (claim → emptyDir), up to 10 GiB
  ci/a

Requests          before  during  after
any node  cpu     12      24.5    12.5
any node  memory  4Gi     8Gi     4Gi`,
  )
  const bare = (cpu: string) => manifests({ ...requests(cpu, '4Gi'), cache: { claim: { size: '10Gi' } } }, ['a'])
  assert.match(
    await report(bare('1'), bare('2')),
    /^Requests {7}before {2}during {2}after\nany node {2}cpu {2}1 {7}2 {7}2$/m,
  )
})

test('a cache that is lost may stay where it is', async () => {
  const fateOf = async (old: object, young: object) => {
    const [text, json] = await Promise.all(
      [[], ['--output', 'json']].map((flags) => report(manifests(old, ['a']), manifests(young, ['a']), ...flags)),
    )
    return [/^ {2}cache: (.*)$/m.exec(String(text))?.[1], JSON.parse(String(json)).rolls[0].cache.remains]
  }
  const claim = (more: object) => ({ cache: { claim: { size: '10Gi', ...more } } })
  const hostPath = (path: string) => ({ cache: { hostPath: { path } } })
  const [claimStays, folderStays] = ['the old claim stays in the cluster', 'the old folder stays on its node']
  assert.deepEqual(await fateOf(claim({ retain: true }), claim({ retain: true, storageClassName: 'fast' })), [
    `lost (claim; ${claimStays}), up to 10 GiB`,
    true,
  ])
  assert.deepEqual(await fateOf(claim({}), claim({ storageClassName: 'fast' })), [
    'lost (claim), up to 10 GiB',
    undefined,
  ])
  assert.deepEqual(await fateOf(hostPath('/old'), hostPath('/young')), [
    `lost (hostPath; ${folderStays}), up to 93.1 GiB`,
    true,
  ])
  assert.deepEqual(await fateOf(hostPath('/old'), { ...hostPath('/old'), rootless: true }), [
    `lost (hostPath; ${folderStays}), up to 93.1 GiB`,
    true,
  ])
})

test('a report about nothing says so', async () => {
  const none = manifests({}, [])
  assert.equal(await report(none, none), 'Neither version has builders.\n\n1 finding as before\n')
})

test('a comment keeps what matters where many builders change', async () => {
  const names = Array.from({ length: 700 }, (_, at) => `b${at}`)
  const many = (spec: object) =>
    names.map((name) => manifests(spec, [name]).replaceAll('"small"', `"${name}-${'x'.repeat(40)}"`)).join('\n---\n')
  const old = many({ ...TEMPLATE, ...requests('1', '1Gi') }) + quota
  const young = many({ image: 'moby/buildkit:v0.34.1', ...requests('2', '1Gi') })
  const broken = young.replace('"image"', '"imag"')
  const text = await report(old, broken + quota, '--output', 'markdown')
  const titles = text.split('\n').filter((line) => line.startsWith('#') && !line.includes(': template'))
  assert.deepEqual(titles, [
    '### 1 builder that cannot be compared',
    '### New findings',
    '### ResourceQuotas without room',
    '### Requests',
    '### Findings that are no longer reported',
  ])
  assert.match(text, /error: BuildkitTemplate ci\/b0-x+: /)
  assert.match(
    text,
    /\nMore is left out, because a comment has a limit\. Run `render-buildkit diff --base REVISION PATH` to see all of it\.\n$/,
  )
  assert.ok(text.length <= 60_000 && text.length > 50_000)
})
