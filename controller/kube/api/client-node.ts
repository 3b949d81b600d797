/** What a kubeconfig needs of @kubernetes/client-node, bundled beside the program: the rest of that package is 60 MB that nobody loads. */
export { KubeConfig, loadYaml } from '@kubernetes/client-node'
