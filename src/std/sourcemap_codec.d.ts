/** Column; then source, line, column there and perhaps name: indexes and positions from 0. */
export type Segment = readonly [number] | readonly [number, number, number, number, number?];
export function decode(mappings: string): readonly (readonly Segment[])[];
