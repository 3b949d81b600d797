import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readToml } from '../../../../fn/toml/read-toml.ts'
import { type Amount, boundsOf } from '../../../../fn/upstream/buildkit/amount.ts'
import { gcConfig } from '../../../../fn/upstream/buildkit/gc-config.ts'
import type { Policy } from '../../../../fn/upstream/buildkit/policies.ts'
import { binary, needs } from '../../../harness/servers/binaries.ts'
import { runProgram } from '../../../harness/servers/run-program.ts'

const GIB = 2 ** 30
const DISKS = [GIB, 50 * GIB, 1e12, 10_240 * GIB]

const CONFIGURATIONS = [
  '',
  'gc = true',
  'gckeepstorage = 9000',
  'gckeepstorage = "9GB"',
  'gckeepstorage = "30%"',
  'gckeepstorage = 9000\nmaxUsedSpace = "50GB"',
  'reservedSpace = "5GB"\nmaxUsedSpace = "60%"\nminFreeSpace = "10GB"',
  'minFreeSpace = "30%"',
  'maxUsedSpace = "0"\nreservedSpace = "0%"',
  'maxUsedSpace = "50GB"\nMaxUsedSpace = "1.5 GB"',
  '[worker.OCI]\nreservedSpace = 7',
  '[worker.oci.gcpolicy]\nmaxUsedSpace = "7GB"',
  '[[worker.oci.gcpolicy]]\nfilters = ["type==source.local"]\nkeepDuration = 172800\nmaxUsedSpace = 512\n[[worker.oci.gcpolicy]]\nall = true\nreservedSpace = "10%"\nmaxUsedSpace = "80%"\nminFreeSpace = "20%"',
  'maxUsedSpace = "1GB"\n[[worker.oci.gcpolicy]]\nkeepDuration = "1h30m"',
].map((text) => (text.startsWith('[') ? text : `[worker.oci]\n${text}\n`))

function inBytes({ reservedSpace, maxUsedSpace, minFreeSpace, ...policy }: Policy, disk: number) {
  const bytes = (amount: Amount | undefined) => (amount ? boundsOf(amount, disk).most : 0)
  return {
    ...policy,
    reservedSpace: bytes(reservedSpace),
    maxUsedSpace: bytes(maxUsedSpace),
    minFreeSpace: bytes(minFreeSpace),
  }
}

suite('the policies that a configuration comes to', { skip: needs('buildkitd-config') }, () => {
  test('are those that BuildKit makes of it, on small and on large disks', async () => {
    const situations = CONFIGURATIONS.flatMap((toml) => DISKS.map((disk) => ({ toml, disk })))
    const ours = situations.map(({ toml, disk }) => gcConfig(readToml(toml)).policies.map((one) => inBytes(one, disk)))
    const { stdout } = await runProgram(binary('buildkitd-config'), ['policies'], { input: JSON.stringify(situations) })
    assert.deepEqual(ours, JSON.parse(stdout))
  })
})
