import { buildkit, fileAt, listOf, type Ran, type Read, run, template } from './items.ts'

/** A template of a package in namespace ci, and builders of it. */
export const small = (spec: object = {}) =>
  template('small', spec, { namespace: 'ci', annotations: fileAt('ci/templates.yaml') })
export const builder = (spec: object = {}, name = 'a') =>
  buildkit(name, { template: 'small', ...spec }, { namespace: 'ci', annotations: fileAt('ci/buildkits.yaml') })

/** A builder with three Pods. */
export const three = run(listOf([small(), builder({ replicas: 3 })]))

export const ofKind = ({ items }: Pick<Ran, 'items'>, kind: string) => items.filter((one) => one.kind === kind)
export const namesOf = (objects: readonly Read[]) => objects.map(({ metadata }) => metadata.name)
export const podNamesIn = (ran: Pick<Ran, 'items'>) => namesOf(ofKind(ran, 'Pod'))
/** The `spec` of the only Buildkit. */
export const specIn = (ran: Pick<Ran, 'items'>) => ofKind(ran, 'Buildkit')[0]?.spec
/** What was said, but by rules. */
export const messagesOf = ({ results }: Ran) => results.filter(({ tags }) => !tags?.rule).map(({ message }) => message)
export const REPLICA = 'buildkit.seatgeek.io/replica'
