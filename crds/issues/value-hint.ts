import { parseGoDuration } from '../go-duration.ts'
import { type Path, pathText } from './field-path.ts'

/** What to write instead of a value that is wrong. */
interface ValueHint {
  readonly hint: string
  readonly proposedValue?: string
}

type HintOf = (value: unknown) => ValueHint | undefined

/** Fields with values that people try, by their paths. */
const HINTS: Readonly<Record<string, HintOf>> = {
  'spec.tls': (value) => {
    if (value === false) return { hint: '; leave it out' }
    return isScalar(value) ? { hint: '; set `tls.secretName`' } : undefined
  },
  'spec.tls.clientAuth': clientAuth,
  'spec.tls.certificate': (value) => {
    if (value === false) return { hint: '; leave it out' }
    return isScalar(value) ? { hint: '; set `certificate.issuerRef.name`' } : undefined
  },
  'spec.tls.certificate.issuerRef': (value) =>
    isScalar(value) ? { hint: '; write it as `issuerRef.name`' } : undefined,
  'spec.tls.certificate.duration': duration,
  'spec.tls.certificate.renewBefore': duration,
  'spec.service': (value) => {
    if (typeof value === 'string') return { hint: '; write it as `service.type`' }
    return emptyFor(value)
  },
  'spec.service.type': serviceType,
  'spec.observability.metrics': (value) => {
    if (typeof value === 'number' || typeof value === 'string') return { hint: '; write it as `metrics.port`' }
    return emptyFor(value)
  },
  'spec.observability.otlp.endpoint': endpoint,
}

/** Whether a value is what no message and no result may repeat. */
export function isPrivateKey(value: unknown): boolean {
  return typeof value === 'string' && value.includes('PRIVATE KEY-----')
}

/** A text without what may be a secret in an address: what is before its last "@", and its query or fragment. */
export function withoutCredentials(text: string): string {
  const [, scheme = ''] = /^([A-Za-z][\w+.-]*:\/\/)/.exec(text) ?? []
  const rest = text.slice(scheme.length)
  if (scheme === '' && !/^[^\s@]+@[\w.-]+(?::\d+)?(?:[/?#]|$)/.test(rest)) return text
  return `${scheme}${rest.replace(/^.*@/s, '***@').replace(/([?#]).*$/s, '$1***')}`
}

/** What to write instead of the value at `path`; undefined where nobody knows. */
export function valueHint(path: Path, value: unknown): ValueHint | undefined {
  const at = pathText(path)
  return Object.hasOwn(HINTS, at) ? HINTS[at]?.(value) : undefined
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

/** A group whose presence says that it is wanted. */
function emptyFor(value: unknown): ValueHint | undefined {
  if (value === true) return { hint: '; write {}' }
  return value === false ? { hint: '; leave it out' } : undefined
}

function clientAuth(value: unknown): ValueHint | undefined {
  if (typeof value === 'boolean') return { hint: `; write "${value ? 'Require' : 'None'}"` }
  if (typeof value !== 'string' || /^(?:require|none)$/i.test(value)) return undefined
  if (/^require|^mutual|^mtls$/i.test(value)) return { hint: '; did you mean "Require"?', proposedValue: 'Require' }
  return /^(?:optional|request|verify)/i.test(value) ? { hint: '; buildkitd verifies all clients or none' } : undefined
}

function serviceType(value: unknown): ValueHint | undefined {
  if (value === 'Headless' || value === 'None')
    return { hint: '; a builder has one Pod, whose address is in `status.endpoint`' }
  return value === 'ExternalName' ? { hint: '; write a Service of your own for it, with another name' } : undefined
}

function duration(value: unknown): ValueHint | undefined {
  const [, days] = typeof value === 'string' ? (/^(\d{1,5})\s*d(?:ays?)?$/.exec(value) ?? []) : []
  const meant = days === undefined ? undefined : `${Number(days) * 24}h`
  if (meant === undefined || !parseGoDuration(meant)) return undefined
  return { hint: `; did you mean "${meant}"?`, proposedValue: meant }
}

/** A host without a scheme, with that of gRPC, or with the port and path of OTLP over HTTP. */
function endpoint(value: unknown): ValueHint | undefined {
  if (typeof value === 'string' && /[@?#]/.test(value)) return { hint: '; gRPC sends neither a user nor a query' }
  const [, scheme, host] =
    typeof value === 'string' ? (/^(?:([a-z]+):\/\/)?([\w.-]+:\d{1,5})(?:\/.*)?$/.exec(value) ?? []) : []
  if (host === undefined) return undefined
  const meant = `${scheme === 'https' || scheme === 'grpcs' ? 'https' : 'http'}://${host.replace(/:4318$/, ':4317')}`
  return meant === value ? undefined : { hint: `; did you mean "${meant}"?`, proposedValue: meant }
}
