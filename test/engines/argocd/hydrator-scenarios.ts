import assert from 'node:assert/strict'
import { newPackage, type Scenarios, SECOND, settled, shop } from '../../harness/engines/argocd/argocd-stage.ts'
import { eventually } from '../../harness/servers/eventually.ts'

/** Argo CD's source hydrator: it commits to a branch of its own what the plugin rendered, and applies that. */
export const HYDRATOR: Scenarios = {
  'the source hydrator commits what the plugin renders, and what it committed is not rendered again': async (stage) => {
    const namespace = 'hydrated'
    const files = { 'builders.yaml': shop({ namespace }) }
    const pkg = await newPackage(stage, { file: 'application-hydrator.yaml', namespace, files })
    await settled(pkg)
    assert.equal(await pkg.sourceType(), 'Directory')
    const [old] = (await pkg.look()).pods
    await pkg.push({ 'builders.yaml': shop(pkg, SECOND) })
    await pkg.hydrate()
    await eventually(async () => (await pkg.look()).pods.some((pod) => pod !== old), true, 60)
    await settled(pkg)
  },
}
