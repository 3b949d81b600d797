import type * as z from 'zod/mini'
import { Buildkit } from '../buildkit.ts'
import { BuildkitTemplate } from '../buildkit-template.ts'

/** A kind with what its CRD says beside the schema. */
export interface Kind {
  readonly kind: string
  readonly schema: z.ZodMiniType
  readonly shortNames: readonly string[]
  readonly columns: readonly Column[]
  readonly selectableFields: readonly string[]
}

/** A column of `kubectl get`; one of priority 1 is shown with `-o wide` only. */
interface Column {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'date' | 'integer'
  readonly jsonPath: string
  readonly priority?: 1
}

const AGE: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }

export const KINDS: readonly Kind[] = [
  {
    kind: 'Buildkit',
    schema: Buildkit,
    shortNames: ['buildkit', 'bk'],
    columns: [
      { name: 'Endpoint', type: 'string', jsonPath: '.status.endpoint' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      { name: 'Reason', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
      { name: 'Pod', type: 'string', jsonPath: '.spec.podName' },
      AGE,
      { name: 'Template', type: 'string', jsonPath: '.spec.template', priority: 1 },
      { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas', priority: 1 },
      { name: 'ReadyReplicas', type: 'integer', jsonPath: '.status.readyReplicas', priority: 1 },
    ],
    selectableFields: ['.spec.template', '.spec.podName'],
  },
  {
    kind: 'BuildkitTemplate',
    schema: BuildkitTemplate,
    shortNames: ['buildkittemplate', 'bkt'],
    columns: [
      // The mode follows from two fields, and a column shows one.
      { name: 'Rootless', type: 'boolean', jsonPath: '.spec.rootless' },
      { name: 'HostUsers', type: 'boolean', jsonPath: '.spec.hostUsers' },
      { name: 'Image', type: 'string', jsonPath: '.spec.image' },
      AGE,
    ],
    selectableFields: [],
  },
]
