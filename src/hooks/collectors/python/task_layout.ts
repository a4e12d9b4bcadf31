/** Where the fields lie that lead from a task of asyncio to the place where it is suspended; all numbers are bytes. */
export interface TaskLayout {
  /** Names in the module `asyncio.tasks`: weak sets and sets that hold the tasks between them. */
  readonly sets: readonly { readonly name: string; readonly isWeak: boolean }[];
  /** Whether the tasks that are written in C hang in lists instead, which asyncio tells where to find. */
  readonly areLinked?: boolean;
  /** The C structure of a task, by the size of its type: patch releases differ. */
  readonly structures: Readonly<Record<number, TaskStructure>>;
  readonly coroutine: CoroutineLayout;
  /** In a function, the tuple of the variables that it shares with the one around it. */
  readonly closure: number;
}

/** A task; its head is that of every future. */
export interface TaskStructure {
  /** What is to be called first when it is done. */
  readonly firstCallback: number;
  /** 0 while it is pending. */
  readonly state: number;
  /** The future that it waits for. */
  readonly waiter: number;
  readonly coroutine: number;
  readonly name: number;
}

/** A coroutine, generator or asynchronous generator, and its frame while that is suspended. */
export interface CoroutineLayout {
  /** Values of the frame, the variables first. */
  readonly locals: number;
  readonly place:
    /** 3.8 to 3.10: a frame of its own, that knows the top of its values as an address or as a count. */
    | {
      readonly kind: "object";
      readonly frame: number;
      readonly qualifiedName: number;
      readonly values: number;
      readonly top: { readonly kind: "address" | "count"; readonly offset: number };
      /** The byte that is `isRunning` while it runs: in the coroutine up to 3.9, in the frame in 3.10. */
      readonly running: {
        readonly of: "coroutine" | "frame";
        readonly offset: number;
        readonly isRunning: number;
      };
      /** The bytes object with the instructions, in the code. */
      readonly instructions: number;
      /** The instruction that hands everything over to what is awaited. */
      readonly yieldFrom: number;
    }
    /** From 3.11 on: a record inside. */
    | {
      readonly kind: "inline";
      readonly frame: number;
      /** The top of the values, or their number. */
      readonly top: { readonly kind: "address" | "count"; readonly offset: number };
      readonly state: number;
      /** State of one that was never resumed. */
      readonly created: number;
      /** State of one that awaits something, where there is one of its own. */
      readonly awaiting?: number;
      /** The instructions with which one that awaits goes on, where the state does not tell; quick and traced ones too. */
      readonly resume?: readonly number[];
    };
}

const ALL_TASKS = [{ name: "_all_tasks", isWeak: true }];
const TASKS_BY_KIND = [{ name: "_scheduled_tasks", isWeak: true }, { name: "_eager_tasks", isWeak: false }];
const OLD_COROUTINE: CoroutineLayout = {
  locals: 360,
  place: {
    kind: "object",
    frame: 16,
    qualifiedName: 56,
    values: 64,
    top: { kind: "address", offset: 72 },
    running: { of: "coroutine", offset: 24, isRunning: 1 },
    instructions: 48,
    yieldFrom: 72,
  },
};
const LATE_STRUCTURE: TaskStructure = {
  firstCallback: 24,
  state: 88,
  waiter: 128,
  coroutine: 136,
  name: 144,
};

const LAYOUTS: Readonly<Record<string, TaskLayout>> = {
  "3.8": {
    sets: ALL_TASKS,
    structures: { 144: { firstCallback: 24, state: 72, waiter: 104, coroutine: 112, name: 120 } },
    closure: 48,
    coroutine: OLD_COROUTINE,
  },
  "3.9": {
    sets: ALL_TASKS,
    structures: { 184: { firstCallback: 24, state: 80, waiter: 144, coroutine: 152, name: 160 } },
    closure: 48,
    coroutine: OLD_COROUTINE,
  },
  "3.10": {
    sets: ALL_TASKS,
    structures: {
      // Before 3.10.6 futures did not keep the traceback of their exception.
      184: { firstCallback: 24, state: 80, waiter: 144, coroutine: 152, name: 160 },
      192: { firstCallback: 24, state: 88, waiter: 152, coroutine: 160, name: 168 },
    },
    closure: 72,
    coroutine: {
      locals: 352,
      place: {
        kind: "object",
        frame: 16,
        qualifiedName: 48,
        values: 64,
        top: { kind: "count", offset: 80 },
        running: { of: "frame", offset: 108, isRunning: 0 },
        instructions: 48,
        yieldFrom: 72,
      },
    },
  },
  "3.11": {
    sets: ALL_TASKS,
    structures: { 176: LATE_STRUCTURE },
    closure: 72,
    coroutine: {
      locals: 72,
      place: {
        kind: "inline",
        frame: 80,
        top: { kind: "count", offset: 64 },
        state: 75,
        created: -2,
        resume: [151, 150],
      },
    },
  },
  "3.12": {
    sets: TASKS_BY_KIND,
    structures: { 176: LATE_STRUCTURE },
    closure: 72,
    coroutine: {
      locals: 72,
      place: {
        kind: "inline",
        frame: 72,
        top: { kind: "count", offset: 64 },
        state: 67,
        created: -2,
        resume: [151, 240],
      },
    },
  },
  "3.13": {
    sets: TASKS_BY_KIND,
    structures: { 144: { firstCallback: 24, state: 96, waiter: 112, coroutine: 120, name: 128 } },
    closure: 72,
    coroutine: {
      locals: 72,
      place: {
        kind: "inline",
        frame: 72,
        top: { kind: "count", offset: 64 },
        state: 67,
        created: -3,
        awaiting: -1,
      },
    },
  },
  "3.14": {
    sets: TASKS_BY_KIND,
    areLinked: true,
    structures: { 168: { firstCallback: 24, state: 104, waiter: 120, coroutine: 128, name: 136 } },
    closure: 72,
    coroutine: {
      locals: 80,
      place: {
        kind: "inline",
        frame: 72,
        top: { kind: "address", offset: 64 },
        state: 67,
        created: -3,
        awaiting: -1,
      },
    },
  },
};

/**
 * The layout of the tasks of a CPython: default builds for x86-64, as their debug information has it (3.8.18, 3.9.18,
 * 3.10.13, 3.11.7, 3.12.1, 3.13.0 and 3.14.10).
 *
 * @param version such as "3.11.7"
 * @returns undefined for a version whose tasks are not known
 */
export function taskLayout(version: string): TaskLayout | undefined {
  return LAYOUTS[/^\d+\.\d+/.exec(version)?.[0] ?? ""];
}
