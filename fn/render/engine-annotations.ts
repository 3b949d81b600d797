import { HANDOVER_ANNOTATION, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import type { Retirement } from '../config/settings.ts'

export const SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave'

/** Argo CD asks the Buildkit for its health, not what has this annotation. */
export const HEALTH_IGNORED = { 'argocd.argoproj.io/ignore-healthcheck': 'true' }

/**
 * No engine substitutes variables in a Pod: `$(HOST_IP)` and the drain script are not theirs. Argo CD asks the Buildkit how its Pods
 * are, not them: one that is being replaced may drain for an hour (docs/decisions/0015).
 */
const ALWAYS = { ...HEALTH_IGNORED, 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' }

/** Every engine creates the Pod, none prunes it. Tried with Argo CD 3.2, Flux kustomize-controller 1.9 and kpt live 1.0.0-beta.56. */
const KEPT_BY_ENGINES = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'client.lifecycle.config.k8s.io/deletion': 'detach',
  'client.lifecycle.config.k8s.io/mutation': 'ignore',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent',
}

/** Engines apply such a claim, and none deletes it. */
export const RETAINED: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
  'client.lifecycle.config.k8s.io/deletion': 'detach',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
}

/** The keys whose values are comma lists of options. */
const LISTS = ['argocd.argoproj.io/compare-options', 'argocd.argoproj.io/sync-options']
const KEYS = new Set([...Object.keys(ALWAYS), ...Object.keys(KEPT_BY_ENGINES), SYNC_WAVE_ANNOTATION])

/** Whether an annotation tells an engine what to do: no part of a Pod's content, so never in its hash. */
export function isEngineAnnotation(key: string): boolean {
  return KEYS.has(key)
}

/** How a Pod comes and goes: no part of its content, so that a change takes effect with the next Pod. */
export interface Succession {
  readonly retirement: Retirement
  readonly handover: Handover
}
export type Handover = 'Overlap' | 'Recreate'

/**
 * The annotations that tell engines and the controller what to do with a Pod. A user's own value for a key wins; comma lists are merged, the user's
 * options first. `syncWave` is the Buildkit's.
 */
export function engineAnnotations(
  { retirement, handover }: Succession,
  own: Readonly<Record<string, string>>,
  syncWave: string | undefined,
): Record<string, string> {
  const ours: Record<string, string> = {
    ...ALWAYS,
    ...(syncWave !== undefined && { [SYNC_WAVE_ANNOTATION]: syncWave }),
    ...(handover === 'Recreate' && { [HANDOVER_ANNOTATION]: handover }),
    ...(retirement === 'engine' ? { [RETIREMENT_ANNOTATION]: 'engine' } : KEPT_BY_ENGINES),
  }
  for (const [key, value] of Object.entries(own)) {
    if (isEngineAnnotation(key)) ours[key] = LISTS.includes(key) ? mergedOptions(value, ours[key]) : value
  }
  return ours
}

/** Whether engines keep an object with these annotations in the cluster. */
export function isRetained(annotations: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(RETAINED).every(([key, value]) => annotations[key] === value)
}

/** The annotations that tell engines what to do with a claim. Argo CD asks the Buildkit for its health: many claims are bound with their Pod. */
export function claimAnnotations(mustStay: boolean, syncWave: string | undefined): Record<string, string> {
  return {
    ...HEALTH_IGNORED,
    ...(syncWave !== undefined && { [SYNC_WAVE_ANNOTATION]: syncWave }),
    ...(mustStay && RETAINED),
  }
}

function mergedOptions(own: string, ours: string | undefined): string {
  const options = own.split(',').map((option) => option.trim())
  const names = new Set(options.map(optionName))
  return [...options, ...(ours?.split(',') ?? []).filter((option) => !names.has(optionName(option)))].join(',')
}

function optionName(option: string): string {
  return option.split('=')[0] as string
}
