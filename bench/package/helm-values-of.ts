import { stringify } from 'yaml'
import type { Package } from './package-of.ts'

const SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave'

/** The values from which the chart in peers/helm renders a package's Pods. */
export function helmValuesOf({ templates, buildkits }: Package): string {
  const values = {
    templates: Object.fromEntries(templates.map(({ metadata, spec }) => [metadata.name, spec])),
    buildkits: buildkits.map(({ metadata: { name, namespace, annotations }, spec }) => {
      const syncWave = annotations?.[SYNC_WAVE_ANNOTATION]
      return { name, namespace, ...(syncWave && { syncWave }), ...spec }
    }),
  }
  return stringify(values, { aliasDuplicateObjects: false, indentSeq: false, lineWidth: 0 })
}
