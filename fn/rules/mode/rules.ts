import type { Rule } from '../rule.ts'
import { ROOTFUL_IMAGE } from './BK301-rootful-image.ts'
import { ROOTLESS_IMAGE } from './BK302-rootless-image.ts'
import { FEW_IDS } from './BK303-too-few-user-ids.ts'
import { COMMAND_WITHOUT_LIMITS } from './BK304-command-without-limits.ts'
import { COMMAND_OF_ANOTHER_MODE } from './BK305-command-of-another-mode.ts'
import { IMAGE_WITHOUT_LIMITS } from './BK306-image-without-limits.ts'
import { IMAGE_WITHOUT_HEALTH } from './BK307-image-without-health-check.ts'
import { LOW_PORT } from './BK308-low-port.ts'
import { ROOTLESS_BRIDGE } from './BK309-rootless-bridge.ts'
import { CNI_WITHOUT_CONFIGURATION } from './BK310-cni-without-configuration.ts'
import { CNI_SETTINGS_WITHOUT_CNI } from './BK311-cni-settings-without-cni.ts'
import { SANDBOX_OFF_AS_ROOT } from './BK312-sandbox-off-as-root.ts'
import { MODE_IN_TOML } from './BK313-mode-in-toml.ts'
import { NO_FUSE } from './BK314-missing-fuse.ts'
import { NATIVE_SNAPSHOTTER } from './BK315-native-snapshotter.ts'
import { APPARMOR_FIELD } from './BK316-unsupported-apparmor-field.ts'
import { HOST_USERS_FIELD } from './BK317-unsupported-user-namespace.ts'
import { ROOTLESS_PROXY } from './BK318-rootless-proxy-network.ts'

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
