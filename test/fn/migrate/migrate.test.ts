import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'migrate-'))
after(() => rmSync(folder, { recursive: true }))

const testdata = (name: string) => readFileSync(join(import.meta.dirname, 'testdata', name), 'utf8')
const cluster = testdata('cluster.yaml')

async function command(args: readonly string[], stdin: string) {
  const { stdout, stderr, exitCode } = await runCommand(args, () => Promise.resolve(Buffer.from(stdin)))
  return { text: stdout.join(''), stderr, exitCode }
}
const migrate = (stdin: string, ...args: readonly string[]) => command(['migrate', ...args], stdin)

/** The files below a folder, by their paths. */
function filesIn(root: string): Readonly<Record<string, string>> {
  const entries = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : []
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]))
}

const withoutPods = (list: string) => `${list.slice(0, list.indexOf('- apiVersion: v1\n'))}kind: List\n`
const said = testdata('said.txt').trimEnd().split('\n')
const script = testdata('script.sh')
const summary = 'migrated 3 Buildkits and 2 BuildkitTemplates, with 2 Pods to adopt'

test('what kubectl gets of a cluster becomes manifests for Git, what is different and how its Pods are adopted', async () => {
  assert.deepEqual(await migrate(cluster), {
    text: testdata('package.yaml'),
    stderr: [...said, ...script.trimEnd().split('\n'), summary],
    exitCode: 0,
  })
})

test('with a folder each object becomes a file, and the script goes to standard output', async () => {
  const root = join(folder, 'package')
  assert.deepEqual(await migrate(cluster, '--into', root), {
    text: script,
    stderr: [...said, `${summary}, in 5 files below ${root}`],
    exitCode: 0,
  })
  const [arm64, web, small, shop, pay] = testdata('package.yaml').split('---\n')
  assert.deepEqual(filesIn(root), {
    'apps/buildkit_web.yaml': web,
    'apps/buildkittemplate_arm64.yaml': arm64,
    'ci/buildkit_pay.yaml': pay,
    'ci/buildkit_shop.yaml': shop,
    'ci/buildkittemplate_small.yaml': small,
  })
})

test('the package can be rendered, and migrating what was migrated changes nothing', async () => {
  const { text } = await migrate(cluster)
  const { stderr, exitCode } = await command(['build'], text)
  assert.deepEqual(
    { last: stderr.at(-1), exitCode },
    { last: 'rendered 3 Pods from 3 Buildkits and 2 BuildkitTemplates', exitCode: 0 },
  )
  assert.equal((await migrate(text)).text, text)
})

test('without Pods in the input those are adopted that the operator has noted, and none is taken for one that drains', async () => {
  const { stderr } = await migrate(withoutPods(cluster))
  assert.deepEqual(stderr.slice(-7), [
    '# Run this when the operator is scaled down, and before buildkit-controller starts (docs/migrate.md).',
    '# These Pods are not known to drain their builds, so buildkit-controller must not delete them:',
    'kubectl annotate --namespace ci pods -- shop-x7k2p buildkit.seatgeek.io/retirement=engine',
    '# Delete them yourself, once their Buildkits are READY and they are idle:',
    '# kubectl delete --namespace ci pods -- shop-x7k2p',
    'kubectl label --namespace ci pods -- shop-x7k2p buildkit.seatgeek.io/buildkit=shop',
    'migrated 3 Buildkits and 2 BuildkitTemplates, with 1 Pod to adopt',
  ])
})

test('rendered Pods are not adopted, in the input or in a status', async () => {
  const rendered = cluster.replaceAll('shop-x7k2p', 'shop-8blrpmsthb')
  assert.match((await migrate(withoutPods(rendered))).stderr.at(-1) ?? '', /with 0 Pods to adopt$/)
  const { stderr } = await migrate(rendered.replace(/ {4}ownerReferences:\n(?: {4}[- ] .*\n)+/g, ''))
  assert.match(stderr.at(-1) ?? '', /with 0 Pods to adopt$/)
})

test('a name that no cluster has does not get into the script', async () => {
  const { text } = await migrate(
    cluster.replace('name: shop-x7k2p\n    namespace', 'name: "x; reboot"\n    namespace'),
    '--into',
    join(folder, 'safe'),
  )
  assert.deepEqual(text.match(/reboot/g), null)
  assert.ok(text.includes('web-9zqvw'))
})

test('the label of a Buildkit whose name is too long for one is cut as everywhere', async () => {
  const long = 'b'.repeat(70)
  const { stderr } = await migrate(cluster.replaceAll(/name: shop\n/g, `name: ${long}\n`))
  const label = stderr.find((line) => line.startsWith('kubectl label'))
  assert.match(label ?? '', /shop-x7k2p buildkit\.seatgeek\.io\/buildkit=b{52}-[a-z0-9]{10}$/)
})

const mistakes: Readonly<Record<string, readonly [input: string, stderr: readonly (string | RegExp)[]]>> = {
  'nothing on standard input': [
    '',
    [
      'standard input: error: must contain manifests, but has none',
      'error: must contain Buildkits or BuildkitTemplates, but has none; run kubectl get buildkits,buildkittemplates,pods -A -o yaml | render-buildkit migrate',
    ],
  ],
  'a List without Buildkits': [
    'apiVersion: v1\nkind: List\nitems: []\n',
    [/must contain manifests/, /must contain Buildkits or BuildkitTemplates/],
  ],
  'what is not YAML': ['apiVersion: v1\nkind: List\nitems: [\n', [/^standard input:3:8: error: is not valid YAML/]],
  'a broken manifest': [
    'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata: {name: [}\n',
    [/^standard input:3:\d+: error: is not valid YAML/, /but has none/],
  ],
  'an unknown field': [
    cluster.replace('template: arm64', 'template: arm64\n    warmth: 2'),
    [/^error: Buildkit apps\/web: spec\.warmth: /],
  ],
  'a template that is not there': [
    cluster.replace('template: arm64', 'template: arm32'),
    [/^error: Buildkit apps\/web: spec\.template: must name a BuildkitTemplate in namespace "apps"/],
  ],
  'an owner that is asked for and missing': [
    cluster.replaceAll('requireOwner: false', 'requireOwner: true'),
    [
      /^error: Buildkit ci\/shop: metadata\.ownerReferences: /,
      /^error: Buildkit apps\/web: metadata\.ownerReferences: /,
    ],
  ],
  'a name that is too long': [
    cluster.replaceAll('name: web\n', `name: ${'w'.repeat(254)}\n`),
    [/metadata\.name: must be a DNS name of at most 253/],
  ],
  'a namespace that is no folder': [
    cluster.replaceAll('namespace: apps', 'namespace: ../apps'),
    [/metadata\.namespace: must be a name of lower-case letters/, /metadata\.namespace/],
  ],
  'an object that is there twice': [`${cluster}---\n${cluster}`, [/must be the only/]],
}

for (const [name, [input, expected]] of Object.entries(mistakes)) {
  test(`${name} is an error, and nothing is written`, async () => {
    const root = join(folder, name)
    const { text, stderr, exitCode } = await migrate(input, '--into', root)
    assert.deepEqual({ text, exitCode, files: filesIn(root) }, { text: '', exitCode: 1, files: {} })
    const errors = stderr.filter((line) => !line.startsWith('warning: '))
    expected.forEach((line, at) => {
      if (typeof line === 'string') assert.equal(errors[at], line)
      else assert.match(errors[at] ?? '', line)
    })
  })
}

test('files that are there are named, and nothing is written', async () => {
  const root = join(folder, 'taken')
  mkdirSync(join(root, 'ci'), { recursive: true })
  writeFileSync(join(root, 'ci/buildkit_shop.yaml'), 'mine')
  writeFileSync(join(root, 'ci/other.yaml'), 'mine')
  assert.deepEqual(await migrate(cluster, '--into', root), {
    text: '',
    stderr: [`${root}/ci/buildkit_shop.yaml: must not exist yet; move it away, or name another folder`],
    exitCode: 1,
  })
  assert.deepEqual(filesIn(root), { 'ci/buildkit_shop.yaml': 'mine', 'ci/other.yaml': 'mine' })
})

test('migrating writes all files or none', async () => {
  const root = join(folder, 'all-or-none')
  mkdirSync(root)
  writeFileSync(join(root, 'ci'), 'a file, where a folder is needed')
  const { text, stderr, exitCode } = await migrate(cluster, '--into', root)
  assert.deepEqual({ text, exitCode, lines: stderr.length }, { text: '', exitCode: 1, lines: 1 })
  assert.match(stderr[0] ?? '', /all-or-none: must be a folder that can be written to: /)
  assert.deepEqual(readdirSync(root), ['ci'])
})

for (const [name, args, message] of [
  ['a folder for the output', ['build', '--into', 'package'], '`--into` must come with `migrate`'],
  [
    'a configuration',
    ['migrate', '--config', 'a.yaml'],
    '`--config` must come with `build`, `check`, `diff`, `fix` or `tree`',
  ],
] as const) {
  test(`${name} for a command that has none is a usage error`, async () => {
    assert.deepEqual(await command(args, ''), {
      text: '',
      stderr: [`error: ${message}; see render-buildkit --help`],
      exitCode: 2,
    })
  })
}
