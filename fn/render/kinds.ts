import {
  BUILDKIT_LABEL,
  endsInHash,
  labelValueOf,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  TEMPLATE_LABEL,
} from '../../crds/names.ts'
import { isMapping, type KubernetesObject } from '../input/item.ts'
import { isOurs } from '../input/ours.ts'
import { SERVER_USAGE } from './tls.ts'

/** A kind of object that rendering makes. */
export type Kind = keyof typeof KINDS

interface KindFacts {
  readonly apiVersion: string
  /** Whether its name ends in a hash; others have the name that users expect. */
  readonly isHashed: boolean
  /** The label that says whose it is. */
  readonly owner: typeof BUILDKIT_LABEL | typeof TEMPLATE_LABEL
  /** What else an object must have that rendering made; anybody may give one of their own that label. */
  readonly isOfRender: (metadata: KubernetesObject['metadata']) => boolean
  /** Whether rendering may have written an object that has all these labels: people copy it with them. */
  readonly isAsWritten: (object: KubernetesObject) => boolean
}

const hasHash: KindFacts['isAsWritten'] = ({ metadata }) => endsInHash(String(metadata.name))

/** Named for what they are for, so that a label must tell whose they are. */
const isManaged: KindFacts['isOfRender'] = ({ labels }) => labels?.[MANAGED_BY_LABEL] === MANAGED_BY

const isNamedAsItsBuildkit: KindFacts['isAsWritten'] = ({ metadata: { name = '', labels } }) =>
  labels?.[BUILDKIT_LABEL] === labelValueOf(name)

const KINDS = {
  Pod: { apiVersion: 'v1', isHashed: true, owner: BUILDKIT_LABEL, isOfRender: () => true, isAsWritten: hasHash },
  // A claim holds data, so that one whose name is not such as we give is never taken for ours.
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    isHashed: true,
    owner: BUILDKIT_LABEL,
    isOfRender: (metadata) => endsInHash(String(metadata.name)),
    isAsWritten: hasHash,
  },
  Service: {
    apiVersion: 'v1',
    isHashed: false,
    owner: BUILDKIT_LABEL,
    isOfRender: isManaged,
    isAsWritten: isNamedAsItsBuildkit,
  },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    isHashed: false,
    owner: BUILDKIT_LABEL,
    isOfRender: isManaged,
    isAsWritten: isNamedAsItsBuildkit,
  },
  Certificate: {
    apiVersion: 'cert-manager.io/v1',
    isHashed: false,
    owner: TEMPLATE_LABEL,
    isOfRender: isManaged,
    isAsWritten: ({ metadata: { name }, spec }) =>
      isMapping(spec) && spec.secretName === name && Array.isArray(spec.usages) && spec.usages.includes(SERVER_USAGE),
  },
} as const satisfies Readonly<Record<string, KindFacts>>

/** The version in which rendering writes a kind. */
export function apiVersionOf(kind: Kind): string {
  return KINDS[kind].apiVersion
}

/** Whether objects of a kind get a name that ends in a hash. */
export function hasHashedName(kind: string): boolean {
  return KINDS[kind as Kind].isHashed
}

/** The label of an object of an earlier render that says whose it is. */
export function ownerLabelOf({ kind }: KubernetesObject): string {
  return KINDS[kind as Kind].owner
}

/** Its value, which stands for the name of a Buildkit or a template. */
export function ownerOf(object: KubernetesObject): string {
  return String(object.metadata.labels?.[ownerLabelOf(object)])
}

/** What kind of object it is of. */
export function ownerKindOf(object: KubernetesObject): 'Buildkit' | 'BuildkitTemplate' {
  return ownerLabelOf(object) === BUILDKIT_LABEL ? 'Buildkit' : 'BuildkitTemplate'
}

/** Whether somebody copied what rendering wrote, with the labels by which it is known again, and made something else of it. */
export function isCopy(rendered: KubernetesObject): boolean {
  const { isAsWritten }: KindFacts = KINDS[rendered.kind as Kind]
  return !isAsWritten(rendered)
}

/** Whether an earlier render made an object of a kind that it makes. None of those has an owner in Git. */
export function isRendered({ kind, metadata }: KubernetesObject): boolean {
  if (!Object.hasOwn(KINDS, kind)) return false
  const { owner, isOfRender }: KindFacts = KINDS[kind as Kind]
  const { labels, ownerReferences } = metadata
  const isOwned = Array.isArray(ownerReferences) && ownerReferences.some((one) => !isOurs(one))
  return isMapping(labels) && owner in labels && !isOwned && isOfRender(metadata)
}
