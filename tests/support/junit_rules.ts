import type { XmlElement } from "./parse_xml.ts";

/** What a schema says of an element. */
interface Rule {
  /** Attributes it may have; those that it must have end with `!`. */
  readonly attributes: string;
  /** Elements it may hold, in any order or in this one; `?` at most once, `!` exactly once. */
  readonly children: string;
  readonly isOrdered: boolean;
  readonly hasText: boolean;
}

type Rules = Readonly<Record<string, Rule>>;

const TEXT: Rule = { attributes: "", children: "", isOrdered: true, hasText: true };
const PROPERTIES: Rules = {
  properties: { attributes: "", children: "property", isOrdered: true, hasText: false },
  property: { attributes: "name! value!", children: "", isOrdered: true, hasText: false },
  "system-out": TEXT,
  stackTrace: TEXT,
};

/** What `surefire-test-report.xsd` of Maven Surefire allows, for the elements that reports here have. */
export const SUREFIRE_RULES: Rules = {
  ...PROPERTIES,
  testsuite: {
    attributes: "version name! time timestamp tests! errors! skipped! failures! flakes group",
    children: "properties? testcase",
    isOrdered: true,
    hasText: false,
  },
  testcase: {
    attributes: "name! classname group time! timestamp",
    children:
      "failure rerunFailure flakyFailure skipped? error? rerunError flakyError system-out? system-err?",
    isOrdered: true,
    hasText: false,
  },
  failure: { ...TEXT, attributes: "message type" },
  error: { ...TEXT, attributes: "message type" },
  skipped: { ...TEXT, attributes: "message" },
  ...reruns({
    attributes: "message type",
    children: "stackTrace! system-out? system-err?",
    isOrdered: true,
    hasText: false,
  }),
};

/** What `junit-10.xsd` of Jenkins' xUnit plugin allows, for the elements that reports here have. */
export const JENKINS_RULES: Rules = {
  ...PROPERTIES,
  testsuite: {
    attributes:
      "name! tests! failures! errors! group time skipped timestamp hostname id package file log url version",
    children: "testsuite properties testcase system-out system-err",
    isOrdered: false,
    hasText: false,
  },
  testcase: {
    attributes: "name! time classname group",
    children: "skipped error failure rerunFailure rerunError flakyFailure flakyError system-out system-err",
    isOrdered: false,
    hasText: false,
  },
  failure: { ...TEXT, attributes: "message type" },
  error: { ...TEXT, attributes: "message type" },
  skipped: { ...TEXT, attributes: "message type" },
  ...reruns({
    attributes: "message type!",
    children: "stackTrace? system-out? system-err?",
    isOrdered: true,
    hasText: true,
  }),
};

function reruns(rule: Rule): Rules {
  return { rerunFailure: rule, rerunError: rule, flakyFailure: rule, flakyError: rule };
}

/**
 * Finds where XML breaks the rules.
 *
 * @param element with all that it holds
 * @param rules of one schema
 * @returns a sentence on each breach
 */
export function breaches(element: XmlElement, rules: Rules): string[] {
  const { name, attributes, children } = element;
  const rule = rules[name];
  if (rule === undefined) return [`no element ${name}`];
  const found: string[] = [];
  const known = rule.attributes.split(" ");
  for (const attribute of Object.keys(attributes)) {
    if (!known.includes(attribute) && !known.includes(`${attribute}!`)) {
      found.push(`no ${name}/@${attribute}`);
    }
  }
  for (const attribute of known.filter((one) => one.endsWith("!"))) {
    if (attributes[attribute.slice(0, -1)] === undefined) found.push(`${name} lacks @${attribute}`);
  }
  // Both have times that are plain numbers with at most three decimals in common.
  if (attributes.time !== undefined && !/^\d+\.\d{3}$/.test(attributes.time)) {
    found.push(`${name}/@time is "${attributes.time}"`);
  }
  const elements = children.filter((child) => typeof child !== "string");
  if (!rule.hasText && children.some((child) => typeof child === "string" && child.trim() !== "")) {
    found.push(`text in ${name}`);
  }
  found.push(...orderBreaches(name, elements.map((child) => child.name), rule));
  return [...found, ...elements.flatMap((child) => breaches(child, rules))];
}

function orderBreaches(name: string, children: readonly string[], rule: Rule): string[] {
  const allowed = rule.children.split(" ").filter((child) => child !== "");
  const order = allowed.map((child) => child.replace(/[?!]$/, ""));
  const found = children.filter((child) => !order.includes(child)).map((child) => `no ${child} in ${name}`);
  const places = children.map((child) => order.indexOf(child));
  if (rule.isOrdered && places.some((place, index) => place < (places[index - 1] ?? 0))) {
    found.push(`${children.join(", ")} in ${name} are out of order`);
  }
  for (const [index, child] of order.entries()) {
    const count = children.filter((one) => one === child).length;
    const mark = allowed[index]!.at(-1);
    if ((mark === "?" || mark === "!") && count > 1) found.push(`${count} × ${child} in ${name}`);
    if (mark === "!" && count === 0) found.push(`${name} lacks ${child}`);
  }
  return found;
}
