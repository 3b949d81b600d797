import { stringify } from 'yaml'
import { API_VERSION } from '../../../crds/names.ts'

/** The spec of each builder's template, with the `replicas` of its Buildkit if it has any, by the builder's name. */
export type Builders = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A package in which each builder has a template of its own; `config` is the spec of a RenderBuildkit. */
export function packageOf(builders: Builders, config?: object, namespace = 'default'): string {
  const objects = Object.entries(builders).flatMap(([name, { replicas, ...spec }]) => [
    { apiVersion: API_VERSION, kind: 'BuildkitTemplate', metadata: { name, namespace }, spec },
    { apiVersion: API_VERSION, kind: 'Buildkit', metadata: { name, namespace }, spec: { template: name, replicas } },
  ])
  const annotations = { 'config.kubernetes.io/local-config': 'true' }
  const renderer = { apiVersion: API_VERSION, kind: 'RenderBuildkit', metadata: { name: 'renderer', annotations } }
  return [...objects, ...(config ? [{ ...renderer, spec: config }] : [])]
    .map((object) => stringify(object))
    .join('---\n')
}
