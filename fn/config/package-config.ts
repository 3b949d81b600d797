import type { Item } from '../input/item.ts'
import { isOurs } from '../input/ours.ts'
import { placeOf } from '../positions/place-of.ts'
import { fieldFinding } from '../results/finding.ts'
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
