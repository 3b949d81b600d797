import * as z from 'zod/mini'
import { required } from './field.ts'

/** An object that belongs to a Buildkit or BuildkitTemplate. */
export const ResourceRef = z
  .strictObject({
    group: required('The API group of the object; empty for Pods.', z.string()),
    version: required('The API version of the object.', z.string()),
    kind: required('The kind of the object.', z.string()),
    name: required('The name of the object.', z.string()),
    namespace: required('The namespace of the object.', z.string()),
  })
  .register(z.globalRegistry, { title: 'ResourceRef' })
