import { isMapping, type KubernetesObject } from '../input/item.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import { parseQuantity } from '../upstream/kubernetes/quantity.ts'
import { isRetained } from './engine-annotations.ts'
import { type Contents, expandClaim, type Replica } from './expand.ts'
import type { Plan, WantedObject } from './plan.ts'

/** What is said where a claim of an earlier render cannot become the one that Git shall have. */
export function claimFindings({ wanted }: Plan): readonly Finding[] {
  const claiming = wanted.flatMap(({ builder, beside }) => {
    const claims = beside.filter(({ contents }) => contents.kind === 'PersistentVolumeClaim')
    return claims.map((claim, replica) => ({ builder: { ...builder, replica }, claim }))
  })
  const shrinking = claiming.filter(({ claim }) => isSmaller(claim))
  // The size is the template's: one finding says it for all of its builders.
  const first = new Map(shrinking.map((one) => [one.builder.template, one] as const).reverse())
  return [...[...first.values()].map(shrinkFinding), ...claiming.flatMap(replacementFindings)]
}

interface Claiming {
  readonly builder: Replica
  readonly claim: WantedObject
}

function shrinkFinding({ builder, claim: { contents: wanted, existing } }: Claiming): Finding {
  const { name, size } = { name: wanted.name, size: sizeOf(existing?.value) }
  const message = `must be at least ${size}, which PersistentVolumeClaim "${name}" has, because a claim cannot shrink, got ${sizeOf(wanted)}; keep the size, or first delete the claim from the cluster and from Git, with its cache`
  const field = { path: ['spec', 'cache', 'claim', 'size'], message, currentValue: sizeOf(wanted) }
  return fieldFinding('error', builder.template.item, field)
}

function isSmaller({ contents: claim, existing }: WantedObject): boolean {
  if (existing?.value.metadata.name !== claim.name) return false
  const [before, now] = [sizeOf(existing.value), sizeOf(claim)].map((size) => parseQuantity(size)?.amount)
  return before !== undefined && now !== undefined && now < before
}

function replacementFindings({ builder, claim: { existing, contents: claim } }: Claiming): readonly Finding[] {
  if (!existing || existing.value.metadata.name === claim.name) return []
  const changes = [change('storageClassName', existing.value, claim), change('accessModes', existing.value, claim)]
  const why = changes.filter((one) => one !== undefined).join(' and ')
  const isOfOtherMode = existing.value.metadata.name === expandClaim(inOtherMode(builder))?.name
  const because = isOfOtherMode
    ? 'the files of rootless builders have other owners than those of other builders'
    : `a claim cannot change ${why || 'its name'}`
  const message = `is replaced by "${claim.name}", because ${because}; ${fateOf(existing.value)}`
  return [objectFinding('warning', existing.item, message)]
}

function inOtherMode({ template, ...others }: Replica): Replica {
  const { spec } = template.value
  return {
    ...others,
    template: { ...template, value: { ...template.value, spec: { ...spec, rootless: !spec.rootless } } },
  }
}

function change(field: string, before: KubernetesObject, { spec }: Contents): string | undefined {
  const [from, to] = [specOf(before)[field], spec[field]].map(inWords)
  return from === to ? undefined : `\`${field}\` from ${from} to ${to}`
}

function inWords(value: unknown): string {
  if (value === undefined) return 'the default'
  return (Array.isArray(value) ? value : [value]).map((one) => `"${one}"`).join(', ')
}

/** What happens to the cache of a claim that leaves Git. */
export function fateOf(claim: KubernetesObject): string {
  if (isRetained(claim.metadata.annotations))
    return `it stays in the cluster with its cache of ${sizeOf(claim)}, and nothing uses it; delete it there`
  return `once its Pod has ended, it is deleted with its cache of ${sizeOf(claim)}`
}

function sizeOf(claim: unknown): string {
  const size = ['resources', 'requests', 'storage'].reduce<unknown>(
    (at, key) => (isMapping(at) ? at[key] : undefined),
    specOf(claim),
  )
  return String(size ?? 'an unknown size')
}

function specOf(claim: unknown): Readonly<Record<string, unknown>> {
  return isMapping(claim) && isMapping(claim.spec) ? claim.spec : {}
}
