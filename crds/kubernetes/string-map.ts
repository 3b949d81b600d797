import * as z from 'zod/mini'

/** Labels, annotations and the like. */
export const StringMap = z.record(z.string(), z.string())
