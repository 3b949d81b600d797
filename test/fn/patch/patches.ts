import type { Mapping } from '../../../fn/patch/merge.ts'

/** A value for each field, or each item, that an API server stores otherwise than it was written, or might. */
const ENV: readonly Mapping[] = [
  { name: 'A', value: 'a' },
  { name: 'A', value: '' },
  { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
  { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1000m' } } },
  { name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'a' } } },
  { name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: 'a', optional: false } } },
  { name: 'A', valueFrom: { fileKeyRef: { volumeName: 'files', path: 'a', key: 'A' } } },
]
const PROJECTED: readonly Mapping[] = [
  { serviceAccountToken: { path: 'a' } },
  { configMap: { name: 'a', items: [{ key: 'a', path: 'a' }] } },
  { secret: { name: 'a', optional: false } },
  { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } },
  { downwardAPI: { items: [{ path: 'a', resourceFieldRef: { containerName: 'buildkit', resource: 'limits.cpu' } }] } },
  { clusterTrustBundle: { name: 'a', path: 'a' } },
]
const SNAPSHOT = { kind: 'VolumeSnapshot', apiGroup: 'snapshot.storage.k8s.io', name: 'a' }
const VOLUMES: readonly Mapping[] = [
  ...PROJECTED.map((source) => ({ projected: { sources: [source] } })),
  { configMap: { name: 'a', items: [] } },
  { secret: { secretName: 'a', optional: false } },
  { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.labels' } }] } },
  { emptyDir: { sizeLimit: '1024Mi', medium: '' } },
  { hostPath: { path: '/a' } },
  { hostPath: { path: '/a', type: '' } },
  { nfs: { server: 'a', path: '/a', readOnly: false } },
  { persistentVolumeClaim: { claimName: 'a', readOnly: false } },
  { iscsi: { targetPortal: '1.2.3.4', iqn: 'iqn.2001-04.com.example:a', lun: 0 } },
  { rbd: { monitors: ['a'], image: 'a' } },
  { azureDisk: { diskName: 'a', diskURI: 'https://a/a' } },
  { scaleIO: { gateway: 'a', system: 'a', secretRef: { name: 'a' }, volumeName: 'a' } },
  { image: { reference: 'a' } },
  { csi: { driver: 'a.b', readOnly: false, nodePublishSecretRef: { name: 'a' } } },
  {
    ephemeral: {
      volumeClaimTemplate: {
        metadata: { labels: {}, name: '' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Gi' } }, dataSource: SNAPSHOT },
      },
    },
  },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
          dataSource: { kind: 'PersistentVolumeClaim', name: 'a' },
        },
      },
    },
  },
]
const HTTP = { port: 80, httpHeaders: [{ name: 'a', value: '' }] }
/** Of any container. */
const CONTAINERS: readonly Mapping[] = [
  { tty: false, stdin: false, workingDir: '', terminationMessagePath: '', env: [], envFrom: [], ports: [] },
  { envFrom: [{ configMapRef: { name: 'a' } }, { prefix: '', secretRef: { name: 'a', optional: false } }] },
  { ports: [{ containerPort: 6060 }, { containerPort: 53, protocol: 'UDP', hostPort: 0 }] },
  { volumeMounts: [{ name: 'files', mountPath: '/a', readOnly: false, subPath: '' }] },
  {
    volumeMounts: [
      { name: 'files', mountPath: '/a', mountPropagation: 'None', readOnly: true, recursiveReadOnly: 'Disabled' },
    ],
  },
  { securityContext: { capabilities: { add: ['SYS_ADMIN'], drop: [] }, procMount: 'Default' } },
]
const SIDECARS: readonly Mapping[] = [
  { resources: { limits: { cpu: '1000m', memory: '1024Mi' }, requests: { cpu: 1 } } },
  { resources: { limits: { cpu: '2.5' } } },
  { readinessProbe: { httpGet: HTTP }, livenessProbe: { tcpSocket: { port: 'a' }, initialDelaySeconds: 0 } },
  { lifecycle: { postStart: { httpGet: HTTP }, preStop: { sleep: { seconds: 5 } } } },
  { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] },
  { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] },
  { securityContext: {}, args: [], command: [] },
]
const PODS: readonly Mapping[] = [
  { imagePullSecrets: [{ name: 'a' }] },
  { hostAliases: [{ ip: '10.0.0.1', hostnames: [] }] },
  { dnsConfig: { options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }], nameservers: [] } },
  { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'] } },
  { readinessGates: [], schedulingGates: [{ name: 'a/a' }] },
  {
    securityContext: {
      fsGroup: 0,
      supplementalGroups: [1, 2],
      sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }],
    },
  },
  { hostNetwork: false, hostPID: false, hostname: '', schedulerName: '', shareProcessNamespace: false },
  { hostNetwork: true },
  { resources: { limits: { cpu: '1000m' }, requests: { cpu: 1 } } },
  { resourceClaims: [{ name: 'a', resourceClaimName: 'a' }] },
  { setHostnameAsFQDN: true, shareProcessNamespace: true, hostname: 'a', subdomain: 'a' },
  { automountServiceAccountToken: true, enableServiceLinks: true },
  { initContainers: [{ name: 'a', image: 'a', restartPolicy: 'Always', startupProbe: { exec: { command: ['a'] } } }] },
]

const FILES = { name: 'files', emptyDir: {} }
const ofBuilder = (part: Mapping): Mapping => ({ containers: [{ name: 'buildkit', ...part }], volumes: [FILES] })
const ofSidecar = (part: Mapping): Mapping => ({ containers: [{ name: 'a', image: 'a', ...part }], volumes: [FILES] })

/** Patches that API servers accept, each with something that they store otherwise than it was written, or might. */
export const PATCHES: readonly Mapping[] = [
  ...ENV.map((env) => ofBuilder({ env: [env] })),
  ...CONTAINERS.map(ofBuilder),
  ...[...CONTAINERS, ...SIDECARS].map(ofSidecar),
  ...VOLUMES.map((source, at) => ({ volumes: [{ name: `volume-${at}`, ...source }] })),
  ...PODS,
]
