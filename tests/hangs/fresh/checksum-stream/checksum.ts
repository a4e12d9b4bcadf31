interface Part {
  name: string;
  body: string;
}

async function checksum(parts: Part[]): Promise<string> {
  const digest = new Deno.Command("sha256sum", {
    args: ["--binary", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = digest.stdin.getWriter();
  const encoder = new TextEncoder();
  for (const part of parts) {
    await writer.write(encoder.encode(`${part.name}\n${part.body}\n`));
  }
  writer.releaseLock();
  const { stdout } = await digest.output();
  return new TextDecoder().decode(stdout).split(" ")[0];
}

const parts = ["cover", "index", "body"].map((name, n) => ({
  name,
  body: "lorem ipsum ".repeat(20 * (n + 1)),
}));

console.log("READY");
console.log(await checksum(parts));
