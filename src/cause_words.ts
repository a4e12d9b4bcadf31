import type { Cause } from "./sample_document.ts";

/** Each cause in words, as the rest of a sentence about the process to blame. */
export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  "cpu-bound": "it burns CPU",
  "deadlock": "it is part of a circle of waits",
  "lock-wait": "it waits for a lock, condition or queue inside the process",
  "file-lock": "it waits for a lock on a file",
  "stdin-wait": "it waits for input on its standard input",
  "pipe-read": "it waits to read from a pipe or local socket",
  "pipe-write": "it waits to write to a pipe or socket that is full",
  "fifo-open": "it opens a named pipe that nobody opens on the other side",
  "child-wait": "it is waited for and never ends by itself",
  "net-connect": "it waits for a network connection to be made",
  "net-read": "it waits for data from the network",
  "net-accept": "it waits for a client to connect",
  "sleep": "it sleeps or waits for a timer",
  "stopped": "it is stopped",
  "signal-wait": "it waits for a signal",
  "worker-wait": "it waits for a worker, a message or an event inside the process",
  "disk-wait": "it waits for a disk or a file system",
  "output-held": "it keeps the output of a program open that has exited",
  "unknown": "the facts do not tell",
};
