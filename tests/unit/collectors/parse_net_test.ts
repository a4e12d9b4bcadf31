import { formatAddress, formatProcAddress } from "../../../src/hooks/collectors/kernel/inet_address.ts";
import { parseInetTable } from "../../../src/hooks/collectors/kernel/parse_inet_table.ts";
import { parseSsUnix } from "../../../src/hooks/collectors/kernel/parse_ss_unix.ts";
import { parseUnixTable } from "../../../src/hooks/collectors/kernel/parse_unix_table.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("formatProcAddress() writes IPv4, IPv6 and mapped addresses", () => {
  assertEquals(formatProcAddress("0100007F:1F90"), "127.0.0.1:8080");
  assertEquals(formatProcAddress("00000000000000000000000001000000:1F90"), "[::1]:8080");
  assertEquals(formatProcAddress("0000000000000000FFFF00000100007F:1F90"), "127.0.0.1:8080");
  assertEquals(formatProcAddress("B80D01200000000000000000010000FF:0050"), "[2001:db8::ff00:1]:80");
  assertEquals(formatProcAddress("00000000000000000000000000000000:0016"), "[::]:22");
  assertEquals(formatProcAddress("7F:1F90"), undefined);
});

Deno.test("formatAddress() shortens the longest run of zero groups only", () => {
  const groups = (...numbers: number[]): number[] => numbers.flatMap((group) => [group >> 8, group & 255]);
  assertEquals(formatAddress(groups(0x2001, 0, 0, 1, 0, 0, 0, 1), 1), "[2001:0:0:1::1]:1");
  assertEquals(formatAddress(groups(0x2001, 0, 1, 1, 1, 1, 1, 1), 1), "[2001:0:1:1:1:1:1:1]:1");
});

Deno.test("parseInetTable() reads sockets with their states, queues and inodes", () => {
  const text =
    `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:07E8 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 1061 1 00000000a0fbf8ed 100 0 0 10 0
   1: 0100007F:EB18 0100007F:0050 02 00000001:00000000 01:00000F72 00000000     0        0 77 3 000000000a792322
  12: 0100007F:EB19 0100007F:0050 06 00000000:00000000 03:00000F72 00000000     0        0 0 3 000000000a792322
`;
  assertEquals(
    parseInetTable(text).map(({ inode, state, local, remote, sendQueue, receiveQueue }) =>
      `${inode} ${state} ${local} ${remote} ${sendQueue} ${receiveQueue}`
    ),
    [
      "1061 LISTEN 127.0.0.1:2024 0.0.0.0:0 0 3",
      "77 SYN_SENT 127.0.0.1:60184 127.0.0.1:80 1 0",
      "0 TIME_WAIT 127.0.0.1:60185 127.0.0.1:80 0 0",
    ],
  );
});

Deno.test("parseUnixTable() reads states and paths with blanks", () => {
  const text = `Num       RefCount Protocol Flags    Type St Inode Path
0000000079fa14c1: 00000002 00000000 00010000 0001 01 36660 /tmp/a b 12 * 3.sock
00000000f938aefc: 00000003 00000000 00000000 0001 03 36659
00000000f938aef0: 00000002 00000000 00000000 0002 01   612 @name
`;
  assertEquals(parseUnixTable(text), [
    { inode: 36660, state: "LISTEN", path: "/tmp/a b 12 * 3.sock", type: 1 },
    { inode: 36659, state: "CONNECTED", path: undefined, type: 1 },
    { inode: 612, state: "UNCONNECTED", path: "@name", type: 2 },
  ]);
});

Deno.test("parseSsUnix() reads the inodes of both ends, when the path holds blanks and numbers", () => {
  const text = `u_str LISTEN 0      3      /tmp/a b 12 * 3.sock 36660 * 0    
u_str ESTAB  2      0      /tmp/a b 12 * 3.sock 36662 * 36661
u_str ESTAB  0      768                       * 36661 * 36662
u_seq ESTAB  0      0                         * 1058  * 1057 
rubbish
`;
  assertEquals(parseSsUnix(text), [
    { inode: 36660, peerInode: 0, receiveQueue: 0, sendQueue: 3 },
    { inode: 36662, peerInode: 36661, receiveQueue: 2, sendQueue: 0 },
    { inode: 36661, peerInode: 36662, receiveQueue: 0, sendQueue: 768 },
    { inode: 1058, peerInode: 1057, receiveQueue: 0, sendQueue: 0 },
  ]);
});
