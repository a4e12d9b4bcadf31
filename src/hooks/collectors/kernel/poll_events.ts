/** `POLLIN | POLLPRI | POLLRDNORM | POLLRDBAND | POLLRDHUP`; epoll uses the same bits (poll(2), epoll_ctl(2)). */
const READ = 0x1 | 0x2 | 0x40 | 0x80 | 0x2000;
/** `POLLOUT | POLLWRNORM | POLLWRBAND` */
const WRITE = 0x4 | 0x100 | 0x200;

/**
 * What an event mask waits for.
 *
 * @param mask of poll or epoll
 * @returns empty when it only asks for errors and hang-ups
 */
export function pollEvents(mask: number): ("read" | "write")[] {
  const events: ("read" | "write")[] = [];
  if ((mask & READ) !== 0) events.push("read");
  if ((mask & WRITE) !== 0) events.push("write");
  return events;
}
