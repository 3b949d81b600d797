import type { TomlDocument } from '../../toml/read-toml.ts'
import { elementsAt, type TomlValue, valueAt } from '../../toml/values-at.ts'
import type { TemplateFacts } from './facts.ts'

/** Where buildkitd serves metrics and profiles. */
export interface DebugEndpoint {
  readonly setting: TomlValue
  readonly address: string
  readonly port: number | undefined
  /** Whether nobody but the Pod itself reaches it. */
  readonly isInPod: boolean
}

const IN_THE_POD = /^unix:\/\/|^(?:tcp:\/\/)?(?:localhost|127\.[\d.]+|\[::1\]):/

/** Undefined where buildkitd has no `debugAddress`. */
export function debugEndpoint({ settings }: Pick<TemplateFacts, 'settings'>): DebugEndpoint | undefined {
  const setting = valueAt(settings, ['grpc', 'debugAddress'])
  if (!setting || typeof setting.value !== 'string' || setting.value === '') return undefined
  const address = setting.value
  const port = /:(\d{1,5})$/.exec(address)?.[1]
  return {
    setting,
    address,
    port: port === undefined ? undefined : Number(port),
    isInPod: IN_THE_POD.test(address),
  }
}

/** The key of buildkitd.toml that lists what builds may ask for. */
export const ENTITLEMENTS = 'insecure-entitlements'

/** What builds may ask for, each once. */
export function entitlementsOf({ settings }: TemplateFacts): readonly string[] {
  const value = valueAt(settings, [ENTITLEMENTS])?.value
  return Array.isArray(value) ? [...new Set(value.filter((one) => typeof one === 'string'))] : []
}

export interface NameServer extends TomlValue {
  readonly value: string
}

/** The name servers that build steps are given. */
export function nameServersIn(toml: TomlDocument): readonly NameServer[] {
  return elementsAt(toml, ['dns', 'nameservers']).filter((one): one is NameServer => typeof one.value === 'string')
}

/** The table of buildkitd.toml with the certificates of its port. */
export const TLS_TABLE = ['grpc', 'tls'] as const

/** Whether clients need a certificate: by `spec.tls`, or by files of a program that starts buildkitd. */
export function requiresCertificates(template: Pick<TemplateFacts, 'settings' | 'spec'>): boolean {
  const { tls, command } = template.spec
  const { cert, key, ca } = tlsFiles(template)
  return cert && key && ca && (tls !== undefined || Boolean(command?.length))
}

/** Which files `[grpc.tls]` names. */
export function tlsFiles({ settings }: Pick<TemplateFacts, 'settings'>) {
  const isSet = (key: string) => Boolean(valueAt(settings, [...TLS_TABLE, key])?.value)
  return { cert: isSet('cert'), key: isSet('key'), ca: isSet('ca') }
}
