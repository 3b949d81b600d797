import { plural } from '../results/words.ts'
import { byteText } from '../upstream/buildkit/amount.ts'
import { lossOf } from './loss.ts'
import { buildersIn, type PackageDiff } from './package-diff.ts'

/** What a reviewer must know, in one line. */
export function summaryOf(diff: PackageDiff): string {
  return [...aboutRolls(diff), ...aboutOthers(diff)].filter(Boolean).join(' ')
}

type Sentence = string | false

function aboutRolls(diff: PackageDiff): readonly Sentence[] {
  const { rolls, builders: all } = diff
  const rolling = buildersIn(rolls)
  const { builders: losing, bytes } = lossOf(diff)
  const recreated = buildersIn(rolls.filter(({ handover }) => handover === 'Recreate'))
  return [
    rolling > 0 ? `${rolling} of ${plural(all, 'builder')} ${rolling === 1 ? 'rolls' : 'roll'}.` : noneRolls(diff),
    losing > 0 &&
      `${plural(losing, 'builder')} ${losing === 1 ? 'loses its' : 'lose their'} cache${bytes === undefined ? '' : `, up to ${byteText(bytes)}`}.`,
    recreated > 0 &&
      `${plural(recreated, 'builder')} ${recreated === 1 ? 'takes' : 'take'} no new builds while the old Pod drains.`,
  ]
}

/** Nothing is said of builders that cannot be compared. */
function noneRolls({ builders, added, removed, incomparable }: PackageDiff): Sentence {
  if (incomparable.length > 0) return builders > 0 && 'No builder that can be compared rolls.'
  return builders + added.length + removed.length > 0 ? 'No builder rolls.' : 'Neither version has builders.'
}

function aboutOthers({
  keeping,
  scalings,
  added,
  removed,
  incomparable,
  resizes,
  settings,
  shortages,
  findings,
}: PackageDiff): readonly Sentence[] {
  const appeared = (kind: string) => findings.appeared.findings.filter(({ severity }) => severity === kind).length
  const kept = buildersIn(keeping)
  const scaled = (isMore: boolean) => buildersIn(scalings.filter(({ before, after }) => after > before === isMore))
  const gets = (count: number) => `${plural(count, 'builder')} ${count === 1 ? 'gets' : 'get'}`
  const shrinking = resizes.reduce((sum, { isShrink, claims }) => sum + (isShrink ? claims : 0), 0)
  return [
    kept > 0 &&
      `${plural(kept, 'builder')} ${kept === 1 ? 'changes and keeps its Pod' : 'change and keep their Pods'}.`,
    scaled(true) > 0 && `${gets(scaled(true))} more replicas.`,
    scaled(false) > 0 && `${gets(scaled(false))} fewer replicas.`,
    added.length > 0 && `${plural(added.length, 'builder')} ${added.length === 1 ? 'is' : 'are'} new.`,
    removed.length > 0 && `${plural(removed.length, 'builder')} ${removed.length === 1 ? 'is' : 'are'} removed.`,
    incomparable.length > 0 && `${plural(incomparable.length, 'builder')} cannot be compared, because of errors.`,
    shrinking > 0 && `${plural(shrinking, 'claim')} cannot shrink.`,
    settings.length > 0 && 'The configuration changes.',
    shortages.length > 0 && 'A ResourceQuota has no room for the change.',
    appeared('error') > 0 && `${plural(appeared('error'), 'new error')}.`,
    appeared('warning') > 0 && `${plural(appeared('warning'), 'new warning')}.`,
  ]
}
