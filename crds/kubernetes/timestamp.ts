import * as z from 'zod/mini'
import { annotated } from '../field.ts'

/** A moment in RFC 3339; written by programs only, so that the API server's check is enough. */
export const Timestamp = annotated({ format: 'date-time' }, z.string())
