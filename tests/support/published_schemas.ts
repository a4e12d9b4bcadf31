import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import eventsSchema from "../../schema/events.schema.json" with { type: "json" };
import sampleSchema from "../../schema/sample.schema.json" with { type: "json" };

const ajv = new Ajv2020({ strictSchema: true, allErrors: true });
ajv.addSchema(sampleSchema);
const isEvent = ajv.compile(eventsSchema);
const isSample = ajv.compile(sampleSchema);

/** The kinds of events that the published schema has, among its other definitions. */
export const EVENT_DEFINITIONS: readonly string[] = Object.keys(eventsSchema.$defs);

/**
 * Where an event, as the journal has it, does not fit the published schema.
 *
 * @param event anything
 * @returns a line on each place
 */
export function eventProblems(event: unknown): string[] {
  return problemsOf(isEvent, event);
}

/**
 * Where a document, as a `.sample.json` file has it, does not fit the published schema.
 *
 * @param document anything
 * @returns a line on each place
 */
export function sampleProblems(document: unknown): string[] {
  return problemsOf(isSample, document);
}

function problemsOf(validate: ValidateFunction, value: unknown): string[] {
  // What is undefined is not written.
  const fits = validate(JSON.parse(JSON.stringify(value)));
  return fits ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
