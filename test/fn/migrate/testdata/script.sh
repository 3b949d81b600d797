# Run this when the operator is scaled down, and before buildkit-controller starts (docs/migrate.md).
# These Pods are not known to drain their builds, so buildkit-controller must not delete them:
kubectl annotate --namespace ci pods -- shop-x7k2p buildkit.seatgeek.io/retirement=engine
# Delete them yourself, once their Buildkits are READY and they are idle:
# kubectl delete --namespace ci pods -- shop-x7k2p
kubectl label --namespace ci pods -- shop-x7k2p buildkit.seatgeek.io/buildkit=shop
kubectl label --namespace apps pods -- web-9zqvw buildkit.seatgeek.io/buildkit=web
