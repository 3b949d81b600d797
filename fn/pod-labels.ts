import { BUILDKIT_LABEL, labelValueOf } from '../crds/names.ts'
import type { Blueprint } from './blueprint.ts'

/** All labels of the Pod of the Buildkit with this name. */
export function podLabels(buildkitName: string, { labels }: Blueprint): Readonly<Record<string, string>> {
  return { [BUILDKIT_LABEL]: labelValueOf(buildkitName), ...labels }
}
