import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { downloadNode } from '../../release/node-binaries.ts'
import { makeNpmPackage } from '../../release/npm-package.ts'
import { run } from '../../release/run.ts'
import { manifestsOf } from '../harness/engines/manifests.ts'
import { render } from '../harness/engines/render.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import versions from './node-versions.json' with { type: 'json' }

const USE_CJS = "const { renderBuildkit } = require('buildkit-gitops'); console.log(typeof renderBuildkit)"
const USE_ESM = "import { renderBuildkit } from 'buildkit-gitops'; console.log(typeof renderBuildkit)"
const USE_TYPES = `import { renderBuildkit, type Buildkit, type BuildkitTemplate } from 'buildkit-gitops'
import type { KptFunc } from 'kpt-functions'
export const functions: readonly KptFunc[] = [renderBuildkit]
export const both = (buildkit: Buildkit, { spec }: BuildkitTemplate): unknown => [buildkit.spec.template, spec?.image]
`

const POD = /^kind: Pod$/m
const TARBALL = `./buildkit-gitops-${packageJson.version}.tgz`

type Scenario = (folder: string) => Promise<void>

const scenarios: Readonly<Record<string, Scenario>> = {
  'brings programs, types, schemas and CRDs, and no package but those of kpt-functions': async (folder) => {
    const list = await run('npm', ['ls', '--all', '--parseable'], { cwd: folder })
    const packages = relativeTo(`${folder}/node_modules/`, list).slice(1)
    const ofKptFunctions = ['argparse', 'esprima', 'js-yaml', 'kpt-functions', 'rw', 'sprintf-js']
    assert.deepEqual(packages, ['buildkit-gitops', ...ofKptFunctions].sort())
    const ours = join(folder, 'node_modules/buildkit-gitops/')
    const files = await run('find', [ours, '-type', 'f', '-not', '-path', '*/crds/*'])
    assert.deepEqual(relativeTo(ours, files), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/buildkit-controller.cjs',
      'dist/client-node.cjs',
      'dist/kpt-function.cjs',
      'dist/render-buildkit.cjs',
      'fn/kpt-function.types.d.ts',
      'package.json',
    ])
  },

  'renders with npx what this repository renders': async (folder) => {
    const manifests = manifestsOf({ image: 'moby/buildkit:v0.34.2', names: ['shop'] })
    await writeFile(join(folder, 'shop.yaml'), manifests)
    const rendered = await run('npx', ['--no-install', 'render-buildkit', 'build', 'shop.yaml'], { cwd: folder })
    assert.equal(rendered, await render(manifests))
  },

  'is a function for kpt and for kustomize': async (folder) => {
    const program = join(folder, 'node_modules/.bin/render-buildkit')
    const manifests = manifestsOf({ image: 'moby/buildkit:v0.34.2', names: ['shop'] })
    const functionPackage = join(folder, 'package')
    await mkdir(functionPackage)
    await writeFile(join(functionPackage, 'shop.yaml'), manifests)
    const kpt = [functionPackage, '--output', 'unwrap', '--exec', program]
    assert.match(await run(binary('kpt'), ['fn', 'eval', ...kpt]), POD)
    const configuration = {
      apiVersion: 'buildkit.seatgeek.io/v1alpha1',
      kind: 'RenderBuildkit',
      metadata: { name: 'render' },
    }
    const annotations = { 'config.kubernetes.io/function': `exec: {path: ${program}}` }
    const kustomization = {
      resources: ['shop.yaml'],
      transformers: [JSON.stringify({ ...configuration, metadata: { name: 'render', annotations } })],
    }
    await writeFile(join(functionPackage, 'kustomization.yaml'), JSON.stringify(kustomization))
    const kustomize = ['--enable-alpha-plugins', '--enable-exec', functionPackage]
    assert.match(await run(binary('kustomize'), ['build', ...kustomize]), POD)
  },

  'can be published': async (folder) => {
    const published = await run('npm', ['publish', TARBALL, '--dry-run'], { cwd: folder })
    assert.match(published, new RegExp(`^\\+ buildkit-gitops@${packageJson.version.replaceAll('.', '\\.')}$`, 'm'))
  },

  'has types that pass tsc --strict, as an ECMAScript module and as a CommonJS module': async (folder) => {
    const files = ['types.mts', 'types.cts']
    for (const file of files) await writeFile(join(folder, file), USE_TYPES)
    const tsc = join(import.meta.dirname, '../../node_modules/.bin/tsc')
    for (const module of ['node16', 'node18', 'nodenext'])
      await run(tsc, ['--strict', '--noEmit', '--module', module, '--types', '', ...files], { cwd: folder })
    const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler']
    await run(tsc, ['--strict', '--noEmit', ...bundler, '--types', '', 'types.mts'], { cwd: folder })
  },

  'names its module and its types where programs that know no exports look for them': async (folder) => {
    const ours = join(folder, 'node_modules/buildkit-gitops')
    const { type, main, types, exports } = JSON.parse(await readFile(join(ours, 'package.json'), 'utf8'))
    const { types: exportedTypes, default: exported } = exports['.']
    assert.deepEqual({ type, main, types }, { type: undefined, main: exported, types: exportedTypes })
  },

  'has its schemas and CRDs as exports': async (folder) => {
    const script = "console.log(require('buildkit-gitops/crds/schemas/all.schema.json').$schema)"
    assert.match(await run(process.execPath, ['-e', script], { cwd: folder }), /json-schema\.org/)
  },

  'reads a kubeconfig without another package': async (folder) => {
    await writeFile(join(folder, 'kubeconfig'), 'apiVersion: v1\nkind: Config\ncurrent-context: none\n')
    const program = join(folder, 'node_modules/.bin/buildkit-controller')
    const started = run(process.execPath, [program, '--kubeconfig', 'kubeconfig'], { cwd: folder })
    await assert.rejects(started, /kubeconfig must have contexts, got none$/)
  },
}

for (const [major, version] of Object.entries(versions))
  Object.assign(scenarios, {
    [`runs on Node.js ${major}: both programs, and the function for require and import`]: async (folder: string) => {
      const node = await downloadNode(version)
      const versionOf = (program: string) =>
        run(node, [join(folder, 'node_modules/.bin', program), '--version'], { cwd: folder })
      assert.equal(await versionOf('render-buildkit'), `render-buildkit ${packageJson.version}\n`)
      assert.equal(await versionOf('buildkit-controller'), `buildkit-controller ${packageJson.version}\n`)
      assert.equal(await run(node, ['-e', USE_CJS], { cwd: folder }), 'function\n')
      assert.equal(await run(node, ['--input-type=module', '-e', USE_ESM], { cwd: folder }), 'function\n')
    },
  })

suite('the npm package, installed in an empty folder', { skip: needs('kpt', 'kustomize') }, () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'installed-'))
    await makeNpmPackage({ folder })
    await writeFile(join(folder, 'package.json'), '{"private": true}')
    await run('npm', ['install', '--no-audit', '--no-fund', TARBALL], { cwd: folder })
  })
  after(() => rm(folder, { recursive: true }))
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(folder))
})

function relativeTo(folder: string, lines: string): readonly string[] {
  const paths = lines.trim().split('\n')
  return paths.map((path) => path.slice(folder.length)).sort()
}
