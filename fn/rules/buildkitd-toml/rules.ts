import type { Rule } from '../rule.ts'
import { SYNTAX } from './BK101-invalid-toml.ts'
import { WRONG_TYPE } from './BK102-wrong-type.ts'
import { DURATION } from './BK103-invalid-duration.ts'
import { SIZE } from './BK104-invalid-size.ts'
import { UNKNOWN_KEY } from './BK105-unknown-key.ts'
import { TWICE } from './BK106-key-set-twice.ts'
import { DEPRECATED } from './BK107-deprecated-key.ts'
import { LOG_SETTINGS } from './BK108-unknown-log-setting.ts'
import { SNAPSHOTTER } from './BK109-unknown-snapshotter.ts'
import { NETWORK_MODE } from './BK110-unknown-network-mode.ts'
import { PLATFORMS } from './BK111-invalid-platform.ts'
import { NUMBERS } from './BK112-number-out-of-range.ts'
import { NO_WORKER } from './BK113-no-worker.ts'
import { CONTAINERD } from './BK114-missing-containerd.ts'
import { UNUSED_CONTAINERD } from './BK115-unused-containerd-settings.ts'
import { OVERRIDDEN } from './BK116-overridden-key.ts'
import { ROOT } from './BK117-state-off-volume.ts'
import { NOT_IN_IMAGE } from './BK118-missing-in-image.ts'
import { ENTITLEMENT } from './BK119-unknown-entitlement.ts'
import { MIRRORS } from './BK120-malformed-mirror.ts'
import { REGISTRY_HOST } from './BK121-unmatched-registry.ts'
import { KEYPAIR } from './BK122-incomplete-keypair.ts'
import { REGISTRY_FILES } from './BK123-missing-certificates.ts'
import { DEBUG_ADDRESS } from './BK124-invalid-debug-address.ts'
import { ALLOWED_REPOSITORIES } from './BK125-invalid-frontend-repository.ts'
import { LATER_KEY } from './BK126-unsupported-key.ts'
import { SINGLE_TABLE } from './BK127-single-brackets.ts'
import { MIRROR_SETTINGS } from './BK128-misplaced-mirror-settings.ts'
import { UNWRITABLE } from './BK132-unwritable-path.ts'
import { ADDRESSES } from './BK133-unusable-address.ts'
import { ANOTHER_FILE } from './BK134-unread-toml.ts'
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
