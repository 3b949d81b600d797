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
