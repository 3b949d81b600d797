import { selectById } from './element.ts'

/** The choice on the pages of the site, which VitePress keeps under this key. */
const KEY = 'vitepress-theme-appearance'
const THEMES = ['auto', 'light', 'dark']

/** Shows the page as its reader chose before, here or on the site, and remembers a new choice for both. */
export function followTheme(): void {
  const select = selectById('theme')
  const remembered = read()
  select.value = THEMES.includes(remembered) ? remembered : 'auto'
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
