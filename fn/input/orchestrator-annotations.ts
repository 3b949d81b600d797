import {
  LEGACY_ID_ANNOTATION,
  LEGACY_SOURCE_INDEX_ANNOTATION,
  LEGACY_SOURCE_PATH_ANNOTATION,
  SOURCE_INDEX_ANNOTATION,
  SOURCE_PATH_ANNOTATION,
} from 'kpt-functions/dist/src/metadata.js'

/** The folder of a sub-package, which kpt sets where a package is rendered in place; kpt-functions has no constant for it. */
const PACKAGE_PATH_ANNOTATION = 'internal.config.kubernetes.io/package-path'
export const LOCAL_CONFIG_ANNOTATION = 'config.kubernetes.io/local-config'

const KEYS = [LEGACY_ID_ANNOTATION, LEGACY_SOURCE_INDEX_ANNOTATION, LEGACY_SOURCE_PATH_ANNOTATION]
const PREFIX = /^internal\.(?:config\.kubernetes\.io|config\.k8s\.io|kubernetes\.io)\/|^kustomize\.config\.k8s\.io\//

/** Whether an annotation is an orchestrator's mark on an item on its way through functions, which no cluster shall see. */
export function isOrchestratorAnnotation(key: string): boolean {
  return KEYS.includes(key) || PREFIX.test(key)
}

/** What users may well set under these prefixes, and rules judge: what tools that apply objects read. */
const FOR_USERS = [
  'config.kubernetes.io/depends-on',
  'config.kubernetes.io/apply-time-mutation',
  LOCAL_CONFIG_ANNOTATION,
]
const RESERVED =
  /^(?:(?:internal|alpha)\.)?config\.(?:kubernetes|k8s)\.io\/|^internal\.(?:kubernetes\.io|kpt\.dev)\/|^kustomize\.config\.k8s\.io\//

/** Whether orchestrators take an annotation for theirs on any object, so that users must not give it to Pods. */
export function isForOrchestrators(key: string): boolean {
  return RESERVED.test(key) && !FOR_USERS.includes(key)
}

/** Where an object stands: `path` in its package (slashes, relative), `index` in that file, and kpt's path of a sub-package. */
export interface Origin {
  readonly path: string
  readonly index: number
  readonly packagePath?: string
}

/** Where orchestrators say that an object stands; the older spelling is read where the newer is missing. */
export function originFrom(annotations: Readonly<Record<string, unknown>>): Origin | undefined {
  const path = annotations[SOURCE_PATH_ANNOTATION] ?? annotations[LEGACY_SOURCE_PATH_ANNOTATION]
  const index = annotations[SOURCE_INDEX_ANNOTATION] ?? annotations[LEGACY_SOURCE_INDEX_ANNOTATION]
  const packagePath = annotations[PACKAGE_PATH_ANNOTATION]
  if (typeof path !== 'string') return undefined
  return { path, index: Number(index ?? 0), ...(typeof packagePath === 'string' && { packagePath }) }
}

/** The annotations that give a new object its file, in the spelling of today and the older one: both, equal, satisfy every kpt. */
export function originAnnotations(origin: Origin | undefined): Record<string, string> {
  if (!origin) return {}
  const { path, index, packagePath } = origin
  return {
    [LEGACY_SOURCE_INDEX_ANNOTATION]: String(index),
    [LEGACY_SOURCE_PATH_ANNOTATION]: path,
    [SOURCE_INDEX_ANNOTATION]: String(index),
    [SOURCE_PATH_ANNOTATION]: path,
    ...(packagePath !== undefined && { [PACKAGE_PATH_ANNOTATION]: packagePath }),
  }
}
