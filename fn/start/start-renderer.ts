import { Script } from 'node:vm'

/** A program: the text of a function of what a CommonJS module has. */
export interface Program {
  readonly text: string
  /** Where errors say that it is. */
  readonly filename: string
  /** How many lines are before it there, and characters before it in its first line. */
  readonly lineOffset?: number
  readonly columnOffset?: number
}

/** What a CommonJS module has. */
export interface Scope {
  readonly module: NodeJS.Module
  readonly require: NodeJS.Require
}

/** The code of functions that have run; it is asked for where a run ends. */
export type CompiledCode = () => Uint8Array

/** Starts a program. Returns how to get its code where `code` was missing or not for this program and V8, else undefined. */
export function start(
  { text, filename, lineOffset = 0, columnOffset = 0 }: Program,
  code: Uint8Array | undefined,
  scope: Scope,
): CompiledCode | undefined {
  const script = new Script(text, {
    filename,
    lineOffset,
    columnOffset,
    ...(code && { cachedData: Buffer.from(code.buffer, code.byteOffset, code.byteLength) }),
  })
  script.runInThisContext()(scope.module, scope.module.exports, scope.require)
  return code && !script.cachedDataRejected ? undefined : () => script.createCachedData()
}
