import {
  LEGACY_ID_ANNOTATION,
  LEGACY_SOURCE_INDEX_ANNOTATION,
  LEGACY_SOURCE_PATH_ANNOTATION,
  SOURCE_INDEX_ANNOTATION,
  SOURCE_PATH_ANNOTATION,
} from 'kpt-functions/dist/src/metadata.js'
import { RETIREMENT_ANNOTATION } from '../../crds/names.ts'

/** Who removes a superseded Pod: our controller, once its successor is Ready, or the GitOps engine's prune. */
export type Retirement = 'controller' | 'engine'

export const SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave'

/**
 * No engine substitutes variables in a Pod: `$(HOST_IP)` and the drain script are not theirs. Argo CD asks the Buildkit how its Pods
 * are, not them: one that is being replaced may drain for an hour (docs/decisions/0015).
 */
const ALWAYS = { 'argocd.argoproj.io/ignore-healthcheck': 'true', 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' }

/** Every engine creates the Pod, none prunes it. Tried with Argo CD 3.2, Flux kustomize-controller 1.9 and kpt live 1.0.0-beta.56. */
const KEPT_BY_ENGINES = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'client.lifecycle.config.k8s.io/deletion': 'detach',
  'client.lifecycle.config.k8s.io/mutation': 'ignore',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent',
}

/** The keys whose values are comma lists of options. */
const LISTS = ['argocd.argoproj.io/compare-options', 'argocd.argoproj.io/sync-options']
const KEYS = new Set([...Object.keys(ALWAYS), ...Object.keys(KEPT_BY_ENGINES), SYNC_WAVE_ANNOTATION])

/** Whether an annotation tells an engine what to do: no part of a Pod's content, so never in its hash. */
export function isEngineAnnotation(key: string): boolean {
  return KEYS.has(key)
}

/**
 * The annotations that tell engines what to do with a Pod. A user's own value for a key wins; comma lists are merged, the user's
 * options first. `syncWave` is the Buildkit's.
 */
export function engineAnnotations(
  retirement: Retirement,
  own: Readonly<Record<string, string>>,
  syncWave: string | undefined,
): Record<string, string> {
  const ours: Record<string, string> = {
    ...ALWAYS,
    ...(syncWave !== undefined && { [SYNC_WAVE_ANNOTATION]: syncWave }),
    ...(retirement === 'engine' ? { [RETIREMENT_ANNOTATION]: 'engine' } : KEPT_BY_ENGINES),
  }
  for (const [key, value] of Object.entries(own)) {
    if (isEngineAnnotation(key)) ours[key] = LISTS.includes(key) ? mergedOptions(value, ours[key]) : value
  }
  return ours
}

function mergedOptions(own: string, ours: string | undefined): string {
  const options = own.split(',').map((option) => option.trim())
  const names = new Set(options.map(optionName))
  return [...options, ...(ours?.split(',') ?? []).filter((option) => !names.has(optionName(option)))].join(',')
}

function optionName(option: string): string {
  return option.split('=')[0] as string
}

/** The folder of a sub-package, which kpt sets where a package is rendered in place; kpt-functions has no constant for it. */
const PACKAGE_PATH_ANNOTATION = 'internal.config.kubernetes.io/package-path'
export const LOCAL_CONFIG_ANNOTATION = 'config.kubernetes.io/local-config'

const KPT_KEYS = [LEGACY_ID_ANNOTATION, LEGACY_SOURCE_INDEX_ANNOTATION, LEGACY_SOURCE_PATH_ANNOTATION]
const PREFIX = /^internal\.(?:config\.kubernetes\.io|config\.k8s\.io|kubernetes\.io)\/|^kustomize\.config\.k8s\.io\//

/** Whether an annotation is an orchestrator's mark on an item on its way through functions, which no cluster shall see. */
export function isOrchestratorAnnotation(key: string): boolean {
  return KPT_KEYS.includes(key) || PREFIX.test(key)
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
