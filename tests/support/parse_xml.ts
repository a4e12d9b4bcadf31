/** An element of XML: attributes with their entities resolved, text and elements in their order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

type OpenElement = XmlElement & { readonly children: (XmlElement | string)[] };

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
// deno-lint-ignore no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const TOKEN = /<\/([\w-]+)>|<([\w-]+)((?: [\w.-]+="[^"<]*")*)(\/?)>|([^<]+)/y;

/**
 * Reads XML as strictly as it has to be written here: no comments, no CDATA, no other entities.
 *
 * @param text a whole document with its declaration
 * @returns the root
 * @throws {Error} when it is not well-formed
 */
export function parseXml(text: string): XmlElement {
  if (ILLEGAL.test(text)) throw new Error("a character that XML cannot hold");
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const root: OpenElement = { name: "", attributes: {}, children: [] };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const at = TOKEN.lastIndex;
    const [, closed, name, attributes = "", isEmpty, content] = TOKEN.exec(body) ?? [];
    if (content !== undefined) {
      if (content.includes("]]>")) throw new Error("]]> in text");
      open.at(-1)!.children.push(unescape(content));
    } else if (closed !== undefined) {
      if (open.pop()!.name !== closed) throw new Error(`</${closed}> closes another element`);
    } else if (name !== undefined) {
      const element = { name, attributes: parseAttributes(attributes), children: [] };
      open.at(-1)!.children.push(element);
      if (isEmpty === "") open.push(element);
    } else {
      throw new Error(`no XML: ${body.slice(at, at + 60)}`);
    }
  }
  const elements = root.children.filter((child) => typeof child !== "string");
  if (open.length !== 1 || elements.length !== 1) throw new Error("not one root that is closed");
  return elements[0]!;
}

function parseAttributes(text: string): Record<string, string> {
  const found = [...text.matchAll(/ ([\w.-]+)="([^"]*)"/g)].map((match) => [match[1]!, unescape(match[2]!)]);
  const attributes = Object.fromEntries(found);
  if (Object.keys(attributes).length !== found.length) throw new Error(`an attribute twice:${text}`);
  return attributes;
}

function unescape(text: string): string {
  return text.replace(/&([^;]*;)?/g, (entity, name?: string) => {
    const value = ENTITIES[name?.slice(0, -1) ?? ""];
    if (value === undefined) throw new Error(`an entity that XML does not know: ${entity}`);
    return value;
  });
}
