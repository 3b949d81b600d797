import type { Rule } from '../rule.ts'
import { APPARMOR_FIELD } from './apparmor-field.ts'
import { CNI_SETTINGS_WITHOUT_CNI } from './cni-settings-without-cni.ts'
import { CNI_WITHOUT_CONFIGURATION } from './cni-without-configuration.ts'
import { COMMAND_OF_ANOTHER_MODE } from './command-of-another-mode.ts'
import { COMMAND_WITHOUT_LIMITS } from './command-without-limits.ts'
import { FEW_IDS } from './few-ids.ts'
import { HOST_USERS_FIELD } from './host-users-field.ts'
import { IMAGE_WITHOUT_HEALTH } from './image-without-health.ts'
import { IMAGE_WITHOUT_LIMITS } from './image-without-limits.ts'
import { LOW_PORT } from './low-port.ts'
import { MODE_IN_TOML } from './mode-in-toml.ts'
import { NATIVE_SNAPSHOTTER } from './native-snapshotter.ts'
import { NO_FUSE } from './no-fuse.ts'
import { ROOTFUL_IMAGE } from './rootful-image.ts'
import { ROOTLESS_BRIDGE } from './rootless-bridge.ts'
import { ROOTLESS_IMAGE } from './rootless-image.ts'
import { ROOTLESS_PROXY } from './rootless-proxy.ts'
import { SANDBOX_OFF_AS_ROOT } from './sandbox-off-as-root.ts'

/** About modes and images: BK3xx; `matrix.ts` says where each holds. */
export const MODE_RULES: readonly Rule[] = [
  ROOTFUL_IMAGE,
  ROOTLESS_IMAGE,
  FEW_IDS,
  COMMAND_WITHOUT_LIMITS,
  COMMAND_OF_ANOTHER_MODE,
  IMAGE_WITHOUT_LIMITS,
  IMAGE_WITHOUT_HEALTH,
  LOW_PORT,
  ROOTLESS_BRIDGE,
  CNI_WITHOUT_CONFIGURATION,
  CNI_SETTINGS_WITHOUT_CNI,
  SANDBOX_OFF_AS_ROOT,
  MODE_IN_TOML,
  NO_FUSE,
  NATIVE_SNAPSHOTTER,
  APPARMOR_FIELD,
  HOST_USERS_FIELD,
  ROOTLESS_PROXY,
]
