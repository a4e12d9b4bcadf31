/** Where the fields lie that lead from the runtime of a CPython to the frames of its threads; all numbers are bytes. */
export interface PythonLayout {
  /** First interpreter, from the start of the runtime. */
  readonly interpretersHead: number;
  readonly interpreter: {
    readonly next: number;
    readonly threadsHead: number;
    /** The dictionary `sys.modules`. */
    readonly modules: number;
    /** How large it is, where that is known, from 3.13 on. */
    readonly byteLength?: number;
  };
  /** The global interpreter lock: in the runtime, or where an interpreter's field `pointer` leads to. */
  readonly gil: { readonly pointer?: number; readonly holder: number; readonly locked: number };
  readonly thread: {
    readonly next: number;
    readonly interpreter: number;
    /** pthread id. */
    readonly threadId: number;
    /** Number of the thread in the system, from 3.11 on. */
    readonly nativeThreadId?: number;
    /** Where ordinary frames lie one after another, from 3.11 on. */
    readonly dataStackChunk?: number;
    readonly top:
      | { readonly kind: "frame"; readonly frame: number }
      | {
        readonly kind: "cframe";
        readonly cframe: number;
        /** The one that lies in the thread state: no Python code runs when it has no frame. */
        readonly rootCframe: number;
        /** In the cframe. */
        readonly currentFrame: number;
        /** In the cframe. */
        readonly previous: number;
      };
  };
  readonly frame: FrameLayout;
  readonly code: {
    readonly firstLine: number;
    readonly fileName: number;
    /** The qualified name where there is one, from 3.11 on. */
    readonly name: number;
    readonly lineTable: number;
    /** Instructions inside the code object, from 3.11 on. */
    readonly instructions?: number;
  };
  readonly lineTable: LineTableKind;
  readonly text: {
    readonly length: number;
    readonly state: number;
    readonly asciiData: number;
    readonly data: number;
  };
  readonly bytes: { readonly length: number; readonly data: number };
  /** Only in builds without a global interpreter lock. */
  readonly freeThreading?: FreeThreadingLayout;
}

/** What builds without a global interpreter lock have elsewhere. */
export interface FreeThreadingLayout {
  /** The type of an object, in the object. */
  readonly objectType: number;
  /** Each thread may run a copy of its own of a function's instructions: the number of the copy, in the frame. */
  readonly copyIndex: number;
  /** The array of the copies, in the code. */
  readonly copies: number;
}

/** How lines are written down: up to 3.9, 3.10, from 3.11 on. */
export type LineTableKind = "lnotab" | "ranges" | "locations";

/** A frame: an object of its own up to 3.10, a record on the data stack from 3.11 on. */
export type FrameLayout =
  | {
    readonly kind: "object";
    readonly byteLength: number;
    readonly back: number;
    readonly code: number;
    /** Number of the last instruction; -1 when none was run. */
    readonly instruction: number;
    readonly instructionBytes: 1 | 2;
    readonly generator: number;
    /** The byte that tells whether it runs, and the values that say so. */
    readonly running: number;
    readonly runningValues: readonly number[];
  }
  | {
    readonly kind: "record";
    readonly byteLength: number;
    readonly back: number;
    readonly code: number;
    /** Address of the instruction. */
    readonly instruction: number;
    readonly owner: number;
    /** Whether frames may run what is no code object, from 3.13 on. */
    readonly runsOtherThanCode: boolean;
  };
