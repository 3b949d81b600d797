import type { KptFunc } from 'kpt-functions'

export type { Buildkit, BuildkitTemplate } from '../crds/generated/types.d.ts'

/** Rendering as a function of kpt-functions, to compose with others and to test with its TestRunner. */
export declare const renderBuildkit: KptFunc
