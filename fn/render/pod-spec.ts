import {
  CONFIGURATION_VOLUME,
  CONTAINER,
  METRICS_PORT_NAME,
  PORT_NAME,
  STATE_VOLUME,
  TLS_VOLUME,
  TOML_ANNOTATION,
} from '../../crds/names.ts'
import type { Tls } from '../../crds/tls.ts'
import { asStored } from './as-stored.ts'
import { cachePreparers, podSecurityContext, rootOf } from './cache-owner.ts'
import { imageOf, metricsPortOf, modeOf, type TemplateSpec } from './daemon.ts'
import { drainScript } from './drain-script.ts'
import { lockWaiters } from './lock-waiter.ts'
import { drainingFile, probes } from './probes.ts'
import type { Resources } from './resources.ts'
import { stateVolume } from './state-volume.ts'
import { CERTIFICATES, keysOfSecret, tlsArgs } from './tls.ts'

const OTLP_PORT = 4317

/** What the API server's DefaultTolerationSeconds admission adds; written out, a Pod with tolerations reads back as it was applied. */
const DEFAULT_TOLERATIONS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

/** What a Pod has from its Buildkit. */
export interface Own {
  readonly resources: Resources
  /** Those that constraints of its template name. */
  readonly labels: Readonly<Record<string, string>>
}

/**
 * The `spec` of a template's Pods, keys in the order a reader expects. Where `kubectl apply` would find a default of the API server to be
 * a difference, it is written; other fields that nobody set are left to the server.
 */
export function podSpec(template: TemplateSpec, { resources, labels }: Own): Readonly<Record<string, unknown>> {
  const { scheduling, lifecycle } = template
  return defined({
    serviceAccountName: template.serviceAccountName || undefined,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    hostUsers: template.hostUsers ? undefined : false,
    nodeSelector: filled(scheduling.nodeSelector),
    tolerations: tolerations(scheduling.tolerations),
    affinity: filled(asStored(scheduling.affinity, labels)),
    topologySpreadConstraints: filled(asStored(scheduling.topologySpreadConstraints, labels)),
    priorityClassName: scheduling.priorityClassName || undefined,
    restartPolicy: lifecycle.restartPolicy || 'Always',
    terminationGracePeriodSeconds: gracePeriod(lifecycle.terminationGracePeriodSeconds),
    activeDeadlineSeconds: lifecycle.activeDeadlineSeconds,
    securityContext: podSecurityContext(template),
    initContainers: filled([...cachePreparers(template, resources), ...lockWaiters(template, resources)]),
    containers: [container(template, resources)],
    volumes: volumes(template),
  })
}

function container(template: TemplateSpec, resources: Resources): object {
  const mode = modeOf(template)
  return defined({
    name: CONTAINER,
    image: imageOf(template),
    imagePullPolicy: template.imagePullPolicy || 'IfNotPresent',
    command: filled(template.command),
    args: args(template),
    env: environment(template.observability.otlp),
    ports: ports(template),
    resources: filled(resources),
    ...probes(template),
    lifecycle: preStop(template),
    securityContext: mode.securityContext,
    volumeMounts: volumeMounts(template),
  })
}

function args(template: TemplateSpec): string[] {
  const mode = modeOf(template)
  const addresses = ['--addr', `unix://${mode.sockets}/buildkitd.sock`, '--addr', `tcp://0.0.0.0:${template.port}`]
  const root = rootOf(template)
  const { debugLogging } = template.observability
  const metricsPort = metricsPortOf(template)
  return [
    ...addresses,
    ...tlsArgs(template),
    ...(metricsPort === undefined ? [] : ['--debugaddr', `0.0.0.0:${metricsPort}`]),
    ...(root === mode.state ? [] : ['--root', root]),
    ...mode.args,
    ...(debugLogging ? ['--debug'] : []),
  ]
}

function ports(template: TemplateSpec): object[] {
  const metricsPort = metricsPortOf(template)
  const named = { [PORT_NAME]: template.port, ...(metricsPort !== undefined && { [METRICS_PORT_NAME]: metricsPort }) }
  return Object.entries(named).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' }))
}

function preStop(template: TemplateSpec): object | undefined {
  const { lifecycle, port, tls } = template
  if (!lifecycle.preStopScript) return undefined
  // Only a renewed certificate stops a container whose Pod stays.
  const script = tls ? drainScript(port, drainingFile(template)) : drainScript(port)
  return { preStop: { exec: { command: ['/bin/sh', '-c', script] } } }
}

function environment(otlp: TemplateSpec['observability']['otlp']): object[] | undefined {
  if (!otlp) return undefined
  const attributes = { ...otlp.resourceAttributes, 'service.name': otlp.serviceName }
  const { endpoint } = otlp
  return [
    ...(endpoint ? [] : [{ name: 'HOST_IP', valueFrom: { fieldRef: fieldRef('status.hostIP') } }]),
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint ?? `http://$(HOST_IP):${OTLP_PORT}` },
    { name: 'OTEL_SERVICE_NAME', value: unexpanded(otlp.serviceName) },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: resourceAttributes(attributes) },
  ]
}

/** A value that a kubelet leaves as it was: it reads `$(NAME)` as a variable, and `$$` as `$` (third_party/forked/golang/expansion). */
function unexpanded(value: string): string {
  return value.replace(/\$(?=[$(])/g, '$$$$')
}

/**
 * As the W3C Baggage format that OpenTelemetry's `OTEL_RESOURCE_ATTRIBUTES` uses, keys sorted. The SDK in BuildKit decodes values only, so
 * that nothing of a key is percent-encoded but what would end it, or what a kubelet would expand.
 */
function resourceAttributes(attributes: Readonly<Record<string, string>>): string {
  const keys = Object.keys(attributes).sort()
  // Half a surrogate pair, which no text that is read has but an object of the package's export may have, becomes U+FFFD.
  const key = (text: string) => text.toWellFormed().replace(/[,=$\s]/g, encodeURIComponent)
  const value = (text: string) => encodeURIComponent(text.toWellFormed())
  return keys.map((name) => `${key(name)}=${value(attributes[name] as string)}`).join(',')
}

function volumeMounts(template: TemplateSpec): object[] {
  const { state, configuration } = modeOf(template)
  return [
    { name: STATE_VOLUME, mountPath: state },
    ...(template.buildkitdToml ? [{ name: CONFIGURATION_VOLUME, mountPath: configuration, readOnly: true }] : []),
    ...(template.tls ? [{ name: TLS_VOLUME, mountPath: CERTIFICATES, readOnly: true }] : []),
  ]
}

function volumes(template: TemplateSpec): object[] {
  const { buildkitdToml, tls } = template
  const items = [{ path: 'buildkitd.toml', fieldRef: fieldRef(`metadata.annotations['${TOML_ANNOTATION}']`) }]
  return [
    stateVolume(template),
    ...(buildkitdToml ? [{ name: CONFIGURATION_VOLUME, downwardAPI: { items } }] : []),
    ...(tls ? [{ name: TLS_VOLUME, secret: secretOf(tls) }] : []),
  ]
}

function secretOf(tls: Tls): object {
  return { secretName: tls.secretName, items: keysOfSecret(tls).map((key) => ({ key, path: key })) }
}

/** An apply by the server takes a reference as a whole, and the version in it for another's. */
function fieldRef(fieldPath: string): object {
  return { apiVersion: 'v1', fieldPath }
}

function tolerations(own: TemplateSpec['scheduling']['tolerations']): object[] | undefined {
  if (!own || own.length === 0) return undefined
  const missing = DEFAULT_TOLERATIONS.filter(
    ({ key }) => !own.some((one) => (!one.key || one.key === key) && (!one.effect || one.effect === 'NoExecute')),
  )
  return [...own.map(withoutEmpty), ...missing]
}

/** An empty field of a toleration is one that is left out. */
function withoutEmpty(toleration: object): object {
  return Object.fromEntries(Object.entries(toleration).filter(([, value]) => value !== ''))
}

/** Of a negative one the API server makes 1. */
function gracePeriod(seconds: number): number {
  return seconds < 0 ? 1 : seconds
}

function filled<T extends object>(value: T | undefined): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined
}

function defined(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}
