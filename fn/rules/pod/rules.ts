import type { Rule } from '../rule.ts'
import { CLAIMS } from './BK501-ignored-claims.ts'
import { CAPPED } from './BK502-capped-resources.ts'
import { LABELS } from './BK503-invalid-label.ts'
import { ANNOTATION_KEYS } from './BK504-invalid-annotation-key.ts'
import { ANNOTATION_SIZE } from './BK505-annotations-too-large.ts'
import { RESOURCE_NAMES } from './BK506-unknown-resource.ts'
import { NEGATIVE_AMOUNTS } from './BK507-negative-amount.ts'
import { COUNTABLE_RESOURCES } from './BK508-indivisible-resource.ts'
import { FRACTIONAL_BYTES } from './BK509-fractional-bytes.ts'
import { ABSURD_AMOUNTS } from './BK510-implausible-amount.ts'
import { NODE_SELECTOR } from './BK511-invalid-node-selector.ts'
import { TOLERATIONS } from './BK512-invalid-toleration.ts'
import { COVERED_TOLERATION } from './BK513-redundant-toleration.ts'
import { NODE_AFFINITY } from './BK514-invalid-node-affinity.ts'
import { POD_AFFINITY } from './BK515-invalid-pod-affinity.ts'
import { TOPOLOGY_SPREAD } from './BK516-invalid-topology-spread.ts'
import { NO_NODE } from './BK517-no-matching-node.ts'
import { SPREAD_SELECTS_NOTHING } from './BK518-spread-selects-nothing.ts'
import { AFFINITY_SELECTS_NOTHING } from './BK519-affinity-selects-nothing.ts'
import { APART_FROM_ITSELF } from './BK520-anti-affinity-to-itself.ts'
import { DEPRECATED_NODE_LABELS } from './BK521-deprecated-node-label.ts'
import { UNREADABLE_PREFERENCE } from './BK522-unreadable-preference.ts'
import { ACTIVE_DEADLINE } from './BK523-invalid-deadline.ts'
import { SHORT_DEADLINE } from './BK524-short-deadline.ts'
import { NEGATIVE_GRACE } from './BK525-negative-grace-period.ts'
import { NO_TIME_TO_DRAIN } from './BK526-no-time-to-drain.ts'
import { POLICIES } from './BK527-unknown-policy.ts'
import { NAMES_OF_OTHERS } from './BK528-invalid-reference.ts'
import { SYSTEM_PRIORITY } from './BK529-system-priority.ts'
import { IMAGE_WHITESPACE } from './BK530-image-whitespace.ts'
import { IMAGE_REFERENCE } from './BK531-invalid-image.ts'
import { EMPTY_COMMAND } from './BK532-empty-command.ts'
import { ANNOTATIONS_WITH_A_MEANING } from './BK534-refused-annotation.ts'
import { DEAD_ANNOTATIONS } from './BK535-obsolete-annotation.ts'
import { RESOURCE_ATTRIBUTES } from './BK536-ignored-resource-attribute.ts'
import { NAME_WITH_DOTS } from './BK537-name-with-dots.ts'
import { POD_SIZE } from './BK538-pod-too-large.ts'
import { OTHER_SYSTEMS } from './BK539-not-linux.ts'
import { LAST_APPLIED_SIZE } from './BK540-last-applied-too-large.ts'
import { IMAGE_TAG } from './BK541-unknown-image-tag.ts'
import { ARCHITECTURE } from './BK542-unknown-architecture.ts'
import { UNDRAINED } from './BK543-drain-off-with-grace-period.ts'

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
