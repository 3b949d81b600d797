import assert from 'node:assert/strict'
import type { Cluster } from '../servers/cluster.ts'
import type { Engine } from './engine.ts'
import { render } from './render.ts'

/** `render-buildkit build | kubectl apply -f -`, as a person or a pipeline runs it; what it reports is `kubectl diff`. */
export function startKubectl({ kubectl }: Pick<Cluster, 'kubectl'>): Promise<Engine> {
  let applied = ''
  const apply = async (manifests: string) => {
    applied = await render(manifests)
    return kubectl(['apply', '-f', '-'], { input: applied })
  }
  return Promise.resolve({
    name: 'kubectl',
    healsByItself: false,
    sync: async (manifests) => {
      const { code, stderr } = await apply(manifests)
      assert.equal(code, 0, stderr)
    },
    again: async () => {
      const { stdout } = await kubectl(['apply', '-f', '-'], { input: applied })
      const changed = stdout.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'))
      assert.deepEqual(changed.filter(isOfSubstance), [])
    },
    refused: async (manifests) => (await apply(manifests)).stderr,
    health: async () => {
      const { code, stdout, stderr } = await kubectl(['diff', '-f', '-'], { input: applied })
      return code === 0 ? 'no difference' : `${stdout}${stderr}`
    },
    healthy: 'no difference',
    destroy: async () => void (await kubectl(['delete', 'buildkits', '--all', '--namespace=default'])),
    stop: () => Promise.resolve(),
  })
}

/** kubectl replaces the selector of a PodDisruptionBudget as a whole, and says so although nothing changes. */
function isOfSubstance(line: string): boolean {
  return !/^poddisruptionbudget\.policy\/\S+ configured$/.test(line)
}
