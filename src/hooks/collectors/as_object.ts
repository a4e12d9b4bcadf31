/** An object of JSON from a program that is not trusted. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * A value as an object.
 *
 * @param value anything that came as JSON
 * @returns the object; undefined when it is none
 */
export function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null ? value as Json : undefined;
}
