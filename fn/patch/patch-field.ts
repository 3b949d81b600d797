/** The field of a template or a Buildkit that is a patch of its Pods. */
export const PATCH_FIELD = ['spec', 'podSpecPatch'] as const
