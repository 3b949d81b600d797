import { autocompletion, closeBrackets, closeBracketsKeymap, completionStatus } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { lintKeymap, setDiagnostics } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import type { Remark } from '../rendering/messages.ts'
import { completions } from './completions.ts'
import { look } from './look.ts'
import { marksOf, offsetOf } from './marks.ts'

/** The manifests, as their reader changes them. */
export interface Editor {
  readonly text: () => string
  readonly setText: (text: string) => void
  readonly underline: (remarks: readonly Remark[]) => void
  readonly goTo: (position: NonNullable<Remark['position']>) => void
}

const LABEL = 'Manifests. To leave the editor, press Escape and then Tab.'

/** An editor in `host` with these manifests. It is in a shadow tree, because there CodeMirror needs no style elements, which the policy of the page forbids. */
export function createEditor(host: HTMLElement, start: string, onChange: () => void): Editor {
  const root = host.attachShadow({ mode: 'open' })
  const listener = EditorView.updateListener.of(({ docChanged }) => {
    if (docChanged) onChange()
  })
  const view = new EditorView({
    doc: start,
    parent: root,
    root,
    extensions: [escapeFirst, listener, ...features(), look],
  })
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        effects: EditorView.scrollIntoView(0),
        annotations: isolateHistory.of('full'),
      })
    },
    underline: (remarks) => view.dispatch(setDiagnostics(view.state, marksOf(remarks, view.state.doc))),
    goTo: (position) => {
      const anchor = offsetOf(position, view.state.doc)
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
  }
}

function features(): readonly Extension[] {
  return [
    EditorView.contentAttributes.of({ 'aria-label': LABEL, tabindex: '0' }),
    lineNumbers(),
    history(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of('  '),
    yaml(),
    search({ top: true }),
    autocompletion({ override: [completions], icons: false }),
    keymap.of([
      ...closeBracketsKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ]
}

/** Tab indents, until Escape makes it leave the editor; every other key makes it indent again. */
const escapeFirst: Extension = EditorView.domEventHandlers({
  keydown: ({ key }, view) => {
    if (key === 'Escape' && completionStatus(view.state) !== 'active') view.setTabFocusMode(true)
    else if (key !== 'Tab' && key !== 'Shift') view.setTabFocusMode(false)
    return false
  },
  blur: (_, view) => {
    view.setTabFocusMode(false)
    return false
  },
})
