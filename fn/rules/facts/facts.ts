import type { Buildkit } from '../../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import type { KubernetesVersion, Retirement } from '../../config/settings.ts'
import type { Item, KubernetesObject, Source } from '../../input/item.ts'
import type { Blueprint } from '../../render/blueprint.ts'
import type { Toml, TomlDocument } from '../../toml/read-toml.ts'
import type { ImageFacts } from '../../upstream/buildkit/image-facts.ts'

/** How buildkitd runs; with both `rootless` and `hostUsers: false` it is rootless in a user namespace. */
export type Mode = 'privileged' | 'rootless' | 'user namespace' | 'rootless in a user namespace'

/** What rules know of a template. */
export interface TemplateFacts {
  readonly template: Source<BuildkitTemplate>
  readonly spec: BuildkitTemplate['spec']
  readonly mode: Mode
  readonly image: ImageFacts
  /** Missing where there is no `buildkitdToml`. */
  readonly toml?: Toml
  /** What `buildkitdToml`, flags in `command` and fields with flags say together; missing where none says anything, or that is not TOML. */
  readonly settings?: TomlDocument
  /** Those that name the template. */
  readonly buildkits: readonly Source<Buildkit>[]
  /** That of the cluster, where the configuration says it. */
  readonly kubernetes: KubernetesVersion | undefined
  /** Who is to remove superseded Pods. */
  readonly retirement: Retirement
}

/** A template that says something to buildkitd. */
export type Configured = TemplateFacts & { readonly settings: TomlDocument }

/** A template with a `buildkitdToml` that is TOML. */
export type Written = TemplateFacts & { readonly toml: TomlDocument }

/** What rules know of builders that are alike but for their names. */
export interface BuilderFacts {
  /** How many Pods each of them has. */
  readonly replicas: number
  readonly template: TemplateFacts
  readonly buildkits: readonly Source<Buildkit>[]
  readonly blueprint: Blueprint
}

/** Objects of others that decide what becomes of builders. */
export const SURROUNDINGS = [
  'certificates',
  'issuers',
  'limitRanges',
  'namespaces',
  'networkPolicies',
  'podDisruptionBudgets',
  'podMonitors',
  'resourceQuotas',
  'secrets',
  'serviceMonitors',
  'services',
  'storageClasses',
] as const

/** Such objects of the input, as they came: not validated. */
export type Surroundings = Readonly<Record<(typeof SURROUNDINGS)[number], readonly Source<KubernetesObject>[]>>

/** What rules know of everything that was given together. */
export interface PackageFacts extends Surroundings {
  /** Everything, read or not. */
  readonly items: readonly Item[]
  readonly templates: readonly TemplateFacts[]
  readonly builders: readonly BuilderFacts[]
  readonly buildkits: readonly Source<Buildkit>[]
  /** What of it a cluster gets beside Pods. */
  readonly applied: readonly Source<Buildkit | BuildkitTemplate>[]
}
