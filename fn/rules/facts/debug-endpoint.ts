import { valueAt } from '../../toml/value-at.ts'
import type { TomlValue } from '../../toml/values-at.ts'
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
