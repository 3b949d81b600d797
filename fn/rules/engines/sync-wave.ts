import type { Buildkit } from '../../../crds/buildkit.ts'
import { pathText } from '../../../crds/issues/field-path.ts'
import type { Source } from '../../input/select.ts'
import { SYNC_WAVE_ANNOTATION } from '../../render/engine-annotations.ts'
import { ownAnnotation } from '../facts/own-annotation.ts'
import type { Rule } from '../rule.ts'

const PATH = ['metadata', 'annotations', SYNC_WAVE_ANNOTATION]
const SOURCE = 'gitops-engine v0.7.1 (2025-12), pkg/sync/syncwaves/waves.go'

/** A Pod has its Buildkit's wave; one that users gave it wins. */
export const WAVE_BEFORE_POD: Rule = {
  id: 'BK610',
  severity: 'warning',
  what: 'A Buildkit is in an earlier wave of Argo CD than its Pod.',
  why: 'Argo CD waits for what is in a wave to be healthy before it begins the next. A Buildkit is healthy when its Pod is ready, and the Pod would come after it: with a health check for Buildkits the sync never ends.',
  source: `${SOURCE} and pkg/sync/sync_context.go; fn/engine-annotations.ts`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SYNC_WAVE_ANNOTATION}: "2"
---
kind: Buildkit
metadata:
  annotations:
    ${SYNC_WAVE_ANNOTATION}: "1"
`,
    right: `kind: BuildkitTemplate
---
kind: Buildkit
metadata:
  annotations:
    ${SYNC_WAVE_ANNOTATION}: "1"
`,
  },
  of: 'package',
  find: ({ builders }) =>
    builders.flatMap((builder) => {
      const own = ownAnnotation(builder, SYNC_WAVE_ANNOTATION)
      if (!own) return []
      const early = builder.buildkits.filter((buildkit) => waveOf(buildkit) < numberIn(own.value))
      return early.map((buildkit) => {
        const message = `must not be earlier than the wave of its Pod, ${numberIn(own.value)}, got ${waveOf(buildkit)}; remove \`${pathText(own.path)}\` of ${own.item.object?.kind} "${own.item.object?.metadata.name}", and the Pod gets the wave of its Buildkit`
        return { item: buildkit.item, path: PATH, message, currentValue: waveTextOf(buildkit) }
      })
    }),
}

/** Argo CD takes what is no number for 0. */
export const NO_WAVE: Rule = {
  id: 'BK611',
  severity: 'warning',
  what: 'A wave of Argo CD is not a whole number, and counts as 0.',
  why: 'The Buildkit and its Pod are applied with everything that has no wave, before or after what they were to follow.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
---
kind: Buildkit
metadata:
  annotations:
    ${SYNC_WAVE_ANNOTATION}: last
`,
    right: `kind: BuildkitTemplate
---
kind: Buildkit
metadata:
  annotations:
    ${SYNC_WAVE_ANNOTATION}: "10"
`,
  },
  of: 'package',
  find: ({ builders, buildkits }) => {
    const ofPods = builders.flatMap((builder) => ownAnnotation(builder, SYNC_WAVE_ANNOTATION) ?? [])
    const ofBuildkits = buildkits.flatMap((buildkit) => {
      const value = waveTextOf(buildkit)
      return value === undefined ? [] : [{ item: buildkit.item, path: PATH, value }]
    })
    return [...ofBuildkits, ...ofPods]
      .filter(({ value }) => !WHOLE_NUMBER.test(value))
      .map(({ item, path, value }) => {
        const message = `must be a whole number, got "${value}", which Argo CD takes for 0`
        return { item, path, message, currentValue: value }
      })
  },
}

/** As Go's `strconv.Atoi` reads it. */
const WHOLE_NUMBER = /^[+-]?\d+$/

function waveTextOf({ value }: Source<Buildkit>): string | undefined {
  return value.metadata.annotations?.[SYNC_WAVE_ANNOTATION]
}

function waveOf(buildkit: Source<Buildkit>): number {
  return numberIn(waveTextOf(buildkit) ?? '0')
}

function numberIn(text: string): number {
  return WHOLE_NUMBER.test(text) ? Number(text) : 0
}
