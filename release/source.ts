/** Where the source is that a release is made from. */
export const SOURCE = 'https://github.com/buildkit-gitops/buildkit-gitops'
