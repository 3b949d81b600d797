/** Records what `npm run demo` prints on a real node, as a file of asciinema; `npm run generate` draws it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

const FILE = join(import.meta.dirname, '../docs/pictures/demo.cast')
const HEADER = { version: 2, width: 94, height: 24, title: 'npm run demo' }

const demo = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
const start = performance.now()
const events: (readonly [number, 'o', string])[] = []
demo.stdout.setEncoding('utf8').on('data', (text: string) => {
  process.stdout.write(text)
  events.push([Number(((performance.now() - start) / 1000).toFixed(2)), 'o', text])
})
const [code] = await once(demo, 'close')
if (code !== 0 || !events[0]?.[2].startsWith('On a real node'))
  throw new Error('must be recorded on a real node, from the beginning to the end')
await writeFile(FILE, [HEADER, ...events].map((line) => `${JSON.stringify(line)}\n`).join(''))
