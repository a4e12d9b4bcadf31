const api = new Deno.Command("python3", {
  args: ["ledger_api.py"],
  stdin: "null",
  stdout: "piped",
}).spawn();
const first = await api.stdout.getReader().read();
const port = Number(new TextDecoder().decode(first.value).trim());

async function statement(account: string): Promise<string[]> {
  const reply = await fetch(`http://127.0.0.1:${port}/accounts/${account}`);
  if (!reply.ok) throw new Error(`${account}: ${reply.status}`);
  return (await reply.text()).trim().split("\n");
}

async function addEntry(account: string, cents: number): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${port}/accounts/${account}`, {
    method: "POST",
    body: String(cents),
  });
  await reply.body?.cancel();
}

console.log(`${(await statement("rent")).length} entries`);
console.log("READY");
await addEntry("rent", -84000);
console.log(`${(await statement("rent")).length} entries`);
api.kill();
