import type { Rule } from '../rule.ts'
import { SYNTAX } from './BK101-syntax.ts'
import { WRONG_TYPE } from './BK102-wrong-type.ts'
import { DURATION } from './BK103-duration.ts'
import { SIZE } from './BK104-size.ts'
import { UNKNOWN_KEY } from './BK105-unknown-key.ts'
import { TWICE } from './BK106-twice.ts'
import { DEPRECATED } from './BK107-deprecated.ts'
import { LOG_SETTINGS } from './BK108-log-settings.ts'
import { SNAPSHOTTER } from './BK109-snapshotter.ts'
import { NETWORK_MODE } from './BK110-network-mode.ts'
import { PLATFORMS } from './BK111-platforms.ts'
import { NUMBERS } from './BK112-numbers.ts'
import { NO_WORKER } from './BK113-no-worker.ts'
import { CONTAINERD } from './BK114-containerd.ts'
import { UNUSED_CONTAINERD } from './BK115-unused-containerd.ts'
import { OVERRIDDEN } from './BK116-overridden.ts'
import { ROOT } from './BK117-root.ts'
import { NOT_IN_IMAGE } from './BK118-not-in-image.ts'
import { ENTITLEMENT } from './BK119-entitlements.ts'
import { MIRRORS } from './BK120-mirrors.ts'
import { REGISTRY_HOST } from './BK121-registry-host.ts'
import { KEYPAIR } from './BK122-keypair.ts'
import { REGISTRY_FILES } from './BK123-registry-files.ts'
import { DEBUG_ADDRESS } from './BK124-debug-address.ts'
import { ALLOWED_REPOSITORIES } from './BK125-allowed-repositories.ts'
import { LATER_KEY } from './BK126-later-key.ts'
import { SINGLE_TABLE } from './BK127-single-table.ts'
import { MIRROR_SETTINGS } from './BK128-mirror-settings.ts'
import { UNWRITABLE } from './BK132-unwritable.ts'
import { ADDRESSES } from './BK133-addresses.ts'
import { ANOTHER_FILE } from './BK134-another-file.ts'
import { LOOPBACK_NAME_SERVER, NAME_SERVER_ADDRESS, PUBLIC_NAME_SERVERS } from './name-servers.ts'

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
