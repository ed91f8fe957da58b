"""What the worker processes of the tests are asked to do."""

from __future__ import annotations

import os
import signal
import time

from newsarchive.discovery.link import Listing
from newsarchive.spiders import reading


def work(job: str) -> str:
    if job == "hang":
        while True:
            time.sleep(0.05)
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "exit":
        os._exit(3)
    if job == "memory":
        raise MemoryError
    if job == "break":
        raise ValueError("seven")
    if job == "print":
        os.write(1, b"not an answer")
    if job == "pid":
        return str(os.getpid())
    return job.upper()


def read(job: reading.Job | reading.ListJob) -> reading.Reading | Listing:
    """Do a job, unless its URL says what else to do."""
    url = job.url if isinstance(job, reading.ListJob) else job.page.url
    for word in ("hang", "die", "break"):
        if word in url:
            work(word)
    return reading.run(job)
