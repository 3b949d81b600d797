import { type Option, optionLines } from '../crds/options.ts'

const DURATION = 'DURATION'

/** Every option, in the order of the help text. */
export const OPTIONS = [
  { name: 'kubeconfig', value: 'FILE', help: 'kubeconfig file, as in kubectl' },
  { name: 'context', value: 'NAME', help: 'context of the kubeconfig to use' },
  { name: 'namespaces', value: 'A,B', fallback: '', help: 'namespaces to watch; all if empty' },
  {
    name: 'gc',
    value: 'MODE',
    fallback: 'enabled',
    help: 'deletion of Pods: enabled, dry-run (only logs) or disabled',
  },
  {
    name: 'handover-grace',
    value: DURATION,
    fallback: '30s',
    help: 'how long a superseded Pod stays after the endpoint moved',
  },
  {
    name: 'deletion-quarantine',
    value: DURATION,
    fallback: '10s',
    help: 'minimum time that the Pods of a deleted Buildkit stay',
  },
  { name: 'orphan-grace', value: DURATION, fallback: '1h', help: 'how long Pods stay whose Buildkit was never seen' },
  { name: 'concurrency', value: 'N', fallback: '8', help: 'builders of a namespace that are reconciled at once' },
  { name: 'leader-elect', help: 'write only while holding the Lease; required for several replicas' },
  { name: 'lease-name', value: 'NAME', fallback: 'buildkit-controller', help: 'name of the Lease' },
  {
    name: 'lease-namespace',
    value: 'NAME',
    help: 'namespace of the Lease; that of the Pod or context, else "default"',
  },
  {
    name: 'lease-duration',
    value: DURATION,
    fallback: '15s',
    help: 'time after which others take a Lease that is not renewed',
  },
  {
    name: 'lease-renew-deadline',
    value: DURATION,
    fallback: '10s',
    help: 'time after which the leader gives up renewing it',
  },
  {
    name: 'lease-retry-period',
    value: DURATION,
    fallback: '2s',
    help: 'interval between attempts to acquire or renew it',
  },
  {
    name: 'health-address',
    value: 'ADDRESS',
    fallback: ':8081',
    help: 'address of /livez, /readyz and /healthz; 0 to disable',
  },
  { name: 'metrics-address', value: 'ADDRESS', fallback: ':8080', help: 'address of /metrics; 0 to disable' },
  { name: 'log-level', value: 'LEVEL', fallback: 'info', help: 'lowest level to log: debug, info, warn or error' },
  { name: 'version', help: 'print the version' },
  { name: 'help', short: 'h', help: 'print this help' },
] as const satisfies readonly Option[]

export type OptionName = (typeof OPTIONS)[number]['name']

/** The environment variable of an option: `BUILDKIT_CONTROLLER_LOG_LEVEL`. */
export function variableOf(name: string): string {
  return `BUILDKIT_CONTROLLER_${name.toUpperCase().replaceAll('-', '_')}`
}

export function usage(): string {
  return `buildkit-controller reports the endpoints of Buildkits and deletes Pods that are no longer needed.

Usage:
  buildkit-controller [OPTIONS]

Options:
${optionLines(OPTIONS)}

You can also set each option in the environment, --log-level as ${variableOf('log-level')}.
An option overrides its variable. Durations are like 30s, 1m30s or 1h.
The cluster comes from --kubeconfig, KUBECONFIG, the Pod of the controller, or ~/.kube/config, in this order.
Exit codes: 0 stopped by a signal, 1 failed, 2 usage error.
`
}
