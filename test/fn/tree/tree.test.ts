import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'

const template = (name: string, spec: object = {}) => ({
  apiVersion: 'buildkit.seatgeek.io/v1alpha1',
  kind: 'BuildkitTemplate',
  metadata: { name, namespace: 'ci' },
  spec,
})
const buildkit = (name: string, templateName: string) => ({
  apiVersion: 'buildkit.seatgeek.io/v1alpha1',
  kind: 'Buildkit',
  metadata: { name, namespace: 'ci' },
  spec: { template: templateName },
})

/** What `tree` prints of a file with these objects; hashes are `#`. */
async function tree(objects: readonly object[], ...flags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tree-'))
  try {
    writeFileSync(join(folder, 'package.yaml'), objects.map((object) => JSON.stringify(object)).join('\n---\n'))
    const { stdout, stderr, exitCode } = await runCommand(['tree', ...flags, folder], noInput)
    return { text: stdout.join('').replaceAll(/-[0-9a-z]{10}\b/g, '-#'), stderr, exitCode }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function noInput(): never {
  throw new Error('tree has read standard input')
}

test('tree shows templates, their Buildkits and what is applied for each, with what there is to say', async () => {
  const objects = [
    template('small', { resources: { default: { requests: { cpu: '2', memory: '4Gi' } } } }),
    buildkit('shop', 'small'),
    buildkit('web', 'small'),
    template('own-disk', { cache: { claim: { size: '50Gi' } }, service: {}, rootless: true }),
    buildkit('search', 'own-disk'),
    template('spare'),
  ]
  assert.deepEqual(await tree(objects), {
    text: `BuildkitTemplate ci/small: privileged, cpu 2, memory 4Gi, cache of up to 93.1 GiB in an emptyDir; 1 info: BK401
├─ Buildkit ci/shop
│  └─ Pod shop-#
└─ Buildkit ci/web
   └─ Pod web-#
BuildkitTemplate ci/own-disk: rootless, cache of up to 50 GiB in a claim; 1 info: BK401
└─ Buildkit ci/search
   ├─ PersistentVolumeClaim search-#, 50Gi
   ├─ Service search
   └─ Pod search-#
BuildkitTemplate ci/spare: privileged, no Buildkits; 1 info: BK401
`,
    stderr: [],
    exitCode: 0,
  })
})

test('tree shows Buildkits that get no Pod, and why, and fails', async () => {
  const { text, exitCode } = await tree([template('small'), buildkit('shop', 'smal'), buildkit('web', 'small')])
  assert.equal(
    text,
    `BuildkitTemplate ci/small: privileged, cache of up to 93.1 GiB in an emptyDir; 1 info: BK401
└─ Buildkit ci/web
   └─ Pod web-#
Buildkit ci/shop: no Pod; 1 error
└─ error: spec.template: must name a BuildkitTemplate in namespace "ci", got "smal"; did you mean "small"?
`,
  )
  assert.equal(exitCode, 1)
})

test('tree draws a flowchart of Mermaid, with one box for many Buildkits', async () => {
  const many = Array.from({ length: 21 }, (_, at) => buildkit(`b${at}`, 'small'))
  const { text } = await tree(
    [template('small'), ...many, template('large'), buildkit('a', 'large')],
    '--output',
    'mermaid',
  )
  assert.equal(
    text,
    `flowchart LR
  t0["BuildkitTemplate<br/>ci/small<br/>privileged<br/>cache of up to 93.1 GiB in an emptyDir"]
  t0 --> t0b["21 Buildkits"]
  t1["BuildkitTemplate<br/>ci/large<br/>privileged<br/>cache of up to 93.1 GiB in an emptyDir"]
  t1 --> t1b0["Buildkit<br/>ci/a"]
  t1b0 --> t1b0o0["Pod<br/>a-#"]
`,
  )
})

test('tree fails with what cannot be read, and shows the rest', async () => {
  const { text, stderr, exitCode } = await tree([template('small'), buildkit('a', 'small'), ['no object']])
  assert.match(text, /└─ Pod a-#/)
  assert.match(stderr.join('\n'), /package\.yaml:\d+:\d+: error: /)
  assert.equal(exitCode, 1)
})

test('tree draws a Buildkit once whose name is there twice, with the error', async () => {
  const { text, exitCode } = await tree([template('small'), buildkit('shop', 'small'), buildkit('shop', 'small')])
  assert.equal(
    text.replace(/but .* has another/, 'but … has another'),
    `BuildkitTemplate ci/small: privileged, cache of up to 93.1 GiB in an emptyDir; 1 info: BK401
└─ Buildkit ci/shop; 1 error
   ├─ error: metadata.name: must be the only Buildkit of this name in its namespace, but … has another; remove or rename one of them
   └─ Pod shop-#
`,
  )
  assert.equal(exitCode, 1)
})
