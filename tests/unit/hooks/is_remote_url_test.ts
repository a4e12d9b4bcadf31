import { isRemoteUrl } from "../../../src/hooks/is_remote_url.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("isRemoteUrl() takes this machine for local, however it is written", () => {
  const local = [
    undefined,
    "",
    "localhost",
    "LOCALHOST:8000",
    "http://localhost/x",
    "connect://127.0.0.1:1234",
    "connect://127.8.9.10",
    "connect://[::1]:1234",
    "ssh://me@localhost",
    "file:///tmp/x",
    "unix:///run/lldb.sock",
  ];
  for (const url of local) assertEquals(isRemoteUrl(url), false, String(url));
});

Deno.test("isRemoteUrl() takes everything else for remote", () => {
  const remote = [
    "connect://device.local:1234",
    "10.0.0.7",
    "ssh://localhost@build-7",
    "http://localhost.example.org",
    "127.example.org",
    "[fe80::1]:80",
    "connect://[::1]@device:1",
  ];
  for (const url of remote) assertEquals(isRemoteUrl(url), true, url);
});
