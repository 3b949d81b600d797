import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../crds/names.ts'
import { oncePer } from '../common/collections.ts'
import type { Retirement } from '../config/settings.ts'
import type { Source } from '../input/item.ts'
import { type Blueprint, ownLabels, podLabels, templateLabels } from './blueprint.ts'
import { disruptionBudgetSpec } from './disruption-budget.ts'
import {
  claimAnnotations,
  engineAnnotations,
  HEALTH_IGNORED,
  RETAINED,
  SYNC_WAVE_ANNOTATION,
} from './engine-annotations.ts'
import type { Kind } from './kinds.ts'
import { ofReplicas, replicaName } from './replicas.ts'
import type { Builder } from './resolve.ts'
import { serviceAnnotations, serviceSpec } from './service.ts'
import { specOfOne } from './spec-of-one.ts'
import { claimOf } from './state-volume.ts'
import { certificateSpec } from './tls.ts'

/** An object that rendering makes, as Git and the cluster shall have it. */
export interface Contents {
  readonly kind: Kind
  readonly name: string
  readonly namespace: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** Annotations of an earlier render that must not stay; others may have given the same keys other values. */
  readonly formerAnnotations?: Readonly<Record<string, string>>
  readonly spec: Readonly<Record<string, unknown>>
}

/** A Pod of a builder; its annotations that are content are the blueprint's. */
export interface Pod extends Omit<Contents, 'kind' | 'annotations'> {
  readonly engineAnnotations: Readonly<Record<string, string>>
  /** That of the blueprint, unless the Pod has something to itself. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly blueprint: Blueprint
}

/** One of the Pods that a builder has, by its index. */
export interface Replica extends Builder {
  readonly replica: number
}

/** A Pod as an object like the others, with all its annotations together. */
export function contentsOf({ engineAnnotations: forEngines, blueprint, ...pod }: Pod): Contents {
  return { kind: 'Pod', ...pod, annotations: { ...blueprint.annotations, ...forEngines } }
}

/** The Pod of one replica of a builder. Invariant: input order does not change a Pod, nor does a policy for engines change its name. */
export function expand({ buildkit, replica }: Replica, blueprint: Blueprint, retirement: Retirement): Pod {
  const { name, namespace, annotations } = buildkit.value.metadata
  return {
    name: replicaName(name, blueprint, replica),
    namespace,
    labels: podLabels(name, blueprint, replica),
    engineAnnotations: engineAnnotationsOf(blueprint, retirement, annotations?.[SYNC_WAVE_ANNOTATION]),
    spec: specOfOne(blueprint.spec, buildkit.value, replica),
    blueprint,
  }
}

const engineAnnotationsByWave = oncePer((_: Blueprint) => new Map<string, Pod['engineAnnotations']>())

/** Made once for all Pods of a blueprint that are in one sync wave, so that their text is written once. */
function engineAnnotationsOf(
  blueprint: Blueprint,
  retirement: Retirement,
  syncWave: string | undefined,
): Pod['engineAnnotations'] {
  const byWave = engineAnnotationsByWave(blueprint)
  const key = syncWave === undefined ? retirement : `${retirement} ${syncWave}`
  const { handover, engineAnnotations: own } = blueprint
  const made = byWave.get(key) ?? engineAnnotations({ retirement, handover }, own, syncWave)
  byWave.set(key, made)
  return made
}

/** What a builder has beside its Pods, in the order in which it is needed. */
export function expandBeside(builder: Builder): readonly Contents[] {
  const claims = ofReplicas(builder.buildkit.value, (replica) => expandClaim({ ...builder, replica }))
  return [...claims, expandService(builder), expandDisruptionBudget(builder)].filter((one) => one !== undefined)
}

/** The PersistentVolumeClaim with the cache of one replica; undefined where its template keeps it elsewhere. */
export function expandClaim({ buildkit, template, replica }: Replica): Contents | undefined {
  const source = claimOf(template.value, buildkit.value, replica)
  if (!source) return undefined
  const { name, namespace, annotations } = buildkit.value.metadata
  const isRetained = template.value.spec.cache?.claim?.retain === true
  return {
    kind: 'PersistentVolumeClaim',
    ...source,
    namespace,
    labels: ownLabels(name, template.value, replica),
    formerAnnotations: isRetained ? {} : RETAINED,
    annotations: claimAnnotations(isRetained, annotations?.[SYNC_WAVE_ANNOTATION]),
  }
}

function expandService({ buildkit, template }: Builder): Contents | undefined {
  const { name, namespace, annotations } = buildkit.value.metadata
  const spec = serviceSpec(template.value, name)
  return (
    spec && {
      kind: 'Service',
      name,
      namespace,
      labels: { ...ownLabels(name, template.value), ...MANAGED },
      annotations: { ...waveOf(annotations), ...serviceAnnotations(template.value) },
      spec,
    }
  )
}

function expandDisruptionBudget({ buildkit, template }: Builder): Contents | undefined {
  const { name, namespace, annotations } = buildkit.value.metadata
  const spec = disruptionBudgetSpec(buildkit.value)
  return (
    spec && {
      kind: 'PodDisruptionBudget',
      name,
      namespace,
      labels: { ...ownLabels(name, template.value), ...MANAGED },
      annotations: { ...HEALTH_IGNORED, ...waveOf(annotations) },
      spec,
    }
  )
}

/** The Certificate of a template, which is for all of its builders; undefined where something else fills its Secret. */
export function expandCertificate({ value }: Source<BuildkitTemplate>): Contents | undefined {
  const { namespace, annotations } = value.metadata
  const spec = certificateSpec(value)
  return (
    spec && {
      kind: 'Certificate',
      name: String(spec.secretName),
      namespace,
      labels: { ...templateLabels(value), ...MANAGED },
      annotations: waveOf(annotations),
      spec,
    }
  )
}

const MANAGED = { [MANAGED_BY_LABEL]: MANAGED_BY }

/** Argo CD applies what rendering adds with what it is for. */
function waveOf(annotations: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const wave = annotations[SYNC_WAVE_ANNOTATION]
  return wave === undefined ? {} : { [SYNC_WAVE_ANNOTATION]: wave }
}
