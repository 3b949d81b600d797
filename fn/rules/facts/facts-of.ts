import type { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { grouped } from '../../common/collections.ts'
import type { RenderConfig } from '../../config/render-config.ts'
import { imageOf } from '../../render/daemon.ts'
import type { Plan, Wanted } from '../../render/plan.ts'
import { replicasOf } from '../../render/replicas.ts'
import { isLocalConfig } from '../../render/resolve.ts'
import type { Selection } from '../../render/select.ts'
import { readToml } from '../../toml/read-toml.ts'
import { imageFacts } from '../../upstream/buildkit/image-facts.ts'
import {
  type BuilderFacts,
  type Mode,
  type PackageFacts,
  SURROUNDINGS,
  type Surroundings,
  type TemplateFacts,
} from './facts.ts'
import { ignoredBy } from './ignores.ts'
import { settingsOf } from './settings-of.ts'

/** What rules judge: every template, used or not, and builders that are alike once. */
export function factsOf(
  selection: Selection,
  { wanted }: Plan,
  {
    kubernetesVersion,
    retirement,
    dropTemplates,
  }: Pick<RenderConfig, 'kubernetesVersion' | 'retirement' | 'dropTemplates'>,
): PackageFacts {
  const { templates, buildkits } = selection
  const byTemplate = grouped(wanted, ({ builder }) => builder.template)
  const known = templates.map((template): TemplateFacts => {
    const { spec } = template.value
    const toml = spec.buildkitdToml ? readToml(spec.buildkitdToml) : undefined
    const settings = settingsOf(toml, spec)
    return {
      template,
      spec,
      mode: modeOf(spec),
      image: imageFacts(imageOf(spec)),
      ...(toml && { toml }),
      ...(settings && { settings }),
      buildkits: (byTemplate.get(template) ?? []).map(({ builder }) => builder.buildkit),
      kubernetes: kubernetesVersion,
      retirement,
    }
  })
  const builders = known.flatMap((template) => alike(template, byTemplate.get(template.template) ?? []))
  return {
    items: selection.items,
    templates: known,
    builders,
    buildkits,
    applied: [...buildkits, ...templates.filter(({ at }) => at >= 0 && !dropTemplates)].filter(
      ({ item }) => !isLocalConfig(item),
    ),
    ...surroundingsIn(selection),
  }
}

/** Without those that no cluster gets. */
function surroundingsIn(selection: Selection): Surroundings {
  const inCluster = SURROUNDINGS.map(
    (list) => [list, selection[list].filter(({ item }) => !isLocalConfig(item))] as const,
  )
  return Object.fromEntries(inCluster) as unknown as Surroundings
}

function modeOf({ rootless, hostUsers }: BuildkitTemplate['spec']): Mode {
  if (rootless) return hostUsers ? 'rootless' : 'rootless in a user namespace'
  return hostUsers ? 'privileged' : 'user namespace'
}

/** Blueprints are made once for builders that are alike; those that ignore different rules, or have another number of replicas, are not. */
function alike(template: TemplateFacts, wanted: readonly Wanted[]): readonly BuilderFacts[] {
  const byBlueprint = grouped(wanted, ({ pods: [first] }) => first.pod.blueprint)
  return [...byBlueprint].flatMap(([blueprint, group]) => {
    const buildkits = group.map(({ builder }) => builder.buildkit)
    const apart = grouped(buildkits, ({ item, value }) => [replicasOf(value), ...ignoredBy(item)].join())
    return [...apart.values()].map((same) => ({
      template,
      blueprint,
      buildkits: same,
      replicas: same[0] ? replicasOf(same[0].value) : 1,
    }))
  })
}
