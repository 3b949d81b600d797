import { yaml } from '@codemirror/lang-yaml'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { look } from './look.ts'

/** Shows YAML of any length in `host`; a function gives it another text. */
export function createViewer(host: HTMLElement, label: string): (text: string) => void {
  const root = host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      extensions: [
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
        lineNumbers(),
        yaml(),
        search({ top: true }),
        keymap.of(searchKeymap),
        look,
      ],
    }),
  })
  return (text) => {
    const before = view.state.doc.toString()
    if (before === text) return
    view.dispatch({ changes: changeOf(before, text) })
    if (before === '') revealPod(view, text)
  }
}

/** Only what is different, so that the rest stays where it is on the screen. */
function changeOf(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } {
  const most = Math.min(before.length, after.length)
  let [start, end] = [0, 0]
  while (start < most && before[start] === after[start]) start++
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}

/** The output begins with what was given; what is new is the Pod. */
function revealPod(view: EditorView, text: string): void {
  const at = text.search(/^apiVersion: v1\nkind: Pod$/m)
  if (at >= 0) view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'start' }) })
}
