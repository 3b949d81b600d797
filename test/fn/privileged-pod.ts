import { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { validate } from '../../crds/validate.ts'

import { drainScript } from '../../fn/render/drain-script.ts'

/** The `spec` of a Pod whose template says nothing. */
export const privileged = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 900,
  containers: [
    {
      name: 'buildkit',
      image: 'moby/buildkit:v0.34.2',
      imagePullPolicy: 'IfNotPresent',
      args: ['--addr', 'unix:///run/buildkit/buildkitd.sock', '--addr', 'tcp://0.0.0.0:1234'],
      ports: [{ name: 'tcp', containerPort: 1234, protocol: 'TCP' }],
      startupProbe: { grpc: { port: 1234 }, periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 3 },
      readinessProbe: { grpc: { port: 1234 }, periodSeconds: 15, failureThreshold: 2, timeoutSeconds: 3 },
      livenessProbe: { grpc: { port: 1234 }, periodSeconds: 30, failureThreshold: 6, timeoutSeconds: 3 },
      lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', drainScript(1234)] } } },
      securityContext: { privileged: true },
      volumeMounts: [{ name: 'buildkitd', mountPath: '/var/lib/buildkit' }],
    },
  ],
  volumes: [{ name: 'buildkitd', emptyDir: {} }],
}

/** The `spec` of a template, with its defaults. */
export function specOf(spec: object): BuildkitTemplate['spec'] {
  const validated = validate(BuildkitTemplate, {
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'BuildkitTemplate',
    metadata: { name: 'template' },
    spec,
  })
  if ('issues' in validated) throw new Error(JSON.stringify(validated.issues))
  return validated.value.spec
}
