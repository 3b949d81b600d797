import { join } from 'node:path'
import { moduleFolder } from '../../../tools/module-folder.ts'
import type { Cluster } from '../../servers/cluster.ts'

const MODULES = {
  flux: 'github.com/fluxcd/kustomize-controller',
  'flux-sources': 'github.com/fluxcd/source-controller',
} as const

/** Flux's CRDs, as its modules have them, until the API server serves them. */
export async function applyDefinitions({ kubectl }: Pick<Cluster, 'kubectl'>): Promise<void> {
  const files = Object.entries(MODULES).map(
    ([folder, module]) => `--filename=${join(moduleFolder(folder, module), 'config/crd/bases')}`,
  )
  for (const args of [
    ['apply', '--server-side', ...files],
    ['wait', '--for=condition=Established', ...files],
  ]) {
    const { code, stderr } = await kubectl(args)
    if (code !== 0) throw new Error(`the CRDs of Flux must be served: ${stderr}`)
  }
}
