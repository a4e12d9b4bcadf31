import type { Wait } from "../../../facts.ts";
import { type Decoder, type Decoders, toInt } from "./decoder.ts";

const systemV = (what: Extract<Wait, { kind: "ipc" }>["what"]): Decoder => (args) => ({
  text: `${toInt(args[0])}, …`,
  wait: { kind: "ipc", what },
});

const posixQueue: Decoder = (args, context) => ({
  text: `${context.describeFd(toInt(args[0]))}, …`,
  wait: { kind: "ipc", what: "message-queue" },
});

/** Calls that wait for System V semaphores and message queues of both kinds. */
export const IPC_DECODERS: Decoders = {
  semop: systemV("semaphore"),
  semtimedop: systemV("semaphore"),
  msgrcv: systemV("message-queue"),
  msgsnd: systemV("message-queue"),
  mq_timedreceive: posixQueue,
  mq_timedsend: posixQueue,
};
