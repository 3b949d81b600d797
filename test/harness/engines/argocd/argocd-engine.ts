import { join } from 'node:path'
import type { Cluster } from '../../servers/cluster.ts'
import { eventually } from '../../servers/eventually.ts'
import type { Engine } from '../engine.ts'
import { render } from '../render.ts'
import { createApplication } from './application.ts'
import { exampleApplication } from './example-application.ts'
import { type ArgoCd, startArgoCd } from './start-argocd.ts'

const PATH = 'rendered'

export async function startArgoCdEngine(cluster: Cluster): Promise<Engine> {
  return argoCdEngine(cluster, await startArgoCd(cluster))
}

/** Argo CD with the Application of examples/argocd, and CI that renders what it reads. */
export async function argoCdEngine(cluster: Cluster, { createRepository, crash, stop }: ArgoCd): Promise<Engine> {
  const repository = await createRepository()
  const push = (manifests: string) => repository.commit({ [join(PATH, 'builders.yaml')]: manifests })
  await push('')
  const source = { repoURL: repository.url, path: PATH }
  const manifest = await exampleApplication('application.yaml', { name: 'builders', namespace: 'default', source })
  const application = await createApplication(cluster, manifest)
  return {
    name: 'Argo CD',
    healsByItself: true,
    sync: async (manifests) => application.synced(await push(await render(manifests))),
    again: () => application.refresh('hard'),
    refused: async (manifests) => {
      await push(await render(manifests))
      await application.refresh()
      await eventually(async () => /tasks completed unsuccessfully/.test(await application.message()), true)
      return application.message()
    },
    health: application.verdict,
    healthy: 'Synced and Healthy',
    crash,
    destroy: application.remove,
    stop,
  }
}
