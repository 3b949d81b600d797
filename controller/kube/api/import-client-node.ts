import { AccessError } from './access-error.ts'

/**
 * @kubernetes/client-node, which reads kubeconfigs and runs credential plugins. Loaded for a kubeconfig only: it takes half a second
 * and 80 MB, and a Pod needs none of it.
 */
export async function importClientNode(): Promise<typeof import('@kubernetes/client-node')> {
  try {
    return await import('@kubernetes/client-node')
  } catch (cause) {
    const [reason = ''] = (cause as Error).message.split('\n')
    throw new AccessError(`a kubeconfig needs Node 22.19 or newer, and @kubernetes/client-node beside us: ${reason}`, {
      cause,
    })
  }
}
