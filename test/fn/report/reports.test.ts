import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { RULES } from '../../../fn/rules/book.ts'
import packageJson from '../../../package.json' with { type: 'json' }

const root = mkdtempSync(join(tmpdir(), 'render-buildkit-reports-'))
after(() => rmSync(root, { recursive: true }))

const file = join(root, 'a b,c.yaml')
const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const manifests = `apiVersion: ${apiVersion}
kind: BuildkitTemplate
metadata:
  name: small
spec:
  lifecycle:
    restartPolicy: OnFailure
---
apiVersion: ${apiVersion}
kind: Buildkit
metadata:
  name: shop
spec:
  template: smal
`
writeFileSync(file, manifests)
writeFileSync(join(root, 'values.yaml'), '# for a chart\nno: manifest\n')

const unread = 'must be a Kubernetes object, but has no `apiVersion` and `kind`; leave the file out or move it away'
const IGNORING = 'small\n  annotations:\n    buildkit.seatgeek.io/ignore-rules: BK401\n'
const missing = 'must name a BuildkitTemplate without a namespace, as this Buildkit, got "smal"; did you mean "small"?'
const restarts =
  'must be "Always" if Argo CD applies the Pod, got "OnFailure"; a sync with several waves waits until any other Pod ends'
const plain =
  'is plain TCP without authentication; anyone who can reach it can build, including `RUN` steps of the builder, which no NetworkPolicy blocks; set `spec.tls`, or restrict who connects, and use a separate builder for what you do not trust'
const lines = [
  `${file}:14:3: error: Buildkit shop: spec.template: ${missing}`,
  `${root}/values.yaml:2:1: error: ${unread}`,
  `${file}:7:5: warning BK601 restart-policy: BuildkitTemplate small: spec.lifecycle.restartPolicy: ${restarts}`,
  `${file}:5:1: info BK401 unauthenticated-port: BuildkitTemplate small: spec.port: ${plain}`,
]

async function check(output: string, paths: readonly string[] = [root], stdin = '') {
  const args = ['check', ...paths, '--output', output]
  const outcome = await runCommand(args, () => Promise.resolve(Buffer.from(stdin)))
  assert.deepEqual(await runCommand(args, () => Promise.resolve(Buffer.from(stdin))), outcome, 'twice is the same')
  return { ...outcome, stdout: outcome.stdout.join('') }
}

test('as JSON: the results of the KRM functions specification, each with its position', async () => {
  const { stdout, stderr, exitCode } = await check('json')
  assert.deepEqual({ stderr, exitCode }, { stderr: lines, exitCode: 1 })
  assert.deepEqual(JSON.parse(stdout), [
    {
      message: missing,
      severity: 'error',
      resourceRef: { apiVersion, kind: 'Buildkit', name: 'shop' },
      field: { path: 'spec.template', currentValue: 'smal', proposedValue: 'small' },
      file: { path: file, index: 1 },
      position: { line: 14, column: 3 },
    },
    {
      message: unread,
      severity: 'error',
      file: { path: join(root, 'values.yaml') },
      position: { line: 2, column: 1 },
    },
    {
      message: restarts,
      severity: 'warning',
      resourceRef: { apiVersion, kind: 'BuildkitTemplate', name: 'small' },
      field: { path: 'spec.lifecycle.restartPolicy', currentValue: 'OnFailure', proposedValue: 'Always' },
      file: { path: file },
      tags: { rule: 'BK601' },
      position: { line: 7, column: 5 },
    },
    {
      message: plain,
      severity: 'info',
      resourceRef: { apiVersion, kind: 'BuildkitTemplate', name: 'small' },
      field: { path: 'spec.port', currentValue: 1234 },
      file: { path: file },
      tags: { rule: 'BK401' },
      position: { line: 5, column: 1 },
    },
  ])
})

test('for GitHub Actions: a workflow command each, on the line, with the rule as its title', async () => {
  const { stdout, stderr, exitCode } = await check('github')
  const escaped = file.replace(',', '%2C')
  assert.deepEqual({ stderr, exitCode }, { stderr: lines, exitCode: 1 })
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    `::error file=${escaped},line=14,col=3::Buildkit shop: spec.template: ${missing}`,
    `::error file=${root}/values.yaml,line=2,col=1::${unread}`,
    `::warning file=${escaped},line=7,col=5,title=BK601 restart-policy::BuildkitTemplate small: spec.lifecycle.restartPolicy: ${restarts}`,
    `::notice file=${escaped},line=5,col=1,title=BK401 unauthenticated-port::BuildkitTemplate small: spec.port: ${plain}`,
  ])
})

test('as SARIF 2.1.0: a run with the rule book, and results with their places', async () => {
  const { stdout, stderr, exitCode } = await check('sarif')
  assert.deepEqual({ stderr, exitCode }, { stderr: lines, exitCode: 1 })
  const log = JSON.parse(stdout)
  const [{ tool, results }] = log.runs
  const { name, version, rules } = tool.driver
  assert.deepEqual({ name, version }, { name: 'render-buildkit', version: packageJson.version })
  assert.deepEqual(
    rules.map(({ id }: { readonly id: string }) => id),
    ['manifest', ...RULES.map(({ id }) => id)],
  )
  const indexOf = (rule: string) => RULES.findIndex(({ id }) => id === rule) + 1
  assert.deepEqual(rules[indexOf('BK601')], {
    id: 'BK601',
    name: 'restart-policy',
    shortDescription: { text: RULES[indexOf('BK601') - 1]?.text().what },
    fullDescription: { text: RULES[indexOf('BK601') - 1]?.text().why },
    helpUri: 'https://github.com/buildkit-gitops/buildkit-gitops/blob/main/docs/rules/engines.md#bk601-restart-policy',
    defaultConfiguration: { level: 'warning' },
  })
  const manifest = { ruleId: 'manifest', ruleIndex: 0, level: 'error' }
  const at = (path: string, region?: object) => [
    { physicalLocation: { artifactLocation: { uri: `file://${root}/${path}` }, ...(region && { region }) } },
  ]
  assert.deepEqual(results, [
    {
      ...manifest,
      message: { text: `Buildkit shop: spec.template: ${missing}` },
      locations: at('a%20b%2Cc.yaml', { startLine: 14, startColumn: 3 }),
    },
    {
      ...manifest,
      message: { text: unread },
      locations: at('values.yaml', { startLine: 2, startColumn: 1 }),
    },
    {
      ruleId: 'BK601',
      ruleIndex: indexOf('BK601'),
      level: 'warning',
      message: { text: `BuildkitTemplate small: spec.lifecycle.restartPolicy: ${restarts}` },
      locations: at('a%20b%2Cc.yaml', { startLine: 7, startColumn: 5 }),
    },
    {
      ruleId: 'BK401',
      ruleIndex: indexOf('BK401'),
      level: 'note',
      message: { text: `BuildkitTemplate small: spec.port: ${plain}` },
      locations: at('a%20b%2Cc.yaml', { startLine: 5, startColumn: 1 }),
    },
  ])
})

test('what is on standard input has no file', async () => {
  const where = ({ stderr }: { readonly stderr: readonly string[] }) => stderr.map((line) => line.split(': ')[0])
  const json = await check('json', ['-'], manifests)
  assert.deepEqual(where(json), ['standard input:14:3', 'standard input:7:5', 'standard input:5:1'])
  assert.deepEqual(
    JSON.parse(json.stdout).map(({ file: of, position }: { file?: object; position: object }) => ({ of, position })),
    [
      { of: undefined, position: { line: 14, column: 3 } },
      { of: undefined, position: { line: 7, column: 5 } },
      { of: undefined, position: { line: 5, column: 1 } },
    ],
  )
  const sarif = JSON.parse((await check('sarif', ['-'], manifests)).stdout)
  assert.ok(sarif.runs[0].results.every((result: object) => !('locations' in result)))
  assert.match(
    (await check('github', ['-'], manifests)).stdout,
    /^::error::Buildkit shop.*\n::warning title=BK601 restart-policy::.*\n::notice title=BK401 unauthenticated-port::/,
  )
})

test('where all is well each format says so in its own way', async () => {
  const { stdout } = await runCommand(['build', '-'], () => {
    return Promise.resolve(
      Buffer.from(manifests.replace('smal\n', 'small\n').replace('OnFailure', 'Always').replace('small\n', IGNORING)),
    )
  })
  for (const [output, said] of [
    ['json', '[]\n'],
    ['github', ''],
  ] as const)
    assert.deepEqual(await check(output, ['-'], stdout.join('')), {
      stdout: said,
      stderr: ['1 Pod up to date'],
      exitCode: 0,
    })
  const sarif = await check('sarif', ['-'], stdout.join(''))
  assert.deepEqual(JSON.parse(sarif.stdout).runs[0].results, [])
})

for (const [name, args, message] of [
  ['another format', ['check', '--output', 'xml'], '`--output` must be json, sarif or github, got "xml"'],
  ['a format for build', ['build', '--output', 'json'], '`--output` must come with `check`, `diff` or `tree`'],
] as const)
  test(`${name} is a usage error`, async () => {
    assert.deepEqual(await runCommand(args, () => Promise.resolve(new Uint8Array())), {
      stdout: [],
      stderr: [`error: ${message}; see render-buildkit --help`],
      exitCode: 2,
    })
  })
