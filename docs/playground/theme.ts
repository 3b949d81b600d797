import { selectById } from './element.ts'

const KEY = 'theme'
const THEMES = ['system', 'light', 'dark']

/** Shows the page as its reader chose before, and remembers a new choice. */
export function followTheme(): void {
  const select = selectById('theme')
  const remembered = read()
  select.value = THEMES.includes(remembered) ? remembered : 'system'
  show(select.value)
  select.addEventListener('change', () => {
    show(select.value)
    write(select.value)
  })
}

function show(theme: string): void {
  document.documentElement.dataset.theme = theme
}

/** A browser may refuse storage. */
function read(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

function write(theme: string): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // The choice holds for this page.
  }
}
