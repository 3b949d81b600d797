import assert from 'node:assert/strict'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import type { Node } from './node.ts'

export const CONTROLLER_NAMESPACE = 'buildkit-controller'

const CHART = join(import.meta.dirname, '../../../charts/buildkit-controller')

/** Installs the chart with nothing set, in a cluster whose CRDs kubectl has applied; comes back when all of its Pods are ready. */
export async function installController({ run, kubeconfig }: Node): Promise<void> {
  const flags = [`--kubeconfig=${kubeconfig}`, `--namespace=${CONTROLLER_NAMESPACE}`, '--create-namespace']
  const takeOver = ['--take-ownership', '--force-conflicts']
  const install = ['install', 'buildkit-controller', CHART, ...flags, ...takeOver, '--wait', '--timeout=2m']
  const { code, stdout, stderr } = await run(binary('helm'), install)
  assert.equal(code, 0, stdout + stderr)
}

/** The name of the Pod that leads. */
export async function leaderOf({ kubectl }: Node): Promise<string> {
  const identity = await kubectl([
    'get',
    'lease',
    'buildkit-controller',
    `--namespace=${CONTROLLER_NAMESPACE}`,
    '--output=jsonpath={.spec.holderIdentity}',
  ])
  return identity.split('_')[0] ?? ''
}
