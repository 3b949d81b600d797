import type { Tls } from '../../../crds/tls.ts'
import { type Item, isMapping } from '../../input/item.ts'
import { certificateSpec, serverNameOf } from '../../render/tls.ts'
import type { PackageFacts, TemplateFacts } from './facts.ts'

/** A Certificate of cert-manager that fills the Secret of a template, from a manifest or from another template. */
export interface Filling {
  readonly item: Item
  /** The template that it is rendered from, if it is. */
  readonly from: TemplateFacts | undefined
  readonly spec: Readonly<Record<string, unknown>>
}

/** A template with TLS, and every Certificate in the package that fills its Secret but its own. */
export interface Filled {
  readonly template: TemplateFacts
  readonly tls: Tls
  readonly serverName: string
  readonly others: readonly Filling[]
}

/** The templates whose Secret is filled by something in the package beside their own Certificate. */
export function filledSecrets({ templates, certificates }: PackageFacts): readonly Filled[] {
  const written = certificates.flatMap(({ item, value: { metadata, spec } }) =>
    isMapping(spec) ? [{ namespace: metadata.namespace, filling: { item, from: undefined, spec } }] : [],
  )
  const rendered = templates.flatMap((from) => {
    const spec = certificateSpec(from.template.value)
    const { item } = from.template
    return spec ? [{ namespace: from.template.value.metadata.namespace, filling: { item, from, spec } }] : []
  })
  return templates.flatMap((template) => {
    const { metadata, spec } = template.template.value
    const serverName = serverNameOf(template.template.value)
    if (!spec.tls || serverName === undefined) return []
    const { tls } = spec
    const others = [...written, ...rendered].flatMap(({ namespace, filling }) => {
      const isOther = filling.from !== template && namespace === metadata.namespace
      return isOther && filling.spec.secretName === tls.secretName ? [filling] : []
    })
    return others.length > 0 ? [{ template, tls, serverName, others }] : []
  })
}

/** Whether a DNS name of a certificate is good for a host: a wildcard stands for one label (RFC 6125). */
export function coversHost(dnsName: unknown, host: string): boolean {
  if (typeof dnsName !== 'string') return false
  const [wanted, got] = [host.toLowerCase(), dnsName.toLowerCase()]
  return got === wanted || (got.startsWith('*.') && wanted.slice(wanted.indexOf('.')) === got.slice(1))
}
