import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { mapList } from './list.ts'
import { ResourceList } from './quantity.ts'

const ResourceClaim = z
  .strictObject({
    name: required('The name of a resource claim of the Pod.', z.string()),
    request: optional('The one request of that claim that is meant; all of them if empty.', z.string()),
  })
  .register(z.globalRegistry, { title: 'ResourceClaim' })

/** What a container asks for and may use. */
export const ResourceRequirements = z
  .strictObject({
    requests: optional('What the scheduler sets aside for the builder, by resource.', ResourceList),
    limits: optional('What the builder may use at most, by resource.', ResourceList),
    claims: optional(
      'The resource claims (dynamic resource allocation) that the builder uses.',
      mapList('name', ResourceClaim),
    ),
  })
  .register(z.globalRegistry, { title: 'ResourceRequirements' })
