import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { hashedName, hashOf, MANAGED_BY, MANAGED_BY_LABEL } from '../../crds/names.ts'
import { oncePer } from '../common/collections.ts'
import type { Retirement } from '../config/settings.ts'
import type { Source } from '../input/item.ts'
import { type Blueprint, ownLabels, podLabels, templateLabels } from './blueprint.ts'
import { claimAnnotations, engineAnnotations, RETAINED, SYNC_WAVE_ANNOTATION } from './engine-annotations.ts'
import type { Kind } from './kinds.ts'
import type { Builder } from './resolve.ts'
import { serviceAnnotations, serviceSpec } from './service.ts'
import { claimOf, specOfOne } from './state-volume.ts'
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

/** The Pod of a builder; its annotations that are content are the blueprint's. */
export interface Pod extends Omit<Contents, 'kind' | 'annotations'> {
  readonly engineAnnotations: Readonly<Record<string, string>>
  /** That of the blueprint, unless the builder has something to itself. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly blueprint: Blueprint
}

/** A Pod as an object like the others, with all its annotations together. */
export function contentsOf({ engineAnnotations: forEngines, blueprint, ...pod }: Pod): Contents {
  return { kind: 'Pod', ...pod, annotations: { ...blueprint.annotations, ...forEngines } }
}

/**
 * `<buildkit>-<hash>`: the hash is of the content, and of the full name where that had to be cut.
 * Invariant: input order does not change a Pod, nor does a policy for engines change its name.
 */
function podNameOf(buildkitName: string, { content, hash }: Blueprint): string {
  const name = hashedName(buildkitName, hash)
  return name === `${buildkitName}-${hash}` ? name : hashedName(buildkitName, hashOf(`${buildkitName}\n${content}`))
}

/** The Pod of one builder. */
export function expand({ buildkit }: Builder, blueprint: Blueprint, retirement: Retirement): Pod {
  const { name, namespace, annotations } = buildkit.value.metadata
  return {
    name: podNameOf(name, blueprint),
    namespace,
    labels: podLabels(name, blueprint),
    engineAnnotations: engineAnnotationsOf(blueprint, retirement, annotations?.[SYNC_WAVE_ANNOTATION]),
    spec: specOfOne(blueprint.spec, buildkit.value),
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

/** What a builder has beside its Pod, in the order in which it is needed. */
export function expandBeside(builder: Builder): readonly Contents[] {
  return [expandClaim(builder), expandService(builder)].filter((one) => one !== undefined)
}

/** The PersistentVolumeClaim with the cache of one builder; undefined where its template keeps it elsewhere. */
export function expandClaim({ buildkit, template }: Builder): Contents | undefined {
  const source = claimOf(template.value, buildkit.value)
  if (!source) return undefined
  const { name, namespace, annotations } = buildkit.value.metadata
  const isRetained = template.value.spec.cache?.claim?.retain === true
  return {
    kind: 'PersistentVolumeClaim',
    ...source,
    namespace,
    labels: ownLabels(name, template.value),
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
