#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t spool_lock = PTHREAD_MUTEX_INITIALIZER;
static int entries;

static void flush_spool(void) {
    pthread_mutex_lock(&spool_lock);
    entries = 0;
    pthread_mutex_unlock(&spool_lock);
}

static void add_entry(void) {
    pthread_mutex_lock(&spool_lock);
    if (++entries == 3) flush_spool();
    pthread_mutex_unlock(&spool_lock);
}

int main(void) {
    puts("READY"); fflush(stdout);
    for (int i = 0; i < 10; i++) add_entry();
    return entries;
}
