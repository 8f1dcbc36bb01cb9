"""An echo as a Python programmer writes it."""
import json
import sys

for count, line in enumerate(sys.stdin):
    reply = {"proc_req_id": count, "error": None, "data": json.loads(line)["event"]}
    print(json.dumps(reply, separators=(",", ":"), ensure_ascii=False), flush=True)
