/* Writes a record with Linux's own asynchronous I/O, and waits until it is stored. */
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  char record[] = "record 1\n";
  aio_context_t context = 0;
  struct io_event done;
  struct iocb request = {.aio_lio_opcode = IOCB_CMD_PWRITE, .aio_nbytes = sizeof record - 1};
  struct iocb *requests[] = {&request};

  request.aio_fildes = open("records", O_WRONLY | O_CREAT, 0600);
  request.aio_buf = (unsigned long)record;
  syscall(SYS_io_setup, 8, &context);
  syscall(SYS_io_submit, context, 0, requests);
  while (syscall(SYS_io_getevents, context, 1, 1, &done, NULL) < 0 && errno == EINTR) continue;
  puts("1 record stored");
  return 0;
}
