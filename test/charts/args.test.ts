import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { parseCommandLine } from '../../controller/command-line.ts'
import { OPTIONS } from '../../controller/options.ts'
import { needs } from '../harness/servers/binaries.ts'
import { manifestsIn, template } from './helm.ts'

const VALUES = join(import.meta.dirname, 'values')

/** What a Pod has by itself, what its ports and probes are made for, and what does not run a controller. */
const NOT_VALUES = ['kubeconfig', 'context', 'lease-namespace', 'health-address', 'metrics-address', 'version', 'help']

suite('the arguments that the chart renders', { skip: needs('helm') }, () => {
  for (const file of readdirSync(VALUES)) {
    test(`with values/${file} are a command line of the controller`, async () => {
      const command = parseCommandLine(await argsWith(file), {})
      assert.equal(command.kind, 'run', JSON.stringify(command))
    })
  }

  test('by default are the controller’s own defaults, with an election', async () => {
    assert.deepEqual(parseCommandLine(await argsWith('defaults.yaml'), {}), parseCommandLine(['--leader-elect'], {}))
  })

  test('have each value as it was given', async () => {
    assert.deepEqual(await argsWith('everything.yaml'), [
      '--namespaces=builders-a,builders-b,buildkit-controller',
      '--gc=disabled',
      '--handover-grace=1m',
      '--deletion-quarantine=20s',
      '--orphan-grace=1h30m',
      '--concurrency=16',
      '--log-level=warn',
      '--leader-elect',
      '--lease-name=builders',
      '--lease-duration=30s',
      '--lease-renew-deadline=20s',
      '--lease-retry-period=4s',
      '--log-level=error',
    ])
  })

  test('leave out nothing that the controller can be told', async () => {
    const given = (await argsWith('everything.yaml')).map((arg) => arg.replace(/^--|=.*$/g, ''))
    const names: readonly string[] = OPTIONS.map(({ name }) => name)
    assert.deepEqual([...new Set([...given, ...NOT_VALUES])].sort(), [...names].sort())
  })
})

async function argsWith(file: string): Promise<readonly string[]> {
  const manifests = manifestsIn(await template('--values', join(VALUES, file)))
  return manifests.find(({ kind }) => kind === 'Deployment')?.spec.template.spec.containers[0].args
}
