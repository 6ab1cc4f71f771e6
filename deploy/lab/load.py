"""Ten requests a second through HAProxy, a connection each; one JSON record a request (schema load-result): load.py FILE"""
import json
import sys
import threading
import time
from datetime import datetime, timezone

import psycopg2

RATE = 10
REQUESTS = [
    ("read", "SELECT count(*) FROM orders WHERE at > now() - interval '10 seconds'"),
    ("write", "INSERT INTO orders VALUES (now())"),
]


def error_of(statement):
    """What went wrong, in the last line of the driver's words; empty if nothing did."""
    connection = None
    try:
        connection = psycopg2.connect(connect_timeout=3, options="-c statement_timeout=4s")
        connection.autocommit = True
        connection.cursor().execute(statement)
        return ""
    except psycopg2.Error as error:
        return (str(error).strip().splitlines() or ["error"])[-1][:200]
    finally:
        if connection is not None:
            connection.close()


def request(output, endpoint, statement):
    start, began = datetime.now(timezone.utc), time.monotonic()
    error = error_of(statement)
    output.write(json.dumps({
        "generator": "load",
        "endpoint": endpoint,
        "start": start.isoformat(timespec="milliseconds"),
        "latencyMs": round((time.monotonic() - began) * 1000, 3),
        "failed": bool(error),
        "error": error,
    }) + "\n")


while error_of("CREATE TABLE IF NOT EXISTS orders (at timestamptz)"):
    time.sleep(1)
with open(sys.argv[1], "a", buffering=1, encoding="utf-8") as file:
    number, due = 0, time.monotonic()
    while True:
        threading.Thread(target=request, args=(file, *REQUESTS[number % len(REQUESTS)]), daemon=True).start()
        number, due = number + 1, due + 1 / RATE
        time.sleep(max(0.0, due - time.monotonic()))
