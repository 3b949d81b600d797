import { buildkit, fileAt, item, type Read, template } from './items.ts'

/** A package in namespace ci, as kpt hands it over. */
export const small = template('small', {}, { namespace: 'ci', annotations: fileAt('ci/templates.yaml') })
export const large = template('large', { port: 4321 }, { namespace: 'ci', annotations: fileAt('ci/templates.yaml', 1) })
export const builder = (name: string, of = 'small', path = 'ci/buildkits.yaml') =>
  buildkit(name, { template: of }, { namespace: 'ci', annotations: fileAt(path) })
export const configMap = item({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' } })

export const podsOf = (items: readonly Read[]) => items.filter(({ kind }) => kind === 'Pod')
/** Path, index and sub-package. */
export const fileOf = ({ metadata: { annotations } }: Read) =>
  [
    annotations['internal.config.kubernetes.io/path'],
    annotations['internal.config.kubernetes.io/index'],
    annotations['internal.config.kubernetes.io/package-path'],
  ].filter((part) => part !== undefined)
