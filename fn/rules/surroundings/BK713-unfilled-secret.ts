import { closest } from '../../../crds/closest.ts'
import { grouped } from '../../common/collections.ts'
import { isMapping, type KubernetesObject, objectId } from '../../input/item.ts'
import { otherHolder } from '../../upstream/cert-manager/certificate.ts'
import { manifests } from '../example.ts'
import type { PackageFacts, TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

const template = { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', serverName: 'example.svc' } } }
const certificate = (secretName: string) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'builders' },
  spec: { secretName, dnsNames: ['example.svc'], issuerRef: { name: 'builders-ca' } },
})

/** A misspelled name. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Nothing in the package fills the Secret of `spec.tls`, but something fills a Secret with almost the same name.',
    why: 'Pods stay in ContainerCreating until the Secret exists. The rule knows Certificates of cert-manager, and Secrets with `tls.crt`. It does not report a Secret whose name appears in another object of the package, such as an ExternalSecret, and does not propose a Secret that another template, a client or a CA uses.',
    source: 'kubernetes v1.37.2, pkg/volume/secret/secret.go, SetUpAt',
    example: {
      wrong: manifests(template, certificate('buildkit-tsl')),
      right: manifests(template, certificate('buildkit-tls')),
    },
  }),
  of: 'package',
  find: (facts) => {
    const free = freeSecrets(facts)
    if (free.size === 0) return []
    return waiting(facts).flatMap(({ template: { item, value } }) => {
      const { secretName = '' } = value.spec.tls ?? {}
      const meant = closest(secretName, free.get(value.metadata.namespace) ?? [])
      if (meant === undefined || isMentioned(facts, secretName)) return []
      const message = `must name a Secret that something fills, got "${secretName}"; did you mean "${meant}"?`
      const path = ['spec', 'tls', 'secretName']
      return [{ item, path, message, currentValue: secretName, proposedValue: meant }]
    })
  },
}

/** At most so many names are compared with so many others. */
const NAMES_MAX = 100

/** The templates whose Secret no template fills. */
function waiting({ templates }: PackageFacts): readonly TemplateFacts[] {
  const filled = new Set(templates.filter(({ spec }) => spec.tls?.certificate).map(secretIdOf))
  return templates.filter((one) => one.spec.tls && !filled.has(secretIdOf(one))).slice(0, NAMES_MAX)
}

function secretIdOf({ template: { value } }: TemplateFacts): string {
  return objectId(value.metadata.namespace, value.spec.tls?.secretName)
}

/** The Secrets that are filled for a server and that no template names, by namespace. */
function freeSecrets({
  templates,
  certificates,
  secrets,
  issuers,
}: PackageFacts): ReadonlyMap<string | undefined, readonly string[]> {
  const ofCertificates = certificates.map(({ value: { metadata, spec } }) => {
    const { secretName = '', ...rest } = isMapping(spec) ? spec : {}
    return { namespace: metadata.namespace, name: String(secretName), isOther: otherHolder(rest, '') !== undefined }
  })
  const ofTemplates = templates.map(({ template: { value } }) => {
    return { namespace: value.metadata.namespace, name: value.spec.tls?.secretName ?? '', isOther: true }
  })
  const ofCas = issuers.map(({ value: { metadata, spec } }) => {
    const ca = isMapping(spec) && isMapping(spec.ca) ? String(spec.ca.secretName) : ''
    return { namespace: metadata.namespace, name: ca, isOther: true }
  })
  const written = secrets.flatMap(({ value }) =>
    isOfServer(value) ? [{ namespace: value.metadata.namespace, name: value.metadata.name ?? '', isOther: false }] : [],
  )
  const all = [...ofCertificates, ...ofTemplates, ...ofCas, ...written]
  const others = new Set(all.flatMap(({ namespace, name, isOther }) => (isOther ? [objectId(namespace, name)] : [])))
  const free = all.filter(({ namespace, name }) => name !== '' && !others.has(objectId(namespace, name)))
  const byNamespace = [...grouped(free, ({ namespace }) => namespace)]
  return new Map(byNamespace.map(([namespace, some]) => [namespace, some.slice(0, NAMES_MAX).map(({ name }) => name)]))
}

function isOfServer({ type, data, stringData }: KubernetesObject): boolean {
  return type === 'kubernetes.io/tls' || [data, stringData].some((files) => isMapping(files) && 'tls.crt' in files)
}

const OWN = /kind["']?[ \t]*:[ \t]*["']?(?:Pod|Buildkit|BuildkitTemplate)\b/

/** Whether another object has the name of a Secret, which it may fill. */
function isMentioned({ items }: PackageFacts, secretName: string): boolean {
  return items.some(({ text }) => text.includes(secretName) && !OWN.test(text))
}
