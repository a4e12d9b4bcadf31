/* Hangs in the way that its argument names, and says that it is ready before. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_mutex_t ledger = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t audit = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t both;

static void ready(void) {
  puts("ready");
  fflush(stdout);
}

static void *take_both(void *unused) {
  (void)unused;
  pthread_mutex_lock(&audit);
  pthread_barrier_wait(&both);
  pthread_mutex_lock(&ledger);
  return NULL;
}

static void cross_locks(void) {
  pthread_t thread;
  pthread_barrier_init(&both, NULL, 2);
  pthread_create(&thread, NULL, take_both, NULL);
  pthread_mutex_lock(&ledger);
  pthread_barrier_wait(&both);
  ready();
  pthread_mutex_lock(&audit);
}

static void fill_pipe(void) {
  int ends[2];
  char block[4096] = {0};
  if (pipe(ends) != 0) return;
  ready();
  while (write(ends[1], block, sizeof block) > 0) continue;
}

static void read_from_silent_peer(void) {
  int ends[2];
  char byte;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
  ready();
  if (read(ends[0], &byte, 1) != 1) return;
}

static void wait_for_change(void) {
  pthread_mutex_lock(&ledger);
  ready();
  for (;;) pthread_cond_wait(&changed, &ledger);
}

int main(int count, char **arguments) {
  const char *way = count > 1 ? arguments[1] : "";
  if (strcmp(way, "locks") == 0) cross_locks();
  if (strcmp(way, "pipe") == 0) fill_pipe();
  if (strcmp(way, "peer") == 0) read_from_silent_peer();
  if (strcmp(way, "change") == 0) wait_for_change();
  if (strcmp(way, "sleep") == 0) {
    ready();
    sleep(1000000);
  }
  return 1;
}
