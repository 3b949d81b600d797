import { readFileSync } from 'node:fs'
import { parse, parseAllDocuments } from 'yaml'
import type { KubernetesObject } from './package/item-text.ts'

/** The number of Pods in a ResourceList or a stream of manifests, in block style. */
export function countPods(file: string): number {
  return readFileSync(file, 'latin1').match(/^(?: {2}|- )?kind: Pod$/gm)?.length ?? 0
}

/** The Pods in a ResourceList or a stream of manifests. */
export function podsIn(file: string): KubernetesObject[] {
  const text = readFileSync(file, 'utf8')
  const objects = text.startsWith('apiVersion: config.kubernetes.io')
    ? (parse(text) as { items: KubernetesObject[] }).items
    : parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject)
  return objects.filter(({ kind }) => kind === 'Pod')
}
