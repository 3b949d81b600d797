import type { Finding } from './finding.ts'
import { isMapping } from './item.ts'
import { parseRenderConfig, type RenderConfig } from './render-config.ts'
import { lineOf } from './results.ts'

/** What Argo CD gives a plugin in `ARGOCD_APP_PARAMETERS`. */
const WHERE = 'parameters of the Application'

/**
 * The configuration that an Argo CD Application gives its plugin as parameters (JSON, a list of `{name, string}`), defaults filled
 * in, or lines that say what is wrong with it.
 */
export function argocdConfig(
  parameters: string | undefined,
): { readonly config: RenderConfig } | { readonly errors: readonly string[] } {
  const list: unknown = JSON.parse(parameters || '[]') ?? []
  const named = Array.isArray(list) ? list.filter((one) => isMapping(one)) : []
  const errors = named
    .filter(({ string }) => typeof string !== 'string')
    .map(({ name }) => `${WHERE}: error: ${name}: must be given as \`string\``)
  if (errors.length > 0) return { errors }
  const data = Object.fromEntries(named.map(({ name, string }) => [name, string]))
  const parsed = parseRenderConfig({ apiVersion: 'v1', kind: 'ConfigMap', data })
  return 'config' in parsed ? parsed : { errors: parsed.results.map((result) => `${WHERE}: ${inTheirWords(result)}`) }
}

/** They have not written the ConfigMap that these results speak of. */
function inTheirWords(result: Finding): string {
  return lineOf(result).replace('data.', '').replace('is not a field of `data`', 'is no parameter')
}
