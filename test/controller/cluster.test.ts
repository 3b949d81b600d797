import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCluster } from '../../controller/cluster.ts'
import type { ApiClient } from '../../controller/kube/api/api-client.ts'
import { createHistory } from '../../controller/kube/history.ts'
import { createMandate } from '../../controller/mandate.ts'
import { Buildkit } from '../../crds/buildkit.ts'
import { buildkit, FIRST } from './decide-cases/builder.ts'

/** A cluster, and the statuses that it is asked to write. */
function recordingCluster() {
  const written: unknown[] = []
  const request: ApiClient['request'] = async ({ body }) => {
    written.push((body as { readonly status: unknown }).status)
    return { metadata: { name: 'b' } }
  }
  const mandate = createMandate({ leads: () => true, isWhole: () => true })
  const client = { request } as Partial<ApiClient> as ApiClient
  return { written, cluster: createCluster({ client, mandate, history: createHistory() }) }
}

test('a patch of the status removes every field that the new status lacks', async () => {
  const { cluster, written } = recordingCluster()
  await cluster.patchStatus(buildkit(FIRST), { endpoint: 'tcp://10.0.0.1:1234' })
  const fields = Object.keys(Buildkit.shape.status.def.innerType.def.shape)
  const cleared = Object.fromEntries(fields.map((field) => [field, null]))
  assert.deepEqual(written, [{ ...cleared, endpoint: 'tcp://10.0.0.1:1234' }])
})

test('an endpoint is cleared together with its name', async () => {
  const { cluster, written } = recordingCluster()
  await cluster.clearEndpoint(buildkit(FIRST))
  assert.deepEqual(written, [{ endpoint: null, tlsServerName: null, endpoints: null }])
})
