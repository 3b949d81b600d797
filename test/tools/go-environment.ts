import process from 'node:process'

/** The environment of Go: a module may need a newer one than that on PATH, which downloads it then. */
export const GO_ENVIRONMENT = { ...process.env, GOTOOLCHAIN: 'auto' }
