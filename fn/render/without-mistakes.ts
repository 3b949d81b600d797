import { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { type FieldIssue, type Path, validate } from '../../crds/validate.ts'
import { grouped } from '../common/collections.ts'
import { isMapping } from '../input/item.ts'

/** What decides how buildkitd runs: nearly every rule depends on it. */
const MODE_FIELDS = ['rootless', 'hostUsers', 'image', 'command']

/**
 * A template without the fields that are wrong, so that rules can judge the rest; undefined where one of them, or the field that was
 * meant by it, decides what the rest means.
 */
export function withoutMistakes(object: unknown, issues: readonly FieldIssue[]): BuildkitTemplate | undefined {
  const decides = issues.some(({ path, fix }) => {
    const field = path[0] === 'spec' && path.length > 1 ? path[1] : undefined
    const meant = fix?.kind === 'rename' ? fix.to : field
    return field === undefined || [field, meant].some((name) => MODE_FIELDS.includes(String(name)))
  })
  if (decides) return undefined
  const rest = without(
    object,
    issues.map(({ path }) => path),
  )
  const validated = validate(BuildkitTemplate, rest)
  return 'value' in validated ? validated.value : undefined
}

/** A value without the fields at these paths; a list goes as a whole, so that the places of what is left in it stay true. */
function without(value: unknown, paths: readonly Path[]): unknown {
  if (!isMapping(value)) return value
  const byKey = grouped(paths, ([key]) => String(key))
  const entries = Object.entries(value).flatMap(([key, child]) => {
    const below = byKey.get(key)
    if (!below) return [[key, child] as const]
    if (!isMapping(child) || below.some((path) => path.length === 1)) return []
    const rest = below.map((path) => path.slice(1))
    return [[key, without(child, rest)] as const]
  })
  return Object.fromEntries(entries)
}
