import type { Buildkit } from '../../../crds/buildkit.ts'
import { grouped } from '../../common/collections.ts'
import { isMapping, type KubernetesObject, type Source } from '../../input/item.ts'
import { ENFORCE_LABEL, enforcedLevel } from '../../upstream/kubernetes/pod-security.ts'
import type { Breach } from '../breaches/breach.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import type { Rule } from '../rule.ts'

/**
 * Whichever version of the policies `enforce-version` names: "privileged" has been refused by "baseline" since v1.0, and so has an
 * `Unconfined` AppArmor profile; neither is relaxed for Pods with a user namespace.
 */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: "The namespace's Pod Security level rejects builders.",
    why: 'Builders of every mode need the level "privileged"; rootless builders need it for seccomp and AppArmor `Unconfined`. The API server rejects the Pods, and no builder ever starts. The labels `warn` and `audit` reject nothing.',
    source:
      'pod-security-admission v0.37.2, api/helpers.go, policy/check_privileged.go, policy/check_seccompProfile_baseline.go and policy/check_appArmorProfile.go',
    example: {
      wrong: manifests(
        {
          kind: 'Namespace',
          apiVersion: 'v1',
          metadata: { name: 'builders', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
        },
        { kind: 'BuildkitTemplate', metadata: { namespace: 'builders' }, spec: { rootless: true } },
        { kind: 'Buildkit', metadata: { namespace: 'builders' } },
      ),
      right: manifests(
        {
          kind: 'Namespace',
          apiVersion: 'v1',
          metadata: {
            name: 'builders',
            labels: {
              'pod-security.kubernetes.io/enforce': 'privileged',
              'pod-security.kubernetes.io/warn': 'baseline',
            },
          },
        },
        { kind: 'BuildkitTemplate', metadata: { namespace: 'builders' }, spec: { rootless: true } },
        { kind: 'Buildkit', metadata: { namespace: 'builders' } },
      ),
    },
  }),
  of: 'package',
  needs: 'namespaces',
  find: ({ namespaces, builders }) => {
    const inNamespace = grouped(
      builders.flatMap(({ buildkits }) => buildkits),
      ({ value }) => value.metadata.namespace,
    )
    return namespaces.flatMap((namespace) => {
      const { name } = namespace.value.metadata
      // Of a Namespace that is to get its name from the API server nobody knows what is in it.
      const buildkits = name === undefined ? [] : (inNamespace.get(name) ?? [])
      return buildkits.length === 0 ? [] : refused(namespace, buildkits)
    })
  },
}

function refused({ item, value }: Source<KubernetesObject>, buildkits: readonly Source<Buildkit>[]): Breach[] {
  const { labels } = value.metadata
  if (!isMapping(labels)) return []
  const enforced = enforcedLevel(labels)
  if (enforced === undefined || enforced === 'privileged') return []
  const level = labels[ENFORCE_LABEL]
  const reading = level === enforced ? '' : ', which counts as "restricted"'
  const message = `must be "privileged", got ${JSON.stringify(level)}${reading}; the API server rejects ${podsOf(buildkits)}; change it, or use a separate namespace for builders`
  // Nothing is proposed: \`fix\` would write it, and what else is in the namespace would lose its protection.
  return [{ item, path: ['metadata', 'labels', ENFORCE_LABEL], message, currentValue: level }]
}
