import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { mapList } from './list.ts'
import { ResourceList } from './scalars.ts'

const ResourceClaim = z
  .strictObject({
    name: required('Name of a resource claim of the Pod.', z.string()),
    request: optional('Name of a request in that claim; all requests if empty.', z.string()),
  })
  .register(z.globalRegistry, { title: 'ResourceClaim' })

/** What a container asks for and may use. */
export const ResourceRequirements = z
  .strictObject({
    requests: optional('Resources that the scheduler reserves for the builder.', ResourceList),
    limits: optional('Maximum resources that the builder may use.', ResourceList),
    claims: optional(
      'Resource claims (dynamic resource allocation) that the builder uses.',
      mapList('name', ResourceClaim),
    ),
  })
  .register(z.globalRegistry, { title: 'ResourceRequirements' })
