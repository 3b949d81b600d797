/** Every condition type and reason, each with a section in docs/status.md. Renaming one breaks users. */

/** The current Pod serves and is published. */
export const READY = 'Ready'
/** Some Pod of the Buildkit serves; the operator's condition, kept for clients that wait for it. */
export const DEPLOYED = 'Deployed'
/** Present only while true: not ready yet, but progressing (kstatus). */
export const RECONCILING = 'Reconciling'
/** Present only while true: nothing will change until somebody acts (kstatus). */
export const STALLED = 'Stalled'
/** Present only while true: a Pod that is no longer needed cannot be deleted. */
export const DELETION_REFUSED = 'DeletionRefused'

/** Present only while true: Pods with the Buildkit's label belong to another controller. */
export const PODS_IGNORED = 'PodsIgnored'
/** Present only while the Buildkit has the label `buildkit.seatgeek.io/suspend`; true if the controller deletes none of its Pods. */
export const SUSPENDED = 'Suspended'

/** Of READY while it is true. */
export const POD_READY = 'PodReady'
/** Of DEPLOYED while it is true; the operator's reason. */
export const AVAILABLE = 'Available'
/** `spec.podName` is missing: the Buildkit was applied without rendering. */
export const NOT_RENDERED = 'NotRendered'
/** Nothing has created the Pod. */
export const POD_MISSING = 'PodMissing'
/** The Pod's name no longer matches its label. */
export const POD_RENAMED = 'PodRenamed'
/** The Pod of that name, or another one with the label, belongs to another controller. */
export const POD_OWNED_BY_ANOTHER = 'PodOwnedByAnother'
/** The Pod is starting, and nothing is wrong. */
export const POD_STARTING = 'PodStarting'
/** The Pod is being deleted; its successor can have the name only after that. */
export const WAITING_FOR_TERMINATION = 'WaitingForTermination'
/** The Pod can only follow another one, which has not ended yet. */
export const WAITING_FOR_HANDOVER = 'WaitingForHandover'
/** The node of the Pod has not mounted its volumes for long. */
export const WAITING_FOR_VOLUMES = 'WaitingForVolumes'
/** No node fits the Pod. */
export const UNSCHEDULABLE = 'Unschedulable'
/** The Pod runs, but is not ready. */
export const CONTAINER_NOT_READY = 'ContainerNotReady'
/** The container has ended after a long run, or without an error, and the kubelet starts it again. */
export const CONTAINER_RESTARTING = 'ContainerRestarting'
/** The container waits for any other reason. */
export const CONTAINER_WAITING = 'ContainerWaiting'
export const IMAGE_PULL_BACK_OFF = 'ImagePullBackOff'
export const CRASH_LOOP_BACK_OFF = 'CrashLoopBackOff'
export const OOM_KILLED = 'OOMKilled'
/** The Pod is ready, but has no IP or no container port `tcp`. */
export const NO_ADDRESS = 'NoAddress'
export const EVICTED = 'Evicted'
export const POD_FAILED = 'PodFailed'
export const POD_SUCCEEDED = 'PodSucceeded'
/** Of STALLED: the Pod has ended five times without being ready for long. */
export const KEEPS_FAILING = 'KeepsFailing'
/** Of DELETION_REFUSED: the API server's admission does not allow it. */
export const ADMISSION_REFUSED = 'AdmissionRefused'
/** Of DELETION_REFUSED: the Pods of two Buildkits have the same label. */
export const LABEL_SHARED = 'LabelShared'
/** Of SUSPENDED while it is true. */
export const SUSPENDED_BY_LABEL = 'SuspendedByLabel'
/** Of SUSPENDED while it is false: the label has a value that is neither "true" nor "false". */
export const LABEL_INVALID = 'LabelInvalid'
