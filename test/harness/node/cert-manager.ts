import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import { certManagerCrds } from '../servers/cert-manager-crds.ts'
import { eventually } from '../servers/eventually.ts'
import type { Node } from './node.ts'

const EXAMPLE = join(import.meta.dirname, '../../../examples/tls')
const API = '/apis/cert-manager.io/v1/namespaces'

/** Starts cert-manager beside a node, with the kinds that issue certificates from a CA. */
export async function startCertManager(node: Node): Promise<void> {
  const crds = certManagerCrds().flatMap((path) => ['--filename', path])
  await node.kubectl(['apply', '--server-side', ...crds])
  // The API server serves a kind some time after it has accepted its definition.
  await node.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...crds])
  node.start('env', [`KUBECONFIG=${node.kubeconfig}`, binary('cert-manager')], 'cert-manager.log')
}

/** Has the CA of examples/tls, and the Secret `ci-client` with the certificate of a client, in a namespace of that example's name. */
export async function addIssuer(node: Node): Promise<void> {
  const files = ['issuer.yaml', 'client.yaml'].flatMap((name) => ['--filename', join(EXAMPLE, name)])
  await node.kubectl(['apply', ...files])
  await certificateReady(node, 'ci-client')
}

interface CertificateObject {
  readonly status?: {
    readonly revision?: number
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
  }
}

/** How often a certificate was issued; zero until it is ready. */
export async function revisionOf(node: Node, name: string): Promise<number> {
  const { status } = (await node.read(`${API}/builders/certificates/${name}`)) as CertificateObject
  const isReady = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True')
  return isReady ? (status?.revision ?? 0) : 0
}

async function certificateReady(node: Node, name: string): Promise<void> {
  await eventually(async () => (await revisionOf(node, name)) > 0, true, 60)
}

/** Renews a certificate as `cmctl renew` does. */
export async function renew(node: Node, name: string): Promise<void> {
  const before = await revisionOf(node, name)
  const lastTransitionTime = `${new Date().toISOString().slice(0, 19)}Z`
  const condition = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    message: 'renewed',
    lastTransitionTime,
  }
  const patch = JSON.stringify([{ op: 'add', path: '/status/conditions/-', value: condition }])
  await node.kubectl([
    'patch',
    'certificate',
    name,
    '--namespace=builders',
    '--subresource=status',
    '--type=json',
    `--patch=${patch}`,
  ])
  await eventually(async () => (await revisionOf(node, name)) > before, true, 60)
}
