import type { PackageFacts } from './facts.ts'
import type { PodMap } from './pod-maps.ts'

/** The labels or annotations of Buildkits and templates themselves, without those that get their text after rendering. */
export function objectMaps({ applied }: PackageFacts, kind: 'labels' | 'annotations'): readonly PodMap[] {
  return applied.map(({ item, value }) => {
    const entries = Object.entries(value.metadata[kind] ?? {}).filter((entry) => !entry.some(isSubstituted))
    return { item, path: ['metadata', kind], map: Object.fromEntries(entries) }
  })
}

/** Flux puts values in the place of `${…}` when it applies; in Pods it must not. */
function isSubstituted(text: string): boolean {
  return text.includes('${')
}
