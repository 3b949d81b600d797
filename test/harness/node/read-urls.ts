/** A program for the network namespace of a node: reads a list of URLs, and writes a list of the JSON that each of them has. */
import process from 'node:process'
import { json } from 'node:stream/consumers'

const urls = (await json(process.stdin)) as readonly string[]
const answers = await Promise.all(urls.map(async (url) => (await fetch(url)).json()))
process.stdout.write(JSON.stringify(answers))
