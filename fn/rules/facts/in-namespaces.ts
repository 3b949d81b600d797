import type { Buildkit } from '../../../crds/buildkit.ts'
import { grouped } from '../../common/grouped.ts'
import { oncePer } from '../../common/once-per.ts'
import type { Source } from '../../input/select.ts'
import type { BuilderFacts, PackageFacts } from './facts.ts'

/** Builders that are alike, of one namespace. */
export interface InNamespace {
  readonly builder: BuilderFacts
  readonly buildkits: readonly Source<Buildkit>[]
}

/** The builders of a package by their namespaces. */
export const inNamespaces = oncePer(byNamespace)

function byNamespace({ builders }: PackageFacts): ReadonlyMap<string | undefined, readonly InNamespace[]> {
  const found = builders.flatMap((builder) => {
    const apart = grouped(builder.buildkits, ({ value }) => value.metadata.namespace)
    return [...apart].map(([namespace, buildkits]) => ({ namespace, builder, buildkits }))
  })
  return grouped(found, ({ namespace }) => namespace)
}
