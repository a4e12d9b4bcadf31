/** A frame as a tool printed it, before names are cleaned and source lines looked up. */
export interface RawFrame {
  /** Undefined where the tool knows no symbol. */
  readonly function?: string | undefined;
  /** Path of the library or program that holds the code. */
  readonly module?: string | undefined;
  /** Where the module begins in the process. */
  readonly moduleBase?: number | undefined;
  /** The call (not the address it returns to), from the beginning of the module. */
  readonly moduleOffset?: number | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Values of its arguments, such as `count=3`. */
  readonly arguments?: string | undefined;
}

/** The stack of one thread in one snapshot. */
export interface ThreadStack {
  readonly tid: number;
  /** "native", or the language whose frames these are. */
  readonly language: string;
  /** Innermost first. */
  readonly frames: readonly RawFrame[];
}
