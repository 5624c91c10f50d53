-- wrk: posts one form again and again, each time under a new id.
-- Arguments: file of the form, with @ID@ where the id stands; key; four hex digits for this run.
local head, tail, headers, run
local count = 0

function init(args)
  local file = io.open(args[1], "r")
  local form = file:read("*a")
  file:close()
  head, tail = form:match("^(.*)@ID@(.*)$")
  headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. args[2] }
  run = args[3]
end

function request()
  count = count + 1
  local id = string.format("%08x-%s-7abc-8def-%012x", os.time(), run, count)
  return wrk.format("POST", nil, headers, head .. id .. tail)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '{"answered": %d, "micros": %d, "errors": %d, "p50": %d, "p99": %d, "slowest": %d}\n',
    summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
