import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diff, manifests, TEMPLATE } from './two-versions.ts'

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'shows builders that roll for one reason as one entry': async () => {
    const young = manifests({ image: 'moby/buildkit:v0.34.2' }, ['a', 'b', 'c'])
    const { text, exitCode } = await diff(manifests(TEMPLATE, ['a', 'b', 'c']), young)
    assert.equal(exitCode, 0)
    assert.equal(
      text.split('\n\n').slice(0, 2).join('\n\n'),
      `3 of 3 builders roll. 3 builders lose their cache, up to 279 GiB.

3 builders: template small
  image: moby/buildkit:v0.33.0 → moby/buildkit:v0.34.2
  cache: lost (emptyDir), up to 93.1 GiB each
  ci/a, ci/b and ci/c`,
    )
  },

  'says which builders come, go and stay': async () => {
    const { text } = await diff(manifests(TEMPLATE, ['a', 'b']), manifests(TEMPLATE, ['b', 'c']))
    assert.equal(
      text,
      `${`No builder rolls. 1 builder loses its cache, up to 93.1 GiB. 1 builder is new. 1 builder is removed.

1 new builder: ci/c

1 builder removed, with its cache (emptyDir), up to 93.1 GiB: ci/a

1 builder unchanged

1 finding as before
`.trimEnd()}\n`,
    )
  },

  'keeps a cache in a claim, and loses it when the claim is another': async () => {
    const claim = (more: object) => ({ cache: { claim: { size: '10Gi', ...more } } })
    const kept = await diff(
      manifests({ ...TEMPLATE, ...claim({}) }, ['a']),
      manifests(claim({}), ['a']),
      '--output',
      'json',
    )
    assert.deepEqual(cachesIn(kept.text), [{ before: 'claim', after: 'claim', fate: 'kept', bytes: 10 * 2 ** 30 }])
    const young = manifests({ ...TEMPLATE, ...claim({ storageClassName: 'fast' }) }, ['a'])
    const lost = await diff(manifests({ ...TEMPLATE, ...claim({}) }, ['a']), young, '--output', 'json')
    assert.deepEqual(cachesIn(lost.text), [{ before: 'claim', after: 'claim', fate: 'lost', bytes: 10 * 2 ** 30 }])
  },

  'sees that another version of the program has named the Pods in Git': async () => {
    const young = manifests(TEMPLATE, ['a', 'b'])
    const old = young.replace('"template":"small"', '"template":"small","podName":"a-0123456789"')
    const entry = (cause: string) =>
      new RegExp(`^1 of 2 builders rolls\\..*\\n\\n1 builder of template small: ${cause}\\n  cache: `)
    assert.match((await diff(old, young)).text, entry('another version of render-buildkit rendered the old Pods'))
    assert.match((await diff(old, old)).text, entry('the Pods in Git are not up to date; render the package'))
  },

  'says which quotas have no room for both Pods': async () => {
    const quota = (cpu: string) => {
      const object = { kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'ci' }, spec: { hard: { cpu } } }
      return `\n---\n${JSON.stringify({ apiVersion: 'v1', ...object })}`
    }
    const spec = { resources: { default: { requests: { cpu: '2' } } } }
    const old = manifests({ ...TEMPLATE, ...spec }, ['a', 'b'])
    const young = manifests(spec, ['a', 'b'])
    const { text } = await diff(old + quota('6'), young + quota('6'))
    assert.match(text, /^2 of 2 builders roll\. .* A ResourceQuota has no room for the change\./)
    assert.match(
      text,
      /^ResourceQuotas without room:\n {2}ci\/quota: cpu must be at least 8 during the roll, while both Pods of a builder count, and 4 after it, got 6$/m,
    )
    assert.doesNotMatch((await diff(old + quota('8'), young + quota('8'))).text, /ResourceQuotas? /)
  },

  'names templates with their namespaces where a package has several': async () => {
    const both = (image: string) => {
      const ofCi = manifests({ image }, ['a'])
      return `${ofCi}\n---\n${ofCi.replaceAll('"ci"', '"qa"')}`
    }
    const { text } = await diff(both('moby/buildkit:v0.33.0'), both('moby/buildkit:v0.34.2'))
    assert.match(text, /^2 builders: templates ci\/small and qa\/small\n(?: {2}.*\n)+ {2}ci\/a and qa\/a$/m)
  },

  'says where new and fixed findings are': async () => {
    const [plain, small] = [manifests(TEMPLATE, ['a']), manifests({ cache: { emptyDir: { sizeLimit: '1Gi' } } }, ['a'])]
    const { text } = await diff(plain, small)
    assert.match(text, /^New findings:\n {2}\S*young\.yaml:1:\d+: warning BK\d+ /m)
    const json = JSON.parse((await diff(plain, small, '--output', 'json')).text)
    const positions = json.findings.new.map(({ position }: { readonly position: object }) => Object.keys(position))
    assert.deepEqual(positions, [['line', 'column']])
    assert.match(
      (await diff(small, plain)).text,
      /^Findings that are no longer reported:\n {2}\S*old\.yaml:1:\d+: warning BK\d+ /m,
    )
  },

  'shows the order of Argo CD where builders are in several waves': async () => {
    const inWaves = (spec: object) =>
      manifests(spec, ['a', 'b']).replace(
        '"name":"b",',
        '"name":"b","annotations":{"argocd.argoproj.io/sync-wave":"-1"},',
      )
    const [old, young] = [inWaves(TEMPLATE), inWaves({})]
    const { text } = await diff(old, young)
    assert.match(
      text,
      /^Argo CD rolls them in this order:\n {2}wave -1: 1 builder of small\n {2}wave 0: 1 builder of small$/m,
    )
    const markdown = await diff(old, young, '--output', 'markdown')
    assert.ok(
      markdown.text.includes(`### Order under Argo CD

\`\`\`mermaid
flowchart LR
  w0["wave -1<br/>1 builder<br/>small"]
  w1["wave 0<br/>1 builder<br/>small"]
  w0 --> w1
\`\`\``),
    )
  },

  'fails on what it is asked to fail on, and says why': async () => {
    const [old, young] = [
      manifests(TEMPLATE, ['a', 'b', 'gone']),
      manifests({ cache: { emptyDir: { sizeLimit: '1Gi' } } }, ['a', 'b']),
    ]
    const failed = async (on: string) => {
      const { stderr, exitCode } = await diff(old, young, '--fail-on', on)
      return { stderr, exitCode }
    }
    assert.deepEqual(await failed('finding, loss,roll,roll'), {
      stderr: [
        'error: 2 builders roll, and --fail-on has "roll"',
        'error: 3 builders lose their cache, and --fail-on has "loss"',
        'error: 1 finding is new, and --fail-on has "finding"',
      ],
      exitCode: 1,
    })
    assert.deepEqual(await failed('loss'), {
      stderr: ['error: 3 builders lose their cache, and --fail-on has "loss"'],
      exitCode: 1,
    })
  },

  'does not fail on what it is not asked to fail on': async () => {
    const [old, young] = [manifests(TEMPLATE, ['a']), manifests({}, ['a'])]
    const outcomes = await Promise.all([
      diff(old, young, '--fail-on', 'finding'),
      diff(old, old, '--fail-on', 'roll,loss,finding'),
    ])
    assert.deepEqual(
      outcomes.map(({ stderr, exitCode }) => ({ stderr, exitCode })),
      outcomes.map(() => ({ stderr: [], exitCode: 0 })),
    )
  },

  'shows what can be rendered, with the errors of each version': async () => {
    const { text, stderr, exitCode } = await diff(
      manifests(TEMPLATE, ['a']),
      `${manifests(TEMPLATE, ['a', 'b'])}\n---\nkind: [`,
    )
    assert.match(text, /^No builder rolls\. 1 builder is new\. 1 new error\.$/m)
    assert.match(stderr.join('\n'), /^\S*young\.yaml:\d+:\d+: error: /)
    assert.equal(exitCode, 1)
  },

  'folds in Markdown what would make a comment long': async () => {
    const templates = (image: string) =>
      Array.from({ length: 20 }, (_, at) => manifests({ image }, [`b${at}`]).replaceAll('"small"', `"t${at}"`)).join(
        '\n---\n',
      )
    const { text } = await diff(
      templates('moby/buildkit:v0.33.0'),
      templates('moby/buildkit:v0.34.2'),
      '--output',
      'markdown',
    )
    const titles = (mark: string) => text.split('\n').filter((line) => line.startsWith(mark))
    assert.deepEqual(
      [titles('### 1 builder: template `t').length, titles('<details><summary>1 builder: template <code>t').length],
      [7, 13],
    )
  },

  'shows names and values in Markdown as they are': async () => {
    const image = 'moby/buildkit:v1@sha256:x|`<b>@someone</b>`'
    const { text } = await diff(manifests(TEMPLATE, ['a']), manifests({ image }, ['a']), '--output', 'markdown')
    assert.match(
      text,
      /^\| `image` \| `` moby\/buildkit:v0\.33\.0 → moby\/buildkit:v1@sha256:x\\\|`<b>@someone<\/b>` `` \|$/m,
    )
  },
}

for (const [name, scenario] of Object.entries(scenarios)) test(`diff ${name}`, scenario)

function cachesIn(json: string): readonly unknown[] {
  return JSON.parse(json).rolls.map(({ cache }: { readonly cache: unknown }) => cache)
}
