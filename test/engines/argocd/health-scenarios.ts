import assert from 'node:assert/strict'
import { newPackage, type Scenarios, SECOND, settled, shop, WELL } from '../../harness/engines/argocd/argocd-stage.ts'
import { MISSING_IMAGE } from '../../harness/engines/kubelet.ts'
import { render } from '../../harness/engines/render.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'

/** What Argo CD says of an Application whose builders are in some state. */
export const HEALTH: Scenarios = {
  'while a Pod drains that was replaced, the Application is Healthy': async (stage) => {
    const pkg = await newPackage(stage)
    await pkg.sync({ 'builders.yaml': await render(shop(pkg)) })
    await settled(pkg)
    const [old] = (await pkg.look()).pods
    const path = `/api/v1/namespaces/${pkg.namespace}/pods/${old}`
    await stage.cluster.request('PATCH', path, { metadata: { finalizers: ['example.com/drains'] } })
    await pkg.sync({ 'builders.yaml': await render(shop(pkg, SECOND)) })
    const isDraining = async () => (await pkg.look()).pods.includes(`(${old})`)
    await eventually(isDraining, true, 60)
    await pkg.refresh()
    assert.deepEqual([await pkg.verdict(), await isDraining()], [WELL, true])
    await stage.cluster.request('PATCH', path, { metadata: { finalizers: null } })
  },

  'a builder whose new Pod cannot start is Degraded, and so is the Application, until Git is mended': async (stage) => {
    const pkg = await newPackage(stage)
    await pkg.sync({ 'builders.yaml': await render(shop(pkg)) })
    await settled(pkg)
    await pkg.sync({ 'builders.yaml': await render(shop(pkg, MISSING_IMAGE)) })
    await eventually(pkg.verdict, 'Synced and Degraded', 60)
    await nextSecond()
    await pkg.sync({ 'builders.yaml': await render(shop(pkg)) })
    await settled(pkg)
  },
}
