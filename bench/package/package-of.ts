import { readFileSync } from 'node:fs'
import { parse, parseAllDocuments } from 'yaml'
import { type Buildkit, buildkitOf } from './buildkit-of.ts'
import { itemText, type KubernetesObject, type Place } from './item-text.ts'

/** A generated package, as each contender needs it. */
export interface Package {
  readonly templates: readonly KubernetesObject[]
  readonly buildkits: readonly Buildkit[]
  /** The ResourceList that `kpt fn render` would send for it. */
  readonly resourceList: string
}

const KPTFILE: KubernetesObject = {
  apiVersion: 'kpt.dev/v1',
  kind: 'Kptfile',
  metadata: { name: 'builders', annotations: { 'config.kubernetes.io/local-config': 'true' } },
  pipeline: { mutators: [{ image: 'render-buildkit' }] },
}

/**
 * A package of `count` Buildkits over ten templates, beside `count` objects of other kinds; the same for the same `count`, and
 * its items in the order of their files, as kpt reads them. `more` are fields of each template's `spec`.
 */
export function packageOf(count: number, more: object = {}): Package {
  const templates = parseAllDocuments(source('templates.yaml')).map((document) => {
    const template = document.toJS() as KubernetesObject
    return { ...template, spec: { ...(template.spec as object), ...more } }
  })
  const foreign = source('foreign.yaml').split('---\n')
  const names = templates.map(({ metadata }) => metadata.name)
  const buildkits = Array.from({ length: count }, (_, at) => buildkitOf(at, names))
  buildkits.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  const items: string[] = []
  const add = (object: KubernetesObject, path: string, index = 0): void => {
    const place: Place = { path, index, id: items.length + 1 }
    items.push(itemText(object, place))
  }
  add(KPTFILE, 'Kptfile')
  for (let at = 0; at < count; at++) {
    const app = `app-${String(at).padStart(5, '0')}`
    const object = parse((foreign[at % foreign.length] as string).replaceAll('APP', app)) as KubernetesObject
    add(object, `apps/${app}/${object.kind.toLowerCase()}.yaml`)
  }
  for (const buildkit of buildkits) add({ ...buildkit }, `builders/${buildkit.metadata.name}.yaml`)
  templates.forEach((template, index) => {
    add(template, 'templates.yaml', index)
  })
  const head = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n'
  return { templates, buildkits, resourceList: head + items.join('') }
}

function source(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
