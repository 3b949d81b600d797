import { binaryOf } from '../../common/base64.ts'
import { oncePer } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, objectId, type Source } from '../../input/item.ts'
import { serverNameOf } from '../../render/tls.ts'
import type { PackageFacts, TemplateFacts } from './facts.ts'
import { type Certificate, certificatesIn, type Key, privateKeyIn } from './x509.ts'

/** A Secret of the package that a template names in `spec.tls`; its contents are in no message. */
export interface TlsSecret {
  readonly item: Item
  readonly files: ReadonlyMap<string, SecretFile>
  /** The field that has a key: `data` or `stringData`. */
  readonly fieldOf: (key: string) => string
  readonly keys: readonly string[]
  /** The first is that of the builder; nothing where that cannot be read. */
  readonly chain: readonly Certificate[]
  readonly key: Key | undefined
  readonly authorities: readonly Certificate[]
}

/** A template with such a Secret. */
export interface SecretOfTemplate {
  readonly template: TemplateFacts
  readonly name: string
  readonly serverName: string
  readonly secret: TlsSecret
}

/** The templates whose Secret is in the package, and not encrypted there. */
export const secretsOfTemplates = oncePer(({ templates, secrets }: PackageFacts): readonly SecretOfTemplate[] => {
  if (secrets.length === 0) return []
  const byId = new Map(
    secrets.map((source) => [objectId(source.value.metadata.namespace, source.value.metadata.name), source]),
  )
  return templates.flatMap((template) => {
    const { metadata, spec } = template.template.value
    const serverName = serverNameOf(template.template.value)
    if (!spec.tls || serverName === undefined) return []
    const name = spec.tls.secretName
    const source = byId.get(objectId(metadata.namespace, name))
    const { secret } = source ? readSecret(source) : {}
    return secret ? [{ template, name, serverName, secret }] : []
  })
})

const readSecret = oncePer((source: Source<KubernetesObject>): { readonly secret?: TlsSecret } => {
  const { value } = source
  const files = 'sops' in value ? new Map<string, SecretFile>() : filesIn(value)
  // A Secret whose values are all empty is one that a controller fills.
  if ([...files.values()].every((file) => file.text === '')) return {}
  const text = (key: string) => files.get(key)?.text ?? ''
  const [certificate, ...others] = certificatesIn(text('tls.crt'))
  const secret = {
    item: source.item,
    files,
    fieldOf: (key: string) => files.get(key)?.field ?? 'data',
    keys: [...files.keys()],
    chain: certificate ? [certificate, ...readable(others)] : [],
    key: privateKeyIn(text('tls.key')),
    authorities: readable(certificatesIn(text('ca.crt'))),
  }
  return { secret }
})

/** A value of a Secret. */
export interface SecretFile {
  readonly field: 'data' | 'stringData'
  /** As Git has it: in `data` in base64. */
  readonly written: string
  readonly text: string
}

function filesIn({ data, stringData }: KubernetesObject): ReadonlyMap<string, SecretFile> {
  const entries = (map: unknown) =>
    Object.entries(isMapping(map) ? map : {}).map(([key, value]) => [key, String(value ?? '')] as const)
  const encoded = entries(data).map(([key, written]): [string, SecretFile] => {
    return [key, { field: 'data', written, text: binaryOf(written) }]
  })
  const plain = entries(stringData).map(([key, written]): [string, SecretFile] => {
    return [key, { field: 'stringData', written, text: written }]
  })
  return new Map([...encoded, ...plain])
}

/** As Go skips what it cannot read. */
function readable(certificates: readonly (Certificate | undefined)[]): readonly Certificate[] {
  return certificates.filter((one) => one !== undefined)
}
