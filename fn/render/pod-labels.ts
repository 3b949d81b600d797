import { BUILDKIT_LABEL, labelValueOf } from '../../crds/names.ts'

type Labels = Readonly<Record<string, string>>

/** All labels of the Pod of the Buildkit with this name; `labels` of a blueprint are those that other Pods have too. */
export function podLabels(buildkitName: string, { labels }: { readonly labels: Labels }): Labels {
  return { [BUILDKIT_LABEL]: labelValueOf(buildkitName), ...labels }
}
