import { hashedName, hashOf } from '../../crds/names.ts'
import type { Retirement } from '../config/settings.ts'
import { type Blueprint, claimLabels, podLabels } from './blueprint.ts'
import { claimAnnotations, engineAnnotations, RETAINED, SYNC_WAVE_ANNOTATION } from './engine-annotations.ts'
import type { Builder } from './resolve.ts'
import { claimOf, specOfOne } from './state-volume.ts'

/** An object of a builder, as Git and the cluster shall have it. */
export interface Contents {
  readonly name: string
  readonly namespace: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** Annotations of an earlier render that must not stay; others may have given the same keys other values. */
  readonly formerAnnotations?: Readonly<Record<string, string>>
  readonly spec: Readonly<Record<string, unknown>>
}

/** The Pod of a builder; its annotations that are content are the blueprint's. */
export interface Pod extends Omit<Contents, 'annotations'> {
  readonly engineAnnotations: Readonly<Record<string, string>>
  /** That of the blueprint, unless the builder has something to itself. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly blueprint: Blueprint
}

/** The PersistentVolumeClaim with a builder's cache. */
export type Claim = Contents

/** A Pod with all its annotations together. */
export function contentsOf({ engineAnnotations: forEngines, blueprint, ...pod }: Pod): Contents {
  return { ...pod, annotations: { ...blueprint.annotations, ...forEngines } }
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
    engineAnnotations: engineAnnotations(
      { retirement, handover: blueprint.handover },
      blueprint.engineAnnotations,
      annotations?.[SYNC_WAVE_ANNOTATION],
    ),
    spec: specOfOne(blueprint.spec, buildkit.value),
    blueprint,
  }
}

/** The claim of one builder; undefined where its template keeps the cache elsewhere. */
export function expandClaim({ buildkit, template }: Builder): Claim | undefined {
  const source = claimOf(template.value, buildkit.value)
  if (!source) return undefined
  const { name, namespace, annotations } = buildkit.value.metadata
  const isRetained = template.value.spec.cache?.claim?.retain === true
  return {
    ...source,
    namespace,
    labels: claimLabels(name, template.value),
    formerAnnotations: isRetained ? {} : RETAINED,
    annotations: claimAnnotations(isRetained, annotations?.[SYNC_WAVE_ANNOTATION]),
  }
}
