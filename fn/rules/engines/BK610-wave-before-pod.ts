import { pathText } from '../../../crds/issues/field-path.ts'
import { SYNC_WAVE_ANNOTATION } from '../../render/engine-annotations.ts'
import { manifests } from '../example.ts'
import { WAVE_PATH, waveIn, waveTextOf } from '../facts/sync-waves.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** A Pod has its Buildkit's wave; one that users gave it wins. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Buildkit is in an earlier Argo CD wave than its Pod.',
    why: 'Argo CD waits until a wave is healthy before it starts the next. A Buildkit is healthy when its Pod is ready, but the Pod comes after it. With a health check for Buildkits, the sync never finishes.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/sync/syncwaves/waves.go and pkg/sync/sync_context.go; fn/render/engine-annotations.ts',
    example: {
      wrong: manifests(
        {
          kind: 'BuildkitTemplate',
          spec: { podAnnotations: { [SYNC_WAVE_ANNOTATION]: '2' } },
        },
        { kind: 'Buildkit', metadata: { annotations: { [SYNC_WAVE_ANNOTATION]: '1' } } },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        { kind: 'Buildkit', metadata: { annotations: { [SYNC_WAVE_ANNOTATION]: '1' } } },
      ),
    },
  }),
  of: 'package',
  find: ({ builders }) =>
    builders.flatMap((builder) => {
      const own = ownAnnotation(builder, SYNC_WAVE_ANNOTATION)
      if (!own) return []
      const early = builder.buildkits.filter((buildkit) => waveIn(waveTextOf(buildkit)) < waveIn(own.value))
      return early.map((buildkit) => {
        const message = `must be at least ${waveIn(own.value)}, the wave of its Pod, got ${waveIn(waveTextOf(buildkit))}; remove \`${pathText(own.path)}\` of ${own.item.object?.kind} "${own.item.object?.metadata.name}" so that the Pod gets the wave of its Buildkit`
        return { item: buildkit.item, path: WAVE_PATH, message, currentValue: waveTextOf(buildkit) }
      })
    }),
}
