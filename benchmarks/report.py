#!/usr/bin/env python3
"""Writes benchmarks/results.md and its plots from the measurements; script/bench runs it.

    report.py RESULTS SIMDJSON.H COMMAND
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).parent


class Tables(dict):
    """table -> row -> column -> value, each in insertion order."""

    def add(self, table, row, column, value):
        self.setdefault(table, {}).setdefault(row, {})[column] = value

    def get_value(self, table, row, column):
        return self.get(table, {}).get(row, {}).get(column)

    def ratio(self, table, row, other, column):
        one, two = self.get_value(table, row, column), self.get_value(table, other, column)
        return one / two if one is not None and two else None


def read_tsv(tables, path):
    for line in path.read_text().splitlines():
        table, row, column, value = line.split("\t")
        tables.add(table, row, column, float(value))


def read_google(tables, path):
    # Undoes the random interleaving: the median of each contender's repetitions, in the order of registration.
    names = sorted(
        (run for run in json.loads(path.read_text())["benchmarks"] if run.get("aggregate_name") == "median"),
        key=lambda run: run["family_index"],
    )
    for run in names:
        workload, _, contender = run["run_name"].partition("/")
        if not contender:
            tables.add("logging", workload, "ns", run["cpu_time"])
            continue
        if path.stem == "escape_cost":
            tables.add("text in a reply", workload, f"{contender}, ns/byte", 1e9 / run["bytes_per_second"])
            continue
        table = f"parse throughput, {workload}"
        tables.add(table, contender, "GB/s", run["bytes_per_second"] / 1e9)
        tables.add(table, contender, "events/s", run["items_per_second"])
        tables.add(table, contender, "ns/event", 1e9 / run["items_per_second"])
        tables.add(table, contender, "allocations/event", round(run["allocations/event"], 2))


def show(value):
    if value is None:
        return ""
    if value == 0 or 0.01 <= abs(value) < 1000:
        return f"{value:.3g}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.2g}"


def markdown(table, rows):
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    lines = [f"### {table[0].upper()}{table[1:]}", ""]
    lines.append("| | " + " | ".join(columns) + " |")
    lines.append("|---|" + "---:|" * len(columns))
    for row, values in rows.items():
        lines.append(f"| {row} | " + " | ".join(show(values.get(column)) for column in columns) + " |")
    return "\n".join(lines) + "\n"


def budgets(t):
    """The budgets: (what, value, limit, whether more is better[, the value of code by hand])."""
    for load in ("small", "DynamoDB", "API Gateway"):
        echo, by_hand = (t.get_value(f"ping-pong {load}", row, "p50, ratio") for row in ("echo", "by hand"))
        yield f"ping-pong p50, {load}, echo / floor", echo, 1.05, False, by_hand
    typed, by_hand = (t.get_value("ping-pong small", row, "p50, ratio") for row in ("typed", "by hand, typed"))
    yield "ping-pong p50, small, typed / floor", typed, 1.05, False, by_hand
    yield ("two processors, small, echo / by hand, which sleeps", t.ratio("two processors small", "echo", "by hand", "p50"),
           0.4, False)
    # Nothing is gained by polling for such a host, so it must cost nothing.
    for column in ("p50", "CPU"):
        yield (f"one request each millisecond, small, echo / the same that never polls, {column}",
               t.get_value("every millisecond small", "echo", f"{column}, ratio"), 1.02, False)
    cpu, floor = (t.get_value("ping-pong small", row, "CPU") for row in ("typed", "floor"))
    yield "CPU per request, small, typed - floor, µs", cpu - floor if cpu and floor else None, 1, False
    column = "requests/s"
    by_hand = "by hand, typed, batching, careful"
    yield ("bulk, small, typed / by hand, batching, careful", t.ratio("bulk small, typed", "typed", by_hand, column), 1, True)
    yield ("bulk from a pipe (LAMBDA_PROC_BULK=1), small, typed / by hand, batching, careful",
           t.ratio("stream small, typed", "typed, LAMBDA_PROC_BULK=1", by_hand, column), 1, True)
    table, by_hand = "bulk small", "by hand, batching"
    yield ("bulk, small, echo, validated / by hand", t.ratio(table, "echo", by_hand, column), 0.8, True,
           t.ratio(table, f"{by_hand}, careful", by_hand, column))
    table, by_hand = "stream small, typed", "by hand, typed"
    yield ("one write per reply, small, typed / by hand", t.ratio(table, "typed", by_hand, column), 0.95, True,
           t.ratio(table, f"{by_hand}, careful", by_hand, column))
    # In the last two, most of the text is skipped, and the code by hand does not validate what it skips.
    for load, least in (("small", 0.9), ("DynamoDB", 0.75), ("SQS x10", 0.75)):
        yield (f"decode, {load}, typed / by hand",
               t.ratio(f"parse throughput, {load}", "decode", "by hand", "GB/s"), least, True)
    yield ("decode, small, another order, typed / by hand",
           t.ratio("parse throughput, small, other order", "decode", "by hand", "GB/s"), 0.75, True)
    for load in ("SQS x10", "API Gateway", "DynamoDB"):
        yield (f"decode, {load}, AWS struct / by hand",
               t.ratio(f"parse throughput, {load}", "AWS struct", "AWS struct by hand", "GB/s"), 0.8, True)
    for contender in ("typed struct", "raw, validated", "On-Demand, all fields"):
        yield (f"allocations per event, DynamoDB, {contender}",
               t.get_value("parse throughput, DynamoDB", contender, "allocations/event"), 0, False)
    hand, curl = (t.get_value("runtime API, 0.5 KB", row, "p50") for row in ("by hand", "libcurl"))
    ours = t.get_value("runtime API, 0.5 KB", "lambda_proc", "p50, ratio")
    yield "runtime API, invocation of 0.5 KB / client by hand", ours, 1.05, False
    yield ("runtime API, invocation of 0.5 KB / client with libcurl",
           ours * hand / curl if ours and hand and curl else None, 0.7, False)
    yield ("runtime API, start to the first /next / client by hand",
           t.get_value("runtime API, start", "lambda_proc", "first /next, ratio"), 1.2, False)
    for load in ("1 MB", "6 MB"):
        echo, by_hand = (t.get_value(f"ping-pong {load}", row, "p50, ratio") for row in ("echo", "by hand"))
        yield f"echo of {load} / floor with pipes of 64 KiB", echo, 1, False, by_hand
    typed, by_hand = (t.get_value("start", row, "first reply, ratio") for row in ("typed", "by hand"))
    yield "start to first reply, typed / floor", typed, 1.05, False, by_hand
    typed, by_hand = (t.get_value("start", row, "peak MB") for row in ("typed", "by hand"))
    yield "peak memory, small requests, static, MB", typed, 2, False, by_hand
    price, by_hand = (t.get_value("size, static and stripped", row, "MB") for row in ("price", "by_hand"))
    yield "size of a static example, stripped, MB", price, 1.5, False, by_hand
    bare = t.get_value("compile time", "#include <simdjson.h>", "s")
    for program, most in (("price.cpp", 2.5), ("price.cpp with lambda_proc::compiled", 0.8)):
        ours = t.get_value("compile time", program, "s")
        yield f"compile time of {program} - #include <simdjson.h>, s", ours - bare if ours and bare else None, most, False
    five, one = (t.get_value("compile time", row, "s") for row in ("five forms of handlers", "one handler"))
    yield "compile time of each further form of handler, ms", (five - one) / 4 * 1000 if five and one else None, 50, False
    for text, most in (("plain text", 0.1), ("JSON in a string", 0.5)):
        ours, by_hand = (t.get_value("text in a reply", text, f"{who}, ns/byte") for who in ("lambda_proc", "by hand"))
        yield f"time of a reply's text, {text} / a loop over bytes", ours / by_hand if ours and by_hand else None, most, False
    yield "log record below the level, ns", t.get_value("logging", "a record below the level", "ns"), 5, False
    record, calls = (t.get_value("logging", row, "ns")
                     for row in ("a JSON record of three fields", "the system calls alone"))
    yield "JSON log record of three fields beside its system calls, ns", record - calls if record and calls else None, 1000, False
    for what, load, least in (("CPU-bound handler", "CPU-bound, 1000000 steps", 1.8),
                              ("small requests from a file", "small, typed, from a file", 1.8),
                              ("64 requests of 1 ms in one read", "64 of 1 ms in one read", 1.9)):
        at_most = t.get_value(f"workers, {load}", "1 in each of 2 programs", "times as fast")
        yield f"{what}, 2 workers / 1", t.get_value(f"workers, {load}", "2", "times as fast"), least, True, at_most


def budget_table(tables):
    lines = ["| | measured | budget | | code by hand |", "|---|---:|---:|---|---:|"]
    for what, value, limit, more, *bound in budgets(tables):
        if value is None:
            continue
        good = value >= limit if more else value <= limit
        lines.append(f"| {what} | {show(value)} | {'≥' if more else '≤'} {limit} | {'✓' if good else '✗'} | {show(*bound or [None])} |")
    return "\n".join(lines) + "\n"


def gnuplot(name, script):
    head = f"""
set terminal svg size 860,420 font 'sans-serif,12' background '#ffffff'
set output '{here / name}'
set grid ytics lc '#dddddd'
set border 3 lc '#888888'
set tics nomirror
"""
    subprocess.run(["gnuplot"], input=head + script, text=True, check=True)


def quoted(text):
    return '"' + text.replace("_", "\\_") + '"'


def plot_throughput(tables):
    loads = ("small", "DynamoDB", "API Gateway", "SQS x10", "1 MB")
    contenders = ("stage 1", "by hand", "decode", "typed struct", "raw, validated", "DOM", "RapidJSON", "nlohmann/json")
    rows = "\n".join(
        f'"{load}" ' + " ".join(
            str(tables.get_value(f"parse throughput, {load}", who, "GB/s") or 0) for who in contenders)
        for load in loads)
    columns = ", ".join(f"$data using {i + 2}:xtic(1) title {quoted(who)}" for i, who in enumerate(contenders))
    gnuplot("parse_throughput.svg", f"""
$data << EOD
{rows}
EOD
set title 'Request lines read, GB/s'
set style data histograms
set style histogram clustered gap 1
set style fill solid 0.9 noborder
set key outside right
plot {columns}
""")


def plot_round_trip(tables):
    sizes = {"100 B": 1e2, "1 KB": 1e3, "10 KB": 1e4, "100 KB": 1e5, "1 MB": 1e6, "6 MB": 6e6, "16 MB": 16e6}
    contenders = ("floor", "by hand", "echo", "RapidJSON", "nlohmann/json")
    rows = "\n".join(
        f"{size} " + " ".join(str(tables.get_value(f"ping-pong {name}", who, "p50") or "nan") for who in contenders)
        for name, size in sizes.items())
    columns = ", ".join(f"$data using 1:{i + 2} with linespoints lw 2 title {quoted(who)}"
                        for i, who in enumerate(contenders))
    gnuplot("round_trip.svg", f"""
$data << EOD
{rows}
EOD
set title 'An echo and back, median, µs'
set xlabel 'bytes of the event'
set logscale xy
set format x '10^{{%L}}'
set key left top
plot {columns}
""")


def plot_growth(tables):
    def points(table):
        return "\n".join(f"{row} {values['us/request']}" for row, values in tables[table].items())
    titles = {"line size, echo": "echo, by bytes of the line", "line size, typed": "typed, by bytes of the line",
              "keys per object, typed": "typed, by keys of an object", "records per event, typed": "typed, by records"}
    titles = {table: title for table, title in titles.items() if table in tables}
    data = "".join(f"$d{i} << EOD\n{points(table)}\nEOD\n" for i, table in enumerate(titles))
    curves = ", ".join(f"$d{i} with linespoints lw 2 title {quoted(title)}" for i, title in enumerate(titles.values()))
    gnuplot("growth.svg", f"""
{data}
set title 'What a request takes, µs'
set logscale xy
set format x '10^{{%L}}'
set key left top
plot {curves}
""")


def machine(simdjson_header):
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    compiler = subprocess.run(["g++", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    simdjson = re.search(r'SIMDJSON_VERSION "(.*)"', pathlib.Path(simdjson_header).read_text())
    system = os.uname()
    return (f"{os.cpu_count()} × {processor[1] if processor else system.machine}, {system.sysname} {system.release.split('-')[0]}, "
            f"{compiler}, -O3, simdjson {simdjson[1]}")


def main():
    results, simdjson_header, command = sys.argv[1:]
    tables = Tables()
    for name in ("build.tsv", "log_cost.json", "escape_cost.json", "parse_throughput.json", "round_trip.tsv", "runtime_api.tsv",
                 "growth.tsv", "workers.tsv"):
        path = pathlib.Path(results) / name
        if path.exists():
            (read_tsv if path.suffix == ".tsv" else read_google)(tables, path)
    text = f"""# Results

`{command}` on {datetime.date.today()}: {machine(simdjson_header)}.

Generated by `script/bench`; [benchmarks.md](../docs/benchmarks.md) says how to read and repeat it. The speed of a machine changes over time,
so compare numbers only within one table.

## Budgets

{budget_table(tables)}
## Measurements

"""
    text += "\n".join(markdown(table, rows) for table, rows in tables.items())
    for name, title in (
        ("compile_time", "Compile time (user), code and the compiler's memory: AWS's events, and unusually large types"),
        ("node", "The Node.js package, beside code by hand"),
    ):
        printed = pathlib.Path(results) / f"{name}.txt"
        if printed.exists():
            text += f"\n### {title}\n\n```\n{printed.read_text()}```\n"
    (here / "results.md").write_text(text)
    if "parse throughput, small" in tables:
        plot_throughput(tables)
    if "ping-pong 1 MB" in tables:
        plot_round_trip(tables)
    if "line size, echo" in tables:
        plot_growth(tables)


main()
