import type { Rule } from '../rule.ts'
import { UNAUTHENTICATED_PORT } from './BK401-unauthenticated-port.ts'
import { DEBUG_ADDRESS } from './BK408-exposed-debug-address.ts'
import { FLOATING_TAG } from './BK409-floating-tag.ts'
import { SERVICE_ACCOUNT } from './BK412-unmounted-token.ts'
import { POD_SECURITY } from './BK413-refused-by-pod-security.ts'
import { SELECTS_NOBODY } from './BK414-idle-network-policy.ts'
import { NOBODY_CONNECTS } from './BK415-blocked-ingress.ts'
import { NO_WAY_OUT } from './BK416-blocked-egress.ts'
import { NOT_POLICED } from './BK417-missing-network-policy.ts'
import { EVERYBODY_CONNECTS } from './BK418-open-network-policy.ts'
import { OUT_OF_THE_BRIDGE, ROOT_IN_THE_POD, ROOT_ON_THE_NODE } from './entitlements.ts'
import { INSECURE_PUBLIC_REGISTRY, INSECURE_REGISTRY } from './insecure-registry.ts'
import { TLS_IN_TOML, TLS_WITHOUT_CLIENT_CA } from './tls.ts'

/** About who may reach a builder, and what a build may do: BK4xx. */
export const SECURITY_RULES: readonly Rule[] = [
  UNAUTHENTICATED_PORT,
  TLS_IN_TOML,
  TLS_WITHOUT_CLIENT_CA,
  ROOT_ON_THE_NODE,
  ROOT_IN_THE_POD,
  OUT_OF_THE_BRIDGE,
  DEBUG_ADDRESS,
  FLOATING_TAG,
  INSECURE_PUBLIC_REGISTRY,
  INSECURE_REGISTRY,
  SERVICE_ACCOUNT,
  POD_SECURITY,
  SELECTS_NOBODY,
  NOBODY_CONNECTS,
  NO_WAY_OUT,
  NOT_POLICED,
  EVERYBODY_CONNECTS,
]
