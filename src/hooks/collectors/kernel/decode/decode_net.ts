import { formatAddress } from "../inet_address.ts";
import type { MemoryReader } from "../memory_reader.ts";
import { type Decoder, type Decoders, toInt } from "./decoder.ts";

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const MAX_ADDRESS_BYTES = 128;

const connect: Decoder = (args, context) => {
  const fd = toInt(args[0]);
  const address = readSocketAddress(context.memory, args[1]!, toInt(args[2]));
  return { text: `${context.describeFd(fd)}, ${address ?? "…"}`, wait: { kind: "connect", fd, address } };
};

const accept: Decoder = (args, context) => {
  const fd = toInt(args[0]);
  return { text: `${context.describeFd(fd)}, …`, wait: { kind: "accept", fd } };
};

/** Reads a `struct sockaddr`: the family in the host's byte order, ports and addresses in the network's. */
function readSocketAddress(memory: MemoryReader, address: bigint, byteLength: number): string | undefined {
  if (byteLength < 3 || byteLength > MAX_ADDRESS_BYTES) return undefined;
  const view = memory.read(address, byteLength);
  if (view === undefined) return undefined;
  const bytes = new Uint8Array(view.buffer);
  const family = view.getUint16(0, true);
  if (family === AF_INET && byteLength >= 8) return formatAddress(bytes.subarray(4, 8), view.getUint16(2));
  if (family === AF_INET6 && byteLength >= 24) return formatAddress(bytes.subarray(8, 24), view.getUint16(2));
  return family === AF_UNIX ? unixPath(bytes.subarray(2)) : undefined;
}

/** An abstract name starts with a NUL and is as long as the address; a path ends at its first NUL. */
function unixPath(name: Uint8Array): string {
  if (name[0] === 0) return `@${new TextDecoder().decode(name.subarray(1))}`;
  const end = name.indexOf(0);
  return new TextDecoder().decode(end < 0 ? name : name.subarray(0, end));
}

/** Calls that make connections. */
export const NET_DECODERS: Decoders = { connect, accept, accept4: accept };
