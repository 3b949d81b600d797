import type { Item } from '../input/item.ts'
import { listItem } from '../input/item-of-text.ts'
import { isOurs } from '../input/ours.ts'
import { placeOf } from '../positions/locator.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import { DEFAULT_CONFIG, type ParsedConfig, parseRenderConfig } from './render-config.ts'

/**
 * What the one RenderBuildkit among `items` says, the defaults without one. So a command renders a package as the functions in its Kptfile
 * do. Its mode is that of the function which it is for.
 */
export function packageConfig(items: readonly Item[]): ParsedConfig {
  const [first, ...others] = items.filter(
    ({ object, error }) => !error && isOurs(object) && object?.kind === 'RenderBuildkit',
  )
  if (!first) return { config: DEFAULT_CONFIG }
  if (others.length > 0) {
    const message = `must be the only RenderBuildkit among the manifests, but ${placeOf(first)} has another; remove one of them, or name one with \`--config\``
    return { results: others.map((item) => fieldFinding('error', item, { path: ['kind'], message })) }
  }
  const parsed = parseRenderConfig(first.object, { item: first })
  return 'config' in parsed ? { config: { ...parsed.config, mode: DEFAULT_CONFIG.mode } } : parsed
}

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
