import * as z from 'zod/mini'

/** What stands beside a schema: its description, and the `x-kubernetes-…` keywords that go into the CRD as they are. */
export type Annotations = Parameters<typeof z.globalRegistry.add>[1]

/** A schema, annotated; one that has annotations is shared by other fields and keeps its own, the result is a copy. */
export function annotated<S extends z.ZodMiniType>(annotations: Annotations, schema: S): S {
  const copy = z.globalRegistry.has(schema) ? z.clone(schema) : schema
  z.globalRegistry.add(copy, { ...z.globalRegistry.get(schema), ...annotations })
  return copy
}

/** A field that must be set, with the one sentence that describes it in the CRD, the reference page and editors. */
export function required<S extends z.ZodMiniType>(description: string, schema: S): S {
  return annotated({ description }, schema)
}

/** A field that may be left out. */
export function optional<S extends z.ZodMiniType>(description: string, schema: S): z.ZodMiniOptional<S> {
  return registered(description, z.optional(schema))
}

/** A field that has `value` when it is left out. */
export function withDefault<T extends string | number | boolean>(
  description: string,
  schema: z.ZodMiniType<T, T>,
  value: T,
) {
  return registered(description, z._default(schema, value as z.core.util.NoUndefined<T>))
}

/** A group of fields that has their defaults when it is left out as a whole. */
export function group<S extends z.ZodMiniType>(description: string, schema: S): z.ZodMiniPrefault<S> {
  return registered(description, z.prefault(schema, {} as z.input<S>))
}

function registered<S extends z.ZodMiniType>(description: string, schema: S): S {
  z.globalRegistry.add(schema, { description })
  return schema
}
