import { CONTAINER } from '../../../crds/names.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { PackageFacts } from '../facts/facts.ts'
import { podMaps } from '../facts/pod-maps.ts'
import type { Rule } from '../rule.ts'

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/'
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
const MIRROR = 'kubernetes.io/config.mirror'
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations'

/** Annotations that the API server itself reads. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'An annotation that Kubernetes reads has an invalid value, or contradicts the Pod.',
    why: 'The API server rejects the Pod. Fields of the Pod, which rendering sets, have replaced these annotations.',
    source:
      'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodSpecificAnnotations and validateAppArmorAnnotationsAndFieldsMatchOnCreate',
    example: {
      wrong: templateOf({
        rootless: true,
        podAnnotations: { 'container.apparmor.security.beta.kubernetes.io/buildkit': 'runtime/default' },
      }),
      right: templateOf({ rootless: true, podAnnotations: { 'example.com/team': 'platform' } }),
    },
  }),
  of: 'package',
  find: (facts) => {
    const rootless = rootlessItems(facts)
    return podMaps(facts, 'annotations').flatMap(({ item, path, map }) =>
      Object.entries(map).flatMap(([key, value]): readonly Breach[] => {
        const message = mistakeIn(key, value, rootless.has(item))
        return message === undefined ? [] : [{ item, path: [...path, key], message, currentValue: value }]
      }),
    )
  },
}

/** Templates of rootless builders, and their Buildkits. */
function rootlessItems({ templates }: PackageFacts): Set<unknown> {
  const rootless = templates.filter(({ spec }) => spec.rootless)
  return new Set(rootless.flatMap(({ template, buildkits }) => [template.item, ...buildkits.map(({ item }) => item)]))
}

function mistakeIn(key: string, value: string, isRootless: boolean): string | undefined {
  if (key === MIRROR) return 'must not be set; it marks a static Pod of a node; remove it'
  if (key === TOLERATIONS && value !== '') return 'must be in `scheduling.tolerations` instead; remove it'
  if (key === DELETION_COST) return isInt32(value) ? undefined : `must be a whole number of 32 bits, got "${value}"`
  if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) return seccomp(key, value, isRootless)
  return key.startsWith(APP_ARMOR) ? appArmor(key, value, isRootless) : undefined
}

function isInt32(text: string): boolean {
  return /^(0|-?[1-9]\d{0,9})$/.test(text) && Number(text) === (Number(text) | 0)
}

/** A rootless container is Unconfined by fields, and the annotation must not say anything else. */
function seccomp(key: string, value: string, isRootless: boolean): string | undefined {
  if (isRootless && key === `${SECCOMP_CONTAINER}${CONTAINER}`)
    return value === 'unconfined'
      ? undefined
      : `must be "unconfined" like the field of the Pod, got "${value}"; remove it`
  const isLocal = value.startsWith('localhost/') && isDescending(value.slice('localhost/'.length))
  const isKnown = ['runtime/default', 'docker/default', 'unconfined'].includes(value) || isLocal
  return isKnown ? undefined : `must be a seccomp profile such as "runtime/default", got "${value}"; remove it`
}

function isDescending(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.split('/').includes('..')
}

function appArmor(key: string, value: string, isRootless: boolean): string | undefined {
  const container = key.slice(APP_ARMOR.length)
  if (container !== CONTAINER)
    return `must name the container "${CONTAINER}", got "${container}"; remove it, because rendering sets the profile that a builder needs`
  if (isRootless)
    return value === 'unconfined'
      ? undefined
      : `must be "unconfined" like the field of the Pod, got "${value}"; remove it`
  const isKnown = ['', 'runtime/default', 'unconfined'].includes(value) || value.startsWith('localhost/')
  return isKnown ? undefined : `must be an AppArmor profile such as "runtime/default", got "${value}"; remove it`
}
