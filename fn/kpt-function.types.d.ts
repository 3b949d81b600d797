import type { KptFunc } from 'kpt-functions'

/** Rendering as a function of kpt-functions, to compose with others and to test with its TestRunner. */
export declare const renderBuildkit: KptFunc
