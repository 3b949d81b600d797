import assert from 'node:assert/strict'
import { newPackage, type Scenarios, SECOND, settled, shop } from '../../harness/engines/argocd/argocd-stage.ts'
import { eventually } from '../../harness/servers/eventually.ts'

/** What becomes of Pods that Git does not name any more. */
export const ROLL: Scenarios = {
  'with `retirement: engine` Argo CD prunes a superseded Pod, and the controller does not interfere': async (stage) => {
    const parameters = [{ name: 'retirement', string: 'engine' }]
    const source = { plugin: { name: 'render-buildkit', parameters } }
    const pkg = await newPackage(stage, { file: 'application-plugin.yaml', source })
    await pkg.sync({ 'builders.yaml': shop(pkg) })
    await settled(pkg)
    const [old] = (await pkg.look()).pods
    await pkg.sync({ 'builders.yaml': shop(pkg, SECOND) })
    assert.deepEqual(await pkg.pruned(), [`Pod ${old}`])
    await settled(pkg)
    await eventually(async () => (await pkg.look()).pods.length, 1)
  },
}
