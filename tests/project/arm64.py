#!/usr/bin/env python3
"""Runs functions that were compiled for arm64 under QEMU, with a mock of the runtime API: arm64.py EXAMPLES

EXAMPLES is the build directory of the examples. Checks that the zip is for arm64, the price example's reply, and a crash reply.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

examples = Path(sys.argv[1])


def run(program, event):
    """Runs the program with one event, and returns its posts: (path, error type, body)."""
    posted = []

    class RuntimeApi(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self, status, body, **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            # A second invocation is refused, which ends the program.
            if posted:
                return self.reply(403, b"")
            self.reply(200, json.dumps(event).encode(), Lambda_Runtime_Aws_Request_Id="a")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append((self.path, self.headers["Lambda-Runtime-Function-Error-Type"], json.loads(body)))
            self.reply(202, b"")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), RuntimeApi)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{server.server_port}"
    environment = os.environ | {"AWS_LAMBDA_RUNTIME_API": address, "LAMBDA_PROC_WIRE": "runtime_api"}
    subprocess.run(["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", program], env=environment,
                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    server.shutdown()
    return posted


with zipfile.ZipFile(examples / "price.zip") as package:
    header = package.read("bootstrap")[:20]
machine = int.from_bytes(header[18:20], "little")
aarch64 = 183
assert header[:4] == b"\x7fELF" and machine == aarch64, f"the bootstrap is for machine {machine}"

replies = run(examples / "price_bootstrap.dir/bootstrap", {"sku": "A7", "count": 3})
assert replies == [("/2018-06-01/runtime/invocation/a/response", None, {"sku": "A7", "cents": 900})], replies

[(path, error_type, crash)] = run(examples / "demo_crasher", {"sku": "A7"})
assert path.endswith("/a/error") and error_type == "Runtime.Crash", (path, error_type)
assert crash["errorType"] == "crash" and "SIGSEGV" in crash["errorMessage"], crash
