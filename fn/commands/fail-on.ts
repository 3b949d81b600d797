import { lossOf } from '../diff/loss.ts'
import { buildersIn, type PackageDiff } from '../diff/package-diff.ts'
import { isProblem } from '../results/finding.ts'
import { plural } from '../results/words.ts'
import { FAIL_ON, type FailOn } from './options.ts'

/** Why a change fails that must not have what `failOn` names: a line for each reason; none for a change that has nothing of it. */
export function failureLines(diff: PackageDiff, failOn: readonly FailOn[]): readonly string[] {
  return FAIL_ON.filter((one) => failOn.includes(one)).flatMap((one) => {
    const { count, noun, is } = FAILURES[one](diff)
    return count > 0 ? [`error: ${plural(count, noun)} ${is[count === 1 ? 0 : 1]}, and --fail-on has "${one}"`] : []
  })
}

/** How many there are, and what they do, for one and for several. */
interface Failure {
  readonly count: number
  readonly noun: 'builder' | 'finding'
  readonly is: readonly [one: string, several: string]
}

const FAILURES: Readonly<Record<FailOn, (diff: PackageDiff) => Failure>> = {
  roll: ({ rolls }) => ({ count: buildersIn(rolls), noun: 'builder', is: ['rolls', 'roll'] }),
  loss: (diff) => ({
    count: lossOf(diff).builders,
    noun: 'builder',
    is: ['loses its cache', 'lose their cache'],
  }),
  finding: ({ findings }) => ({
    count: findings.appeared.findings.filter(isProblem).length,
    noun: 'finding',
    is: ['is new', 'are new'],
  }),
}
