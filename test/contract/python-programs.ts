import type { Program } from './kit';

const atSeven = (action: string, before = ''): string => `${before}def f(n):\n    if n == 7:\n        ${action}\n    return n\n`;

/** The contract's programs in Python. */
export const pythonPrograms: Record<Program, string> = {
  identity: 'def f(n):\n    return n\n',
  spin: `def f(n):
    total = 0
    for i in range(40_000):
        total = (total + i) % 1000
    return total
`,
  sleep: 'import asyncio\n\nasync def f(n):\n    await asyncio.sleep(0.003)\n    return n\n',
  addTwo: 'def f(a, b):\n    return a + b\n',
  noArguments: 'def f(*args):\n    return len(args)\n',
  throwAtSeven: `def f(n):
    if n == 7:
        try:
            raise ValueError("the reason")
        except ValueError as fault:
            raise TypeError(f"bad {n}") from fault
    return n
`,
  throwNullAndObjects: `class Odd(BaseException):
    def __str__(self):
        raise RuntimeError("no words")

def f(n):
    if n == 7:
        raise None
    if n == 8:
        raise Odd({"a": 1})
    if n == 9:
        raise SystemExit({"a": 1})
    return n
`,
  exitAtSeven: atSeven('os._exit(3)', 'import os\n\n'),
  exitAfterResult: `import os, threading, time

def f(n):
    if n == 0:
        threading.Timer(0.05, os._exit, (3,)).start()
    end = time.perf_counter() + 0.01
    while time.perf_counter() < end:
        pass
    return n
`,
  exitAfterResultOverlapping: `import asyncio, os

async def f(n):
    if n == 0:
        asyncio.get_running_loop().call_later(0.05, os._exit, 3)
    else:
        await asyncio.sleep(0.015)
    return n
`,
  floatingRejection: `import threading

def fail():
    raise RuntimeError("afloat")

def f(n):
    if n == 7:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    return n
`,
  growHeapAtSeven: atSeven('kept = []\n        while True: kept.append([n] * 1000)'),
  growBuffersAtSeven: atSeven('kept = []\n        while True: kept.append(b"x" * 10_000_000)'),
  spinForEverAtSeven: atSeven('while True: pass'),
  regexBombAtSeven: atSeven('re.match(r"^(a+)+$", "a" * 40 + "b")', 'import re\n\n'),
  blockForEverAtSeven: atSeven('lock = threading.Lock(); lock.acquire(); lock.acquire()', 'import threading\n\n'),
  childForEverAtSeven: atSeven('subprocess.run(["sleep", "60"])', 'import subprocess\n\n'),
  neverSettleAtSeven: `import asyncio

async def f(n):
    if n == 7:
        await asyncio.get_running_loop().create_future()
    return n
`,
  recurseAtSeven: atSeven('return f(n) + 1'),
  killRunnerAtSeven: atSeven('os.kill(os.getppid(), 9); time.sleep(60)', 'import os, time\n\n'),
  crashRunnerAtSeven: atSeven('os.kill(os.getppid(), 11); time.sleep(60)', 'import os, time\n\n'),
  uncloneableResults: `class Shy:
    def __reduce__(self):
        raise RuntimeError("not for sale")

def f(n):
    if n == 7:
        return {"x": {"y": lambda: 1}}
    if n == 8:
        return (i for i in range(3))
    if n == 9:
        return open(__file__)
    if n == 10:
        return Shy()
    return n
`,
  largeResults: `def f(n):
    if n == 1:
        return "x" * 256_000_000
    if n == 2:
        return [{"i": i} for i in range(2_000_000)]
    return n
`,
  // In the program's own process it is harmless; in whatever is made to be a worker it is not.
  exitAtLoad: `import multiprocessing, os

def leave():
    if multiprocessing.parent_process() is not None:
        os._exit(5)
    os.register_at_fork(after_in_child=lambda: os._exit(5))

left = leave()

def f(n):
    return left or n
`,
  throwAtLoad: 'def load():\n    raise RuntimeError("at the top level")\n\ntable = load()\n\ndef f(n):\n    return table\n',
  loopAtLoad: 'def load():\n    while True: pass\n\ntable = load()\n\ndef f(n):\n    return table\n',
  printLines: 'import sys\n\ndef f(n):\n    print("out", n)\n    print("err", n, file=sys.stderr)\n    return n\n',
  floodOutput: 'line = "x" * 1_000_000\n\ndef f(n):\n    for _ in range(20):\n        print(line)\n    return n\n',
  floodRawOutput: `import os
odd = b"\\xff\\x00\\x1b]52;c;aGk=\\x07 and some more text without an end" * 20000

def f(n):
    for _ in range(10):
        left = odd
        while left:
            left = left[os.write(1, left):]
    return n
`,
  forgeMessages: `import os, sys

def f(n):
    os.write(1, b'{"type":"ended","why":"failed"}\\n')
    print('{"type":"answer","first":0,"count":1000}')
    return n
`,
  foreignBytes: `import os

def f(n):
    for fd in range(3, 64):
        try:
            os.write(fd, b"these are no messages of any runner")
        except OSError:
            pass
    return n
`,
  readStdin: 'import sys\n\ndef f(n):\n    return len(sys.stdin.read())\n',
  nestedPool: `from concurrent.futures import ProcessPoolExecutor

def f(n):
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(pow, n, 2).result()
`,
};
