import { foldEvents } from "../../../src/report/fold_events.ts";
import { renderJunit } from "../../../src/report/render_junit.ts";
import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { GOLDEN_EVENTS, GOLDEN_OPTIONS, GOLDEN_RUN } from "../../support/golden_run.ts";
import { breaches, JENKINS_RULES, SUREFIRE_RULES } from "../../support/junit_rules.ts";
import { parseXml, type XmlElement } from "../../support/parse_xml.ts";

function render(events: readonly SuiteEvent[]): XmlElement {
  return parseXml(renderJunit(foldEvents(events), GOLDEN_OPTIONS));
}

function elements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== "string");
}

function outline(root: XmlElement): Record<string, string[]> {
  const cases = elements(root).filter(({ name }) => name === "testcase");
  return Object.fromEntries(
    cases.map((one) => [one.attributes.name, elements(one).map(({ name }) => name)]),
  );
}

Deno.test("renderJunit() keeps the rules of Jenkins' and of Surefire's schema, cut off anywhere", () => {
  for (let count = 0; count <= GOLDEN_EVENTS.length; count++) {
    const root = render(GOLDEN_EVENTS.slice(0, count));
    assertEquals(breaches(root, SUREFIRE_RULES), [], `Surefire, ${count} events`);
    assertEquals(breaches(root, JENKINS_RULES), [], `Jenkins, ${count} events`);
  }
});

Deno.test("renderJunit() tells failures, errors, retries and what had no turn apart", () => {
  const found = outline(render(GOLDEN_EVENTS));
  assertEquals(Object.values(found), [
    [],
    ["failure", "rerunFailure", "system-out"],
    ["failure", "system-out"],
    ["failure", "system-out"],
    ["flakyFailure"],
    ["failure"],
    ["failure"],
    ["skipped"],
    ["error"],
    ["failure", "system-out"],
    ["skipped"],
    ["skipped"],
    ["error"],
  ]);
});

Deno.test("renderJunit() counts what it holds", () => {
  const root = render(GOLDEN_EVENTS);
  const held = Object.values(outline(root)).map(([first]) => first);
  const { tests, failures, errors, skipped } = root.attributes;
  assertEquals([tests, failures, errors, skipped], [
    String(held.length),
    String(held.filter((name) => name === "failure").length),
    String(held.filter((name) => name === "error").length),
    String(held.filter((name) => name === "skipped").length),
  ]);
});

Deno.test("renderJunit() puts the diagnosis into the failure, and the sample where servers attach it", () => {
  const hang = elements(render(GOLDEN_EVENTS)).find(({ attributes }) =>
    attributes.name?.startsWith("new\\nline")
  );
  assert(hang !== undefined);
  const [failure, output] = elements(hang);
  assertEquals(failure?.attributes.type, "deadlock");
  assertStringIncludes(String(failure?.children[0]), "deadlock (proven): feed");
  assertStringIncludes(String(output?.children[0]), "[[ATTACHMENT|/srv/app/.prekill/r1/h2.sample]]");
});

Deno.test("renderJunit() has an error of its own for a run that was killed, so that it does not pass", () => {
  const cut = GOLDEN_EVENTS.slice(0, 5);
  assertEquals(render(cut).attributes.errors, "1");
  assertEquals(Object.keys(outline(render(cut))).at(-1), "the whole run");
  const whole = { ...GOLDEN_RUN, stopping: undefined };
  assertEquals(parseXml(renderJunit(whole, GOLDEN_OPTIONS)).attributes.errors, "1");
});

Deno.test("breaches() finds what the schemas forbid", () => {
  const good = `<testsuite name="a" tests="1" errors="0" skipped="0" failures="1" time="1.000">`;
  const read = (text: string): XmlElement =>
    parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${good}${text}</testsuite>\n`);
  assertEquals(
    breaches(read(`<testcase name="a" time="1.000"><system-out>a</system-out></testcase>`), SUREFIRE_RULES),
    [],
  );
  for (
    const bad of [
      `<testcase name="a" time="1"/>`,
      `<testcase time="1.000"/>`,
      `<testcase name="a" time="1.000" file="x"/>`,
      `<testcase name="a" time="1.000"><system-out>a</system-out><failure type="a">b</failure></testcase>`,
      `<testcase name="a" time="1.000"><rerunFailure type="a">text</rerunFailure></testcase>`,
      `<testcase name="a" time="1.000"><error/><error/></testcase>`,
      `<other/>`,
    ]
  ) {
    assert(breaches(read(bad), SUREFIRE_RULES).length > 0, bad);
  }
});
