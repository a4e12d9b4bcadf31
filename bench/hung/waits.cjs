// Hangs in the way that its argument names, and says that it is ready before.
const net = require("node:net");
const { Worker } = require("node:worker_threads");

const ready = () => process.stdout.write("ready\n");

const ways = {
  silentServer() {
    const server = net.createServer(() => {});
    server.listen(0, "127.0.0.1", () => {
      net.connect(server.address().port, "127.0.0.1").once("connect", ready);
    });
  },
  async lostPromise() {
    setInterval(() => {}, 1_000_000);
    ready();
    await new Promise(() => {});
  },
  blockedMain() {
    ready();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
  idleWorker() {
    const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => {})", {
      eval: true,
    });
    worker.once("online", ready);
  },
  endlessLoop() {
    ready();
    for (let count = 0;; count++) JSON.stringify({ count });
  },
};
ways[process.argv[2]]();
