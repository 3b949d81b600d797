import { statSync } from 'node:fs'
import { type Item, objectIn } from '../input/item.ts'
import { isOurs } from '../input/ours.ts'
import { manifestsAt } from '../input/read-files.ts'
import { objectFinding } from '../results/finding.ts'
import { readYaml } from '../yaml/read-yaml.ts'
import { type Base, type ParsedConfig, parseRenderConfig } from './render-config.ts'

/** The configuration in `file`, which is `base` without one. */
export function readRenderConfig(file: string | undefined, base: Base): ParsedConfig {
  if (file === undefined) return base()
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats || stats.isDirectory())
    return refused(fileItem(file), `must be a file, but ${stats ? 'is a folder' : 'does not exist'}`)
  const [item, ...others] = manifestsAt(file)
  if (!item) return refused(fileItem(file), CONTENT)
  if (others.length > 0)
    return refused(item, `must be the only object in its file, but the file has ${others.length} more`)
  // A ConfigMap is nothing that manifests are read for.
  const read = item.object || item.text === '' ? { value: item.object } : readYaml(item.text)
  const object = 'value' in read ? objectIn(read.value) : undefined
  const isOther = item.text !== '' && 'value' in read && !isOurs(read.value) && !object
  if (isOther) return refused(item, CONTENT)
  if (item.error) return refused(item, item.error.message)
  return parseRenderConfig(object, { base, item: object ? { ...item, object } : item })
}

const CONTENT = 'must contain a RenderBuildkit or a ConfigMap'

function fileItem(path: string): Item {
  return { text: '', origin: { path, index: 0 } }
}

function refused(item: Item, message: string): ParsedConfig {
  return { results: [objectFinding('error', item, message)] }
}
