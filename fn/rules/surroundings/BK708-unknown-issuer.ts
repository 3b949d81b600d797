import type { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { closest } from '../../../crds/closest.ts'
import { type Item, isMapping, type Source } from '../../input/item.ts'
import { CERT_MANAGER, ISSUER_KINDS, type IssuerRef } from '../../upstream/cert-manager/issuer-ref.ts'
import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import type { PackageFacts } from '../facts/facts.ts'
import { issuerNamed } from '../facts/issuers.ts'
import type { Rule } from '../rule.ts'

const template = (name: string) => ({
  kind: 'BuildkitTemplate',
  spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name } } } },
})
const issuer = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: { name: 'builders-ca' },
  spec: { ca: { secretName: 'builders-ca' } },
}

/** A Certificate that no issuer signs. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The package has issuers of cert-manager, but not the one that `tls.certificate` names.',
    why: 'cert-manager waits for the issuer, and reports this in the status of the CertificateRequest. Until the issuer exists, the Secret is not filled, and Pods stay in ContainerCreating. An Issuer is found only in the namespace of the template. A ClusterIssuer of the same name does not replace it, and `kind` is Issuer if not set. Ignore the rule if the issuer is in another package.',
    source: 'cert-manager v1.21.2, pkg/controller/certificaterequests/sync.go, Sync',
    example: { wrong: manifests(template('builder-ca'), issuer), right: manifests(template('builders-ca'), issuer) },
  }),
  of: 'package',
  needs: 'issuers',
  find: (facts) =>
    facts.templates.flatMap(({ template: source }) => {
      const { issuerRef } = source.value.spec.tls?.certificate ?? {}
      const { namespace } = source.value.metadata
      if (issuerRef?.group !== CERT_MANAGER || !ISSUER_KINDS.includes(issuerRef.kind)) return []
      if (issuerNamed(facts, issuerRef, namespace)) return []
      const mistake = kindMistake(facts, source, issuerRef) ?? nameMistake(facts.issuers, namespace, issuerRef)
      if (!mistake) return []
      const { field, ...issue } = mistake
      return [{ item: source.item, path: ['spec', 'tls', 'certificate', 'issuerRef', field], ...issue }]
    }),
}

/** What is wrong with a field of a reference. */
interface Mistake extends Pick<Breach, 'message' | 'currentValue' | 'proposedValue'> {
  readonly field: 'kind' | 'name'
}

/** An issuer of the same name and of the other kind. */
function kindMistake(
  facts: PackageFacts,
  { item, value }: Source<BuildkitTemplate>,
  ref: IssuerRef,
): Mistake | undefined {
  const kind = ref.kind === 'Issuer' ? 'ClusterIssuer' : 'Issuer'
  if (!issuerNamed(facts, { ...ref, kind }, value.metadata.namespace)) return undefined
  const isWritten = issuerRefIn(item).kind !== undefined
  const message = `must be "${kind}", because the package has ${kind} "${ref.name}", got "${ref.kind}"${isWritten ? '' : ', which is the default'}`
  return { field: 'kind', message, ...(isWritten && { currentValue: ref.kind, proposedValue: kind }) }
}

/** As Git has it, without defaults. */
function issuerRefIn({ object }: Item): Readonly<Record<string, unknown>> {
  return ['spec', 'tls', 'certificate', 'issuerRef'].reduce<Readonly<Record<string, unknown>>>((at, key) => {
    const inner = at[key]
    return isMapping(inner) ? inner : {}
  }, object ?? {})
}

/** If the package has Issuers of a namespace, it has all of them; a ClusterIssuer is likely in another package. */
function nameMistake(
  issuers: PackageFacts['issuers'],
  namespace: string | undefined,
  { kind, name }: IssuerRef,
): Mistake | undefined {
  const all = issuers.filter((one) => one.value.kind === kind)
  const isCluster = kind === 'ClusterIssuer'
  const there = isCluster ? all : all.filter((one) => one.value.metadata.namespace === namespace)
  const names = there.map((one) => String(one.value.metadata.name))
  const elsewhere = isCluster
    ? undefined
    : all.find((one) => one.value.metadata.name === name)?.value.metadata.namespace
  const meant = elsewhere === undefined ? closest(name, names) : undefined
  if (elsewhere === undefined && (names.length === 0 || (isCluster && meant === undefined))) return undefined
  const where = elsewhere === undefined ? 'is not in the package' : `is in namespace "${elsewhere}"`
  const wanted = isCluster ? 'a ClusterIssuer' : 'an Issuer of its namespace'
  const message = `must name ${wanted}, got "${name}", which ${where}${meant === undefined ? '' : `; did you mean "${meant}"?`}`
  return { field: 'name', message, currentValue: name, ...(meant !== undefined && { proposedValue: meant }) }
}
