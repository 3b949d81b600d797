import { join } from 'node:path'

/** The arguments with which `render-buildkit build` takes a configuration of testdata. */
export function configured(name: 'drop-templates' | 'retirement-engine'): readonly string[] {
  return ['--config', join(import.meta.dirname, 'testdata', `${name}.yaml`)]
}
