import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { defineConfig } from 'vitepress'
import packageJson from '../../package.json' with { type: 'json' }
import { playgroundFiles } from '../generate/playground.ts'
import { withContentSecurityPolicy } from './content-security-policy.ts'
import { anchorOf, likeGitHub } from './markdown.ts'
import { NOT_PAGES, pathOnSite, ROOT } from './pages.ts'
import { searchOptions } from './search.ts'
import { sidebar } from './sidebar.ts'
import { versionsMenu } from './versions.ts'

const { SITE_BASE: base = '/', SITE_REF: ref = 'main', SITE_VERSIONS: versions = '' } = process.env

export default defineConfig({
  title: 'buildkit-gitops',
  description: packageJson.description,
  lang: 'en-US',
  base,
  srcDir: ROOT,
  srcExclude: NOT_PAGES,
  rewrites: pathOnSite,
  outDir: join(ROOT, 'dist/site'),
  cacheDir: join(ROOT, '.cache/vitepress'),
  metaChunk: true,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }]],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    attrs: { disable: true },
    anchor: { slugify: anchorOf },
    headers: { slugify: anchorOf },
    config: (md) => likeGitHub(md, { ref, base }),
  },
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: { provider: 'local', options: searchOptions },
    nav: [
      { text: 'Quickstart', link: '/quickstart' },
      { text: 'Rules', link: '/rules', activeMatch: '^/rules' },
      { text: 'Documentation', link: '/documentation' },
      { text: 'Playground', link: '/playground/', target: '_self' },
      versionsMenu(versions),
    ],
    socialLinks: [{ icon: 'github', link: packageJson.homepage }],
    editLink: { pattern: `${packageJson.homepage}/edit/main/:path`, text: 'Edit this page' },
  },
  transformHtml: withContentSecurityPolicy,
  vite: { publicDir: 'docs/.vitepress/public', build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 } },
  async buildEnd({ outDir }) {
    const folder = join(outDir, 'playground')
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(await playgroundFiles('../documentation.html')))
      writeFileSync(join(folder, name), text)
  },
})
