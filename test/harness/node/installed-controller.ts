import assert from 'node:assert/strict'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import type { Node } from './node.ts'

export const CONTROLLER_NAMESPACE = 'buildkit-controller'
const RELEASE = 'buildkit-controller'

const CHART = join(import.meta.dirname, '../../../charts/buildkit-controller')

/** Installs the chart with nothing set, in a cluster whose CRDs kubectl has applied; comes back when all of its Pods are ready. */
export function installController(node: Node): Promise<void> {
  return helm(node, ['install', RELEASE, CHART, '--create-namespace', '--take-ownership', '--force-conflicts'])
}

/** Upgrades it to another image; comes back when all of its Pods run that. */
export function upgradeController(node: Node, tag: string): Promise<void> {
  return helm(node, ['upgrade', RELEASE, CHART, `--set=image.tag=${tag}`])
}

/** Takes back the last upgrade. */
export function rollBackController(node: Node): Promise<void> {
  return helm(node, ['rollback', RELEASE])
}

async function helm({ run, kubeconfig }: Node, args: readonly string[]): Promise<void> {
  const flags = [`--kubeconfig=${kubeconfig}`, `--namespace=${CONTROLLER_NAMESPACE}`, '--wait', '--timeout=2m']
  const { code, stdout, stderr } = await run(binary('helm'), [...args, ...flags])
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
