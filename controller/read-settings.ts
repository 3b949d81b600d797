import { parseDuration } from './duration.ts'
import type { FlagName } from './flags.ts'
import { type Address, GC_MODES, LOG_LEVELS, type Settings } from './settings.ts'

type Values = Partial<Record<FlagName, string>>

/** RFC 1123 label, as a namespace's name must be. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
/** How much later than planned a retry may come (client-go's JitterFactor). */
const RETRY_JITTER = 1.2

/** The settings that the values of all flags make, and what is wrong with them. */
export function settingsOf(values: Values): { readonly settings: Settings; readonly messages: readonly string[] } {
  const messages: string[] = []
  const duration = (name: FlagName) => readDuration(name, values[name] ?? '', messages)
  const lease = {
    lease: duration('lease-duration'),
    renew: duration('lease-renew-deadline'),
    retry: duration('lease-retry-period'),
  }
  const settings: Settings = {
    namespaces: readNamespaces(values.namespaces ?? '', messages),
    gc: readChoice('gc', { text: values.gc, choices: GC_MODES }, messages),
    graces: {
      handoverMilliseconds: duration('handover-grace'),
      quarantineMilliseconds: duration('deletion-quarantine'),
      orphanMilliseconds: duration('orphan-grace'),
    },
    concurrency: readCount('concurrency', values.concurrency ?? '', messages),
    leaderElect: values['leader-elect'] === 'true',
    leaseName: values['lease-name'] ?? '',
    leaseNamespace: values['lease-namespace'],
    lease,
    healthAddress: readAddress('health-address', values['health-address'] ?? '', messages),
    metricsAddress: readAddress('metrics-address', values['metrics-address'] ?? '', messages),
    logLevel: readChoice('log-level', { text: values['log-level'], choices: LOG_LEVELS }, messages),
    kubeconfig: values.kubeconfig,
    context: values.context,
  }
  if (lease.lease <= lease.renew)
    messages.push('--lease-duration must be longer than --lease-renew-deadline, or two could lead at once')
  if (lease.renew <= lease.retry * RETRY_JITTER)
    messages.push(`--lease-renew-deadline must be longer than ${RETRY_JITTER} times --lease-retry-period`)
  return { settings, messages }
}

function readDuration(name: string, text: string, messages: string[]): number {
  const milliseconds = parseDuration(text)
  if (milliseconds === undefined) messages.push(`--${name} must be a duration such as 30s, 1m30s or 1h, got "${text}"`)
  return milliseconds ?? Number.NaN
}

interface Choice<T extends string> {
  readonly text: string | undefined
  readonly choices: readonly [T, ...T[]]
}

function readChoice<T extends string>(name: string, { text, choices }: Choice<T>, messages: string[]): T {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) messages.push(`--${name} must be one of ${choices.join(', ')}, got "${text}"`)
  return found ?? choices[0]
}

function readCount(name: string, text: string, messages: string[]): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) messages.push(`--${name} must be a whole number from 1 to 9999, got "${text}"`)
  return Number(text)
}

function readNamespaces(text: string, messages: string[]): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  for (const name of names)
    if (!NAMESPACE.test(name)) messages.push(`--namespaces must be names of namespaces, got "${name}"`)
  return [...new Set(names)]
}

/** `:8081`, `127.0.0.1:8081`, `[::1]:8081`, or `0` for none. */
function readAddress(name: string, text: string, messages: string[]): Address | undefined {
  if (text === '0') return undefined
  const [, host, port] = /^(.*):(\d{1,5})$/.exec(text) ?? []
  if (host === undefined || Number(port) > 65_535) {
    messages.push(`--${name} must be an address such as :8081 or 127.0.0.1:8081, or 0 for none, got "${text}"`)
    return undefined
  }
  return { host: host.replace(/^\[(.*)\]$/, '$1') || undefined, port: Number(port) }
}
