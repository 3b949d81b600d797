import process from 'node:process'
import type { Launch } from '../../harness/servers/controller-process.ts'

/** Starts a process whose wall clock is so many milliseconds ahead as an expression of JavaScript says, whenever it looks. */
export function shiftedClock(milliseconds: string): Launch {
  const code = `
    import { readFileSync } from 'node:fs'
    const now = () => performance.timeOrigin + performance.now() + (${milliseconds})
    globalThis.Date = new Proxy(Date, {
      construct: (Real, args, target) => Reflect.construct(Real, args.length > 0 ? args : [now()], target),
      get: (Real, key) => (key === 'now' ? () => Math.floor(now()) : Reflect.get(Real, key)),
    })`
  return { command: [process.execPath, '--import', `data:text/javascript,${encodeURIComponent(code)}`] }
}

/** The same, as a file says at each look. */
export function clockSetBy(file: string): Launch {
  return shiftedClock(`Number(readFileSync(${JSON.stringify(file)}, 'utf8'))`)
}
