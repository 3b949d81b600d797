import { type Item, isMapping } from '../input/item.ts'
import { type Finding, objectFinding } from '../results/finding.ts'
import { type Base, type ParsedConfig, parseParameters } from './render-config.ts'

/** What Argo CD gives a plugin in `ARGOCD_APP_PARAMETERS`. */
const PARAMETERS: Item = { text: '', origin: { path: 'parameters of the Application', index: 0 } }

/** The configuration that an Argo CD Application gives its plugin as parameters (JSON, a list of `{name, string}`), over `base`. */
export function argocdConfig(parameters: string | undefined, base: Base): ParsedConfig {
  const list = listIn(parameters)
  if (!list) {
    const message = `must be a list of {"name", "string"} in JSON, got ${JSON.stringify(parameters)}`
    return { results: [objectFinding('error', PARAMETERS, message)] }
  }
  const errors = list.flatMap(typeErrors)
  if (errors.length > 0) return { results: errors }
  return parseParameters(Object.fromEntries(list.map(({ name, string }) => [name, string])), { base, item: PARAMETERS })
}

/** The parameters that have a name: Argo CD shows others to nobody. */
function listIn(parameters: string | undefined): readonly Readonly<Record<string, unknown>>[] | undefined {
  const list = parsed(parameters || '[]') ?? []
  if (!(Array.isArray(list) && list.every(isMapping))) return undefined
  return list.filter(({ name }) => name !== undefined && name !== '')
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

function typeErrors({ name, string }: Readonly<Record<string, unknown>>): readonly Finding[] {
  if (typeof name === 'string' && typeof string === 'string') return []
  return [{ ...objectFinding('error', PARAMETERS, 'must be given as `string`'), path: [String(name)] }]
}
