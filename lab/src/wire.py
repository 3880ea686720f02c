"""A wire between network namespaces that can be made as bad as wanted, packet by packet, while it runs.

    wire.py SEED NAMESPACE=ADDRESS ...

Lays a device into each namespace. Each line on standard input is a JSON object that says how packets go
from one place to another (counted from 0): delay and jitter in milliseconds; loss, duplicate and reorder
in percent; rate in kbit/s, 0 for no limit; cut. Each is answered with what has happened to packets so far.
Ends, and takes its devices with it, when standard input ends.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import socket
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN_WITHOUT_HEADER = 0x0001 | 0x1000
DEVICE = "wire"
# Beyond so much waiting a slow link drops what comes, as a modem's buffer does.
LONGEST_QUEUE_S = 2.0
CLEAN = {"delay": 0, "jitter": 0, "loss": 0, "duplicate": 0, "reorder": 0, "rate": 0, "cut": False}

libc = ctypes.CDLL("libc.so.6", use_errno=True)


def enter(namespace_file):
    if libc.setns(namespace_file, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def lay(namespace, address):
    """Makes a device in the namespace; answers the file through which its packets come and go."""
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    enter(there)
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", DEVICE.encode(), IFF_TUN_WITHOUT_HEADER))
    enter(home)
    os.close(home)
    os.close(there)
    for command in (
        ["link", "set", "lo", "up"],
        ["addr", "add", f"{address}/24", "dev", DEVICE],
        ["link", "set", DEVICE, "mtu", "1400", "up"],
    ):
        subprocess.check_call(["ip", "-n", namespace, *command])
    return device


class Wire:
    def __init__(self, seed, places):
        self.random = random.Random(seed)
        self.devices = [lay(*place) for place in places]
        self.by_address = {socket.inet_aton(address): at for at, (_, address) in enumerate(places)}
        self.links = {}
        self.free_at = {}
        self.on_the_way = []
        self.count = 0
        self.counts = {"sent": 0, "lost": 0, "cut": 0, "overflowed": 0, "doubled": 0, "overtook": 0}

    def command(self, order):
        self.links[order.pop("from"), order.pop("to")] = {**CLEAN, **order}

    def take(self, source, packet):
        target = self.by_address.get(packet[16:20]) if packet[0] >> 4 == 4 else None
        if target is None:
            return
        link = self.links.get((source, target), CLEAN)
        self.counts["sent"] += 1
        if link["cut"]:
            self.counts["cut"] += 1
            return
        self.send(source, target, link, packet)
        if self.happens(link["duplicate"]):
            self.counts["doubled"] += 1
            self.send(source, target, link, packet)

    def happens(self, percent):
        return self.random.random() * 100 < percent

    def send(self, source, target, link, packet):
        now = time.monotonic()
        start = max(now, self.free_at.get((source, target), now))
        if start - now > LONGEST_QUEUE_S:
            self.counts["overflowed"] += 1
            return
        end = start + (len(packet) * 8 / (link["rate"] * 1000) if link["rate"] else 0)
        self.free_at[source, target] = end
        if self.happens(link["loss"]):
            self.counts["lost"] += 1
            return
        delay = max(0, self.random.gauss(link["delay"], link["jitter"])) / 1000
        if self.happens(link["reorder"]):
            self.counts["overtook"] += 1
            delay = 0
        self.count += 1
        heapq.heappush(self.on_the_way, (end + delay, self.count, target, packet))

    def deliver(self):
        while self.on_the_way and self.on_the_way[0][0] <= time.monotonic():
            _, _, target, packet = heapq.heappop(self.on_the_way)
            try:
                os.write(self.devices[target], packet)
            except OSError:
                # The device's own queue is full: one more loss.
                self.counts["overflowed"] += 1

    def rest(self):
        return max(0, self.on_the_way[0][0] - time.monotonic()) if self.on_the_way else None

    def run(self, orders):
        places = {device: at for at, device in enumerate(self.devices)}
        said = b""
        while True:
            ready, _, _ = select.select([orders, *self.devices], [], [], self.rest())
            for one in ready:
                if one == orders:
                    read = os.read(orders, 65536)
                    if not read:
                        return
                    *lines, said = (said + read).split(b"\n")
                    for line in lines:
                        self.command(json.loads(line))
                        print(json.dumps(self.counts), flush=True)
                    continue
                try:
                    self.take(places[one], os.read(one, 65536))
                except BlockingIOError:
                    pass
            self.deliver()


if __name__ == "__main__":
    wire = Wire(int(sys.argv[1]), [place.split("=") for place in sys.argv[2:]])
    print("laid", flush=True)
    wire.run(sys.stdin.fileno())
