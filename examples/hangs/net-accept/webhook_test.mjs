import { createServer } from "node:http";

const received = [];
const webhook = createServer((request, response) => {
  received.push(request.url);
  response.writeHead(200, { connection: "close" }).end();
});
await new Promise((resolve) => webhook.listen(0, "127.0.0.1", resolve));
await fetch(`http://127.0.0.1:${webhook.address().port}/paid`);
console.log(received[0] === "/paid" ? "ok" : "not ok");
