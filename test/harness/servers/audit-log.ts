import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One request as the API server has answered it (`audit.k8s.io/v1`, Event). */
export interface AuditEvent {
  readonly verb: string
  readonly requestURI: string
  readonly user: { readonly username: string }
  readonly userAgent?: string
  readonly objectRef?: {
    readonly resource: string
    readonly subresource?: string
    readonly namespace?: string
    readonly name?: string
    readonly apiGroup?: string
  }
  readonly responseStatus?: { readonly code: number }
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind
  readonly requestObject?: any
  readonly stage: string
  readonly stageTimestamp: string
  readonly requestReceivedTimestamp: string
}

/** Bodies of what our controller writes; of everything else that it was asked. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', users: ['system:apiserver'] },
    { level: 'Request', verbs: ['delete', 'patch', 'update', 'create'] },
    { level: 'Metadata' },
  ],
}

export function auditArguments(folder: string): readonly string[] {
  return [
    `--audit-policy-file=${join(folder, 'audit.yaml')}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    '--audit-log-mode=blocking',
  ]
}

export async function readAuditLog(path: string): Promise<readonly AuditEvent[]> {
  const text = await readFile(path, 'utf8')
  return text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line))
}
