import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { buildkit, fileAt, item, listOf, run, template } from '../items.ts'
import { piped } from '../piped.ts'

const root = mkdtempSync(join(tmpdir(), 'package-config-'))
after(() => rmSync(root, { recursive: true }))

const header = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'
const manifests = `${header}kind: BuildkitTemplate\nmetadata: {name: t}\n---\n${header}kind: Buildkit\nmetadata: {name: b}\nspec: {template: t}\n`
const config = (spec: string) => `${header}kind: RenderBuildkit\nmetadata: {name: r}\nspec: {${spec}}\n`
const ENGINE = 'buildkit.seatgeek.io/retirement: engine'

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(root, name)
  mkdirSync(path)
  for (const [file, text] of Object.entries({ 'a.yaml': manifests, ...files })) writeFileSync(join(path, file), text)
  return path
}

async function command(...args: readonly string[]) {
  const { stdout, stderr, exitCode } = await runCommand(args, () => Promise.resolve(new Uint8Array()))
  return { text: stdout.join(''), stderr, exitCode }
}

test('a RenderBuildkit beside the builders configures build, check and fix, and reaches no cluster', async () => {
  const folder = folderOf('one', { 'fn.yaml': config('retirement: engine, mode: check, rules: {BK401: warning}') })
  const { text, stderr, exitCode } = await command('build', folder)
  assert.equal(exitCode, 0)
  assert.ok(text.includes(ENGINE) && !text.includes('RenderBuildkit'))
  assert.match(stderr[0] ?? '', /a\.yaml:1:1: warning BK401/)
  assert.match((await command('check', '--unrendered', folder)).stderr[0] ?? '', /warning BK401/)
  assert.match((await command('fix', '--dry-run', folder)).stderr[0] ?? '', /warning BK401/)
})

test('`--config` takes the place of a RenderBuildkit, and a ConfigMap wins over what it says', async () => {
  const folder = folderOf('given', { 'fn.yaml': config('retirement: engine, rules: {BK401: warning}') })
  const file = join(root, 'config.yaml')
  writeFileSync(file, config('dropTemplates: true'))
  const { text, stderr } = await command('build', '--config', file, folder)
  assert.deepEqual([text.includes(ENGINE), text.includes('BuildkitTemplate'), stderr.length], [false, false, 1])
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {retirement: controller}\n')
  const merged = await command('build', '--config', file, folder)
  assert.deepEqual([merged.text.includes(ENGINE), merged.stderr.length], [false, 2])
})

test('two RenderBuildkits are an error that names both places, unless one is given', async () => {
  const folder = folderOf('two', { 'fn.yaml': config('retirement: engine'), 'other.yaml': config('') })
  const message = `must be the only RenderBuildkit among the manifests, but ${folder}/fn.yaml:1 has another; remove one of them, or name one with \`--config\``
  for (const name of ['build', 'check', 'fix'])
    assert.deepEqual(await command(name, folder), {
      text: '',
      stderr: [`${folder}/other.yaml:2:1: error: RenderBuildkit r: kind: ${message}`],
      exitCode: 1,
    })
  assert.equal((await command('build', '--config', join(folder, 'fn.yaml'), folder)).exitCode, 0)
})

test('what is wrong with a RenderBuildkit has its place, among the manifests and in `--config`', async () => {
  const folder = folderOf('wrong', { 'fn.yaml': config('retirment: engine') })
  const said = `${folder}/fn.yaml:4:8: error: RenderBuildkit r: spec.retirment: is not a field of \`spec\`; did you mean \`retirement\`?`
  assert.deepEqual((await command('build', folder)).stderr, [said])
  assert.deepEqual((await command('build', '--config', join(folder, 'fn.yaml'), join(folder, 'a.yaml'))).stderr, [said])
  assert.deepEqual((await command('build', '--config', join(folder, 'a.yaml'), folder)).stderr, [
    `${folder}/a.yaml:1:1: error: BuildkitTemplate t: must be the only object in its file, but the file has 1 more`,
  ])
  assert.deepEqual((await command('build', '--config', join(folder, 'no.yaml'), folder)).stderr, [
    `${folder}/no.yaml: error: must be a file, but does not exist`,
  ])
})

test('functions in a Kptfile render a package as commands do', () => {
  const items = [
    template('t'),
    buildkit('b', { template: 't' }, { annotations: fileAt('b.yaml') }),
    item({
      apiVersion: 'buildkit.seatgeek.io/v1alpha1',
      kind: 'RenderBuildkit',
      metadata: { name: 'r', annotations: { 'config.kubernetes.io/local-config': 'true' } },
      spec: { retirement: 'engine', mode: 'check', rules: { BK401: 'none' } },
    }),
  ]
  const rendered = run(listOf(items))
  assert.ok(rendered.text.includes(ENGINE))
  const validator = 'functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  data: {mode: check}\n'
  assert.deepEqual(run(rendered.text + validator).results, [])
})

test('a Flux Kustomization goes with the builders; what kustomize builds must be built first', async () => {
  const flux =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: builders}\nspec: {path: ./x}\n'
  const folder = folderOf('flux', { 'kustomization.yaml': flux, 'sync.yaml': flux })
  const { text, exitCode } = await command('build', folder)
  assert.deepEqual([text.split(flux).length, exitCode], [3, 0])
  const component = folderOf('component', {
    'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n',
  })
  assert.deepEqual((await command('build', component)).stderr, [
    `${component}/kustomization.yaml:1:1: error: must be built first: kustomize build ${component}/ | render-buildkit build -`,
  ])
})

test('parameters of an Argo CD Application that are none are told as such', async () => {
  const stdin = () => Promise.resolve(Buffer.from(manifests))
  const { stderr, exitCode } = await runCommand(['build', '--argocd-plugin', '-'], stdin, {
    ARGOCD_APP_PARAMETERS: '{',
  })
  assert.deepEqual(
    [stderr, exitCode],
    [['parameters of the Application: error: must be a list of {"name", "string"} in JSON, got "{"'], 1],
  )
  assert.equal((await piped(['build', '-'], manifests)).exitCode, 0)
})

const NO_CONFIG = 'must contain a RenderBuildkit or a ConfigMap'

/** What a file for `--config` has, if it is there, and what is said of it. */
const refused: Readonly<Record<string, readonly [text: string | undefined, message: string]>> = {
  'is not there': [undefined, 'must be a file, but does not exist'],
  'is empty': ['', NO_CONFIG],
  'has comments only': ['# nothing\n---\n', NO_CONFIG],
  'is no object': ['a: b\n', NO_CONFIG],
  'is a list': ['[]\n', NO_CONFIG],
}

for (const [name, [text, message]] of Object.entries(refused)) {
  test(`a configuration that ${name} is an error`, async () => {
    const file = join(root, `${name}.yaml`)
    if (text !== undefined) writeFileSync(file, text)
    const { stderr, exitCode } = await command('build', '--config', file, folderOf(name, {}))
    const [line = '', ...others] = stderr
    assert.deepEqual(
      { line: line.slice(file.length).replace(/^:\d+:\d+/, ''), others, exitCode },
      { line: `: error: ${message}`, others: [], exitCode: 1 },
    )
  })
}

test('a version in a file for `--config` is told as it is written', async () => {
  const file = join(root, 'version.yaml')
  writeFileSync(file, config('kubernetesVersion: 1.30'))
  const { stderr } = await command('build', '--config', file, folderOf('version', {}))
  assert.match(stderr[0] ?? '', /must be a string, got the number 1\.30; quote it: "1\.30"$/)
})

test('of two in one file the other is named with its line', async () => {
  const twice = `${manifests}---\n# again\n${manifests.slice(manifests.indexOf('---') + 4)}`
  const folder = folderOf('twice', { 'a.yaml': twice })
  assert.deepEqual((await command('build', folder)).stderr, [
    `${folder}/a.yaml:13:12: error: Buildkit b: metadata.name: must be the only Buildkit of this name in its namespace, but ${folder}/a.yaml:5 has another; remove or rename one of them`,
  ])
  const { stderr } = await piped(['build', '-'], twice)
  assert.match(stderr[0] ?? '', /but line 5 of the input has another/)
})
