import type { FieldIssue, WrittenAt } from '../../crds/validate.ts'
import { type Source, writtenIn } from '../input/item.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { buildkitIssues, templateIssues, usability, usableOn } from './pod-spec-patch.ts'
import type { Builder } from './resolve.ts'
import type { Selection } from './select.ts'

/** Everything that is wrong with the patches of templates, used or not, and of Buildkits that have a template. */
export function patchFindings(builders: readonly Builder[], { templates, rests }: Selection): readonly Finding[] {
  return [
    ...[...templates, ...rests].flatMap((source) => {
      if (usability(source.value).isUsable) return []
      return found(source, (writtenAt) => templateIssues(source.value, writtenAt))
    }),
    ...builders.flatMap(({ buildkit, template }) => {
      if (!buildkit.value.spec.podSpecPatch || usableOn(template.value)(buildkit.value)) return []
      return found(buildkit, (writtenAt) => buildkitIssues(template.value, buildkit.value, writtenAt))
    }),
  ]
}

function found(
  { item }: Source<unknown>,
  issuesOf: (writtenAt: WrittenAt) => readonly FieldIssue[],
): readonly Finding[] {
  return issuesOf(writtenIn(item)).map((issue) => fieldFinding('error', item, issue))
}
