/** The top of docs/modes.md: which mode to choose, and what each needs of a node. */
export const CHOICE = `## Which mode to choose

| mode | privileged | rootless | user namespace |
| --- | --- | --- | --- |
| set | nothing | \`rootless: true\` | \`hostUsers: false\` |
| the container | root, privileged | user 1000, no added privileges | root in a user namespace of the Pod, privileged in it |
| a build that escapes its step | is root on the node | is an ordinary user on the node | is a user without rights on the node |
| the node | any Linux | [unprivileged user namespaces](#what-rootless-needs-of-a-node) | [Linux 6.3, Kubernetes 1.33](#what-user-namespaces-need-of-a-node) |
| \`networkMode = "bridge"\`, \`proxyNetwork\` | yes | no | yes |
| Pod Security level | \`privileged\` | \`privileged\` | \`privileged\` |

- Choose **user namespace** where your nodes support it: root in the builder is not root on the node, and every feature works.
- Choose **rootless** on older nodes, or where a policy forbids privileged containers.
- Choose **privileged** for code that you trust as much as the node, or on a pool of nodes that runs nothing else.
- Do not combine rootless with a user namespace: [BK303](rules/mode.md#bk303-too-few-user-ids).

No mode isolates builds on one builder from each other: see the [security model](security.md).

### What rootless needs of a node
In rootless mode, RootlessKit creates a user namespace as user 1000. Check the node:

| setting | must be | where it is not, and what to do |
| --- | --- | --- |
| \`user.max_user_namespaces\` | at least 1 | Bottlerocket, and hardened node images: set it in the node's sysctls; BuildKit's documentation uses 63359 |
| \`kernel.apparmor_restrict_unprivileged_userns\` | 0 | Ubuntu 24.04 and newer. 0 lifts the restriction for every program on the node; an AppArmor profile that permits \`userns\` to \`rootlesskit\` alone is [proposed](https://github.com/moby/buildkit/issues/7073) |
| SELinux | permissive, or a policy that permits the container's mounts | enforcing nodes, such as OpenShift. set another type as \`seLinuxOptions\` in \`podSpecPatch\`; not tried |
| \`allowPrivilegeEscalation\` | not forced to \`false\` by an admission policy | clusters with such a policy: \`newuidmap\` is setuid and fails |

To read the first two, run \`sysctl user.max_user_namespaces kernel.apparmor_restrict_unprivileged_userns\` on the node; the second exists on Ubuntu only.
The default profiles of seccomp and AppArmor do not apply: the builder's container has both set to \`Unconfined\`.

### What user namespaces need of a node
- Kubernetes 1.33 or newer, or the feature gate \`UserNamespacesSupport\` in older versions ([BK317](rules/mode.md#bk317-unsupported-user-namespace)).
- Linux 6.3 or newer, for mounts that map IDs.
- containerd 2 or CRI-O 1.25, or newer.

On an older cluster without the feature gate, the API server drops \`hostUsers\`. Nothing fails, and root in the Pod is root on the node.

### What was tried
A build in each of the three modes on one real node: Debian 12 with containerd 2, without AppArmor and SELinux. What this section says about Bottlerocket,
Ubuntu, SELinux and admission policies is from BuildKit's documentation and from reports in issues. It was not tried here.`
