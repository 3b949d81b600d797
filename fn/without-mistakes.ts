import { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { type FieldIssue, type Path, validate } from '../crds/validate.ts'
import { isMapping } from './item.ts'

/** What decides how buildkitd runs: nearly every rule depends on it. */
const MODE_FIELDS = ['rootless', 'hostUsers', 'image', 'command']

/** Who has more to correct reads no further. */
const ISSUES_MAX = 100

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
  if (decides || issues.length > ISSUES_MAX) return undefined
  const rest = issues.reduce((left, { path }) => without(left, path), object)
  const validated = validate(BuildkitTemplate, rest)
  return 'value' in validated ? validated.value : undefined
}

/** A value without the field at a path; a list goes as a whole, so that the places of what is left in it stay true. */
function without(value: unknown, [key, ...rest]: Path): unknown {
  if (!isMapping(value) || key === undefined) return value
  const { [key]: child, ...others } = value
  if (rest.length === 0 || !isMapping(child)) return others
  return { ...others, [key]: without(child, rest) }
}
