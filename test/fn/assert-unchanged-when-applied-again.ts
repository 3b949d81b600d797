import assert from 'node:assert/strict'
import type { Cluster } from '../harness/servers/cluster.ts'

/** What an object is called, and its version in the cluster. */
interface Applied {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly resourceVersion: string }
}

/** A client sends the selector of every PodDisruptionBudget each time, because its patch strategy is `replace`; a server sees no change. */
const IS_UNCHANGED = / unchanged$|^poddisruptionbudget\.policy\/\S+ configured$/

/** Asserts that manifests which `kubectl apply` applies again change nothing: as the client sees it, and as the server does when it takes over. */
export async function assertUnchangedWhenAppliedAgain(
  { kubectl }: Pick<Cluster, 'kubectl'>,
  manifests: string,
): Promise<void> {
  const apply = async (...flags: readonly string[]) => {
    const { code, stdout, stderr } = await kubectl(['apply', ...flags, '-f', '-'], { input: manifests })
    assert.equal(code, 0, stderr)
    return stdout
  }
  const versions = async () => {
    const output = JSON.parse(await apply('--server-side', '--output=json'))
    const objects: readonly Applied[] = output.items ?? [output]
    return objects.map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`)
  }
  await apply()
  const client = (await apply()).split('\n').filter((line) => line !== '' && !IS_UNCHANGED.test(line))
  assert.deepEqual(client, [])
  const first = await versions()
  assert.deepEqual(await versions(), first)
}
