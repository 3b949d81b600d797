import { oncePer } from '../../common/collections.ts'
import { isMapping, type KubernetesObject, objectId } from '../../input/item.ts'
import { CERT_MANAGER, type IssuerRef } from '../../upstream/cert-manager/issuer-ref.ts'
import type { PackageFacts } from './facts.ts'

/** Finds the issuer of the package that a reference in a namespace names. */
export function issuerNamed(
  facts: PackageFacts,
  { kind, name, group }: IssuerRef,
  namespace: string | undefined,
): KubernetesObject | undefined {
  return group === CERT_MANAGER ? byId(facts).get(idOf(kind, namespace, name)) : undefined
}

const byId = oncePer(
  ({ issuers }: PackageFacts): ReadonlyMap<string, KubernetesObject> =>
    new Map(issuers.map(({ value }) => [idOf(value.kind, value.metadata.namespace, value.metadata.name), value])),
)

/** A ClusterIssuer has no namespace, whatever its manifest says. */
function idOf(kind: string, namespace: string | undefined, name: string | undefined): string {
  return `${kind} ${objectId(kind === 'ClusterIssuer' ? undefined : namespace, name)}`
}

/** Why no CA of an issuer can verify clients; undefined where it may. */
export function whyWithoutCa({ spec }: KubernetesObject): string | undefined {
  if (!isMapping(spec)) return undefined
  if (isMapping(spec.acme)) return 'is for ACME and returns no CA'
  return isMapping(spec.selfSigned) ? 'is self-signed, so each certificate is its own CA' : undefined
}
