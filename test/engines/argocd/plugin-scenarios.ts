import assert from 'node:assert/strict'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { RETIREMENT_ANNOTATION } from '../../../crds/names.ts'
import {
  type ArgoCdStage,
  newPackage,
  type Package,
  type Scenarios,
  settled,
  shop,
} from '../../harness/engines/argocd/argocd-stage.ts'
import { render } from '../../harness/engines/render.ts'
import { eventually } from '../../harness/servers/eventually.ts'

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n'
/** The example without a plugin: Argo CD looks for one. */
const FOUND = { file: 'application.yaml' }
const NAMED = { file: 'application-plugin.yaml' }

/** Whether Argo CD renders what is to be rendered, and nothing else. */
export const PLUGIN: Scenarios = {
  'the plugin renders what an Application that names it has in Git, by its parameters': async (stage) => {
    const parameters = [{ name: 'retirement', string: 'engine' }]
    const pkg = await newPackage(stage, { ...NAMED, source: { plugin: { name: 'render-buildkit', parameters } } })
    await pkg.sync({ 'builders.yaml': shop(pkg) })
    await settled(pkg)
    const pod = await podOf(stage, pkg)
    assert.equal(pod.metadata.annotations[RETIREMENT_ANNOTATION], 'engine')
  },

  'the plugin is found for a folder with a Buildkit that was not rendered': async (stage) => {
    const pkg = await newPackage(stage, FOUND)
    await pkg.sync({ 'builders.yaml': shop(pkg) })
    await settled(pkg)
    assert.equal(await pkg.sourceType(), 'Plugin')
  },

  'the plugin leaves alone what was rendered before, and what is not ours': async (stage) => {
    const rendered = await newPackage(stage, FOUND)
    await rendered.sync({ 'builders.yaml': await render(shop(rendered)) })
    const other = await newPackage(stage, FOUND)
    await other.sync({ 'other.yaml': CONFIG_MAP })
    await settled(rendered)
    assert.deepEqual([await rendered.sourceType(), await other.sourceType()], ['Directory', 'Directory'])
    assert.deepEqual(await other.objects(), ['ConfigMap other: Synced'])
  },

  'a mistake in a manifest is a condition of the Application, and nothing is deleted for it': async (stage) => {
    const pkg = await newPackage(stage, NAMED)
    await pkg.sync({ 'builders.yaml': shop(pkg) })
    await settled(pkg)
    await pkg.push({ 'builders.yaml': shop(pkg).replace('template: small', 'template: smal') })
    await pkg.refresh()
    const expected =
      /ComparisonError: .*builders\.yaml:\d+:\d+: error: Buildkit \S+\/shop: spec\.template: must name a BuildkitTemplate .*got "smal"/
    await eventually(async () => expected.test(await pkg.errors()), true, 60)
    assert.equal((await pkg.look()).pods.length, 1)
    await pkg.sync({ 'builders.yaml': shop(pkg) })
  },

  'a parameter that is none of ours is a condition of the Application': async (stage) => {
    const parameters = [{ name: 'retirment', string: 'engine' }]
    const source = { plugin: { name: 'render-buildkit', parameters } }
    const pkg = await newPackage(stage, {
      ...NAMED,
      source,
      files: { 'builders.yaml': shop({ namespace: 'default' }) },
    })
    const expected =
      /parameters of the Application: error: retirment: is not a field of `parameters`; did you mean `retirement`\?/
    await eventually(async () => expected.test(await pkg.errors()), true, 60)
  },

  'a link out of the repository is refused by Argo CD, before anything is rendered': async (stage) => {
    const pkg = await newPackage(stage, NAMED)
    await symlink('/etc/hostname', join(pkg.repository.folder, 'link.yaml'))
    await pkg.push({ 'builders.yaml': shop(pkg) })
    await pkg.refresh()
    await eventually(async () => /out-of-bounds symlinks/.test(await pkg.errors()), true, 60)
  },
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
async function podOf({ cluster }: ArgoCdStage, { look, namespace }: Package): Promise<any> {
  const [name] = (await look()).pods
  return (await cluster.request('GET', `/api/v1/namespaces/${namespace}/pods/${name}`)).body
}
