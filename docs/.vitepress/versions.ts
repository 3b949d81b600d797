import type { DefaultTheme } from 'vitepress'
import packageJson from '../../package.json' with { type: 'json' }

/** Where GitHub Pages has the site of main; the site of a release is below, in vX.Y/. */
const PAGES = 'https://buildkit-gitops.github.io/buildkit-gitops/'

/** The menu with this version and the sites of others; `released` are the minor versions, as in `v0.2 v0.1`. */
export function versionsMenu(released: string): DefaultTheme.NavItemWithChildren {
  const versions = released.split(' ').filter((version) => version !== '')
  const sites = [{ text: 'main', link: PAGES }, ...versions.map((text) => ({ text, link: `${PAGES}${text}/` }))]
  return {
    text: packageJson.version,
    items: [
      { text: 'Changelog', link: '/changelog' },
      { text: 'What a version promises', link: '/versioning' },
      { text: 'Documentation of', items: sites.map((site) => ({ ...site, target: '_self' })) },
    ],
  }
}
