import type { PolicyPort, PolicyRule } from './network-policy.ts'

/** Whether a rule lets anybody in on a builder's TCP port, by its number, a range, or the name that it may have. */
export function letsIn({ ports }: PolicyRule, port: number, name?: string): boolean {
  return ports.length === 0 || ports.some((one) => isPort(one, port, name))
}

function isPort({ protocol, port, endPort }: PolicyPort, wanted: number, name: string | undefined): boolean {
  if ((protocol ?? 'TCP') !== 'TCP') return false
  if (port === undefined || port === null) return true
  if (typeof port === 'string') return port === name
  return port <= wanted && wanted <= (endPort ?? port)
}
