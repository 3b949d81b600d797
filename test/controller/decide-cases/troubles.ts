import type { Trouble } from '../../../controller/pod.ts'

/** What stands behind the reason while another Pod has the endpoint. */
export function meanwhile(podName: string): string {
  return `; Pod "${podName}" serves in its place`
}

/** Why the Pod of a Buildkit is not ready while nothing is wrong. */
export function starting(podName: string, tail = ''): Trouble {
  return { reason: 'PodStarting', message: `Pod "${podName}" is not ready yet${tail}` }
}

export function missing(podName: string, tail = ''): Trouble {
  const message = `Pod "${podName}" does not exist: it was deleted, its package was not applied, or a ResourceQuota, an admission policy or Pod Security refused it; run \`kubectl apply --dry-run=server --filename=-\` on the rendered package to see which${tail}`
  return { reason: 'PodMissing', message }
}

/** A Pod with a quarter of an hour left. */
export function terminating(podName: string, tail = ''): Trouble {
  const message = `Pod "${podName}" is terminating and will be gone by 2026-11-24T12:15:00Z; a new Pod can then take its name${tail}`
  return { reason: 'WaitingForTermination', message }
}

/** Why a Pod does not serve that can only follow another one. */
export function waitsFor(podName: string, others: string, tail = ''): Trouble {
  return { reason: 'WaitingForHandover', message: `Pod "${podName}" waits for Pod "${others}" to end${tail}` }
}

/** Why no Pod of a Buildkit is deleted that has the label of another one. */
export function labelShared(other: string): Trouble {
  const message = `this Buildkit shares the label of its Pods with Buildkit "${other}", so the controller deletes none of them; give one of the Buildkits a name of at most 63 characters that is not the label of another one`
  return { reason: 'LabelShared', message }
}

export function renamed(podName: string, label: string): Trouble {
  const message = `Pod "${podName}" was renamed after rendering; its label names Buildkit "${label}"; run render-buildkit last`
  return { reason: 'PodRenamed', message }
}

/** Of a Pod that has the label of another Buildkit. */
export function ofAnotherBuildkit(podName: string, label: string, alike = ''): Trouble {
  const message = `Pod "${podName}" has the label of Buildkit "${label}"${alike}; \`spec.podName\` was copied, or the Pod was renamed after rendering; run render-buildkit last`
  return { reason: 'PodRenamed', message }
}

export function renamedItself(podName: string, alike = ''): Trouble {
  const message = `this Buildkit was renamed after rendering; its \`spec.podName\` is still "${podName}"${alike}; run render-buildkit last`
  return { reason: 'PodRenamed', message }
}

export function notRendered(tail = ''): Trouble {
  const message = `this Buildkit was applied without rendering; render its package (\`kpt fn render\` or \`render-buildkit build\`) and apply the result${tail}`
  return { reason: 'NotRendered', message }
}

/** As a kubelet says it of a container whose readiness probe fails. */
export const UNREADY: Trouble = {
  reason: 'ContainerNotReady',
  message: 'containers with unready status: [buildkit]',
}

/** Of a Pod whose container has failed. */
export const FAILED: Trouble = { reason: 'PodFailed', message: 'container "buildkit" ended with exit code 1' }

/** What a Pod reports, as the status of its Buildkit says it. */
export function ofPod(podName: string, { reason, message }: Trouble, tail = ''): Trouble {
  return { reason, message: `Pod "${podName}": ${message}${tail}` }
}

export function keepsFailing(podName: string, count: number): Trouble {
  const message = `Pod "${podName}" has ended ${count} times without being ready for ten minutes in between; the controller deletes it five minutes after each end so that it can be created again`
  return { reason: 'KeepsFailing', message }
}
