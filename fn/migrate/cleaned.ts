import { isMapping, type KubernetesObject } from '../input/item.ts'
import { isBookkeeping } from '../render/bookkeeping.ts'

/** An object of a cluster as it belongs into Git: without its status, and without what the API server and tools wrote on it. */
export function cleaned({ apiVersion, kind, metadata, spec }: KubernetesObject): KubernetesObject {
  const { name, namespace, labels, annotations, ownerReferences } = metadata
  return {
    apiVersion,
    kind,
    metadata: {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...withoutBookkeeping('labels', labels),
      ...withoutBookkeeping('annotations', annotations),
      ...(ownerReferences !== undefined && { ownerReferences }),
    },
    ...(spec !== undefined && { spec }),
  }
}

/** Whether an engine applies the object already, so that its manifest stands somewhere in Git. */
export function isAppliedByEngine({ metadata }: KubernetesObject): boolean {
  const keys = [metadata.labels, metadata.annotations].flatMap((map) => (isMapping(map) ? Object.keys(map) : []))
  return keys.some((key) => isBookkeeping(key) && !key.startsWith('kubectl.'))
}

/** One field of `metadata`, if anything is left of it; what is no mapping stays for the schema to refuse. */
function withoutBookkeeping(field: string, map: unknown): object {
  if (!isMapping(map)) return map === undefined ? {} : { [field]: map }
  const rest = Object.entries(map).filter(([key]) => !isBookkeeping(key))
  return rest.length > 0 ? { [field]: Object.fromEntries(rest) } : {}
}
