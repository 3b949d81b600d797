-- Degraded is what waits for a person (Stalled), and what Argo CD would call a Pod Degraded for: a container that cannot
-- start, or keeps ending. Whatever else is not Ready gets there by itself.
local failing = { ContainerWaiting = true, CrashLoopBackOff = true, ImagePullBackOff = true, OOMKilled = true }

local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end

if conditions.Ready == nil or status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "waits for buildkit-controller" }
end
if conditions.Stalled ~= nil and conditions.Stalled.status == "True" then
  return { status = "Degraded", message = conditions.Stalled.message }
end
if conditions.Ready.status == "True" then
  return { status = "Healthy", message = conditions.Ready.message }
end
if failing[conditions.Ready.reason] then
  return { status = "Degraded", message = conditions.Ready.message }
end
return { status = "Progressing", message = conditions.Ready.message }
