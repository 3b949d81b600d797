import { modeOf, type TemplateSpec } from './daemon.ts'
import { connectedFunction } from './drain-script.ts'
import { CERTIFICATE_FILE } from './tls.ts'

/** So long a builder with a renewed certificate waits for a moment without clients. */
export const RENEWAL_MINUTES = 60

/** Two minutes to start with a full cache. */
const STARTUP = { periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 3 }
const READINESS = { periodSeconds: 15, failureThreshold: 2, timeoutSeconds: 3 }
const LIVENESS = { periodSeconds: 30, failureThreshold: 6, timeoutSeconds: 3 }

/**
 * The probes of a builder: gRPC health checks, which buildkitd answers since v0.13. A kubelet has no certificate to show (KEP-4939), so with TLS
 * it asks through the socket, on which buildkitd never speaks TLS.
 */
export function probes(template: TemplateSpec): object {
  if (!template.tls) {
    const grpc = { port: template.port }
    return {
      startupProbe: { grpc, ...STARTUP },
      readinessProbe: { grpc, ...READINESS },
      livenessProbe: { grpc, ...LIVENESS },
    }
  }
  // A program takes longer to start than a request, most of all while builds use the whole CPU.
  const slow = { timeoutSeconds: 10 }
  return {
    startupProbe: { exec: { command: workersCommand(template) }, ...STARTUP, ...slow },
    readinessProbe: { exec: { command: shell(readinessScript(template)) }, ...READINESS, ...slow },
    livenessProbe: { exec: { command: shell(livenessScript(template)) }, ...LIVENESS, ...slow },
  }
}

/** The file by which a builder that drains says so to its readiness probe; only one that is newer than the process counts, because a volume may keep it. */
export function drainingFile(template: TemplateSpec): string {
  return `${modeOf(template).sockets}/draining`
}

/** Like a health check; without a trace of each in the collector of the builder. */
function workersCommand(template: TemplateSpec): string[] {
  return ['env', 'OTEL_TRACES_EXPORTER=none', 'buildctl', '--addr', `unix://${socketOf(template)}`, 'debug', 'workers']
}

function readinessScript(template: TemplateSpec): string {
  return `${CHANGED}if ${isNewer(drainingFile(template), socketOf(template))}; then
  echo "the builder drains"
  exit 1
fi
exec ${workersCommand(template).join(' ')}
`
}

/**
 * buildkitd reads its certificate when it starts, just before it makes its socket. Once the kubelet has put a newer one there, the container must
 * start again: at a moment without clients, and after an hour in any case. Until then clients accept the old certificate, which is renewed long
 * before its end.
 */
function livenessScript(template: TemplateSpec): string {
  return `${workersCommand(template).join(' ')} >/dev/null || exit 1
${CHANGED}if ! ${isNewer(CERTIFICATE_FILE, socketOf(template))}; then exit 0; fi
${connectedFunction(template.port)}if [ -z "$(find -L ${CERTIFICATE_FILE} -mmin +${RENEWAL_MINUTES})" ] && connected; then exit 0; fi
echo "the certificate was renewed; buildkitd must start again to serve it"
exit 1
`
}

/** To the nanosecond, where the `-nt` of BusyBox compares seconds. Nothing for a file that is missing. */
const CHANGED = 'changed() { stat -L -c %y "$1" 2>/dev/null; }\n'

function isNewer(file: string, other: string): string {
  return `[ "$(changed ${file})" \\> "$(changed ${other})" ]`
}

function shell(script: string): string[] {
  return ['/bin/sh', '-c', script]
}

function socketOf(template: TemplateSpec): string {
  return `${modeOf(template).sockets}/buildkitd.sock`
}
