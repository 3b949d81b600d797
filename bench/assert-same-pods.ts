import assert from 'node:assert/strict'
import type { KubernetesObject } from './package/item-text.ts'

const BOOKKEEPING = /^(?:internal\.)?config\.(?:kubernetes|k8s)\.io\//
const HASH = /-[a-z0-9]{10}$/

/** Throws unless both made the same Pods, but for their order, the hashes in their names and the bookkeeping of orchestrators. */
export function assertSamePods(
  ours: readonly KubernetesObject[],
  theirs: readonly KubernetesObject[],
  name: string,
): void {
  assert.deepEqual(comparable(theirs), comparable(ours), `${name} must make the same Pods as render-buildkit`)
}

function comparable(pods: readonly KubernetesObject[]): Record<string, KubernetesObject> {
  return Object.fromEntries(
    pods.map((pod) => {
      assert.match(pod.metadata.name, HASH, 'a Pod must be named after its content')
      const name = pod.metadata.name.replace(HASH, '')
      const annotations = Object.entries(pod.metadata.annotations ?? {}).filter(([key]) => !BOOKKEEPING.test(key))
      return [name, { ...pod, metadata: { ...pod.metadata, name, annotations: Object.fromEntries(annotations) } }]
    }),
  )
}
