/** A function of a Go program, as its table of functions has it. */
export interface GoFunction {
  /** Address of its first instruction. */
  readonly entry: number;
  /** As in the source, such as `main.(*pool).take`. */
  readonly name: string;
  /** Where the tables that follow its instructions start; 0 for none. */
  readonly stackTable: number;
  readonly fileTable: number;
  readonly lineTable: number;
  readonly inlineTable: number;
  /** Index of its first file. */
  readonly firstFile: number;
  /** Address of the tree of calls inlined into it; undefined for none. */
  readonly inlineTree: number | undefined;
}
