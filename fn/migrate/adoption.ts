import { BUILDKIT_LABEL, labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import type { OperatorsPod } from './operators-pods.ts'

/**
 * A shell script by which buildkit-controller takes the operator's Pods for those of their Buildkits, so that endpoints stay. Pods
 * that would not wait for their builds get the annotation first that keeps it from deleting them.
 */
export function adoptionScript(pods: readonly OperatorsPod[]): readonly string[] {
  if (pods.length === 0) return []
  const cutting = byNamespace(pods.filter(({ drains }) => !drains))
  return [
    '# Run this when the operator is scaled down, and before buildkit-controller starts (docs/migrate.md).',
    ...(cutting.length > 0 ? keepScript(cutting) : []),
    ...pods.map(({ namespace, name, buildkit }) =>
      command('label', namespace, [name, `${BUILDKIT_LABEL}=${labelValueOf(buildkit)}`]),
    ),
  ]
}

function keepScript(groups: readonly Group[]): readonly string[] {
  return [
    '# These Pods are not known to drain their builds, so buildkit-controller must not delete them:',
    ...groups.map(([namespace, names]) =>
      command('annotate', namespace, [...names, `${RETIREMENT_ANNOTATION}=engine`]),
    ),
    '# Delete them yourself, once their Buildkits are READY and they are idle:',
    ...groups.map(([namespace, names]) => `# ${command('delete', namespace, names)}`),
  ]
}

type Group = readonly [namespace: string | undefined, names: readonly string[]]

function byNamespace(pods: readonly OperatorsPod[]): readonly Group[] {
  const groups = new Map<string | undefined, string[]>()
  for (const { namespace, name } of pods) groups.set(namespace, [...(groups.get(namespace) ?? []), name])
  return [...groups]
}

function command(verb: string, namespace: string | undefined, words: readonly string[]): string {
  const where = namespace === undefined ? [] : ['--namespace', namespace]
  return ['kubectl', verb, ...where, 'pods', '--', ...words].join(' ')
}
