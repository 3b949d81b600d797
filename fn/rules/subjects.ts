import type { BuilderFacts, Configured, PackageFacts, SURROUNDINGS, TemplateFacts, Written } from './facts/facts.ts'

/** What a rule may be about: where a template, its builders or the package have none of it, the rule is not asked. */
export type TemplateSubject = keyof typeof IN_TEMPLATE
export type BuilderSubject = TemplateSubject | keyof typeof IN_BUILDER
export type PackageSubject = (typeof SURROUNDINGS)[number]

const IN_TEMPLATE = {
  settings: ({ settings }: TemplateFacts) => settings !== undefined,
  toml: ({ toml }: TemplateFacts) => toml !== undefined && 'value' in toml,
  scheduling: ({ spec }: TemplateFacts) => isFilled(spec.scheduling),
  affinity: ({ spec }: TemplateFacts) => isFilled(spec.scheduling.affinity),
  cache: ({ spec }: TemplateFacts) => spec.cache !== undefined,
  command: ({ spec }: TemplateFacts) => isFilled(spec.command),
}

/** Of Buildkits that are alike the first says what all say. */
const IN_BUILDER = {
  amounts: ({ blueprint }: BuilderFacts) => isFilled(blueprint.amounts),
  patch: ({ template, buildkits: [first] }: BuilderFacts) =>
    template.spec.podSpecPatch !== undefined || first?.value.spec.podSpecPatch !== undefined,
  annotations: ({ template, buildkits: [first] }: BuilderFacts) =>
    isFilled(template.spec.podAnnotations) || isFilled(first?.value.spec.annotations),
  serviceAnnotations: ({ template }: BuilderFacts) => isFilled(template.spec.service?.annotations),
}

function isFilled(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0
}

export function isInTemplate(
  subject: TemplateSubject | undefined,
  template: TemplateFacts,
): template is Configured & Written {
  return subject === undefined || IN_TEMPLATE[subject](template)
}

export function isInBuilder(subject: BuilderSubject | undefined, builder: BuilderFacts): boolean {
  return isOfBuilder(subject) ? IN_BUILDER[subject](builder) : isInTemplate(subject, builder.template)
}

function isOfBuilder(subject: BuilderSubject | undefined): subject is keyof typeof IN_BUILDER {
  return subject !== undefined && Object.hasOwn(IN_BUILDER, subject)
}

export function isInPackage(subject: PackageSubject | undefined, facts: PackageFacts): boolean {
  return subject === undefined || facts[subject].length > 0
}
