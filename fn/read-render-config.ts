import { objectFinding } from './finding.ts'
import { type Item, objectIn } from './item.ts'
import { readManifests } from './read-manifests.ts'
import { type Base, type ParsedConfig, parseRenderConfig } from './render-config.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** The configuration in `file`, which is `base` without one. */
export function readRenderConfig(file: string | undefined, base: Base): ParsedConfig {
  if (file === undefined) return base()
  const [item, ...others] = readManifests([file], new Uint8Array()) as [Item, ...Item[]]
  if (item.error) return { results: [objectFinding('error', item, item.error.message)] }
  if (others.length > 0)
    return {
      results: [
        objectFinding('error', item, `must be the only object in its file, but the file has ${others.length} more`),
      ],
    }
  // A ConfigMap is nothing that manifests are read for.
  const read = item.object ? { value: item.object } : readYaml(item.text)
  const object = 'value' in read ? objectIn(read.value) : undefined
  return parseRenderConfig(object, { base, item: object ? { ...item, object } : item })
}
