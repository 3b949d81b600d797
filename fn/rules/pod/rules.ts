import type { Rule } from '../rule.ts'
import { CLAIMS } from './BK501-claims.ts'
import { CAPPED } from './BK502-capped.ts'
import { LABELS } from './BK503-labels.ts'
import { ANNOTATION_KEYS } from './BK504-annotation-keys.ts'
import { ANNOTATION_SIZE } from './BK505-annotation-size.ts'
import { RESOURCE_NAMES } from './BK506-resource-names.ts'
import { NEGATIVE_AMOUNTS } from './BK507-negative-amounts.ts'
import { COUNTABLE_RESOURCES } from './BK508-countable-resources.ts'
import { FRACTIONAL_BYTES } from './BK509-fractional-bytes.ts'
import { ABSURD_AMOUNTS } from './BK510-absurd-amounts.ts'
import { NODE_SELECTOR } from './BK511-node-selector.ts'
import { TOLERATIONS } from './BK512-tolerations.ts'
import { COVERED_TOLERATION } from './BK513-covered-toleration.ts'
import { NODE_AFFINITY } from './BK514-node-affinity.ts'
import { POD_AFFINITY } from './BK515-pod-affinity.ts'
import { TOPOLOGY_SPREAD } from './BK516-topology-spread.ts'
import { NO_NODE } from './BK517-no-node.ts'
import { SPREAD_SELECTS_NOTHING } from './BK518-spread-selects-nothing.ts'
import { AFFINITY_SELECTS_NOTHING } from './BK519-affinity-selects-nothing.ts'
import { APART_FROM_ITSELF } from './BK520-apart-from-itself.ts'
import { DEPRECATED_NODE_LABELS } from './BK521-deprecated-node-labels.ts'
import { UNREADABLE_PREFERENCE } from './BK522-unreadable-preference.ts'
import { ACTIVE_DEADLINE } from './BK523-active-deadline.ts'
import { SHORT_DEADLINE } from './BK524-short-deadline.ts'
import { NEGATIVE_GRACE } from './BK525-negative-grace.ts'
import { NO_TIME_TO_DRAIN } from './BK526-no-time-to-drain.ts'
import { POLICIES } from './BK527-policies.ts'
import { NAMES_OF_OTHERS } from './BK528-names-of-others.ts'
import { SYSTEM_PRIORITY } from './BK529-system-priority.ts'
import { IMAGE_WHITESPACE } from './BK530-image-whitespace.ts'
import { IMAGE_REFERENCE } from './BK531-image-reference.ts'
import { EMPTY_COMMAND } from './BK532-empty-command.ts'
import { ANNOTATIONS_WITH_A_MEANING } from './BK534-annotations-with-a-meaning.ts'
import { DEAD_ANNOTATIONS } from './BK535-dead-annotations.ts'
import { RESOURCE_ATTRIBUTES } from './BK536-resource-attributes.ts'
import { NAME_WITH_DOTS } from './BK537-name-with-dots.ts'
import { POD_SIZE } from './BK538-pod-size.ts'
import { OTHER_SYSTEMS } from './BK539-other-systems.ts'
import { LAST_APPLIED_SIZE } from './BK540-last-applied-size.ts'
import { IMAGE_TAG } from './BK541-image-tag.ts'
import { ARCHITECTURE } from './BK542-architectures.ts'
import { UNDRAINED } from './BK543-undrained.ts'

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
