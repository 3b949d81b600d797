// The least that a function in Node must do: read the package as text, cut it at its items, and write as much text as the
// rendered file (its argument) has.
import { readFileSync, statSync, writeSync } from 'node:fs'
import process from 'node:process'

const text = readFileSync(0, 'utf8')
const items = []
let start = text.indexOf('\n- ') + 1
for (let end = start; end > 0; start = end) {
  end = text.indexOf('\n- ', start) + 1
  items.push(text.slice(start, end || text.length))
}

const length = statSync(process.argv[2]).size
let output = text
for (let at = 0; output.length < length; at = (at + 1) % items.length) output += items[at]
const bytes = Buffer.from(output)
for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written)
