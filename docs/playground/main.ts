import { createEditor, type Editor } from './editor/editor.ts'
import { createViewer } from './editor/viewer.ts'
import { byId, element, selectById } from './element.ts'
import { type Example, WITH_MISTAKES } from './examples.ts'
import { isAboutFindings } from './fragment.ts'
import { showFindings } from './panels/findings.ts'
import { showFix } from './panels/fix.ts'
import { showHashes } from './panels/hashes.ts'
import { statusOf } from './panels/status.ts'
import type { Rendered } from './rendering/messages.ts'
import { renderer } from './rendering/renderer.ts'
import { clearAddress, share, textInAddress } from './share.ts'
import { wireTabs } from './tabs.ts'
import { followTheme } from './theme.ts'

/** What examples/ has, when the page is built. */
declare const EXAMPLES: readonly [Example, ...Example[]]

const ALL = [...EXAMPLES, WITH_MISTAKES] as const

followTheme()

const render = renderer({
  onStart: () => byId('busy').removeAttribute('hidden'),
  onRendered: (rendered) => show(rendered),
  onFailure: (message) => {
    byId('busy').hidden = true
    say(message)
  },
})
const [FIRST] = ALL
const start = location.hash ? '' : FIRST.text
let since = start
/** The manifests that the address carries. */
let linked: string | undefined
// The worker starts while the rest of the page is made.
if (start) render({ text: start, since })

wireTabs(byId('tabs'))
const showOutput = createViewer(byId('output'), 'Rendered manifests')
const editor: Editor = createEditor(byId('editor'), start, () => {
  if (editor.text() !== linked) forgetLink()
  render({ text: editor.text(), since })
})

const choice = selectById('example')
choice.append(...ALL.map(({ name }, at) => element('option', { attributes: { value: String(at) } }, name)))
choice.value = '0'
choice.addEventListener('change', () => {
  forgetLink()
  open(ALL[Number(choice.value)]?.text ?? '')
})
byId('share').addEventListener('click', () => void shareText())
window.addEventListener('hashchange', () => void openAddress())
if (!start) void openAddress()

/** Manifests from a link; the first example where the link has none. */
async function openAddress(): Promise<void> {
  const found = await textInAddress()
  if (!found) return
  const isOfFindings = isAboutFindings(location.hash)
  linked = 'error' in found ? undefined : found.text
  choice.value = 'error' in found ? '0' : ''
  if ('error' in found) open(FIRST.text, found.error)
  else open(found.text)
  if (isOfFindings) byId('findings-tab').click()
}

/** Says at the button what became of the link: the end of a small page is off the screen. */
async function shareText(): Promise<void> {
  linked = editor.text()
  byId('shared').textContent = await share(linked)
}

/** The address must not carry other manifests than the page shows. */
function forgetLink(): void {
  linked = undefined
  clearAddress()
  byId('shared').textContent = ''
}

/** Shows other manifests. Builders are compared with what was opened last. */
function open(text: string, notice = ''): void {
  byId('notice').hidden = notice === ''
  byId('notice').textContent = notice
  since = text
  showOutput('')
  editor.setText(text)
  render({ text: editor.text(), since })
}

function show(rendered: Rendered): void {
  byId('busy').hidden = true
  showOutput(rendered.output)
  byId('output').hidden = rendered.output === ''
  byId('no-output').hidden = rendered.output !== ''
  byId('findings-tab').textContent = `Findings (${rendered.remarks.length})`
  editor.underline(rendered.remarks)
  showFindings(byId('findings'), rendered, editor.goTo)
  showFix(byId('fix'), rendered.fix, (text) => {
    editor.setText(text)
    byId('fix').focus()
  })
  showHashes(byId('hashes'), rendered.builders, () => {
    since = editor.text()
    render({ text: since, since })
  })
  say(statusOf(rendered))
}

/** What a screen reader says; the same is not said twice. */
function say(sentence: string): void {
  const status = byId('status')
  if (status.textContent !== sentence) status.textContent = sentence
}
