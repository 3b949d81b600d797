import { parseGoDuration } from '../crds/go-duration.ts'
import type { Given } from '../crds/options.ts'
import type { LeaseTimings } from './kube/lease/elector.ts'
import type { OptionName } from './options.ts'
import { type Address, GC_MODES, LOG_LEVELS, type Settings } from './settings.ts'

type Mistakes = string[]
/** What options were set to. */
export type GivenByName = Readonly<Partial<Record<OptionName, Given>>>

/** RFC 1123 label, as a namespace's name must be. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
/** RFC 1123 subdomain, as most names of Kubernetes must be. */
const NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
/** How much later than planned a retry may come (client-go's JitterFactor). */
const RETRY_JITTER = 1.2

/** The settings that the values of all options make, and what is wrong with them. */
export function settingsOf(given: GivenByName): { readonly settings: Settings; readonly messages: readonly string[] } {
  const messages: Mistakes = []
  const value = (name: OptionName): Given => given[name] ?? { text: '', source: `--${name}` }
  const duration = (name: OptionName) => readDuration(value(name), messages)
  const settings: Settings = {
    namespaces: readNamespaces(value('namespaces'), messages),
    gc: readChoice(value('gc'), GC_MODES, messages),
    graces: {
      handoverMilliseconds: duration('handover-grace'),
      quarantineMilliseconds: duration('deletion-quarantine'),
      orphanMilliseconds: duration('orphan-grace'),
    },
    concurrency: readCount(value('concurrency'), messages),
    leaderElect: readBoolean(given['leader-elect'], messages),
    leaseName: readName(value('lease-name'), NAME, messages),
    leaseNamespace: given['lease-namespace'] && readName(given['lease-namespace'], NAMESPACE, messages),
    lease: readLease(value, messages),
    healthAddress: readAddress(value('health-address'), messages),
    metricsAddress: readAddress(value('metrics-address'), messages),
    logLevel: readChoice(value('log-level'), LOG_LEVELS, messages),
    kubeconfig: given.kubeconfig?.text,
    context: given.context?.text,
  }
  return { settings, messages }
}

function readLease(value: (name: OptionName) => Given, messages: Mistakes): LeaseTimings {
  const lease = value('lease-duration')
  const renew = value('lease-renew-deadline')
  const retry = value('lease-retry-period')
  const timings = {
    lease: readDuration(lease, messages),
    renew: readDuration(renew, messages),
    retry: readDuration(retry, messages),
  }
  if (timings.retry === 0) messages.push(`${retry.source} must be longer than 0s, got "${retry.text}"`)
  if (timings.renew <= timings.retry * RETRY_JITTER) {
    const least = `${RETRY_JITTER} times ${retry.source} (${retry.text})`
    messages.push(`${renew.source} must be longer than ${least}, got "${renew.text}"`)
  }
  if (timings.lease <= timings.renew)
    messages.push(`${lease.source} must be longer than ${renew.source} (${renew.text}), got "${lease.text}"`)
  return timings
}

function readDuration({ text, source }: Given, messages: Mistakes): number {
  const nanoseconds = parseGoDuration(text) ?? Number.NaN
  if (!(nanoseconds >= 0)) messages.push(`${source} must be a duration such as 30s, 1m30s or 1h, got "${text}"`)
  return nanoseconds / 1e6
}

function readChoice<T extends string>({ text, source }: Given, choices: readonly [T, ...T[]], messages: Mistakes): T {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) messages.push(`${source} must be one of ${choices.join(', ')}, got "${text}"`)
  return found ?? choices[0]
}

/** An option without a value is true; a variable says so. */
function readBoolean({ text, source }: Given = { text: 'false', source: '' }, messages: Mistakes): boolean {
  if (text !== 'true' && text !== 'false') messages.push(`${source} must be true or false, got "${text}"`)
  return text === 'true'
}

function readCount({ text, source }: Given, messages: Mistakes): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) messages.push(`${source} must be a whole number from 1 to 9999, got "${text}"`)
  return Number(text)
}

function readName({ text, source }: Given, pattern: RegExp, messages: Mistakes): string {
  if (!pattern.test(text)) messages.push(`${source} must be a name as Kubernetes has them, got "${text}"`)
  return text
}

function readNamespaces({ text, source }: Given, messages: Mistakes): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  for (const name of names)
    if (!NAMESPACE.test(name)) messages.push(`${source} must be names of namespaces, got "${name}"`)
  return [...new Set(names)]
}

/** `:8081`, `127.0.0.1:8081`, `[::1]:8081`, or `0` for none. */
function readAddress({ text, source }: Given, messages: Mistakes): Address | undefined {
  if (text === '0') return undefined
  const [, host, port] = /^(.*):(\d{1,5})$/.exec(text) ?? []
  if (host === undefined || Number(port) > 65_535) {
    messages.push(`${source} must be an address such as :8081 or 127.0.0.1:8081, or 0 for none, got "${text}"`)
    return undefined
  }
  return { host: host.replace(/^\[(.*)\]$/, '$1') || undefined, port: Number(port) }
}
