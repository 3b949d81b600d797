import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

const template = (restartPolicy: string) =>
  templateOf({ tls: { secretName: 'buildkit-tls' }, lifecycle: { restartPolicy } })

/** A renewal is a restart. With OnFailure there is one, too: buildkitd exits with an error when it is stopped. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'With this `restartPolicy`, a builder ends when its certificate is renewed.',
    why: 'buildkitd reads its certificate when it starts. After a renewal, the kubelet stops the container so that it starts again with the new certificate. With "Never", it does not start again: the Pod ends, and its builder has no endpoint until the Pod is deleted and applied again.',
    source: 'fn/render/probes.ts; kubernetes v1.37.2, pkg/kubelet/container/helpers.go, ShouldContainerBeRestarted',
    example: { wrong: template('Never'), right: template('Always') },
  }),
  of: 'template',
  find: ({ spec: { tls, lifecycle } }) => {
    const { restartPolicy } = lifecycle
    if (!tls || restartPolicy !== 'Never') return []
    const message =
      'must be "Always" with `spec.tls`, got "Never"; the container does not start again after its certificate is renewed'
    const path = ['spec', 'lifecycle', 'restartPolicy']
    return [{ path, message, currentValue: restartPolicy, proposedValue: 'Always' }]
  },
}
