import { listItem } from '../input/item-of-text.ts'
import { type Finding, objectFinding } from '../results/finding.ts'

const HAS_FUNCTION = /^[ \t]+config\.kubernetes\.io\/function:/m
const HAS_PLACE = /^[ \t]+(?:(?:internal\.)?config\.kubernetes\.io\/path|kustomize\.config\.k8s\.io\/id):/m

/** An error where kustomize runs us as a generator: it then shows us our own configuration and nothing else, and we would make nothing. */
export function generatorConflict(items: readonly string[]): Finding[] {
  const [text = ''] = items
  if (items.length !== 1 || !HAS_FUNCTION.test(text) || HAS_PLACE.test(text)) return []
  const message =
    'must be under `transformers:` of the kustomization, not under `generators:`; kustomize passes no Buildkits to generators'
  return [objectFinding('error', listItem(text), message)]
}
