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
  readonly stop: () => Promise<void>
}

export async function startArgoCd(cluster: Cluster): Promise<ArgoCd> {
  const folder = await mkdtemp(join(tmpdir(), 'argocd-'))
  await installArgoCd(cluster)
  const servers = await startArgoCdServers(folder, cluster)
  return {
    createRepository: async () => createGitRepository(await mkdtemp(join(folder, 'git-'))),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
