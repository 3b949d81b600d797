import type { Tls } from '../../../crds/tls.ts'
import { grouped, oncePer } from '../../common/collections.ts'
import { type Item, isMapping, objectId } from '../../input/item.ts'
import { certificateSpec, serverNameOf } from '../../render/tls.ts'
import type { CertificateSpec } from '../../upstream/cert-manager/certificate.ts'
import type { PackageFacts, TemplateFacts } from './facts.ts'

/** A Certificate of cert-manager that fills the Secret of a template, from a manifest or from another template. */
export interface Filling {
  readonly item: Item
  readonly namespace: string | undefined
  /** The template that it is rendered from, if it is. */
  readonly from: TemplateFacts | undefined
  readonly spec: CertificateSpec
}

/** A template with TLS, and every Certificate in the package that fills its Secret but its own. */
export interface Filled {
  readonly template: TemplateFacts
  readonly tls: Tls
  readonly serverName: string
  readonly others: readonly Filling[]
}

/** The templates whose Secret is filled by something in the package beside their own Certificate. */
export const filledSecrets = oncePer((facts: PackageFacts): readonly Filled[] => {
  const bySecret = grouped(fillings(facts), ({ namespace, spec }) => objectId(namespace, String(spec.secretName)))
  return facts.templates.flatMap((template) => {
    const { metadata, spec } = template.template.value
    const serverName = serverNameOf(template.template.value)
    if (!spec.tls || serverName === undefined) return []
    const all = bySecret.get(objectId(metadata.namespace, spec.tls.secretName)) ?? []
    const others = all.filter(({ from }) => from !== template)
    return others.length > 0 ? [{ template, tls: spec.tls, serverName, others }] : []
  })
})

/** All Certificates of a package, written and rendered. */
function fillings({ templates, certificates }: PackageFacts): readonly Filling[] {
  const written = certificates.flatMap(({ item, value: { metadata, spec } }) =>
    isMapping(spec) ? [{ item, namespace: metadata.namespace, from: undefined, spec }] : [],
  )
  const rendered = templates.flatMap((from) => {
    const { item, value } = from.template
    const spec = certificateSpec(value)
    return spec ? [{ item, namespace: value.metadata.namespace, from, spec }] : []
  })
  return [...written, ...rendered]
}
