import type { DefaultTheme } from 'vitepress'
import { pagesIn, pathOnSite, titleOf } from './pages.ts'

/** The pages of the site in the order in which a newcomer reads them, as files of the repository. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  Start: ['README.md', 'docs/quickstart.md', 'docs/install.md', 'docs/README.md', 'docs/faq.md'],
  Engines: ['argocd', 'flux', 'kpt', 'kustomize', 'kubectl', 'config-sync', 'ci'].map(
    (name) => `docs/engines/${name}.md`,
  ),
  Configure: [
    'docs/command.md',
    'docs/configuration.md',
    'docs/modes.md',
    'docs/cache.md',
    'docs/tls.md',
    'docs/company-network.md',
  ],
  Build: ['docs/connect.md', 'docs/images.md'],
  Operate: [
    'docs/operations.md',
    'docs/drains.md',
    'charts/buildkit-controller/README.md',
    'docs/status.md',
    'docs/troubleshooting.md',
    'docs/security.md',
    'docs/scale.md',
    'docs/versions.md',
  ],
  Migrate: ['docs/migrate.md', 'docs/comparison.md'],
  Reference: ['docs/reference.md', 'docs/options.md', 'docs/glossary.md'],
  Rules: [
    'docs/rules.md',
    ...['buildkitd-toml', 'cache', 'mode', 'security', 'pod', 'engines', 'surroundings', 'ignoring'].map(
      (name) => `docs/rules/${name}.md`,
    ),
  ],
  Examples: pagesIn('examples'),
  Benchmarks: ['docs/benchmarks.md', 'docs/benchmarks-controller.md', 'docs/benchmarks-fleet.md'],
  Project: [
    'CHANGELOG.md',
    'VERSIONING.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'docs/architecture.md',
    'docs/style.md',
    'docs/releasing.md',
  ],
  Decisions: pagesIn('docs/decisions'),
}

const OPEN = ['Start', 'Engines', 'Configure']

/** The groups of the sidebar, each a link to its first page; those that a newcomer needs later are closed. */
export const sidebar: DefaultTheme.SidebarItem[] = Object.entries(ORDER).map(([text, pages]) => {
  const items = pages.map((page) => ({ text: titleOf(page), link: `/${pathOnSite(page)}` }))
  return { text, collapsed: !OPEN.includes(text), items, ...(items[0] && { link: items[0].link }) }
})
