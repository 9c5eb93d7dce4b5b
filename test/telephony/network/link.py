#!/usr/bin/env python3
"""A bad network in user space, for kernels without netem.

Joins the network namespace it is started in (the gateway's side) with a new one (the browser's side) by a pair of TUN
devices. Every IP packet between the two passes through this program, which delays, loses, slows down or cuts.

    link.py [SEED]

The first line written is {"namespace", "gateway", "browser"}: the name of the browser's namespace and both addresses.
After that each line read is a command, and each line written the answer to it:

    {"set": {"delayMs": 150, "lossPercent": 5}, "directions": ["from-browser"]}
    {"changeAddress": true}      the browser's side loses its address and gets the next one
    {"stats": true}

Everything is removed when standard input ends, so also when the parent dies, and at SIGTERM.
"""

import collections
import fcntl
import json
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
TUN_WITHOUT_HEADER = 0x0001 | 0x1000  # IFF_TUN | IFF_NO_PI
UDP = 17
MTU = 1400

# 198.18.0.0/15 is set aside for measuring networks (RFC 2544). Each link takes 256 addresses of it.
LINKS = 512

# A packet that would wait longer than this for its turn on a slow line is lost, as in a router with a full queue.
LONGEST_QUEUE_S = 2.0

CLEAR = {"delayMs": 0, "jitterMs": 0, "lossPercent": 0, "rateKbps": 0, "cut": False, "udpOnly": False}


class Direction:
    """Packets on their way from one side to the other. They stay in order."""

    def __init__(self, source, target, seed):
        self.source = source
        self.target = target
        self.settings = dict(CLEAR)
        self.random = random.Random(seed)
        self.queue = collections.deque()
        self.line_free_at = 0.0
        self.last_due = 0.0
        self.carried = self.lost = self.bytes = 0

    def take(self, now):
        """Reads what the source has, and decides on each packet."""
        while True:
            try:
                packet = os.read(self.source, MTU + 100)
            except BlockingIOError:
                return
            due = None if self.is_lost(packet) else self.due(packet, now)
            if due is None:
                self.lost += 1
            else:
                self.queue.append((due, packet))

    def is_lost(self, packet):
        if self.settings["cut"]:
            return True
        if not self.settings["lossPercent"] or (self.settings["udpOnly"] and packet[9] != UDP):
            return False
        return self.random.random() * 100 < self.settings["lossPercent"]

    def due(self, packet, now):
        """When a packet arrives; None if the queue in front of it is too long."""
        due = now
        if self.settings["rateKbps"]:
            if self.line_free_at - now > LONGEST_QUEUE_S:
                return None
            bits = len(packet) * 8
            due = self.line_free_at = max(now, self.line_free_at) + bits / (self.settings["rateKbps"] * 1000)
        delay_ms = self.settings["delayMs"]
        if self.settings["jitterMs"]:
            delay_ms = max(0, self.random.gauss(delay_ms, self.settings["jitterMs"]))
        self.last_due = max(self.last_due, due + delay_ms / 1000)
        return self.last_due

    def deliver(self, now):
        while self.queue and self.queue[0][0] <= now:
            _, packet = self.queue.popleft()
            try:
                os.write(self.target, packet)
                self.carried += 1
                self.bytes += len(packet)
            except OSError:
                self.lost += 1

    def stats(self):
        return {"carried": self.carried, "lost": self.lost, "bytes": self.bytes, "waiting": len(self.queue)}


def ip(*args, check=True):
    quiet = subprocess.DEVNULL
    subprocess.run(["ip", *args], check=check, stdin=quiet, stdout=quiet, stderr=None if check else quiet)


def open_tun(name):
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    try:
        fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", name.encode(), TUN_WITHOUT_HEADER))
    except OSError:
        os.close(tun)
        raise
    return tun


class Link:
    """Both sides, their addresses, and the packets between them."""

    def __init__(self, seed):
        self.number, gateway = self.first_free()
        self.name = f"everdial{self.number}"
        browser = open_tun(self.name + "b")
        self.host = 2
        self.directions = {
            "from-browser": Direction(browser, gateway, seed),
            "to-browser": Direction(gateway, browser, seed + 1),
        }

    @staticmethod
    def first_free():
        """The kernel gives each device name once, so links that start at the same time never get the same number."""
        for attempt in range(LINKS):
            # Not always the first one: dying connections of the last link still send to their old addresses.
            number = (os.getpid() + attempt) % LINKS
            try:
                return number, open_tun(f"everdial{number}")
            except OSError:
                if not os.path.exists(f"/sys/class/net/everdial{number}"):
                    raise
        raise SystemExit("every link is taken")

    def address(self, host):
        return f"198.{18 + self.number // 256}.{self.number % 256}.{host}"

    def set_up(self):
        self.tear_down()  # what is left under this name belongs to a link that was killed
        ip("netns", "add", self.name)
        ip("link", "set", self.name + "b", "netns", self.name, "name", "eth0")
        # Without addresses of IPv6 the only packets are those of the two sides.
        ip("-n", self.name, "link", "set", "eth0", "addrgenmode", "none")
        ip("-n", self.name, "link", "set", "eth0", "mtu", str(MTU), "up")
        ip("-n", self.name, "link", "set", "lo", "up")
        ip("-n", self.name, "addr", "add", self.address(self.host), "dev", "eth0")
        ip("-n", self.name, "route", "add", "default", "dev", "eth0")
        ip("link", "set", self.name, "addrgenmode", "none")
        ip("link", "set", self.name, "mtu", str(MTU), "up")
        ip("addr", "add", self.address(1) + "/24", "dev", self.name)

    def change_address(self):
        old, self.host = self.host, (self.host - 1) % 253 + 2
        ip("-n", self.name, "route", "del", "default", check=False)
        ip("-n", self.name, "addr", "del", self.address(old) + "/32", "dev", "eth0")
        ip("-n", self.name, "addr", "add", self.address(self.host), "dev", "eth0")
        ip("-n", self.name, "route", "replace", "default", "dev", "eth0")

    def tear_down(self):
        ip("netns", "del", self.name, check=False)

    def where(self):
        return {"namespace": self.name, "gateway": self.address(1), "browser": self.address(self.host)}

    def obey(self, command):
        if "set" in command:
            for name in command.get("directions", self.directions):
                self.directions[name].settings.update(command["set"])
        if "changeAddress" in command:
            self.change_address()
        if "stats" in command:
            return {name: direction.stats() for name, direction in self.directions.items()}
        return self.where()

    def run(self):
        directions = {direction.source: direction for direction in self.directions.values()}
        commands = sys.stdin.fileno()
        poll = select.epoll()
        for descriptor in (*directions, commands):
            poll.register(descriptor, select.EPOLLIN)
        say(self.where())
        unread = b""
        while True:
            now = time.monotonic()
            for direction in directions.values():
                direction.deliver(now)
            due = [direction.queue[0][0] for direction in directions.values() if direction.queue]
            for descriptor, _ in poll.poll(max(0.0, min(due) - now) if due else None):
                if descriptor in directions:
                    directions[descriptor].take(time.monotonic())
                    continue
                text = os.read(commands, 65536)
                if not text:
                    return
                *lines, unread = (unread + text).split(b"\n")
                for line in lines:
                    say(self.obey(json.loads(line)))


def say(message):
    print(json.dumps(message), flush=True)


def main():
    # sys.exit raises, so that `finally` below runs.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    link = Link(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    try:
        link.set_up()
        link.run()
    except BrokenPipeError:
        pass  # the parent died while it was being answered
    finally:
        link.tear_down()


if __name__ == "__main__":
    main()
