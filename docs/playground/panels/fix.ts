import { element } from '../element.ts'
import type { FixOffer, Rendered } from '../rendering/messages.ts'

/** So many lines of a diff are shown. */
const LINES_MAX = 2000

/** Shows what `render-buildkit fix` would change, and offers to change it. */
export function showFix(panel: HTMLElement, fix: Rendered['fix'], apply: (text: string) => void): void {
  panel.replaceChildren(...(typeof fix === 'string' ? [element('p', {}, REASONS[fix])] : offer(fix, apply)))
}

const REASONS = {
  nothing: 'There are no mistakes that have one correction.',
  'too large': 'Manifests of more than 250 kB take too long to correct in a page. Run render-buildkit fix.',
}

function offer(fix: FixOffer, apply: (text: string) => void): readonly HTMLElement[] {
  const fields = fix.fields === 1 ? '1 field' : `${fix.fields} fields`
  const button = element('button', { onClick: () => apply(fix.after) }, `Correct ${fields}`)
  const lines = fix.diff.trimEnd().split('\n')
  const more = lines.length > LINES_MAX ? [element('p', {}, `${lines.length - LINES_MAX} more lines`)] : []
  return [
    element('p', {}, button),
    element('pre', { class: 'diff' }, ...lines.slice(0, LINES_MAX).map(lineOf)),
    ...more,
  ]
}

function lineOf(line: string, at: number): HTMLElement {
  // The first two lines name the file.
  const kinds: Readonly<Record<string, 'ins' | 'del'>> = at < 2 ? {} : { '+': 'ins', '-': 'del' }
  return element(kinds[line.charAt(0)] ?? 'span', {}, `${line}\n`)
}
