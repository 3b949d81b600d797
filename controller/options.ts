import { type Option, optionLines } from '../crds/options.ts'

const DURATION = 'DURATION'

/** Every option, in the order of the help text. */
export const OPTIONS = [
  { name: 'kubeconfig', value: 'FILE', help: 'reach the cluster as this file says, like kubectl' },
  { name: 'context', value: 'NAME', help: 'the context of the kubeconfig to use' },
  { name: 'namespaces', value: 'A,B', fallback: '', help: 'look at these namespaces only; all if empty' },
  { name: 'gc', value: 'MODE', fallback: 'enabled', help: 'enabled, dry-run (logs what it would delete) or disabled' },
  {
    name: 'handover-grace',
    value: DURATION,
    fallback: '30s',
    help: 'how long a replaced Pod stays after the endpoint moved',
  },
  {
    name: 'deletion-quarantine',
    value: DURATION,
    fallback: '10s',
    help: 'how long the Pods of a deleted Buildkit stay at least',
  },
  { name: 'orphan-grace', value: DURATION, fallback: '1h', help: 'how long Pods stay whose Buildkit was never seen' },
  { name: 'concurrency', value: 'N', fallback: '8', help: 'how many builders of a namespace are worked on at once' },
  { name: 'leader-elect', help: 'write only while holding the Lease, so that several replicas can run' },
  { name: 'lease-name', value: 'NAME', fallback: 'buildkit-controller', help: 'the name of the Lease' },
  {
    name: 'lease-namespace',
    value: 'NAME',
    help: 'its namespace; by default the one of our Pod or context, or default',
  },
  {
    name: 'lease-duration',
    value: DURATION,
    fallback: '15s',
    help: 'how long a Lease that is not renewed is respected',
  },
  { name: 'lease-renew-deadline', value: DURATION, fallback: '10s', help: 'when the leader gives up renewing it' },
  { name: 'lease-retry-period', value: DURATION, fallback: '2s', help: 'how often it is renewed or tried for' },
  {
    name: 'health-address',
    value: 'ADDRESS',
    fallback: ':8081',
    help: 'where /livez, /readyz and /healthz answer; 0 to disable',
  },
  { name: 'metrics-address', value: 'ADDRESS', fallback: ':8080', help: 'where /metrics answers; 0 to disable' },
  { name: 'log-level', value: 'LEVEL', fallback: 'info', help: 'debug, info, warn or error' },
  { name: 'version', help: 'print the version' },
  { name: 'help', short: 'h', help: 'print this' },
] as const satisfies readonly Option[]

export type OptionName = (typeof OPTIONS)[number]['name']

/** The environment variable that stands for an option: `BUILDKIT_CONTROLLER_LOG_LEVEL`. */
export function variableOf(name: string): string {
  return `BUILDKIT_CONTROLLER_${name.toUpperCase().replaceAll('-', '_')}`
}

export function usage(): string {
  return `buildkit-controller reports the endpoints of Buildkits and deletes Pods that nobody needs.

Usage:
  buildkit-controller [OPTIONS]

Options:
${optionLines(OPTIONS)}

Each option may stand in the environment instead, --log-level as ${variableOf('log-level')}; where it is
in both, the option counts. Durations are like 30s, 1m30s or 1h.
The cluster is that of --kubeconfig, or else of KUBECONFIG, of the Pod that it runs in, or of ~/.kube/config.
Exit codes: 0 stopped by a signal, 1 failed, 2 usage.
`
}
