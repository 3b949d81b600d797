import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeStatus } from '../../../controller/act/write-status.ts'
import type { Cluster } from '../../../controller/cluster.ts'
import { ApiError } from '../../../controller/kube/api/api-error.ts'
import type { Buildkit, BuildkitStatus } from '../../../controller/observation.ts'
import { buildkit, FIRST, SECOND } from '../decide-cases/builder.ts'
import { readyStatus } from '../decide-cases/status.ts'

const other = { type: 'Other', status: 'True', reason: 'X', lastTransitionTime: '2026-11-24T11:00:00Z' }
const before = buildkit(FIRST, readyStatus(FIRST))
const moved = readyStatus(SECOND)
const status: BuildkitStatus = { ...moved, conditions: [other, ...(moved.conditions ?? [])] }
const { resourceRefs: _, ...plain } = moved

/** What is asked of an API server that answers the first requests with these codes, and what then is known to be written. */
async function asked(codes: readonly number[], wanted = status): Promise<readonly unknown[]> {
  const said: unknown[] = []
  const left = [...codes]
  const answer = async (patched: Buildkit, change: BuildkitStatus | 'clear'): Promise<Buildkit> => {
    said.push(change)
    const code = left.shift()
    if (code === undefined) return { ...patched, resourceVersion: '2' }
    throw new ApiError(`${code}`, {
      code,
      reason: undefined,
      details: undefined,
      retryAfterSeconds: undefined,
      isStatus: true,
    })
  }
  const cluster = {
    patchStatus: answer,
    clearEndpoint: (patched: Buildkit) => answer(patched, 'clear'),
  } as Partial<Cluster> as Cluster
  const onWritten = ({ resourceVersion }: Buildkit) => said.push(`written: ${resourceVersion}`)
  await writeStatus(before, wanted, { cluster, onWritten }).catch(({ message }) => said.push(`rejected: ${message}`))
  return said
}

test('a status is written whole', async () => {
  assert.deepEqual(await asked([]), [status, 'written: 2'])
})

test('a status that is refused is written shorter, and retried', async () => {
  for (const code of [400, 413, 422, 500])
    assert.deepEqual(await asked([code]), [status, plain, 'written: 2', `rejected: ${code}`])
})

test('if that is refused too, the endpoint is cleared', async () => {
  assert.deepEqual(await asked([413, 413]), [status, plain, 'clear', 'written: 2', 'rejected: 413'])
})

test('a correct endpoint stays', async () => {
  const same = { ...status, endpoint: before.status.endpoint as string }
  const { resourceRefs: __, conditions: ___, ...rest } = same
  assert.deepEqual(await asked([413, 413], same), [same, { ...rest, conditions: plain.conditions }, 'rejected: 413'])
})

test('an endpoint with another name than clients must verify is not correct', async () => {
  const endpoint = before.status.endpoint as string
  const [, , last] = await asked([413, 413], { ...status, endpoint, tlsServerName: 'small.ci.svc' })
  assert.equal(last, 'clear')
})

test('after an error that is not about the status, the whole status is retried', async () => {
  for (const code of [401, 403, 404, 409, 429, 503])
    assert.deepEqual(await asked([code]), [status, `rejected: ${code}`])
})

test('its messages are shortened, and never within a character', async () => {
  const [condition, ...others] = plain.conditions ?? []
  const saying = (message: string) =>
    ({ ...plain, conditions: [{ ...condition, message }, ...others] }) as BuildkitStatus
  const [, less] = await asked([413], saying('😀'.repeat(150)))
  assert.deepEqual(less, saying(`${'😀'.repeat(99)}…`))
})
