import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { runProgram } from '../harness/servers/run-program.ts'

const ROOT = join(import.meta.dirname, '../..')
/** The functions of the script, without the last line, which runs it. */
const ORDER = `
. <(sed '$d' config/clients/connect.sh)
while IFS= read -r REPLICA_KEY; do
  order=$(by_weight "$LISTED")
  echo $order
done`

/** In which order the script prefers replicas of these indexes, for each key. */
async function orders(replicas: readonly number[], keys: readonly string[]): Promise<readonly (readonly number[])[]> {
  // As the status lists them: the first has no index.
  const LISTED = replicas.map((replica) => `${replica || ''},tcp://10.0.0.${replica}:1234,`).join('\n')
  const input = keys.map((key) => `${key}\n`).join('')
  const { code, stdout, stderr } = await runProgram('bash', ['-c', ORDER], {
    cwd: ROOT,
    input,
    env: { ...process.env, LISTED },
  })
  assert.equal(code, 0, stderr)
  const lines = stdout.trimEnd().split('\n')
  return lines.map((line) => line.split(' ').map((node) => Number(node.slice(0, node.indexOf(',')))))
}

const repositories = (count: number) => Array.from({ length: count }, (_, i) => `acme/service-${i}`)

test('a thousand repositories spread evenly over three replicas', async () => {
  const first = (await orders([0, 1, 2], repositories(1000))).map(([replica]) => replica)
  const counts = [0, 1, 2].map((replica) => first.filter((each) => each === replica).length)
  assert.ok(
    counts.every((count) => count > 300 && count < 367),
    `got ${counts.join(', ')}`,
  )
})

test('a key moves only when its replica goes or when a new one takes it, and the keys of one go to all others', async () => {
  const keys = repositories(100)
  const all = await orders([0, 1, 2, 3], keys)
  for (const gone of [0, 1, 2, 3]) {
    const left = await orders(
      [0, 1, 2, 3].filter((replica) => replica !== gone),
      keys,
    )
    assert.deepEqual(
      left,
      all.map((order) => order.filter((replica) => replica !== gone)),
    )
    const heirs = new Set(all.filter(([first]) => first === gone).map(([, second]) => second))
    assert.equal(heirs.size, 3)
  }
})

test('whatever the key, the weight of a replica is the SHA-256 of its index and the key, in this and later versions', async () => {
  const keys = fc.sample(
    fc.string({ unit: 'grapheme', minLength: 1 }).filter((key) => !/[\n\0]/.test(key)),
    50,
  )
  const weight = (replica: number, key: string) => createHash('sha256').update(`${replica} ${key}\n`).digest('hex')
  const replicas = Array.from({ length: 12 }, (_, replica) => replica)
  assert.deepEqual(
    await orders(replicas, keys),
    keys.map((key) => replicas.toSorted((a, b) => (weight(a, key) < weight(b, key) ? 1 : -1))),
  )
})
