import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'

const TEMPLATE = { image: 'moby/buildkit:v0.33.0' }

/** A package with a template `small` and builders of it. */
function manifests(spec: object, names: readonly string[]): string {
  const template = { kind: 'BuildkitTemplate', metadata: { name: 'small', namespace: 'ci' }, spec }
  const buildkits = names.map((name) => {
    return { kind: 'Buildkit', metadata: { name, namespace: 'ci' }, spec: { template: 'small' } }
  })
  return [template, ...buildkits]
    .map((object) => JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', ...object }))
    .join('\n---\n')
}

/** What `diff` prints of two files, without positions of the folder that they are in. */
async function diff(old: string, young: string, ...flags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'))
  try {
    const paths = ['old.yaml', 'young.yaml'].map((name) => join(folder, name))
    writeFileSync(join(folder, 'old.yaml'), old)
    writeFileSync(join(folder, 'young.yaml'), young)
    const { stdout, stderr, exitCode } = await runCommand(['diff', ...flags, ...paths], noInput)
    return { text: stdout.join(''), stderr, exitCode }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What `diff` prints with a price list. */
async function priced(old: string, young: string, prices: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'))
  try {
    writeFileSync(join(folder, 'prices.yaml'), JSON.stringify(prices))
    return await diff(old, young, '--prices', join(folder, 'prices.yaml'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'tells builders that roll for one reason as one': async () => {
    const young = manifests({ image: 'moby/buildkit:v0.34.2' }, ['a', 'b', 'c'])
    const { text, exitCode } = await diff(manifests(TEMPLATE, ['a', 'b', 'c']), young)
    assert.equal(exitCode, 0)
    assert.equal(
      text.split('\n\n').slice(0, 2).join('\n\n'),
      `3 of 3 builders roll. 3 lose their cache, up to 300 GB.

3 builders: template small
  image: moby/buildkit:v0.33.0 → moby/buildkit:v0.34.2
  cache: lost (emptyDir), up to 100 GB each
  ci/a, ci/b and ci/c`,
    )
  },

  'says which builders come, go and stay': async () => {
    const { text } = await diff(manifests(TEMPLATE, ['a', 'b']), manifests(TEMPLATE, ['b', 'c']))
    assert.equal(
      text,
      `${`No builder rolls. 1 builder is new. 1 builder goes.

1 new builder: ci/c

1 builder removed, with the cache: ci/a

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
      /^ResourceQuotas without room:\n {2}ci\/quota: cpu must be at least 8 during the roll and 4 after it, got 6$/m,
    )
    assert.doesNotMatch((await diff(old + quota('8'), young + quota('8'))).text, /ResourceQuotas? /)
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

  'says what requests cost, by the prices of its user': async () => {
    const spec = (cpu: string) => ({
      resources: { default: { requests: { cpu, memory: '4Gi' } } },
      scheduling: { nodeSelector: { disktype: 'ssd' } },
    })
    const [old, young] = [manifests(spec('1'), ['a', 'b']), manifests(spec('2'), ['a', 'b'])]
    const prices = [
      { nodes: { disktype: 'hdd' }, cpu: 9, memoryGiB: 9 },
      { nodes: { disktype: 'ssd' }, cpu: 0.05, memoryGiB: 0.01 },
    ]
    const { text } = await priced(old, young, { currency: 'EUR', prices })
    assert.match(text, /^Requests cost 204 EUR a month instead of 131, and 0\.18 EUR for each hour of the roll\.$/m)
    const unknown = await priced(old, young, { currency: 'EUR', prices: prices.slice(0, 1) })
    assert.match(unknown.text, /^Requests cost 0 EUR a month, as before\. No price is for nodes with disktype=ssd\.$/m)
  },

  'names every mistake in a price list': async () => {
    const prices = [{ nodes: {}, cpu: -1, memory: 2 }]
    const { stderr, text, exitCode } = await priced(manifests({}, ['a']), manifests({}, ['a']), {
      currency: '',
      prices,
    })
    assert.deepEqual([text, exitCode], ['', 1])
    assert.deepEqual(
      stderr.map((line) => line.replace(/^.*prices\.yaml: /, '')),
      [
        'error: currency: must be a name, such as EUR, got ""',
        'error: prices[0].cpu: must be a price of 0 or more, got -1',
        'error: prices[0].memory: is not a field of `prices[0]`, which has `nodes`, `cpu` and `memoryGiB`',
        'error: prices[0].memoryGiB: is required',
      ],
    )
  },

  'fails on what it is asked to fail on, and on nothing else': async () => {
    const [old, young] = [manifests(TEMPLATE, ['a']), manifests({}, ['a'])]
    const codes = ['roll', 'loss', 'finding', 'finding,roll'].map(
      async (on) => (await diff(old, young, '--fail-on', on)).exitCode,
    )
    assert.deepEqual(await Promise.all(codes), [1, 1, 0, 1])
    assert.equal((await diff(old, old, '--fail-on', 'roll,loss,finding')).exitCode, 0)
  },

  'shows what can be rendered, with the errors of each version': async () => {
    const { text, stderr, exitCode } = await diff(
      manifests(TEMPLATE, ['a']),
      `${manifests(TEMPLATE, ['a', 'b'])}\n---\nkind: [`,
    )
    assert.match(text, /^No builder rolls\. 1 builder is new\. 1 new error\.$/m)
    assert.match(stderr.join('\n'), /^after: .*young\.yaml:\d+:\d+: error: /)
    assert.equal(exitCode, 1)
  },

  'shows names and values in Markdown as they are': async () => {
    const image = 'moby/buildkit:v1@sha256:x|`<b>@someone</b>`'
    const { text } = await diff(manifests(TEMPLATE, ['a']), manifests({ image }, ['a']), '--output', 'markdown')
    assert.match(
      text,
      /^\| `image` \| `` moby\/buildkit:v0\.33\.0 → moby\/buildkit:v1@sha256:x\\\|`<b>@someone<\/b>` `` \|$/m,
    )
  },

  'compares with a commit, from which nothing runs': async () => {
    const repository = mkdtempSync(join(tmpdir(), 'repository-'))
    try {
      const git = (...args: readonly string[]) => execFileSync('git', ['-C', repository, ...args])
      git('init', '--quiet')
      writeFileSync(join(repository, 'package.yaml'), manifests(TEMPLATE, ['a']))
      git('add', '.')
      git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'a')
      git('config', 'core.fsmonitor', `touch ${repository}/ran`)
      writeFileSync(join(repository, 'package.yaml'), manifests({}, ['a', 'b']))
      const main = join(import.meta.dirname, '../../../fn/main.ts')
      const text = execFileSync(process.execPath, [main, 'diff', '--base', 'HEAD'], {
        cwd: repository,
        encoding: 'utf8',
      })
      assert.match(text, /^1 of 2 builders rolls\. 1 loses its cache, up to 100 GB\. 1 builder is new\.$/m)
      assert.throws(() => execFileSync('ls', [`${repository}/ran`], { stdio: 'ignore' }))
    } finally {
      rmSync(repository, { recursive: true })
    }
  },
}

for (const [name, scenario] of Object.entries(scenarios)) test(`diff ${name}`, scenario)

function noInput(): never {
  throw new Error('diff has read standard input')
}

function cachesIn(json: string): readonly unknown[] {
  return JSON.parse(json).rolls.map(({ cache }: { readonly cache: unknown }) => cache)
}
