# Run this when the operator is scaled down, and before buildkit-controller starts (docs/migrate.md).
# Nothing is known to make these Pods wait for their builds, so buildkit-controller shall not delete them:
kubectl annotate --namespace ci pods -- shop-x7k2p buildkit.seatgeek.io/retirement=engine
# Delete them yourself, once their Buildkits are READY and they are idle:
# kubectl delete --namespace ci pods -- shop-x7k2p
kubectl label --namespace ci pods -- shop-x7k2p buildkit.seatgeek.io/buildkit=shop
kubectl label --namespace apps pods -- web-9zqvw buildkit.seatgeek.io/buildkit=web
