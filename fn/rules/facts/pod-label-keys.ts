import { BUILDKIT_LABEL, NAME_LABEL, TEMPLATE_LABEL } from '../../../crds/names.ts'
import type { TemplateFacts } from './facts.ts'

/** The keys of the labels that Pods of a template have, or at least one of them. */
export function podLabelKeys({ spec, buildkits }: TemplateFacts): ReadonlySet<string> {
  const own = buildkits.flatMap(({ value }) => Object.keys(value.spec.labels ?? {}))
  return new Set([BUILDKIT_LABEL, TEMPLATE_LABEL, NAME_LABEL, ...Object.keys(spec.podLabels ?? {}), ...own])
}
