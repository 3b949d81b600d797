import type { Rule } from '../rule.ts'
import { ABSURD_AMOUNTS } from './absurd-amounts.ts'
import { ACTIVE_DEADLINE } from './active-deadline.ts'
import { AFFINITY_SELECTS_NOTHING } from './affinity-selects-nothing.ts'
import { ANNOTATION_KEYS } from './annotation-keys.ts'
import { ANNOTATION_SIZE } from './annotation-size.ts'
import { ANNOTATIONS_WITH_A_MEANING } from './annotations-with-a-meaning.ts'
import { APART_FROM_ITSELF } from './apart-from-itself.ts'
import { ARCHITECTURE } from './architectures.ts'
import { CAPPED } from './capped.ts'
import { CLAIMS } from './claims.ts'
import { COUNTABLE_RESOURCES } from './countable-resources.ts'
import { COVERED_TOLERATION } from './covered-toleration.ts'
import { DEAD_ANNOTATIONS } from './dead-annotations.ts'
import { DEPRECATED_NODE_LABELS } from './deprecated-node-labels.ts'
import { EMPTY_COMMAND } from './empty-command.ts'
import { FRACTIONAL_BYTES } from './fractional-bytes.ts'
import { IMAGE_REFERENCE } from './image-reference.ts'
import { IMAGE_TAG } from './image-tag.ts'
import { IMAGE_WHITESPACE } from './image-whitespace.ts'
import { LABELS } from './labels.ts'
import { LAST_APPLIED_SIZE } from './last-applied-size.ts'
import { NAME_WITH_DOTS } from './name-with-dots.ts'
import { NAMES_OF_OTHERS } from './names-of-others.ts'
import { NEGATIVE_AMOUNTS } from './negative-amounts.ts'
import { NEGATIVE_GRACE } from './negative-grace.ts'
import { NO_NODE } from './no-node.ts'
import { NO_TIME_TO_DRAIN } from './no-time-to-drain.ts'
import { NODE_AFFINITY } from './node-affinity.ts'
import { NODE_SELECTOR } from './node-selector.ts'
import { OTHER_SYSTEMS } from './other-systems.ts'
import { POD_AFFINITY } from './pod-affinity.ts'
import { POD_SIZE } from './pod-size.ts'
import { POLICIES } from './policies.ts'
import { RESOURCE_ATTRIBUTES } from './resource-attributes.ts'
import { RESOURCE_NAMES } from './resource-names.ts'
import { SHORT_DEADLINE } from './short-deadline.ts'
import { SPREAD_SELECTS_NOTHING } from './spread-selects-nothing.ts'
import { SYSTEM_PRIORITY } from './system-priority.ts'
import { TOLERATIONS } from './tolerations.ts'
import { TOPOLOGY_SPREAD } from './topology-spread.ts'
import { UNDRAINED } from './undrained.ts'
import { UNREADABLE_PREFERENCE } from './unreadable-preference.ts'

/** About Pods as Kubernetes takes them: BK5xx. */
export const KUBERNETES_RULES: readonly Rule[] = [
  CLAIMS,
  CAPPED,
  LABELS,
  ANNOTATION_KEYS,
  ANNOTATION_SIZE,
  RESOURCE_NAMES,
  NEGATIVE_AMOUNTS,
  COUNTABLE_RESOURCES,
  FRACTIONAL_BYTES,
  ABSURD_AMOUNTS,
  NODE_SELECTOR,
  TOLERATIONS,
  COVERED_TOLERATION,
  NODE_AFFINITY,
  POD_AFFINITY,
  TOPOLOGY_SPREAD,
  NO_NODE,
  SPREAD_SELECTS_NOTHING,
  AFFINITY_SELECTS_NOTHING,
  APART_FROM_ITSELF,
  DEPRECATED_NODE_LABELS,
  UNREADABLE_PREFERENCE,
  ACTIVE_DEADLINE,
  SHORT_DEADLINE,
  NEGATIVE_GRACE,
  NO_TIME_TO_DRAIN,
  POLICIES,
  NAMES_OF_OTHERS,
  SYSTEM_PRIORITY,
  IMAGE_WHITESPACE,
  IMAGE_REFERENCE,
  EMPTY_COMMAND,
  ANNOTATIONS_WITH_A_MEANING,
  DEAD_ANNOTATIONS,
  RESOURCE_ATTRIBUTES,
  NAME_WITH_DOTS,
  POD_SIZE,
  OTHER_SYSTEMS,
  LAST_APPLIED_SIZE,
  IMAGE_TAG,
  ARCHITECTURE,
  UNDRAINED,
]
