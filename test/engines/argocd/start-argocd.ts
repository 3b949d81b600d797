import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '../../servers/cluster.ts'
import { createGitRepository, type GitRepository } from './git-repository.ts'
import { installArgoCd } from './install-argocd.ts'
import { startArgoCdServers } from './start-argocd-servers.ts'

/** A real Argo CD with our health check and our plugin, and a repository that it may read. */
export interface ArgoCd {
  readonly repository: GitRepository
  /** One of its own, for what would be in the way of others. */
  readonly createRepository: () => Promise<GitRepository>
  readonly stop: () => Promise<void>
}

export async function startArgoCd(cluster: Cluster): Promise<ArgoCd> {
  const folder = await mkdtemp(join(tmpdir(), 'argocd-'))
  const createRepository = async () => createGitRepository(await mkdtemp(join(folder, 'git-')))
  const repository = await createRepository()
  await installArgoCd(cluster)
  const servers = await startArgoCdServers(folder, cluster)
  return {
    repository,
    createRepository,
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
