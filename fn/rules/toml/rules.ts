import type { Rule } from '../rule.ts'
import { ADDRESSES } from './addresses.ts'
import { ALLOWED_REPOSITORIES } from './allowed-repositories.ts'
import { ANOTHER_FILE } from './another-file.ts'
import { CONTAINERD } from './containerd.ts'
import { DEBUG_ADDRESS } from './debug-address.ts'
import { DEPRECATED } from './deprecated.ts'
import { DURATION } from './duration.ts'
import { ENTITLEMENT } from './entitlements.ts'
import { KEYPAIR } from './keypair.ts'
import { LATER_KEY } from './later-key.ts'
import { LOG_SETTINGS } from './log-settings.ts'
import { LOOPBACK_NAME_SERVER, NAME_SERVER_ADDRESS, PUBLIC_NAME_SERVERS } from './name-servers.ts'
import { NETWORK_MODE } from './network-mode.ts'
import { NO_WORKER } from './no-worker.ts'
import { NOT_IN_IMAGE } from './not-in-image.ts'
import { NUMBERS } from './numbers.ts'
import { OVERRIDDEN } from './overridden.ts'
import { PLATFORMS } from './platforms.ts'
import { MIRROR_SETTINGS } from './registries/mirror-settings.ts'
import { MIRRORS } from './registries/mirrors.ts'
import { REGISTRY_HOST } from './registries/registry-host.ts'
import { REGISTRY_FILES } from './registry-files.ts'
import { ROOT } from './root.ts'
import { SINGLE_TABLE } from './single-table.ts'
import { SIZE } from './size.ts'
import { SNAPSHOTTER } from './snapshotter.ts'
import { SYNTAX } from './syntax.ts'
import { TWICE } from './twice.ts'
import { UNKNOWN_KEY } from './unknown-key.ts'
import { UNUSED_CONTAINERD } from './unused-containerd.ts'
import { UNWRITABLE } from './unwritable.ts'
import { WRONG_TYPE } from './wrong-type.ts'

/** About `buildkitdToml` as BuildKit reads it: BK1xx. */
export const TOML_RULES: readonly Rule[] = [
  SYNTAX,
  WRONG_TYPE,
  DURATION,
  SIZE,
  UNKNOWN_KEY,
  TWICE,
  DEPRECATED,
  LOG_SETTINGS,
  SNAPSHOTTER,
  NETWORK_MODE,
  PLATFORMS,
  NUMBERS,
  NO_WORKER,
  CONTAINERD,
  UNUSED_CONTAINERD,
  OVERRIDDEN,
  ROOT,
  NOT_IN_IMAGE,
  ENTITLEMENT,
  MIRRORS,
  REGISTRY_HOST,
  KEYPAIR,
  REGISTRY_FILES,
  DEBUG_ADDRESS,
  ALLOWED_REPOSITORIES,
  LATER_KEY,
  SINGLE_TABLE,
  MIRROR_SETTINGS,
  NAME_SERVER_ADDRESS,
  LOOPBACK_NAME_SERVER,
  PUBLIC_NAME_SERVERS,
  UNWRITABLE,
  ADDRESSES,
  ANOTHER_FILE,
]
