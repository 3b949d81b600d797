import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { exampleNames, examplePath, packagePath } from './example-names.ts'
import { copyOf, type Files, packageOf } from './kpt-package.ts'
import { podsIn } from './pods-in.ts'

const needsKpt = { skip: needs('kpt') }
const GOLDEN = join(import.meta.dirname, '../golden')

for (const name of exampleNames) {
  test(`kpt makes the Pods of the golden of examples/${name}, and rendering twice changes nothing`, needsKpt, () => {
    const { files, render } = copyOf(packagePath(name))
    assert.equal(render().exitCode, 0)
    const first = files()
    assert.deepEqual(podsOf(first), podsIn(readFileSync(join(GOLDEN, `${name}.yaml`), 'utf8')))
    assert.equal(render().exitCode, 0)
    assert.deepEqual(files(), first)
  })

  test(`in examples/${name} input order does not change a Pod`, needsKpt, () => {
    const ordered = copyOf(packagePath(name))
    const shuffled = packageOf(reversed(ordered.files()))
    assert.deepEqual([ordered.render().exitCode, shuffled.render().exitCode], [0, 0])
    assert.deepEqual(podsOf(shuffled.files()), podsOf(ordered.files()))
  })
}

test('what kpt leaves as it was: every file that stood in the package, but for `podName`', needsKpt, () => {
  const { files, render } = copyOf(examplePath('kpt'))
  const before = files()
  render()
  const after = files()
  const without = Object.fromEntries(
    Object.keys(before).map((path) => [path, after[path]?.replace(/ {2}podName: .*\n/g, '')]),
  )
  assert.deepEqual(without, before)
})

test('a changed template is a second Pod in the same file, and the change is the diff', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('quickstart'))
  render()
  const first = files()
  write({ 'buildkit.yaml': String(first['buildkit.yaml']).replace('cpu: 500m', 'cpu: 600m') })
  render()
  const second = files()
  const [oldName, newName] = [first, second].map((rendered) => podsOf(rendered)[0]?.metadata.name)
  assert.notEqual(newName, oldName)
  assert.deepEqual(diff(first, second), {
    'buildkit.yaml': [
      ['        cpu: 500m', '        cpu: 600m'],
      [`  podName: ${oldName}`, `  podName: ${newName}`],
    ],
    'pod_buildkit-arm64-instance.yaml': [
      [`  name: ${oldName}`, `  name: ${newName}`],
      ['        cpu: 500m', '        cpu: 600m'],
    ],
  })
})

test('two objects of one name in two files are both kept', needsKpt, () => {
  const twin = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: twin\ndata:\n  value: ${value}\n`
  const twins = { 'a.yaml': twin('one'), 'sub/b.yaml': twin('two') }
  const { files, render, write } = copyOf(examplePath('quickstart'))
  write(twins)
  assert.equal(render().exitCode, 0)
  const { 'a.yaml': a, 'sub/b.yaml': b, 'pod_buildkit-arm64-instance.yaml': pod } = files()
  assert.deepEqual({ 'a.yaml': a, 'sub/b.yaml': b }, twins)
  assert.ok(pod)
})

const WHOLE = 'must see the whole package; remove `selectors` and `exclude` from this function in the Kptfile'

for (const [what, pipeline, message] of [
  ['`selectors`', { mutators: [{ image: 'x', selectors: [{ kind: 'Buildkit' }] }] }, WHOLE],
  ['`exclude`', { mutators: [{ image: 'x', exclude: [{ kind: 'Service' }] }] }, WHOLE],
  [
    'a validator and no Pods',
    { validators: [{ image: 'x', configMap: { mode: 'check' } }] },
    'must be rendered; run `kpt fn render` with render-buildkit among its mutators',
  ],
] as const) {
  test(`a package with ${what} fails, says why, and stays as it was`, needsKpt, () => {
    const { files, render, write } = copyOf(examplePath('quickstart'))
    const before = files()
    write({
      Kptfile: stringify({ apiVersion: 'kpt.dev/v1', kind: 'Kptfile', metadata: { name: 'package' }, pipeline }),
    })
    const { exitCode, stderr } = render()
    assert.equal(exitCode, 1)
    assert.ok(stderr.includes(message), stderr)
    assert.deepEqual(files(), before)
  })
}

test('a validator finds what a later mutator did to a Pod, and the package stays as it was', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('quickstart'))
  const before = files()
  const pipeline = {
    mutators: [{ image: 'x' }, { exec: 'sed s/IfNotPresent/Always/' }],
    validators: [{ image: 'x', configMap: { mode: 'check' } }],
  }
  write({ Kptfile: stringify({ apiVersion: 'kpt.dev/v1', kind: 'Kptfile', metadata: { name: 'package' }, pipeline }) })
  const { exitCode, stderr } = render()
  assert.equal(exitCode, 1)
  assert.match(
    stderr,
    /Pod\/some-ns\/buildkit-arm64-instance-\w+ metadata\.annotations.*: must be .*; it was changed by hand or by a later function; so were `spec\.containers\[0\]\.imagePullPolicy`/,
  )
  assert.deepEqual(files(), before)
})

test('a failed render writes nothing, not even the Pods of Buildkits that are fine', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('kpt'))
  const buildkits = String(files()['buildkits.yaml'])
  write({ 'buildkits.yaml': buildkits.replace('template: arm64', 'template: arm') })
  const before = files()
  const { exitCode, stderr } = render()
  assert.equal(exitCode, 1)
  assert.match(stderr, /Buildkit\/builders\/shop-arm64 spec\.template: /)
  assert.deepEqual(files(), before)
})

function podsOf(files: Files): ReturnType<typeof podsIn> {
  return podsIn(
    Object.entries(files)
      .filter(([path]) => path.endsWith('.yaml'))
      .map(([, text]) => text)
      .join('---\n'),
  )
}

/** The same objects, the last file first and the last document of each file first. */
function reversed(files: Files): Files {
  const entries = Object.entries(files).filter(([path]) => path.endsWith('.yaml'))
  return Object.fromEntries(
    entries.map(([path, text], at) => [
      `${entries.length - at}-${path}`,
      text
        .split(/^---\n/m)
        .reverse()
        .join('---\n'),
    ]),
  )
}

/** The lines that differ, file by file; for changes that keep the number of lines. */
function diff(before: Files, after: Files): Readonly<Record<string, (string | undefined)[][]>> {
  const changed = Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path])
  return Object.fromEntries(
    changed.map((path) => {
      const [old, now] = [before, after].map((files) => String(files[path]).split('\n')) as [string[], string[]]
      const pairs = Array.from({ length: Math.max(old.length, now.length) }, (_, at) => [old[at], now[at]])
      return [path, pairs.filter(([a, b]) => a !== b)]
    }),
  )
}
