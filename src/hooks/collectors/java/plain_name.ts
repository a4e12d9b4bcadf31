/**
 * The name of a method without what differs from run to run: classes that are made at run time have a number or an
 * address in their name.
 *
 * @param name such as `Teller$$Lambda$2/0x00007f6df5001800.run`
 * @returns such as `Teller$$Lambda$2.run`
 */
export function plainName(name: string): string {
  return name.replace(/(\$\$Lambda(?:\$\d+)?)\/(?:0x)?[0-9a-f]+/g, "$1")
    .replace(/(\w)[/+]0x[0-9a-f]{8,16}\b/g, "$1");
}
