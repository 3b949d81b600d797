import type { DefaultTheme } from 'vitepress'

/** The search of the site, which runs in the browser. */
export const searchOptions: DefaultTheme.LocalSearchOptions = {
  // Ids of rules differ by a digit, so a hit with a typo counts for little.
  miniSearch: { searchOptions: { weights: { prefix: 0.4, fuzzy: 0.01 } } },
  // Without a label, the name of the button is what it shows.
  translations: { button: { buttonAriaLabel: '' } },
  _render: (text, env, md) => md.render(text, { ...env, isForSearch: true }),
}
