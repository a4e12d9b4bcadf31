import type { Frame } from "../../../sample_document.ts";
import type { LanguageWait } from "../../language_facts.ts";

/** A function of the standard library in which threads wait. */
export interface WaitPlace {
  /** undefined when it waits in the name of its caller only. */
  readonly kind: LanguageWait["kind"] | undefined;
  /** An attribute that its `self` has; undefined for functions without `self`. */
  readonly attribute?: string;
}

interface Row extends WaitPlace {
  readonly file: string;
  readonly functions: readonly string[];
}

/** Where two rows are alike, the attribute of `self` tells which it is. */
const ROWS: readonly Row[] = [
  { file: "threading.py", functions: ["wait"], attribute: "_waiters", kind: "condition" },
  { file: "threading.py", functions: ["wait_for"], attribute: "_waiters", kind: undefined },
  { file: "threading.py", functions: ["wait"], attribute: "_flag", kind: "latch" },
  { file: "threading.py", functions: ["wait", "_wait", "_enter"], attribute: "_parties", kind: "latch" },
  { file: "threading.py", functions: ["acquire"], attribute: "_value", kind: "semaphore" },
  { file: "threading.py", functions: ["join", "_wait_for_tstate_lock"], attribute: "_started", kind: "join" },
  { file: "threading.py", functions: ["_shutdown"], kind: "join" },
  { file: "queue.py", functions: ["get", "put", "join"], attribute: "unfinished_tasks", kind: "queue" },
  { file: "futures/_base.py", functions: ["result", "exception"], attribute: "_condition", kind: "future" },
  { file: "futures/_base.py", functions: ["wait", "as_completed"], kind: "future" },
  { file: "multiprocessing/pool.py", functions: ["wait", "get"], attribute: "_event", kind: "future" },
  { file: "multiprocessing/synchronize.py", functions: ["__enter__"], attribute: "_semlock", kind: "lock" },
  {
    file: "multiprocessing/synchronize.py",
    functions: ["wait"],
    attribute: "_wait_semaphore",
    kind: "condition",
  },
  { file: "multiprocessing/synchronize.py", functions: ["wait"], attribute: "_flag", kind: "latch" },
  { file: "multiprocessing/queues.py", functions: ["get", "put"], attribute: "_reader", kind: "queue" },
  { file: "multiprocessing/queues.py", functions: ["join"], attribute: "_unfinished_tasks", kind: "queue" },
  { file: "<frozen importlib._bootstrap>", functions: ["acquire"], attribute: "wakeup", kind: "lock" },
];

/**
 * What a thread waits for when it waits in a function.
 *
 * @param frame the function, as its code names it
 * @returns candidates, of which the first with the attribute is meant; empty for functions that are not known
 */
export function waitPlaces({ function: name, file }: Frame): readonly WaitPlace[] {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return ROWS.filter((row) =>
    row.functions.includes(last) && (file === row.file || file?.endsWith(`/${row.file}`) === true)
  );
}
