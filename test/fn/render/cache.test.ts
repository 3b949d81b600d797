import assert from 'node:assert/strict'
import { test } from 'node:test'
import { podSpec } from '../../../fn/render/pod-spec.ts'
import { privileged, specOf } from '../privileged-pod.ts'

const none = { resources: {}, labels: {} }
const rootlessPod = podSpec(specOf({ rootless: true }), none)
const [rootless] = rootlessPod.containers as readonly {
  readonly image: string
  readonly args: readonly string[]
  readonly securityContext: object
}[]
const userState = '/home/user/.local/share/buildkit'
const [addresses = [], others = []] = [rootless?.args.slice(0, 4), rootless?.args.slice(4)]
const preparer = (script: string, securityContext: object | undefined) => ({
  name: 'prepare-cache',
  image: rootless?.image,
  imagePullPolicy: 'IfNotPresent',
  command: ['/bin/sh', '-c', script],
  securityContext,
  volumeMounts: [{ name: 'buildkitd', mountPath: userState }],
})
const claimed = { name: 'buildkitd', persistentVolumeClaim: { claimName: 'wwdzxpbdxf' } }
const waiter = (state: string, fields: object = {}) => ({
  name: 'wait-for-cache',
  image: 'moby/buildkit:v0.34.2',
  imagePullPolicy: 'IfNotPresent',
  command: ['/bin/sh', '-c', `command -v flock >/dev/null || exit 0\nexec flock ${state}/buildkitd.lock true\n`],
  securityContext: { privileged: true },
  volumeMounts: [{ name: 'buildkitd', mountPath: state }],
  ...fields,
})

/** The whole `spec` of a Pod for each `spec` of a template. */
const specs: Readonly<Record<string, readonly [template: object, pod: object]>> = {
  'a cache in memory is limited': [
    { cache: { emptyDir: { medium: 'Memory', sizeLimit: '1024Mi' } } },
    { ...privileged, volumes: [{ name: 'buildkitd', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }] },
  ],
  'a cache on a disk of its own comes and goes with the Pod': [
    {
      cache: {
        ephemeral: {
          size: '0.5Ti',
          dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'w' },
        },
      },
    },
    {
      ...privileged,
      volumes: [
        {
          name: 'buildkitd',
          ephemeral: {
            volumeClaimTemplate: {
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '512Gi' } },
                dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'w' },
              },
            },
          },
        },
      ],
    },
  ],
  'the scheduler holds a Pod back until its claim is free': [
    { cache: { claim: { size: '1Gi' } } },
    { ...privileged, volumes: [claimed] },
  ],
  'a volume of a rootless builder belongs to its user, and is no volume of another builder': [
    { rootless: true, cache: { claim: { size: '1Gi' } } },
    {
      ...rootlessPod,
      securityContext: { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' },
      initContainers: [
        preparer(`mkdir -p ${userState}/root\nchmod g-s ${userState}/root\n`, rootless?.securityContext),
      ],
      containers: [{ ...rootless, args: [...addresses, '--root', `${userState}/root`, ...others] }],
      volumes: [{ name: 'buildkitd', persistentVolumeClaim: { claimName: 'pntrbzqqph' } }],
    },
  ],
  'a Pod waits for its predecessor where the scheduler does not hold it back': [
    { cache: { claim: { size: '1Gi', accessMode: 'ReadWriteOnce' } } },
    {
      ...privileged,
      initContainers: [waiter('/var/lib/buildkit')],
      volumes: [{ name: 'buildkitd', persistentVolumeClaim: { claimName: '2qq7qf6fj6' } }],
    },
  ],
  'a Pod waits for its predecessor on a folder of the node': [
    { rootless: true, cache: { hostPath: { path: '/mnt/nvme' } } },
    {
      ...rootlessPod,
      initContainers: [
        preparer(`chown 1000:1000 ${userState}\n`, {
          runAsUser: 0,
          runAsGroup: 0,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'], add: ['CHOWN'] },
        }),
        waiter(userState, { image: rootless?.image, securityContext: rootless?.securityContext }),
      ],
      volumes: [{ name: 'buildkitd', hostPath: { path: '/mnt/nvme/_rootless', type: 'DirectoryOrCreate' } }],
    },
  ],
}

for (const [name, [template, expected]] of Object.entries(specs)) {
  test(name, () => {
    assert.deepEqual(podSpec(specOf(template), none), expected)
  })
}
