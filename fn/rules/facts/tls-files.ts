import { valueAt } from '../../toml/value-at.ts'
import type { TemplateFacts } from './facts.ts'

/** The table of buildkitd.toml with the certificates of its port. */
export const TLS_TABLE = ['grpc', 'tls'] as const

/** Which files `[grpc.tls]` names. */
export function tlsFiles({ settings }: Pick<TemplateFacts, 'settings'>) {
  const isSet = (key: string) => Boolean(valueAt(settings, [...TLS_TABLE, key])?.value)
  return { cert: isSet('cert'), key: isSet('key'), ca: isSet('ca') }
}
