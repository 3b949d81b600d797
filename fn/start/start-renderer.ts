import { Script } from 'node:vm'

/** A program as the body of a CommonJS module. */
export interface Program {
  readonly text: string
  /** Where errors say that it is. */
  readonly filename: string
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
  { text, filename }: Program,
  code: Uint8Array | undefined,
  scope: Scope,
): CompiledCode | undefined {
  const wrapped = `(function (module, exports, require) {${text}\n})`
  const script = new Script(wrapped, {
    filename,
    ...(code && { cachedData: Buffer.from(code.buffer, code.byteOffset, code.byteLength) }),
  })
  script.runInThisContext()(scope.module, scope.module.exports, scope.require)
  return code && !script.cachedDataRejected ? undefined : () => script.createCachedData()
}
