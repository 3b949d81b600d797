import { PORT_NAME } from '../../../crds/names.ts'
import type { PolicyPort, PolicyRule } from './network-policy.ts'

/** Whether a rule lets anybody in on a builder's TCP port, by its number, its name or a range. */
export function letsIn({ ports }: PolicyRule, port: number): boolean {
  return ports.length === 0 || ports.some((one) => isPort(one, port))
}

function isPort({ protocol, port, endPort }: PolicyPort, wanted: number): boolean {
  if ((protocol ?? 'TCP') !== 'TCP') return false
  if (port === undefined || port === null || port === PORT_NAME) return true
  return typeof port === 'number' && port <= wanted && wanted <= (endPort ?? port)
}
