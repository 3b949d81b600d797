import { build } from '../../../fn/commands/build.ts'
import { packageConfig } from '../../../fn/config/package-config.ts'
import type { RenderConfig } from '../../../fn/config/render-config.ts'
import { corrected } from '../../../fn/fix/corrected.ts'
import { hasCorrection, isForFix } from '../../../fn/fix/corrected-source.ts'
import { unifiedDiff } from '../../../fn/fix/unified-diff.ts'
import type { Item } from '../../../fn/input/item.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { NOTHING, unread } from '../../../fn/input/unread.ts'
import { type Decision, reviewed } from '../../../fn/output/render.ts'
import { placed } from '../../../fn/report/placed.ts'
import { type Finding, isProblem } from '../../../fn/results/finding.ts'
import { counted } from '../../../fn/results/findings.ts'
import { builderChanges } from './builder-changes.ts'
import { explanationsOf, remarksOf } from './explanations.ts'
import type { Job, Rendered } from './messages.ts'

/** The file that the commands would read. */
const PATH = 'manifests.yaml'

/** Renders manifests as `build` does, checks them as `check --unrendered` does, and corrects them as `fix --dry-run` does. */
export function rendered({ text, since }: Job): Rendered {
  const items = itemsOf(text)
  const parsed = packageConfig(items)
  if ('results' in parsed) return { ...reportOf(parsed.results, items), ...NOT_RENDERED, fix: 'nothing' }
  const { config } = parsed
  const { results, plan } = reviewed(items, config)
  const report = { ...reportOf(counted(results), items), fix: fixOf(results, items, config) }
  const { stdout, stderr, exitCode } = build(items, config)
  if (exitCode !== 0) return { ...report, ...NOT_RENDERED }
  if (since === text) compared = { since, wanted: plan.wanted }
  const builders = builderChanges(plan.wanted, wantedOf(since))
  return { ...report, output: stdout.join(''), summary: stderr.at(-1) ?? '', builders }
}

const NOT_RENDERED = { output: '', summary: 'nothing is rendered' }

function itemsOf(text: string): readonly Item[] {
  const items = manifestsIn({ path: PATH, text })
  return items.length > 0 ? items : [unread(PATH, NOTHING)]
}

let compared: { readonly since: string; readonly wanted: Decision['plan']['wanted'] } | undefined

/** What other manifests render to, remembered because most renders compare with the same. */
function wantedOf(since: string): Decision['plan']['wanted'] {
  if (compared?.since === since) return compared.wanted
  const items = itemsOf(since)
  const parsed = packageConfig(items)
  compared = { since, wanted: 'config' in parsed ? reviewed(items, parsed.config).plan.wanted : [] }
  return compared.wanted
}

function reportOf(findings: readonly Finding[], items: readonly Item[]): Pick<Rendered, 'remarks' | 'rules'> {
  const remarks = remarksOf(placed(findings, items))
  return { remarks, rules: explanationsOf(remarks) }
}

/** In a longer text, finding what can be corrected together takes too long for a page. */
const FIXED_LENGTH_MAX = 250_000

function fixOf(findings: readonly Finding[], items: readonly Item[], config: RenderConfig): Rendered['fix'] {
  const isPossible = findings.some((one) => isProblem(one) && hasCorrection(one) && isForFix(one))
  if (!isPossible || items.some(({ error }) => error)) return 'nothing'
  if (items.reduce((length, item) => length + item.text.length, 0) > FIXED_LENGTH_MAX) return 'too large'
  const { files, fields } = corrected(items, config)
  const [file] = files
  return file ? { fields, diff: unifiedDiff(file), after: file.after } : 'nothing'
}
