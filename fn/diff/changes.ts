import { pathText } from '../../crds/issues/field-path.ts'
import { grouped } from '../common/collections.ts'
import { objectId } from '../input/item.ts'
import type { Wanted } from '../render/plan.ts'
import { fateOfRolled } from './cache-of.ts'
import { type FieldChange, fieldChanges } from './field-changes.ts'

/** Builders that change for the same reasons. */
export interface Change {
  readonly builders: readonly string[]
  /** The templates that they have now, and those that they had if they had others. */
  readonly templates: readonly string[]
  readonly formerTemplates?: readonly string[]
  /** In the template, and in the Buildkits. */
  readonly inTemplate: readonly FieldChange[]
  readonly inBuildkits: readonly FieldChange[]
}

/** A builder that both versions have. */
export interface Both {
  readonly name: string
  readonly old: Wanted
  readonly young: Wanted
}

export type Fields = Pick<Change, 'inTemplate' | 'inBuildkits'>

export function hasChanges({ inTemplate, inBuildkits }: Fields): boolean {
  return inTemplate.length + inBuildkits.length > 0
}

/** The fields that a builder does not have alike in both versions; without the size of a claim that stays, which rolls nothing. */
export function changedFields(): (both: Both) => Fields {
  const changesOf = templateChanges()
  return ({ old, young }) => {
    const hasSameClaim = fateOfRolled(old, young) === 'kept'
    const inTemplate = changesOf(old, young)
    return {
      inTemplate: hasSameClaim ? inTemplate.filter(({ path }) => pathText(path) !== CLAIM_SIZE) : inTemplate,
      inBuildkits: buildkitChanges(old, young),
    }
  }
}

const CLAIM_SIZE = 'spec.cache.claim.size'

/** Compares two templates once: thousands of builders may have them. */
function templateChanges(): (old: Wanted, young: Wanted) => readonly FieldChange[] {
  const known = new Map<object, Map<object, readonly FieldChange[]>>()
  return ({ builder: old }, { builder: young }) => {
    const [a, b] = [old.template.value, young.template.value]
    const byYoung = known.get(a) ?? new Map<object, readonly FieldChange[]>()
    known.set(a, byYoung)
    const changes = byYoung.get(b) ?? fieldChanges(a.spec, b.spec, ['spec'])
    byYoung.set(b, changes)
    return changes
  }
}

/** Without what rendering writes, the name of the template, which a change has, and the number of replicas, which rolls no Pod. */
function buildkitChanges({ builder: old }: Wanted, { builder: young }: Wanted): readonly FieldChange[] {
  const [a, b] = [old, young].map(({ buildkit }) => {
    const { template, podName, podNames, replicas, ...rest } = buildkit.value.spec
    return rest
  })
  return fieldChanges(a, b, ['spec'])
}

/** The name of a builder's template, with its namespace where the package has several. */
export type TemplateName = (wanted: Wanted) => string

export function templateNames(all: readonly Wanted[]): TemplateName {
  const isQualified = new Set(all.map(({ builder }) => builder.template.value.metadata.namespace)).size > 1
  return ({ builder }) => {
    const { namespace, name } = builder.template.value.metadata
    return isQualified ? objectId(namespace, name) : name
  }
}

/** Builders with what there is to say of each, those of which it is the same together; the most builders first. */
export function togetherAlike<T extends Fields>(
  all: readonly { readonly both: Both; readonly more: T }[],
  nameOf: TemplateName,
): readonly (Change & T)[] {
  return [...grouped(all, ({ both, more }) => keyOf(both, more)).values()]
    .map((group) => ({
      ...ofAll(
        group.map(({ both }) => both),
        nameOf,
      ),
      ...group[0].more,
    }))
    .sort((a, b) => b.builders.length - a.builders.length)
}

function ofAll(all: readonly Both[], nameOf: TemplateName): Omit<Change, keyof Fields> {
  const namesOf = (wanted: readonly Wanted[]) => [...new Set(wanted.map(nameOf))].sort()
  const hadOthers = all.some(({ old, young }) => nameIn(old) !== nameIn(young))
  return {
    builders: all.map(({ name }) => name),
    templates: namesOf(all.map(({ young }) => young)),
    ...(hadOthers && { formerTemplates: namesOf(all.map(({ old }) => old)) }),
  }
}

/** Equal for builders that are one entry. Templates of one name in several namespaces may be copies of one. */
function keyOf({ old, young }: Both, { inTemplate, inBuildkits, ...more }: Fields): string {
  const changes = [inTemplate, inBuildkits].map((list) => list.map(changeKey))
  return JSON.stringify([nameIn(old), nameIn(young), changes, more])
}

function nameIn({ builder }: Wanted): string {
  return builder.template.value.metadata.name
}

function changeKey({ path, before, after }: FieldChange): readonly string[] {
  return [pathText(path), String(JSON.stringify(before, withBigInts)), String(JSON.stringify(after, withBigInts))]
}

function withBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
