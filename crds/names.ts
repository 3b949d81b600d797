import { sha256 } from '@noble/hashes/sha2.js'

/** Every label, annotation, kind and derived name that the parts of this project share, each with one sentence of promise. */
/** The API group of Buildkit and BuildkitTemplate, as in seatgeek/buildkit-operator; also the prefix of our labels and annotations. */
export const GROUP = 'buildkit.seatgeek.io'
export const API_VERSION = `${GROUP}/v1alpha1`

/** Label with the Buildkit's name, cut by `labelValueOf`. Invariant: a Pod is ours exactly if it has this label. */
export const BUILDKIT_LABEL = `${GROUP}/buildkit`
/** Label with the template's name. */
export const TEMPLATE_LABEL = `${GROUP}/template`
/** Label with the index of a Pod, or of its claim, among the replicas of its Buildkit; absent from the first. */
export const REPLICA_LABEL = `${GROUP}/replica`
/** Kept from the operator; the labels of a Buildkit override it, those of its template override both. */
export const NAME_LABEL = 'app.kubernetes.io/name'
/** Annotation with the value `engine` where the GitOps engine, not the controller, removes a superseded Pod; absent otherwise. */
export const RETIREMENT_ANNOTATION = `${GROUP}/retirement`
/**
 * Annotation with the value `Recreate` where the superseded Pod must end before this one can serve, because both need one thing, such as a
 * volume; absent otherwise.
 */
export const HANDOVER_ANNOTATION = `${GROUP}/handover`
/** Annotation that users set on a Buildkit or BuildkitTemplate: ids of rules (docs/rules.md) that it is not to be judged by. */
export const IGNORE_RULES_ANNOTATION = `${GROUP}/ignore-rules`
/** Annotation with the daemon's configuration, which the Pod mounts as a file. */
export const TOML_ANNOTATION = `${GROUP}/buildkitd.toml`
/** Annotation with the name by which clients verify the certificate of the Pod; absent where it serves plain TCP. */
export const TLS_SERVER_NAME_ANNOTATION = `${GROUP}/tls-server-name`
/** Annotation of a rendered Service with the keys of all annotations that its template gave it, so that one that has left the template is seen. */
export const SERVICE_ANNOTATIONS_ANNOTATION = `${GROUP}/service-annotations`
/** Label that users set to "true" on a Buildkit whose Pods the controller must not delete. */
export const SUSPEND_LABEL = `${GROUP}/suspend`
/** Label that Services and Certificates have which rendering made; the name alone is one that others could have given, and layers above set common labels. */
export const MANAGED_BY_LABEL = `${GROUP}/managed-by`
export const MANAGED_BY = 'render-buildkit'
/** The labels and annotations of what is rendered that rendering alone writes; all others are the user's, under our group too. */
export const RENDERED_KEYS: readonly string[] = [
  BUILDKIT_LABEL,
  TEMPLATE_LABEL,
  REPLICA_LABEL,
  RETIREMENT_ANNOTATION,
  HANDOVER_ANNOTATION,
  TLS_SERVER_NAME_ANNOTATION,
  SERVICE_ANNOTATIONS_ANNOTATION,
  MANAGED_BY_LABEL,
  TOML_ANNOTATION,
]

/** The most Pods that one Buildkit has: its status names all of them, and during a roll those before them. */
export const REPLICAS_MAX = 16

/** The container of a rendered Pod, and its port that clients connect to. */
export const CONTAINER = 'buildkit'
export const PORT_NAME = 'tcp'
export const METRICS_PORT_NAME = 'metrics'
/** The volumes of a rendered Pod: the state of buildkitd, with `buildkitdToml` its configuration, and with `tls` its certificate. */
export const STATE_VOLUME = 'buildkitd'
export const CONFIGURATION_VOLUME = 'config'
export const TLS_VOLUME = 'tls'

/** Kubernetes' alphabet for generated names (`k8s.io/apimachinery/pkg/util/rand`): no vowels, no look-alikes. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const HASH_LENGTH = 10
/** DNS labels and label values (RFC 1123, `k8s.io/apimachinery/pkg/util/validation`). */
export const POD_NAME_LENGTH_MAX = 63

/** Ten characters of `ALPHABET` that stand for `text`: the first 64 bits of its SHA-256, in base 27. */
export function hashOf(text: string): string {
  const digest = sha256(new TextEncoder().encode(text))
  let bits = new DataView(digest.buffer, digest.byteOffset).getBigUint64(0)
  let hash = ''
  for (let i = 0; i < HASH_LENGTH; i++) {
    hash += ALPHABET[Number(bits % 27n)]
    bits /= 27n
  }
  return hash
}

/** `<name>-<hash>`, the name cut so that the whole is at most 63 characters and still a DNS name. */
export function hashedName(name: string, hash: string): string {
  const room = POD_NAME_LENGTH_MAX - HASH_LENGTH - 1
  return `${name.slice(0, room).replace(/[^a-zA-Z0-9]+$/, '')}-${hash}`
}

/** The value of `BUILDKIT_LABEL` and `TEMPLATE_LABEL` for an object's name: the name itself if it fits, else cut, with its hash. */
export function labelValueOf(name: string): string {
  return name.length <= POD_NAME_LENGTH_MAX ? name : hashedName(name, hashOf(name))
}

/** Whether `labelValueOf` may have cut a name to this value, so that it does not tell the name. */
export function mayBeCut(labelValue: string): boolean {
  return endsInHash(labelValue)
}

/** Whether a Pod with this value of `BUILDKIT_LABEL` has a name that rendering gave it; any other was renamed after rendering. */
export function isPodNameFor(buildkitLabel: string, podName: string): boolean {
  return endsInHash(podName) && hashedName(buildkitLabel, podName.slice(-HASH_LENGTH)) === podName
}

/** Whether a name ends as names do that rendering gives. */
export function endsInHash(name: string): boolean {
  const hash = name.slice(-HASH_LENGTH - 1)
  return hash.startsWith('-') && [...hash.slice(1)].every((char) => ALPHABET.includes(char))
}
