import { grouped } from '../../common/collections.ts'
import { type Requirement, wholeNumber } from './requirements.ts'

/** Why no node can meet all of these conditions on one label, or undefined. */
export function contradiction(requirements: readonly Requirement[]): string | undefined {
  const byKey = grouped(requirements, ({ key }) => key)
  for (const [key, ofKey] of byKey) {
    const reason = onOneKey(key, ofKey)
    if (reason !== undefined) return reason
  }
  return undefined
}

function onOneKey(key: string, requirements: readonly Requirement[]): string | undefined {
  const comparisons = requirements.filter(({ operator }) => isComparison(operator))
  const unreadable = comparisons.flatMap(({ values = [] }) => values).find((value) => wholeNumber(value) === undefined)
  if (unreadable !== undefined) return `"${key}" is compared with "${unreadable}", which is not a whole number`
  const isAbsent = requirements.some(({ operator }) => operator === 'DoesNotExist')
  const isPresent = requirements.some(({ operator }) => ['In', 'Exists', 'Gt', 'Lt'].includes(operator))
  if (isAbsent && isPresent) return `"${key}" must both exist and not exist`
  const lists = requirements.filter(({ operator }) => operator === 'In').map(({ values = [] }) => values)
  const [first, ...others] = lists
  const left = first?.filter((value) => isAllowed(value, others, requirements))
  if (left?.length === 0) return `no value of "${key}" meets all conditions (${requirements.map(inWords).join(', ')})`
  const { above, below } = bounds(requirements)
  if (above !== undefined && below !== undefined && below - above < 2n)
    return `"${key}" cannot be greater than ${above} and less than ${below}`
  return undefined
}

function isComparison(operator: string): boolean {
  return operator === 'Gt' || operator === 'Lt'
}

function isAllowed(
  value: string,
  lists: readonly (readonly string[])[],
  requirements: readonly Requirement[],
): boolean {
  return (
    lists.every((list) => list.includes(value)) &&
    requirements.every(({ operator, values = [] }) => {
      if (operator === 'NotIn') return !values.includes(value)
      if (!isComparison(operator)) return true
      const [bound, number] = [wholeNumber(values[0]), wholeNumber(value)]
      if (bound === undefined || number === undefined) return false
      return operator === 'Gt' ? number > bound : number < bound
    })
  )
}

function bounds(requirements: readonly Requirement[]): { readonly above?: bigint; readonly below?: bigint } {
  const of = (wanted: string) =>
    requirements.flatMap(({ operator, values }) => (operator === wanted ? (wholeNumber(values?.[0]) ?? []) : []))
  const [above] = of('Gt').sort((a, b) => (a > b ? -1 : 1))
  const [below] = of('Lt').sort((a, b) => (a < b ? -1 : 1))
  return { ...(above !== undefined && { above }), ...(below !== undefined && { below }) }
}

function inWords({ operator, values = [] }: Requirement): string {
  return [operator, ...values.map((value) => `"${value}"`)].join(' ')
}
