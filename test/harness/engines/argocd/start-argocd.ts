import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '../../servers/cluster.ts'
import { createGitRepository, type GitRepository } from './git-repository.ts'
import { installArgoCd } from './install-argocd.ts'
import { startArgoCdServers } from './start-argocd-servers.ts'

/** A real Argo CD with our health check and our plugin. */
export interface ArgoCd {
  /** A repository that it may read. */
  readonly createRepository: () => Promise<GitRepository>
  /** Ends the application controller; the result starts it again. */
  readonly crash: () => Promise<() => Promise<void>>
  readonly stop: () => Promise<void>
}

export async function startArgoCd(cluster: Cluster): Promise<ArgoCd> {
  const folder = await mkdtemp(join(tmpdir(), 'argocd-'))
  await installArgoCd(cluster)
  const { servers, startController } = await startArgoCdServers(folder, cluster)
  let controller = await startController()
  return {
    createRepository: async () => createGitRepository(await mkdtemp(join(folder, 'git-'))),
    crash: async () => {
      await controller.stop()
      return async () => {
        controller = await startController()
      }
    },
    stop: async () => {
      await Promise.all([controller, ...servers].map((server) => server.stop()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
