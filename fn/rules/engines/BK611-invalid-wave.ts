import { SYNC_WAVE_ANNOTATION } from '../../render/engine-annotations.ts'
import { manifests } from '../example.ts'
import { isWave, WAVE_PATH, waveTextOf } from '../facts/sync-waves.ts'
import { givenAnnotations } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Argo CD takes what is no number for 0. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An Argo CD wave is not a whole number, and counts as 0.',
    why: 'Argo CD applies the Buildkit, its Pod or its Service together with everything that has no wave, out of the intended order.',
    source: 'gitops-engine v0.7.1 (2025-12), pkg/sync/syncwaves/waves.go',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        { kind: 'Buildkit', metadata: { annotations: { [SYNC_WAVE_ANNOTATION]: 'last' } } },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        { kind: 'Buildkit', metadata: { annotations: { [SYNC_WAVE_ANNOTATION]: '10' } } },
      ),
    },
  }),
  of: 'package',
  find: ({ builders, buildkits }) => {
    const given = builders.flatMap((builder) => givenAnnotations(builder, SYNC_WAVE_ANNOTATION))
    const ofBuildkits = buildkits.flatMap((buildkit) => {
      const value = waveTextOf(buildkit)
      return value === undefined ? [] : [{ item: buildkit.item, path: WAVE_PATH, value }]
    })
    return [...ofBuildkits, ...given]
      .filter(({ value }) => !isWave(value))
      .map(({ item, path, value }) => {
        const message = `must be a whole number, got "${value}", which Argo CD treats as 0`
        return { item, path, message, currentValue: value }
      })
  },
}
