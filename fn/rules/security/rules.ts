import type { Rule } from '../rule.ts'
import { DEBUG_ADDRESS } from './debug-address.ts'
import { OUT_OF_THE_BRIDGE, ROOT_IN_THE_POD, ROOT_ON_THE_NODE } from './entitlements.ts'
import { EVERYBODY_CONNECTS } from './everybody-connects.ts'
import { FLOATING_TAG } from './floating-tag.ts'
import { INSECURE_PUBLIC_REGISTRY, INSECURE_REGISTRY } from './insecure-registry.ts'
import { NO_WAY_OUT } from './no-way-out.ts'
import { NOBODY_CONNECTS } from './nobody-connects.ts'
import { NOT_POLICED } from './not-policed.ts'
import { POD_SECURITY } from './pod-security.ts'
import { SELECTS_NOBODY } from './selects-nobody.ts'
import { SERVICE_ACCOUNT } from './service-account.ts'
import { TLS_IN_TOML, TLS_WITHOUT_CLIENT_CA } from './tls.ts'
import { UNAUTHENTICATED_PORT } from './unauthenticated-port.ts'

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
