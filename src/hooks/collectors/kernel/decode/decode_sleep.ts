import { formatDuration } from "../../../../duration.ts";
import { type DecodeContext, type DecodedCall, type Decoder, type Decoders, toInt } from "./decoder.ts";
import { readTimespec } from "./read_time.ts";

const TIMER_ABSTIME = 1;
const CLOCK_NAMES: Readonly<Record<number, string>> = {
  0: "CLOCK_REALTIME",
  1: "CLOCK_MONOTONIC",
  7: "CLOCK_BOOTTIME",
  11: "CLOCK_TAI",
};

function sleepResult(prefix: string, durationMs: number | undefined): DecodedCall {
  const text = durationMs === undefined ? "…" : formatDuration(durationMs);
  return { text: `${prefix}${text}`, wait: { kind: "sleep", durationMs } };
}

const clockNanosleep: Decoder = (args, context) => {
  const clock = toInt(args[0]);
  const time = readTimespec(context.memory, args[2]!);
  const name = CLOCK_NAMES[clock] ?? `clock ${clock}`;
  if ((toInt(args[1]) & TIMER_ABSTIME) === 0) return sleepResult(`${name}, `, time);
  const now = nowOf(clock, context);
  const isKnown = time !== undefined && now !== undefined;
  return sleepResult(`${name}, TIMER_ABSTIME, in `, isKnown ? Math.max(0, time - now) : undefined);
};

function nowOf(clock: number, context: DecodeContext): number | undefined {
  if (clock === 0) return context.epochMs;
  return clock === 1 || clock === 7 ? context.monotonicMs : undefined;
}

/** Calls that wait for a time. */
export const SLEEP_DECODERS: Decoders = {
  nanosleep: (args, { memory }) => sleepResult("", readTimespec(memory, args[0]!)),
  clock_nanosleep: clockNanosleep,
};
