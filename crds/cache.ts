import * as z from 'zod/mini'
import { annotated, optional, required, withDefault } from './field.ts'
import { atomicList } from './kubernetes/list.ts'
import { Quantity } from './kubernetes/scalars.ts'

const ACCESS_MODES = ['ReadWriteOncePod', 'ReadWriteOnce', 'ReadWriteMany'] as const
const FOLDER = 'an absolute path without ".." that is not the root'

/** The amount of a volume; Kubernetes refuses one of nothing. */
const SIZE = 'a quantity greater than 0, such as 200Gi'
const Size = annotated({}, Quantity.check(z.refine((size) => Number.parseFloat(String(size)) > 0, SIZE)))

const EmptyDir = z.strictObject({
  medium: optional(
    '"Memory" for a tmpfs, which counts as memory of the container; empty for the disk of the node.',
    z.enum(['', 'Memory']),
  ),
  sizeLimit: optional('Size above which the kubelet evicts the builder.', Size),
})

const DataSource = z
  .strictObject({
    apiGroup: optional('API group of the object; empty for a PersistentVolumeClaim.', z.string()),
    kind: required('Kind of the object, such as "VolumeSnapshot".', z.string()),
    name: required('Name of the object.', z.string()),
  })
  .register(z.globalRegistry, { title: 'TypedLocalObjectReference' })

const Ephemeral = z.strictObject({
  size: required('Size of the volume.', Size),
  storageClassName: optional("StorageClass of the volume; the cluster's default if not set.", z.string()),
  accessModes: optional('Access modes of the volume; "ReadWriteOnce" if not set.', atomicList(z.enum(ACCESS_MODES))),
  dataSource: optional('What the volume starts with, such as a VolumeSnapshot of a warm cache.', DataSource),
})

const Claim = z.strictObject({
  size: required('Size of the volume; a larger one expands it, and none can shrink.', Size),
  storageClassName: optional("StorageClass of the volume; the cluster's default if not set.", z.string()),
  accessMode: withDefault(
    'Access mode of the volume; "ReadWriteOncePod" lets the scheduler hold a Pod back until its predecessor is gone.',
    z.enum(ACCESS_MODES),
    'ReadWriteOncePod',
  ),
  retain: withDefault(
    'Whether GitOps engines keep the claim in the cluster after it has left Git.',
    z.boolean(),
    false,
  ),
})

const HostPath = z.strictObject({
  path: required(
    'Folder on the node; each builder has `<path>/<namespace>/<name>` to itself, a rootless one `<path>/_rootless/<namespace>/<name>`.',
    z.string(FOLDER).check(
      z.regex(/^\/+[^/]/, FOLDER),
      z.refine((path) => !path.split('/').includes('..'), FOLDER),
    ),
  ),
})

const KINDS = {
  emptyDir: optional('A folder that comes and goes with the Pod.', EmptyDir),
  ephemeral: optional('A volume that Kubernetes creates and deletes with the Pod.', Ephemeral),
  claim: optional('A volume that stays from Pod to Pod: a PersistentVolumeClaim in Git, beside the Pod.', Claim),
  hostPath: optional('A folder of the node that stays from Pod to Pod.', HostPath),
}

const ONE = `an object with exactly one of ${Object.keys(KINDS).join(', ')}`

/** Where the state of buildkitd is: exactly one kind of volume. */
export const Cache = annotated(
  { minProperties: 1, maxProperties: 1 },
  z.strictObject(KINDS).check((context) => {
    const kinds = Object.keys(context.value)
    if (kinds.length === 1) return
    context.issues.push({ code: 'custom', message: ONE, path: [], input: context.value })
  }),
)
export type Cache = z.infer<typeof Cache>
