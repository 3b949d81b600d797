import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import type { Path } from '../../crds/validate.ts'
import { isMapping, type KubernetesObject, type Source } from '../input/item.ts'
import { imageOf } from '../render/daemon.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { plural } from '../results/words.ts'
import { operatorsImage } from './operators-pods.ts'

/** A template, and what else decides how it differs. */
export interface Migrated {
  /** As it goes to Git. */
  readonly template: Source<BuildkitTemplate>
  /** As the operator has it in the cluster. */
  readonly live: KubernetesObject
  /** The Buildkits that name it. */
  readonly buildkits: readonly Buildkit[]
}

interface Difference {
  readonly severity: 'warning' | 'info'
  readonly path: Path
  readonly message: string
}

type Find = (migrated: Migrated) => Omit<Difference, 'path'> | undefined

/** Every field of a template whose effect here is not what it was in the operator, and when that concerns a template. */
const DIFFERENCES: readonly (readonly [path: Path, find: Find])[] = [
  [['spec'], rolls],
  [['spec'], probes],
  [['spec', 'image'], image],
  [['spec', 'rootless'], rootless],
  [['spec', 'buildkitdToml'], toml],
  [['spec', 'serviceAccountName'], serviceAccount],
  [['spec', 'lifecycle', 'preStopScript'], preStop],
  [['spec', 'lifecycle', 'activeDeadlineSeconds'], deadline],
  [['spec', 'lifecycle', 'requireOwner'], owners],
  [['spec', 'observability', 'otlp', 'resourceAttributes'], attributes],
]

/** What behaves otherwise than with the operator, for exactly this template; each once, with the number of Buildkits that it concerns. */
export function differences(migrated: Migrated): readonly Finding[] {
  const { template, buildkits } = migrated
  const concerned = `(${plural(buildkits.length, 'Buildkit')})`
  return DIFFERENCES.flatMap(([path, find]) => {
    const found = find(migrated)
    return found
      ? [fieldFinding(found.severity, template.item, { path, message: `${found.message} ${concerned}` })]
      : []
  })
}

function info(message: string): Omit<Difference, 'path'> {
  return { severity: 'info', message }
}

function warning(message: string): Omit<Difference, 'path'> {
  return { severity: 'warning', message }
}

function rolls(): ReturnType<Find> {
  return info('creates new Pods when it changes, beside the old ones; the operator did not change running Pods')
}

function probes(): ReturnType<Find> {
  return info('gives a Pod two minutes to start instead of half a minute, and each probe 3 s instead of 1 s to answer')
}

function image({ template, live }: Migrated): ReturnType<Find> {
  const operators = operatorsImage(live)
  if (operators === undefined) return undefined
  return warning(
    `was left out, because "${operators}" is the default of the operator; builders get "${imageOf(template.value.spec)}"; set \`image\` if you want another`,
  )
}

function rootless({ template }: Migrated): ReturnType<Find> {
  if (!template.value.spec.rootless) return undefined
  return info(
    'sets AppArmor to unconfined by a field of the Pod, which Kubernetes reads since 1.30, not by an annotation',
  )
}

function toml({ template }: Migrated): ReturnType<Find> {
  const { metadata, spec } = template.value
  if (!spec.buildkitdToml) return undefined
  return info(
    `is an annotation of the Pod; nothing needs ConfigMap "buildkit-${metadata.name}-toml" once the operator's Pods are gone`,
  )
}

function serviceAccount({ template }: Migrated): ReturnType<Find> {
  if (!template.value.spec.serviceAccountName) return undefined
  return warning(
    'names an account whose token is not mounted; admission that mounts its own token for a cloud still works',
  )
}

function preStop({ template, live }: Migrated): ReturnType<Find> {
  const { metadata, spec } = template.value
  const written = writtenPreStop(live.spec)
  if (written === false) return undefined
  if (written === true) {
    return info(
      `has its script in the Pod itself; nothing needs ConfigMap "buildkit-${metadata.name}-scripts" once the operator's Pods are gone`,
    )
  }
  const { terminationGracePeriodSeconds: seconds } = spec.lifecycle
  return warning(
    `defaults to true, and was false; a builder that stops drains its builds for at most ${seconds} s; write false to keep the behavior of the operator`,
  )
}

function writtenPreStop(spec: unknown): unknown {
  return isMapping(spec) && isMapping(spec.lifecycle) ? spec.lifecycle.preStopScript : undefined
}

function deadline({ template }: Migrated): ReturnType<Find> {
  if (template.value.spec.lifecycle.activeDeadlineSeconds === undefined) return undefined
  return info(
    'ends a Pod, which is then deleted so that its engine creates it again; with the operator, it stayed failed',
  )
}

function owners({ template }: Migrated): ReturnType<Find> {
  if (!template.value.spec.lifecycle.requireOwner) return undefined
  return info('is checked when manifests are rendered, not when they are applied')
}

function attributes({ template }: Migrated): ReturnType<Find> {
  if (!template.value.spec.observability.otlp?.resourceAttributes) return undefined
  return info('are percent-encoded and in the order of their keys; the operator wrote them unchanged, in any order')
}
