const PACKAGES = ["base.tar", "extra.tar", "fonts.tar"];

async function startMirror() {
  const child = new Deno.Command("python3", {
    args: [new URL("mirror.py", import.meta.url).pathname],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  return { child, port: Number(new TextDecoder().decode(value)) };
}

const replies = new Map<string, Response>();

async function look(port: number, name: string) {
  const response = await fetch(`http://127.0.0.1:${port}/${name}`);
  replies.set(name, response);
  return response.ok;
}

const { child, port } = await startMirror();
const facts = Deno.env.get("HANG_FACTS");
if (facts) await Deno.writeTextFile(facts, `port=${port}\n`, { append: true });

for (const name of PACKAGES) {
  console.log(name, (await look(port, name)) ? "found" : "missing");
  if (name === PACKAGES[0]) console.log("READY");
}
for (const [name, { headers }] of replies) {
  console.log(name, headers.get("content-length"), headers.get("last-modified"));
}
child.kill();
