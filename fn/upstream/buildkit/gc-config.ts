import type { Toml } from '../../toml/read-toml.ts'
import { elementsAt, isTomlTable, type TomlValue, valueAt } from '../../toml/values-at.ts'
import { amountOf } from './amount.ts'
import { defaultPolicies, type Policy } from './policies.ts'
import { parseDuration } from './sizes.ts'

/** What buildkitd.toml says of garbage collection, as BuildKit understands it. */
export interface GcConfig {
  /** `gc = false`, where it stands; then nothing else counts. */
  readonly off?: TomlValue
  /** Amounts that stand beside the policies, those that BuildKit reads but does not heed among them. */
  readonly worker: Amounts
  readonly gckeepstorage?: TomlValue
  /** The policies of `gcpolicy`; without one BuildKit's own hold. */
  readonly listed: readonly Listed[]
  /** Those in force: listed or BuildKit's own. */
  readonly policies: readonly Policy[]
  /** What is written of them: of each that is listed, or of the worker for the last of BuildKit's own. */
  readonly scopes: readonly Scope[]
}

/** Where amounts stand; those of 0, or that are none, are left out. */
type Amounts = { readonly [Key in (typeof AMOUNT_KEYS)[number]]?: TomlValue }

/** A policy with where its amounts stand. */
interface Scope {
  readonly policy: Policy
  readonly amounts: Amounts
  /** Its amount under an old name, heeded or not. */
  readonly old: TomlValue | undefined
}

/** A policy of `gcpolicy`. */
interface Listed extends Scope {
  readonly at: TomlValue
  readonly filtersAt: TomlValue | undefined
}

export const AMOUNT_KEYS = ['reservedSpace', 'maxUsedSpace', 'minFreeSpace'] as const

const OCI_WORKER = ['worker', 'oci']

/** Where no policy is in force, or none that is known. */
export const NO_GC: GcConfig = { worker: {}, listed: [], policies: [], scopes: [] }

/** What is said of the worker that builds in our Pods (getGCPolicy in cmd/buildkitd/main.go). */
export function gcConfig(toml: Toml | undefined): GcConfig {
  const gc = valueAt(toml, [...OCI_WORKER, 'gc'])
  if (gc?.value === false) return { ...NO_GC, off: gc }
  const worker = amountsIn(toml, OCI_WORKER)
  const gckeepstorage = amountAt(toml, [...OCI_WORKER, 'gckeepstorage'])
  const tables = elementsAt(toml, [...OCI_WORKER, 'gcpolicy']).filter(({ value }) => isTomlTable(value))
  const listed = tables.map(listedPolicy)
  const written = { worker, ...(gckeepstorage && { gckeepstorage }), listed }
  if (listed.length > 0) return { ...written, policies: listed.map(({ policy }) => policy), scopes: listed }
  const isOld = Object.keys(worker).length === 0 && gckeepstorage
  const policies = defaultPolicies(parsed(isOld ? { reservedSpace: gckeepstorage } : worker))
  const last = policies.slice(-1)
  return { ...written, policies, scopes: last.map((policy) => ({ policy, amounts: worker, old: gckeepstorage })) }
}

function listedPolicy(at: TomlValue): Listed {
  const amounts = amountsIn(at)
  const old = amountAt(at, ['keepBytes'])
  const filtersAt = valueAt(at, ['filters'])
  const policy = {
    filters: Array.isArray(filtersAt?.value) ? filtersAt.value.filter((one) => typeof one === 'string') : [],
    all: valueAt(at, ['all'])?.value === true,
    keepDuration: secondsOf(valueAt(at, ['keepDuration'])?.value),
    ...parsed(old && !amounts.reservedSpace ? { ...amounts, reservedSpace: old } : amounts),
  }
  return { at, policy, amounts, old, filtersAt }
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
