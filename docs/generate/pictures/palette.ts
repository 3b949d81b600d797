/** The colors of a picture. */
export interface Palette {
  readonly page: string
  readonly card: string
  readonly border: string
  readonly text: string
  readonly muted: string
  readonly accent: string
  readonly good: string
  readonly bad: string
}

/** One for each value of `prefers-color-scheme`, as GitHub's own pages have them. */
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    page: '#ffffff',
    card: '#f6f8fa',
    border: '#d0d7de',
    text: '#1f2328',
    muted: '#59636e',
    accent: '#0969da',
    good: '#1a7f37',
    bad: '#cf222e',
  },
  dark: {
    page: '#0d1117',
    card: '#151b23',
    border: '#3d444d',
    text: '#f0f6fc',
    muted: '#9198a1',
    accent: '#4493f8',
    good: '#3fb950',
    bad: '#f85149',
  },
}

export const SANS = "-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif"
export const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace"

/** A text as it is written in XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
