import { element } from '../element.ts'
import type { BuilderChange, BuilderChanges, ChangedField } from '../rendering/messages.ts'

const FATES = { added: 'new', rolls: 'rolls', stays: 'stays' } as const

/** Shows the hash of each builder's Pod, and which fields have moved it since the manifests with which they are compared. */
export function showHashes(panel: HTMLElement, changes: BuilderChanges | undefined, compareFromHere: () => void): void {
  if (!changes) {
    panel.replaceChildren(element('p', {}, 'There is no Pod until the errors are corrected.'))
    return
  }
  const { builders, removed, hidden } = changes
  const more = hidden > 0 ? [element('p', {}, `${hidden} more builders`)] : []
  panel.replaceChildren(
    element('p', {}, WHAT_MOVES_IT),
    element('p', {}, sentenceOf(changes), ' ', compareButton(compareFromHere)),
    element('ul', { class: 'builders' }, ...builders.map(builderOf), ...removed.map(removedBuilder)),
    ...more,
  )
}

const WHAT_MOVES_IT =
  'The name of a Pod ends in a hash of its spec and of the labels and annotations that you give it. When the hash changes, the builder rolls: a new Pod replaces the old one. Annotations for GitOps engines are not in the hash.'

function compareButton(onClick: () => void): HTMLElement {
  return element('button', { onClick }, 'Compare from here')
}

function sentenceOf({ builders, removed }: BuilderChanges): string {
  const count = (fate: BuilderChange['fate']) => builders.filter((one) => one.fate === fate).length
  const parts = [
    `${count('rolls')} roll`,
    `${count('added')} new`,
    `${removed.length} removed`,
    `${count('stays')} unchanged`,
  ]
  return `Builders since the manifests were opened: ${parts.join(', ')}.`
}

function builderOf({ name, pod, others, hash, fate, fields }: BuilderChange): HTMLElement {
  const prefix = pod.endsWith(hash) ? pod.slice(0, -hash.length) : pod
  const podName = element('code', {}, prefix, ...(prefix === pod ? [] : [element('b', {}, hash)]))
  const more = others > 0 ? ` and ${others} more` : ''
  const head = element(
    'p',
    {},
    element('span', { class: `fate ${fate}` }, FATES[fate]),
    ' ',
    name,
    ' → ',
    podName,
    more,
  )
  const note = fate === 'stays' && fields.length > 0 ? [element('p', {}, 'Changed, but not in the hash:')] : []
  return element('li', {}, head, ...note, ...(fields.length > 0 ? [element('ul', {}, ...fields.map(fieldOf))] : []))
}

function fieldOf({ path, before, after }: ChangedField): HTMLElement {
  const old = before === undefined ? [] : [' ', element('del', {}, before)]
  const young = after === undefined ? [] : [' ', element('ins', {}, after)]
  return element('li', {}, element('code', {}, path), ...old, ...young)
}

function removedBuilder(name: string): HTMLElement {
  return element('li', {}, element('p', {}, element('span', { class: 'fate removed' }, 'removed'), ' ', name))
}
