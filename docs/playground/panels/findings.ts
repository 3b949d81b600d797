import { element, prose } from '../element.ts'
import type { Explanation, Remark, Rendered } from '../rendering/messages.ts'

type GoTo = (position: NonNullable<Remark['position']>) => void

/** Lists findings, each with the way to its place and with its rule. */
export function showFindings(panel: HTMLElement, { remarks, rules }: Rendered, goTo: GoTo): void {
  if (remarks.length === 0) {
    panel.replaceChildren(element('p', {}, 'No rule finds anything.'))
    return
  }
  const read = new Set([...panel.querySelectorAll('details[open] > summary')].map(({ textContent }) => textContent))
  const items = remarks.map((remark) => itemOf(remark, remark.rule ? rules[remark.rule] : undefined, goTo))
  panel.replaceChildren(element('ol', { class: 'findings' }, ...items))
  for (const details of panel.querySelectorAll('details'))
    details.open = read.has(details.querySelector('summary')?.textContent ?? '')
}

function itemOf(remark: Remark, rule: Explanation | undefined, goTo: GoTo): HTMLElement {
  const { severity, position, sentence } = remark
  const place = position
    ? [element('button', { class: 'place', onClick: () => goTo(position) }, `line ${position.line}`), ' ']
    : []
  const head = element(
    'p',
    {},
    element('span', { class: `severity ${severity}` }, severity),
    ' ',
    ...place,
    ...prose(sentence),
  )
  return element('li', {}, head, ...(rule ? [explanation(rule)] : []))
}

function explanation({ title, what, why, source, wrong, right }: Explanation): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, title),
    element('p', {}, element('strong', {}, ...prose(what)), ' ', ...prose(why)),
    element('p', { class: 'quiet' }, `Source: ${source}`),
    element('p', {}, 'Breaks the rule:'),
    element('pre', {}, wrong),
    element('p', {}, 'Follows the rule:'),
    element('pre', {}, right),
  )
}
