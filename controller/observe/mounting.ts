import type { V1Volume } from '@kubernetes/client-node'
import { boundedText } from '../kube/bounded-text.ts'
import type { Pod } from '../pod.ts'
import type { PodObject } from './pod-trouble.ts'

/** A Pod may have any number of volumes, with names of any length. */
const OBJECTS_MAX = 3
const TEXT_LENGTH_MAX = 256

/**
 * What a scheduled Pod needs from other objects while its node has not prepared it; undefined if it needs none, or is prepared. Only the
 * Events of a kubelet say which of them is missing.
 */
export function mountingOf({ metadata, spec, status = {} }: PodObject): Pod['mounting'] {
  if (status.phase !== 'Pending') return undefined
  const conditionOf = (sought: string) => status.conditions?.find(({ type }) => type === sought)
  const scheduled = conditionOf('PodScheduled')
  const isWaiting = scheduled?.status === 'True' && conditionOf('PodReadyToStartContainers')?.status === 'False'
  if (!isWaiting) return undefined
  const needs = (spec?.volumes ?? []).flatMap((volume) => needOf(volume, metadata.name ?? ''))
  if (needs.length === 0) return undefined
  const more = needs.length > OBJECTS_MAX ? ` and ${needs.length - OBJECTS_MAX} more` : ''
  const since = Date.parse(String(scheduled.lastTransitionTime))
  return {
    needs: boundedText(`${needs.slice(0, OBJECTS_MAX).join(', ')}${more}`, TEXT_LENGTH_MAX),
    since: Number.isNaN(since) ? Date.parse(metadata.creationTimestamp ?? '') : since,
  }
}

type Keys = readonly { readonly key: string }[]

function needOf(volume: V1Volume, podName: string): readonly string[] {
  const { name, secret, configMap, persistentVolumeClaim, ephemeral } = volume
  if (secret) return secret.optional ? [] : [named('Secret', secret.secretName, secret.items)]
  if (configMap) return configMap.optional ? [] : [named('ConfigMap', configMap.name, configMap.items)]
  if (persistentVolumeClaim) return [named('PersistentVolumeClaim', persistentVolumeClaim.claimName)]
  return ephemeral ? [named('PersistentVolumeClaim', `${podName}-${name}`)] : []
}

/** The object, with the keys that it must have. */
function named(kind: string, name = '', items: Keys = []): string {
  const keys = items.length > 0 ? ` (${items.map(({ key }) => key).join(', ')})` : ''
  return `${kind} "${name}"${keys}`
}
