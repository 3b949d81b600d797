import { readFileSync } from 'node:fs'
import { decoded } from './decoded.ts'
import { DEFAULT_CONFIG, parseRenderConfig, type RenderConfig } from './render-config.ts'
import { lineOf } from './results.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** The configuration in `file`, the defaults without one, or lines that say what is wrong with it. */
export function readRenderConfig(
  file: string | undefined,
): { readonly config: RenderConfig } | { readonly errors: readonly string[] } {
  if (file === undefined) return { config: DEFAULT_CONFIG }
  const read = readValue(file)
  if ('error' in read) return { errors: [`${file}: ${read.error}`] }
  const parsed = parseRenderConfig(read.value)
  return 'config' in parsed ? parsed : { errors: parsed.results.map((result) => `${file}: ${lineOf(result)}`) }
}

function readValue(file: string): ReturnType<typeof readYaml> {
  try {
    const input = decoded(readFileSync(file))
    return 'error' in input ? input : readYaml(input.text)
  } catch (error) {
    return { error: `must be a file that can be read: ${(error as Error).message}` }
  }
}
