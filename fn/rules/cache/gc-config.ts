import { parseDuration } from '../../toml/durations.ts'
import { elementsAt } from '../../toml/elements-at.ts'
import { isTomlTable } from '../../toml/is-toml-table.ts'
import type { Toml } from '../../toml/read-toml.ts'
import { valueAt } from '../../toml/value-at.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import { amountOf } from './amount.ts'
import { defaultPolicies } from './default-policies.ts'
import type { Policy } from './policy.ts'

/** What buildkitd.toml says of garbage collection, as BuildKit understands it. */
export interface GcConfig {
  /** `gc = false`, where it stands. */
  readonly off?: TomlValue
  /** Amounts that stand beside the policies, those that BuildKit reads but does not heed among them. */
  readonly worker: Amounts
  readonly gckeepstorage?: TomlValue
  /** Missing where BuildKit's own policies hold. */
  readonly listed?: readonly Listed[]
  /** Those in force: listed or BuildKit's own, none with `gc = false`. */
  readonly policies: readonly Policy[]
}

/** Where amounts stand; those of 0, or that are none, are left out. */
export type Amounts = { readonly [Key in (typeof AMOUNT_KEYS)[number]]?: TomlValue }

/** A policy of `gcpolicy`. */
interface Listed extends Policy {
  readonly at: TomlValue
  readonly amounts: Amounts
  readonly keepBytes?: TomlValue
  readonly filtersAt?: TomlValue
}

export const AMOUNT_KEYS = ['reservedSpace', 'maxUsedSpace', 'minFreeSpace'] as const

const OCI_WORKER = ['worker', 'oci']

/** What is said of the worker that builds in our Pods (getGCPolicy in cmd/buildkitd/main.go). */
export function gcConfig(toml: Toml | undefined): GcConfig {
  const gc = valueAt(toml, [...OCI_WORKER, 'gc'])
  const worker = amountsIn(toml, OCI_WORKER)
  const gckeepstorage = amountAt(toml, [...OCI_WORKER, 'gckeepstorage'])
  const tables = elementsAt(toml, [...OCI_WORKER, 'gcpolicy']).filter(({ value }) => isTomlTable(value))
  const listed = tables.length > 0 ? tables.map(listedPolicy) : undefined
  const amounts = Object.keys(worker).length === 0 && gckeepstorage ? { reservedSpace: gckeepstorage } : worker
  return {
    ...(gc?.value === false && { off: gc }),
    worker,
    ...(gckeepstorage && { gckeepstorage }),
    ...(listed && { listed }),
    policies: gc?.value === false ? [] : (listed ?? defaultPolicies(parsed(amounts))),
  }
}

function listedPolicy(at: TomlValue): Listed {
  const amounts = amountsIn(at)
  const keepBytes = amountAt(at, ['keepBytes'])
  const filtersAt = valueAt(at, ['filters'])
  const filters = Array.isArray(filtersAt?.value) ? filtersAt.value.filter((one) => typeof one === 'string') : []
  return {
    at,
    amounts,
    ...(keepBytes && { keepBytes }),
    ...(filtersAt && { filtersAt }),
    filters,
    all: valueAt(at, ['all'])?.value === true,
    keepDuration: secondsOf(valueAt(at, ['keepDuration'])?.value),
    ...parsed(keepBytes && !amounts.reservedSpace ? { ...amounts, reservedSpace: keepBytes } : amounts),
  }
}

function amountsIn(within: Toml | TomlValue | undefined, keys: readonly string[] = []): Amounts {
  const found = AMOUNT_KEYS.map((key) => [key, amountAt(within, [...keys, key])] as const)
  return Object.fromEntries(found.filter(([, value]) => value))
}

function amountAt(within: Toml | TomlValue | undefined, keys: readonly string[]): TomlValue | undefined {
  const value = valueAt(within, keys)
  return value && amountOf(value.value) ? value : undefined
}

function parsed(amounts: Amounts): Pick<Policy, keyof Amounts> {
  return Object.fromEntries(Object.entries(amounts).map(([key, { value }]) => [key, amountOf(value)]))
}

function secondsOf(value: unknown): number {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' ? (parseDuration(value) ?? 0) : 0
}
